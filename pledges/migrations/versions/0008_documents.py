"""Documents that are drafted, issued and kept, and the packs that people asked for."""

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_documents()
    _make_parts_of_documents()
    _make_print_jobs()


def _make_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "progress_report",
                "interim_report",
                "final_report",
                "urging_letter",
                "minutes",
                "task_list",
                "unit_summary",
                "attention_list",
                "call_list",
                "commitment",
                "report_form",
                name="paperkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "issued",
                "replaced",
                "withdrawn",
                name="documentstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("filled", sa.Text(), nullable=False),
        sa.Column("refreshed_at", types.Instant(), nullable=False),
        sa.Column("addressees", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("on_behalf", sa.Text(), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("signer_name", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_at", types.Instant(), nullable=True),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('issued', 'replaced', 'withdrawn')) = (issued_at IS NOT NULL)",
            name=op.f("ck_document_issued"),
        ),
        sa.CheckConstraint("abstract <> ''", name=op.f("ck_document_abstract_given")),
        sa.CheckConstraint(
            "issued_at IS NULL OR number IS NOT NULL AND series IS NOT NULL AND issued_on IS NOT NULL "
            "AND digest IS NOT NULL AND file_id IS NOT NULL AND pages IS NOT NULL AND paper <> ''",
            name=op.f("ck_document_frozen"),
        ),
        sa.CheckConstraint("copies > 0", name=op.f("ck_document_copies")),
        sa.CheckConstraint(
            "issued_at IS NOT NULL OR number IS NULL AND file_id IS NULL", name=op.f("ck_document_not_frozen")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_document_digest_length")),
        sa.CheckConstraint("number > 0", name=op.f("ck_document_number")),
        sa.CheckConstraint("pages > 0", name=op.f("ck_document_pages")),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_document_own_replacement")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_document_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_document_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_document_issuer_id_unit")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_document_period_id_period")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["document.id"], name=op.f("fk_document_replaces_id_document")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_document_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_document_replaces_id")),
        sa.UniqueConstraint("series", "number", name=op.f("uq_document_series_number")),
    )
    with op.batch_alter_table("document") as table:
        table.create_index(table.f("ix_document_campaign_id"), ["campaign_id"], unique=False)
        table.create_index(table.f("ix_document_file_id"), ["file_id"], unique=False)
        table.create_index(table.f("ix_document_issued_on"), ["issued_on"], unique=False)
        table.create_index(table.f("ix_document_issuer_id"), ["issuer_id"], unique=False)
        table.create_index(table.f("ix_document_period_id"), ["period_id"], unique=False)
        table.create_index(table.f("ix_document_unit_id"), ["unit_id"], unique=False)


def _make_parts_of_documents() -> None:
    op.create_table(
        "document_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "submitted",
                "returned",
                "issued",
                "replaced",
                "withdrawn",
                name="documenteventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('returned', 'withdrawn') OR reason <> ''",
            name=op.f("ck_document_event_reason_given"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_event_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_event")),
    )
    with op.batch_alter_table("document_event") as table:
        table.create_index(table.f("ix_document_event_document_id"), ["document_id"], unique=False)
    op.create_table(
        "prose_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("printed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("slot <> ''", name=op.f("ck_prose_piece_slot_given")),
        sa.CheckConstraint("text <> '' OR NOT printed", name=op.f("ck_prose_piece_says_something")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_prose_piece_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prose_piece")),
        sa.UniqueConstraint("document_id", "slot", "key", name=op.f("uq_prose_piece_document_id_slot_key")),
    )
    with op.batch_alter_table("prose_piece") as table:
        table.create_index(table.f("ix_prose_piece_document_id"), ["document_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "signed_pdf",
                "scan",
                name="attachmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", types.Instant(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("put_aside_at", types.Instant(), nullable=True),
        sa.Column("put_aside_by_name", sa.Text(), nullable=False),
        sa.Column("put_aside_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(put_aside_at IS NULL) = (put_aside_reason = '')", name=op.f("ck_attachment_put_aside")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attachment_name_given")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_attachment_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_attachment_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("document_id", "file_id", name=op.f("uq_attachment_document_id_file_id")),
    )
    with op.batch_alter_table("attachment") as table:
        table.create_index(table.f("ix_attachment_document_id"), ["document_id"], unique=False)
        table.create_index(table.f("ix_attachment_file_id"), ["file_id"], unique=False)


def _make_print_jobs() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "commitments",
                "unit_reports",
                "report_forms",
                "issued",
                "evidence",
                name="packkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "binding",
            sa.Enum("pdf", "zip", name="binding", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "drawing",
                "done",
                "cancelled",
                "failed",
                name="jobstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.CheckConstraint(
            "(status IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)",
            name=op.f("ck_print_job_ended"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_print_job_name_given")),
        sa.CheckConstraint("status <> 'failed' OR sentence <> ''", name=op.f("ck_print_job_failed_because")),
        sa.CheckConstraint("done >= 0 AND done <= total", name=op.f("ck_print_job_progress")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_print_job_account_id_account")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_print_job_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    with op.batch_alter_table("print_job") as table:
        table.create_index(table.f("ix_print_job_account_id"), ["account_id"], unique=False)
        table.create_index(table.f("ix_print_job_campaign_id"), ["campaign_id"], unique=False)


def downgrade() -> None:
    for table in ("print_job", "attachment", "prose_piece", "document_event", "document"):
        op.drop_table(table)

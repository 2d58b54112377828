"""Tables of the first release."""

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSALS = {
    "sqlite": (
        """
        CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry
        BEGIN SELECT RAISE(ABORT, 'log_entry rows are never changed'); END
        """,
        """
        CREATE TRIGGER log_entry_no_delete BEFORE DELETE ON log_entry
        BEGIN SELECT RAISE(ABORT, 'log_entry rows are never removed'); END
        """,
        # INSERT OR REPLACE removes a row without asking the trigger above.
        """
        CREATE TRIGGER log_entry_no_replace BEFORE INSERT ON log_entry
        WHEN EXISTS (SELECT 1 FROM log_entry WHERE number = NEW.number OR hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'log_entry rows are never replaced'); END
        """,
        """
        CREATE TRIGGER commitment_sealed_no_update BEFORE UPDATE OF content, digest ON commitment
        WHEN OLD.content IS NOT NULL AND (NEW.content IS NOT OLD.content OR NEW.digest IS NOT OLD.digest)
        BEGIN SELECT RAISE(ABORT, 'sealed commitment rows are never changed'); END
        """,
        """
        CREATE TRIGGER commitment_sealed_no_delete BEFORE DELETE ON commitment WHEN OLD.content IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'sealed commitment rows are never removed'); END
        """,
        """
        CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature
        BEGIN SELECT RAISE(ABORT, 'sealed signature rows are never changed'); END
        """,
        """
        CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature
        BEGIN SELECT RAISE(ABORT, 'sealed signature rows are never removed'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION log_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'log_entry rows are never changed or removed'; END $$
        """,
        """
        CREATE TRIGGER log_entry_no_change BEFORE UPDATE OR DELETE ON log_entry
        FOR EACH ROW EXECUTE FUNCTION log_entry_refuse()
        """,
        """
        CREATE TRIGGER log_entry_no_truncate BEFORE TRUNCATE ON log_entry
        FOR EACH STATEMENT EXECUTE FUNCTION log_entry_refuse()
        """,
        """
        CREATE FUNCTION sealed_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'sealed % rows are never changed or removed', TG_TABLE_NAME; END $$
        """,
        """
        CREATE TRIGGER commitment_sealed_no_update BEFORE UPDATE ON commitment FOR EACH ROW
        WHEN (OLD.content IS NOT NULL
              AND (NEW.content IS DISTINCT FROM OLD.content OR NEW.digest IS DISTINCT FROM OLD.digest))
        EXECUTE FUNCTION sealed_refuse()
        """,
        """
        CREATE TRIGGER commitment_sealed_no_delete BEFORE DELETE ON commitment FOR EACH ROW
        WHEN (OLD.content IS NOT NULL) EXECUTE FUNCTION sealed_refuse()
        """,
        """
        CREATE TRIGGER signature_no_change BEFORE UPDATE OR DELETE ON signature
        FOR EACH ROW EXECUTE FUNCTION sealed_refuse()
        """,
        """
        CREATE TRIGGER signature_no_truncate BEFORE TRUNCATE ON signature
        FOR EACH STATEMENT EXECUTE FUNCTION sealed_refuse()
        """,
    ),
}
"""What each database is told, once, so that it refuses to change the log, a sealed text or a signature."""

TABLES = (
    "account",
    "ended_session",
    "form_receipt",
    "log_entry",
    "sign_in_attempt",
    "stored_file",
    "unit",
    "appointment",
    "campaign",
    "kept_entry",
    "basis",
    "campaign_step",
    "commitment",
    "movement",
    "period",
    "signatory",
    "task",
    "cooperation",
    "indicator",
    "report",
    "signature",
    "task_event",
    "milestone",
    "obstacle",
    "report_round",
    "evidence",
    "figure",
    "report_event",
    "round_writer",
)
"""In the order in which they are made: each after those that it points to."""


def _choice(name: str, *words: str) -> sa.Enum:
    """One of some words, as text with a CHECK that knows them all."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("name_sort", types.SORT_KEY, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("session_stamp", sa.Text(), nullable=False),
        sa.Column("locked_at", types.Instant()),
        sa.Column("closed_at", types.Instant()),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_account_name_given")),
        sa.CheckConstraint("username <> ''", name=op.f("ck_account_username_given")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username", name="uq_account_username"),
    )
    op.create_table(
        "ended_session",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ended_session"),
    )
    op.create_table(
        "form_receipt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_form_receipt"),
    )
    op.create_table(
        "log_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("actor_post", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_entry"),
        sa.UniqueConstraint("hash", name="uq_log_entry_hash"),
    )
    op.create_index(
        "ix_log_entry_subject_kind_subject_id_number", "log_entry", ["subject_kind", "subject_id", "number"]
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempt"),
    )
    op.create_index("ix_sign_in_attempt_address_at", "sign_in_attempt", ["address", "at"])
    op.create_index("ix_sign_in_attempt_username_at", "sign_in_attempt", ["username", "at"])
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", types.Instant(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_hash_length")),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.PrimaryKeyConstraint("id", name="pk_stored_file"),
        sa.UniqueConstraint("sha256", name="uq_stored_file_sha256"),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column(
            "kind",
            _choice(
                "unitkind",
                "province",
                "city",
                "ward",
                "party_committee",
                "people_council",
                "people_committee",
                "office",
                "front",
                "union",
                "police",
                "military",
                "health",
                "school",
                "neighbourhood",
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column(
            "document_style", _choice("documentstyle", "state", "party", "front", "union"), nullable=False
        ),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("head_position", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("name_sort", types.SORT_KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_unit_name_given")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_unit_own_parent")),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_unit_validity")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code"),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])
    op.create_index("ix_unit_path", "unit", ["path"])
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", _choice("role", "officer", "leader", "clerk", "administrator"), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_appointment_validity")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_appointment_account_id_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_appointment_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
        sa.UniqueConstraint(
            "account_id",
            "unit_id",
            "role",
            "post",
            "valid_from",
            name="uq_appointment_account_id_unit_id_role_post_valid_from",
        ),
    )
    op.create_index("ix_appointment_account_id", "appointment", ["account_id"])
    op.create_index("ix_appointment_unit_id", "appointment", ["unit_id"])
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_fold", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("slogan", sa.Text(), nullable=False),
        sa.Column("kind", _choice("campaignkind", "regular", "thematic"), nullable=False),
        sa.Column(
            "status",
            _choice(
                "campaignstatus",
                "draft",
                "launched",
                "registering",
                "list_closed",
                "running",
                "interim_review",
                "concluded",
                "archived",
            ),
            nullable=False,
        ),
        sa.Column("owner_unit_id", sa.Integer(), nullable=False),
        sa.Column("area_unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("registration_closes_on", sa.Date()),
        sa.Column("expected_task_count", sa.Integer(), nullable=False),
        sa.Column("reporting_due_day", sa.Integer(), nullable=False),
        sa.Column("launched_on", sa.Date()),
        sa.Column("launch_event", sa.Text(), nullable=False),
        sa.Column("launch_place", sa.Text(), nullable=False),
        sa.Column("presider", sa.Text(), nullable=False),
        sa.Column("presider_post", sa.Text(), nullable=False),
        sa.Column("announcer", sa.Text(), nullable=False),
        sa.Column("announcer_post", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("last_task_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_campaign_title_given")),
        sa.CheckConstraint("expected_task_count >= 0", name=op.f("ck_campaign_expected_tasks")),
        sa.CheckConstraint("reporting_due_day BETWEEN 1 AND 28", name=op.f("ck_campaign_due_day")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_campaign_dates")),
        sa.ForeignKeyConstraint(["area_unit_id"], ["unit.id"], name="fk_campaign_area_unit_id_unit"),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["unit.id"], name="fk_campaign_owner_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint("code", name="uq_campaign_code"),
    )
    op.create_index("ix_campaign_area_unit_id", "campaign", ["area_unit_id"])
    op.create_index("ix_campaign_owner_unit_id", "campaign", ["owner_unit_id"])
    op.create_table(
        "kept_entry",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_kept_entry_account_id_account"),
        sa.PrimaryKeyConstraint("key", name="pk_kept_entry"),
    )
    op.create_index("ix_kept_entry_account_id", "kept_entry", ["account_id"])
    op.create_table(
        "basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_basis_campaign_id_campaign", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_basis"),
    )
    op.create_index("ix_basis_campaign_id", "basis", ["campaign_id"])
    op.create_table(
        "campaign_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            _choice(
                "campaignstatus",
                "draft",
                "launched",
                "registering",
                "list_closed",
                "running",
                "interim_review",
                "concluded",
                "archived",
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_step_campaign_id_campaign", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_step"),
    )
    op.create_index("ix_campaign_step_campaign_id", "campaign_step", ["campaign_id"])
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            _choice("commitmentstatus", "draft", "frozen", "signed", "superseded", "withdrawn"),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date()),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("witness_post", sa.Text(), nullable=False),
        sa.Column("content", sa.Text()),
        sa.Column("digest", sa.String(length=64)),
        sa.Column("frozen_at", types.Instant()),
        sa.Column("signed_on", sa.Date()),
        sa.Column("superseded_at", types.Instant()),
        sa.Column("withdrawn_at", types.Instant()),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", types.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('frozen', 'signed', 'withdrawn') OR content IS NOT NULL",
            name=op.f("ck_commitment_frozen"),
        ),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_because <> '')",
            name=op.f("ck_commitment_withdrawn"),
        ),
        sa.CheckConstraint("(content IS NULL) = (digest IS NULL)", name=op.f("ck_commitment_sealed")),
        sa.CheckConstraint("copies BETWEEN 1 AND 99", name=op.f("ck_commitment_copies")),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_commitment_edition")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_commitment_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_commitment_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
        sa.UniqueConstraint(
            "campaign_id", "unit_id", "edition", name="uq_commitment_campaign_id_unit_id_edition"
        ),
    )
    op.create_index("ix_commitment_campaign_id", "commitment", ["campaign_id"])
    op.create_index("ix_commitment_unit_id", "commitment", ["unit_id"])
    op.create_index(
        "uq_commitment_in_force",
        "commitment",
        ["campaign_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("status = 'signed'"),
        postgresql_where=sa.text("status = 'signed'"),
    )
    op.create_index(
        "uq_commitment_under_way",
        "commitment",
        ["campaign_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('draft', 'frozen')"),
        postgresql_where=sa.text("status IN ('draft', 'frozen')"),
    )
    op.create_table(
        "movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_movement_campaign_id_campaign", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_movement"),
        sa.UniqueConstraint("campaign_id", "name", name="uq_movement_campaign_id_name"),
    )
    op.create_index("ix_movement_campaign_id", "movement", ["campaign_id"])
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("start_on <= end_on", name=op.f("ck_period_dates")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_period_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_period"),
        sa.UniqueConstraint("campaign_id", "start_on", name="uq_period_campaign_id_start_on"),
    )
    op.create_index("ix_period_campaign_id", "period", ["campaign_id"])
    op.create_table(
        "signatory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer()),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_signatory_account_id_account"),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name="fk_signatory_commitment_id_commitment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signatory"),
        sa.UniqueConstraint("commitment_id", "position", name="uq_signatory_commitment_id_position"),
    )
    op.create_index("ix_signatory_account_id", "signatory", ["account_id"])
    op.create_index("ix_signatory_commitment_id", "signatory", ["commitment_id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("lead_unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_fold", sa.Text(), nullable=False),
        sa.Column("title_sort", types.SORT_KEY, nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state_funding", types.Quantity(), nullable=False),
        sa.Column("social_funding", types.Quantity(), nullable=False),
        sa.Column("movement_id", sa.Integer()),
        sa.Column(
            "status",
            _choice("taskstatus", "draft", "submitted", "returned", "approved", "committed", "cancelled"),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_by_name", sa.Text(), nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number IS NULL OR (number > 0 AND status IN ('approved', 'committed', 'cancelled'))",
            name=op.f("ck_task_number"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'committed') OR number IS NOT NULL", name=op.f("ck_task_numbered")
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_task_title_given")),
        sa.CheckConstraint("start_on < due_on", name=op.f("ck_task_dates")),
        sa.CheckConstraint("state_funding >= 0 AND social_funding >= 0", name=op.f("ck_task_funding")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_task_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["unit.id"], name="fk_task_lead_unit_id_unit"),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name="fk_task_movement_id_movement"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("campaign_id", "number", name="uq_task_campaign_id_number"),
    )
    op.create_index("ix_task_campaign_id", "task", ["campaign_id"])
    op.create_index("ix_task_lead_unit_id", "task", ["lead_unit_id"])
    op.create_index("ix_task_movement_id", "task", ["movement_id"])
    op.create_table(
        "cooperation",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_cooperation_task_id_task", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_cooperation_unit_id_unit"),
        sa.PrimaryKeyConstraint("task_id", "unit_id", name="pk_cooperation"),
    )
    op.create_index("ix_cooperation_unit_id", "cooperation", ["unit_id"])
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("baseline", types.Quantity(), nullable=False),
        sa.Column("target", types.Quantity(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("direction", _choice("direction", "up", "down"), nullable=False),
        sa.Column("accumulates", sa.Boolean(), nullable=False),
        sa.Column("weight", types.Quantity(), nullable=False),
        sa.Column("measured_from", sa.Date()),
        sa.CheckConstraint(
            "(direction = 'up' AND target >= baseline) OR (direction = 'down' AND target <= baseline)",
            name=op.f("ck_indicator_target"),
        ),
        sa.CheckConstraint("label <> ''", name=op.f("ck_indicator_label_given")),
        sa.CheckConstraint("measure <> ''", name=op.f("ck_indicator_measure_given")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_indicator_weight")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_indicator_task_id_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_indicator"),
        sa.UniqueConstraint("task_id", "position", name="uq_indicator_task_id_position"),
    )
    op.create_index("ix_indicator_task_id", "indicator", ["task_id"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_report_period_id_period"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_report_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("task_id", "period_id", name="uq_report_task_id_period_id"),
    )
    op.create_index("ix_report_period_id", "report", ["period_id"])
    op.create_index("ix_report_task_id", "report", ["task_id"])
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatory_id", sa.Integer(), nullable=False),
        sa.Column("way", _choice("signingway", "paper", "in_app"), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("certified_by", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scan_id", sa.Integer()),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "way <> 'paper' OR (place <> '' AND certified_by <> '')", name=op.f("ck_signature_paper_facts")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_signature_digest_length")),
        sa.ForeignKeyConstraint(["scan_id"], ["stored_file.id"], name="fk_signature_scan_id_stored_file"),
        sa.ForeignKeyConstraint(
            ["signatory_id"], ["signatory.id"], name="fk_signature_signatory_id_signatory"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sa.UniqueConstraint("signatory_id", name="uq_signature_signatory_id"),
    )
    op.create_index("ix_signature_scan_id", "signature", ["scan_id"])
    op.create_table(
        "task_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _choice(
                "taskeventkind",
                "drafted",
                "edited",
                "submitted",
                "returned",
                "approved",
                "committed",
                "cancelled",
            ),
            nullable=False,
        ),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('returned', 'cancelled') OR reason <> ''", name=op.f("ck_task_event_reason_given")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_task_event_task_id_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_event"),
    )
    op.create_index("ix_task_event_task_id", "task_event", ["task_id"])
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", types.Quantity(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_milestone_indicator_id_indicator", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("indicator_id", "on", name="uq_milestone_indicator_id_on"),
    )
    op.create_index("ix_milestone_indicator_id", "milestone", ["indicator_id"])
    op.create_table(
        "obstacle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("raised_at", types.Instant(), nullable=False),
        sa.Column("withdrawn_at", types.Instant()),
        sa.Column("decision", _choice("decision", "help", "extend", "reassign", "refuse")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", types.Instant()),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("decided_by_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision IS NULL OR reason <> ''", name=op.f("ck_obstacle_reason_given")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_obstacle_text_given")),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_obstacle_decided")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_obstacle_report_id_report"),
        sa.PrimaryKeyConstraint("id", name="pk_obstacle"),
        sa.CheckConstraint("withdrawn_at IS NULL OR decided_at IS NULL", name=op.f("ck_obstacle_one_end")),
    )
    op.create_index("ix_obstacle_report_id", "obstacle", ["report_id"])
    op.create_table(
        "report_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", types.Instant(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_report_round_number")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name="fk_report_round_report_id_report", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_round"),
        sa.UniqueConstraint("report_id", "number", name="uq_report_round_report_id_number"),
    )
    op.create_index("ix_report_round_report_id", "report_round", ["report_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name="fk_evidence_file_id_stored_file"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["report_round.id"], name="fk_evidence_round_id_report_round", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("round_id", "file_id", name="uq_evidence_round_id_file_id"),
    )
    op.create_index("ix_evidence_file_id", "evidence", ["file_id"])
    op.create_index("ix_evidence_round_id", "evidence", ["round_id"])
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", types.Quantity(), nullable=False),
        sa.Column("reached_on", sa.Date()),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name="fk_figure_indicator_id_indicator"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["report_round.id"], name="fk_figure_round_id_report_round", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
        sa.UniqueConstraint("round_id", "indicator_id", name="uq_figure_round_id_indicator_id"),
    )
    op.create_index("ix_figure_indicator_id", "figure", ["indicator_id"])
    op.create_index("ix_figure_round_id", "figure", ["round_id"])
    op.create_table(
        "report_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("reporteventkind", "submitted", "returned", "accepted"), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("kind <> 'returned' OR reason <> ''", name=op.f("ck_report_event_reason_given")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["report_round.id"],
            name="fk_report_event_round_id_report_round",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_event"),
    )
    op.create_index("ix_report_event_round_id", "report_event", ["round_id"])
    op.create_table(
        "round_writer",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["report_round.id"],
            name="fk_round_writer_round_id_report_round",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "account_id", name="pk_round_writer"),
    )
    op.create_index("ix_round_writer_account_id", "round_writer", ["account_id"])
    for statement in REFUSALS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION log_entry_refuse()")
        op.execute("DROP FUNCTION sealed_refuse()")

"""Check codes, authorisations, ceremonies, filed copies, amendments, and signatures that can be undone."""

import secrets

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TASK_EVENTS = ("drafted", "edited", "submitted", "returned", "approved", "committed")
ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
STANDING = sa.text("undone_at IS NULL")
KEPT = (
    "id", "signatory_id", "way", "signer_name", "signer_post", "capacity", "authorisation_id", "signed_on", "place",
    "certified_by", "ceremony_id", "copy_id", "mark", "digest", "at", "by_id", "by_name", "by_post",
)  # fmt: skip
"""The columns of a signature that nothing changes, not even undoing it."""


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _refuse_changes(kept: tuple[str, ...]) -> None:
    """Let a signature be undone once, and refuse every other change; `kept` is empty before there was undoing."""
    for statement in _REFUSE[op.get_bind().dialect.name](kept):
        op.execute(statement)


def _refuse_on_sqlite(kept: tuple[str, ...]) -> list[str]:
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in kept)
    when = f"WHEN OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR {changed} " if kept else ""
    return [
        f"""
        CREATE TRIGGER signature_no_update BEFORE UPDATE ON signature {when}
        BEGIN SELECT RAISE(ABORT, 'sealed signature rows are never changed'); END
        """,
        """
        CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature
        BEGIN SELECT RAISE(ABORT, 'sealed signature rows are never removed'); END
        """,
    ]


def _refuse_on_postgresql(kept: tuple[str, ...]) -> list[str]:
    if not kept:
        return [
            """
            CREATE TRIGGER signature_no_change BEFORE UPDATE OR DELETE ON signature
            FOR EACH ROW EXECUTE FUNCTION sealed_refuse()
            """
        ]
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in kept)
    return [
        f"""
        CREATE TRIGGER signature_no_change BEFORE UPDATE ON signature FOR EACH ROW
        WHEN (OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR {changed})
        EXECUTE FUNCTION sealed_refuse()
        """,
        """
        CREATE TRIGGER signature_no_delete BEFORE DELETE ON signature
        FOR EACH ROW EXECUTE FUNCTION sealed_refuse()
        """,
    ]


_REFUSE = {"sqlite": _refuse_on_sqlite, "postgresql": _refuse_on_postgresql}


def _drop_refusals(*names: str) -> None:
    on = "" if op.get_bind().dialect.name == "sqlite" else " ON signature"
    for name in names:
        op.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _demand_words_of_task_events(*words: str) -> None:
    with op.batch_alter_table("task_event") as table:
        table.drop_constraint(op.f("ck_task_event_taskeventkind"), type_="check")
        listed = ", ".join(f"'{word}'" for word in words)
        table.create_check_constraint(op.f("ck_task_event_taskeventkind"), f"kind IN ({listed})")


def _demand_words_of_ways(*words: str) -> None:
    with op.batch_alter_table("signature") as table:
        table.drop_constraint(op.f("ck_signature_signingway"), type_="check")
        listed = ", ".join(f"'{word}'" for word in words)
        table.create_check_constraint(op.f("ck_signature_signingway"), f"way IN ({listed})")


def upgrade() -> None:
    op.create_index("ix_task_status", "task", ["status"])
    _demand_words_of_task_events(*TASK_EVENTS, "released", "amended", "cancelled")
    _make_tables()
    with op.batch_alter_table("commitment") as table:
        table.add_column(sa.Column("in_order", sa.Boolean(), nullable=False, server_default=sa.false()))
    _restore_seals()
    with op.batch_alter_table("commitment") as table:
        table.alter_column("in_order", server_default=None)
    _restore_seals()
    with op.batch_alter_table("signatory") as table:
        table.add_column(sa.Column("on_behalf_of", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("signatory") as table:
        table.alter_column("on_behalf_of", server_default=None)
    _drop_refusals("signature_no_update", "signature_no_delete", "signature_no_change")
    _file_scans()
    _widen_signature()
    _refuse_changes(KEPT)
    _give_codes()


def _restore_seals() -> None:
    """A table that SQLite made anew has lost its triggers."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TRIGGER IF EXISTS commitment_sealed_no_update")
    op.execute("DROP TRIGGER IF EXISTS commitment_sealed_no_delete")
    op.execute(
        "CREATE TRIGGER commitment_sealed_no_update BEFORE UPDATE OF content, digest ON commitment "
        "WHEN OLD.content IS NOT NULL AND (NEW.content IS NOT OLD.content OR NEW.digest IS NOT OLD.digest) "
        "BEGIN SELECT RAISE(ABORT, 'sealed commitment rows are never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER commitment_sealed_no_delete BEFORE DELETE ON commitment WHEN OLD.content IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'sealed commitment rows are never removed'); END"
    )


def _make_tables() -> None:
    op.create_table(
        "check_code",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("given_at", types.Instant(), nullable=False),
        sa.CheckConstraint("length(code) = 10", name=op.f("ck_check_code_code_length")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_check_code_digest_length")),
        sa.PrimaryKeyConstraint("code", name="pk_check_code"),
        sa.UniqueConstraint("kind", "record_id", name="uq_check_code_kind_record_id"),
    )
    op.create_table(
        "authorisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("principal_post", sa.Text(), nullable=False),
        sa.Column("principal_name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("capacity", _choice("capacity", "own", "kt", "tl", "tuq"), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("recorded_at", types.Instant(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("ended_at", types.Instant()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_authorisation_validity")),
        sa.CheckConstraint("capacity <> 'own'", name=op.f("ck_authorisation_capacity_deputising")),
        sa.CheckConstraint(
            "principal_post <> '' AND post <> '' AND paper <> ''", name=op.f("ck_authorisation_said")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_because = '')", name=op.f("ck_authorisation_ended")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_on IS NULL)", name=op.f("ck_authorisation_ended_on")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_authorisation_account_id_account"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_authorisation_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_authorisation"),
    )
    op.create_index("ix_authorisation_account_id", "authorisation", ["account_id"])
    op.create_index("ix_authorisation_unit_id", "authorisation", ["unit_id"])
    op.create_table(
        "ceremony",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("certified_by", sa.Text(), nullable=False),
        sa.Column("certified_post", sa.Text(), nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("chair_post", sa.Text(), nullable=False),
        sa.Column("secretary", sa.Text(), nullable=False),
        sa.Column("secretary_post", sa.Text(), nullable=False),
        sa.Column("attendees", sa.Integer()),
        sa.Column("began", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("proceedings", sa.Text(), nullable=False),
        sa.Column("opened_at", types.Instant(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_name", sa.Text(), nullable=False),
        sa.Column("closed_at", types.Instant()),
        sa.Column("closed_by_id", sa.Integer()),
        sa.Column("closed_by_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("place <> '' AND certified_by <> ''", name=op.f("ck_ceremony_said")),
        sa.CheckConstraint(
            "attendees IS NULL OR attendees BETWEEN 1 AND 100000", name=op.f("ck_ceremony_attendees")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_ceremony_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_ceremony"),
    )
    op.create_index("ix_ceremony_campaign_id", "ceremony", ["campaign_id"])
    op.create_index(
        "uq_ceremony_open",
        "ceremony",
        ["campaign_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    _make_tables_of_signing()


def _make_tables_of_signing() -> None:
    op.create_table(
        "decline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signatory_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("by_post", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_decline_reason_given")),
        sa.ForeignKeyConstraint(["signatory_id"], ["signatory.id"], name="fk_decline_signatory_id_signatory"),
        sa.PrimaryKeyConstraint("id", name="pk_decline"),
    )
    op.create_index("ix_decline_signatory_id", "decline", ["signatory_id"])
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("copykind", "scan", "signed_pdf"), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("pile_id", sa.Integer()),
        sa.Column("first_page", sa.Integer()),
        sa.Column("last_page", sa.Integer()),
        sa.Column("findings", sa.Text()),
        sa.Column("filed_at", types.Instant(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_by_name", sa.Text(), nullable=False),
        sa.Column("filed_by_post", sa.Text(), nullable=False),
        sa.Column("aside_at", types.Instant()),
        sa.Column("aside_because", sa.Text(), nullable=False),
        sa.Column("aside_by_name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'signed_pdf') = (findings IS NOT NULL)", name=op.f("ck_signed_copy_findings")
        ),
        sa.CheckConstraint(
            "pile_id IS NULL AND first_page IS NULL AND last_page IS NULL "
            "OR pile_id IS NOT NULL AND first_page >= 1 AND last_page >= first_page",
            name=op.f("ck_signed_copy_pages"),
        ),
        sa.CheckConstraint("(aside_at IS NULL) = (aside_because = '')", name=op.f("ck_signed_copy_aside")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name="fk_signed_copy_commitment_id_commitment"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name="fk_signed_copy_file_id_stored_file"),
        sa.ForeignKeyConstraint(["pile_id"], ["stored_file.id"], name="fk_signed_copy_pile_id_stored_file"),
        sa.PrimaryKeyConstraint("id", name="pk_signed_copy"),
    )
    op.create_index("ix_signed_copy_commitment_id", "signed_copy", ["commitment_id"])
    op.create_index("ix_signed_copy_file_id", "signed_copy", ["file_id"])
    op.create_index("ix_signed_copy_pile_id", "signed_copy", ["pile_id"])
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            _choice("amendmentstatus", "proposed", "returned", "approved", "withdrawn"),
            nullable=False,
        ),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=False),
        sa.Column("from_paper", sa.Text(), nullable=False),
        sa.Column("proposed_at", types.Instant(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False),
        sa.Column("proposed_by_post", sa.Text(), nullable=False),
        sa.Column("decided_at", types.Instant()),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("decided_by_name", sa.Text(), nullable=False),
        sa.Column("decided_by_post", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_amendment_reason_given")),
        sa.CheckConstraint("(on_behalf_of = '') = (from_paper = '')", name=op.f("ck_amendment_behalf")),
        sa.CheckConstraint(
            "(status IN ('returned', 'approved')) = (decided_at IS NOT NULL)",
            name=op.f("ck_amendment_decided"),
        ),
        sa.CheckConstraint(
            "status <> 'returned' OR decision <> ''", name=op.f("ck_amendment_decision_given")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_amendment_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_amendment"),
    )
    op.create_index("ix_amendment_task_id", "amendment", ["task_id"])
    op.create_index(
        "uq_amendment_proposed",
        "amendment",
        ["task_id"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )


def _file_scans() -> None:
    """A scan belonged to each signature that it showed; now once to the commitment."""
    op.execute(
        """
        INSERT INTO signed_copy (commitment_id, kind, file_id, filename, filed_at, filed_by_id, filed_by_name,
                                 filed_by_post, aside_because, aside_by_name)
        SELECT signatory.commitment_id, 'scan', stored_file.id, 'Bản quét.' || stored_file.extension,
               min(signature.at), min(signature.by_id), min(signature.by_name), min(signature.by_post), '', ''
        FROM signature
        JOIN signatory ON signatory.id = signature.signatory_id
        JOIN stored_file ON stored_file.id = signature.scan_id
        GROUP BY signatory.commitment_id, stored_file.id, stored_file.extension
        ORDER BY min(signature.at), signatory.commitment_id, stored_file.id
        """
    )


def _widen_signature() -> None:
    with op.batch_alter_table("signature") as table:
        table.drop_constraint("fk_signature_scan_id_stored_file", type_="foreignkey")
        table.drop_index("ix_signature_scan_id")
        table.drop_column("scan_id")
        table.drop_constraint("uq_signature_signatory_id", type_="unique")
        table.drop_constraint(op.f("ck_signature_paper_facts"), type_="check")
        for name in ("signer_name", "signer_post", "undone_because", "undone_by_name"):
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("capacity", sa.String(length=40), nullable=False, server_default="own"))
        for name in ("authorisation_id", "ceremony_id", "copy_id"):
            table.add_column(sa.Column(name, sa.Integer()))
        table.add_column(sa.Column("mark", sa.String(length=64)))
        table.add_column(sa.Column("undone_at", types.Instant()))
    op.execute(
        "UPDATE signature SET "
        "signer_name = (SELECT name FROM signatory WHERE signatory.id = signature.signatory_id), "
        "signer_post = (SELECT post FROM signatory WHERE signatory.id = signature.signatory_id)"
    )
    _demand_words_of_ways("paper", "in_app", "outside")
    with op.batch_alter_table("signature") as table:
        for name in ("signer_name", "signer_post", "undone_because", "undone_by_name", "capacity"):
            table.alter_column(name, server_default=None)
        table.create_check_constraint(op.f("ck_signature_capacity"), "capacity IN ('own', 'kt', 'tl', 'tuq')")
        table.create_check_constraint(op.f("ck_signature_certified"), "way = 'in_app' OR certified_by <> ''")
        table.create_check_constraint(op.f("ck_signature_paper_facts"), "way <> 'paper' OR place <> ''")
        table.create_check_constraint(op.f("ck_signature_copy"), "(way = 'outside') = (copy_id IS NOT NULL)")
        table.create_check_constraint(
            op.f("ck_signature_mark"), "mark IS NULL OR way = 'outside' AND length(mark) = 64"
        )
        table.create_check_constraint(op.f("ck_signature_ceremony"), "ceremony_id IS NULL OR way = 'paper'")
        table.create_check_constraint(
            op.f("ck_signature_authorised"), "capacity = 'own' OR authorisation_id IS NOT NULL"
        )
        table.create_check_constraint(
            op.f("ck_signature_undone"), "(undone_at IS NULL) = (undone_because = '')"
        )
        for name, other in (
            ("authorisation_id", "authorisation"),
            ("ceremony_id", "ceremony"),
            ("copy_id", "signed_copy"),
        ):
            table.create_foreign_key(f"fk_signature_{name}_{other}", other, [name], ["id"])
            table.create_index(f"ix_signature_{name}", [name])
        table.create_index("ix_signature_signatory_id", ["signatory_id"])
    for index, column in (("standing", "signatory_id"), ("mark", "mark")):
        op.create_index(
            f"uq_signature_{index}",
            "signature",
            [column],
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        )


def _give_codes() -> None:
    """What was frozen before gets its code too."""
    connection = op.get_bind()
    frozen = connection.execute(
        sa.text("SELECT id, digest, frozen_at FROM commitment WHERE digest IS NOT NULL ORDER BY id")
    ).all()
    for number, digest, frozen_at in frozen:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(9))
        total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(drawn, 1))
        connection.execute(
            sa.text(
                "INSERT INTO check_code (code, kind, record_id, digest, given_at) "
                "VALUES (:code, 'commitment', :number, :digest, :given_at)"
            ),
            {
                "code": drawn + ALPHABET[total % 29],
                "number": number,
                "digest": digest,
                "given_at": frozen_at,
            },
        )


def downgrade() -> None:
    """To the release before: what only the newer one can say is lost, a signature is not."""
    op.drop_index("ix_task_status", "task")
    _drop_refusals("signature_no_update", "signature_no_delete", "signature_no_change")
    op.execute("DELETE FROM signature WHERE undone_at IS NOT NULL")
    op.execute(
        "UPDATE signature SET way = 'paper', copy_id = NULL, mark = NULL, "
        "place = CASE WHEN place = '' THEN 'Tệp PDF ký số' ELSE place END WHERE way = 'outside'"
    )
    op.execute("DELETE FROM task_event WHERE kind IN ('released', 'amended')")
    op.drop_index("uq_signature_standing", "signature")
    op.drop_index("uq_signature_mark", "signature")
    with op.batch_alter_table("signature") as table:
        table.drop_index("ix_signature_signatory_id")
        for name, other in (
            ("authorisation_id", "authorisation"),
            ("ceremony_id", "ceremony"),
            ("copy_id", "signed_copy"),
        ):
            table.drop_index(f"ix_signature_{name}")
            table.drop_constraint(f"fk_signature_{name}_{other}", type_="foreignkey")
        for name in (
            "capacity", "certified", "paper_facts", "copy", "mark", "ceremony", "authorised", "undone",
        ):  # fmt: skip
            table.drop_constraint(op.f(f"ck_signature_{name}"), type_="check")
    with op.batch_alter_table("signature") as table:
        for name in (
            "signer_name", "signer_post", "capacity", "authorisation_id", "ceremony_id", "copy_id", "undone_at",
            "undone_because", "undone_by_name", "mark",
        ):  # fmt: skip
            table.drop_column(name)
        table.add_column(sa.Column("scan_id", sa.Integer()))
    op.execute(
        "UPDATE signature SET scan_id = (SELECT min(signed_copy.file_id) FROM signed_copy JOIN signatory "
        "ON signatory.commitment_id = signed_copy.commitment_id "
        "WHERE signatory.id = signature.signatory_id AND signed_copy.aside_at IS NULL) WHERE way = 'paper'"
    )
    _demand_words_of_ways("paper", "in_app")
    with op.batch_alter_table("signature") as table:
        table.create_check_constraint(
            op.f("ck_signature_paper_facts"), "way <> 'paper' OR (place <> '' AND certified_by <> '')"
        )
        table.create_foreign_key("fk_signature_scan_id_stored_file", "stored_file", ["scan_id"], ["id"])
        table.create_index("ix_signature_scan_id", ["scan_id"])
        table.create_unique_constraint("uq_signature_signatory_id", ["signatory_id"])
    _refuse_changes(())
    with op.batch_alter_table("signatory") as table:
        table.drop_column("on_behalf_of")
    with op.batch_alter_table("commitment") as table:
        table.drop_column("in_order")
    _restore_seals()
    for name in ("amendment", "signed_copy", "decline", "ceremony", "authorisation", "check_code"):
        op.drop_table(name)
    _demand_words_of_task_events(*TASK_EVENTS, "cancelled")

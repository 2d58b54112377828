"""Sessions as rows, known browsers, second factors, one-time passwords that expire."""

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Kept only until it had expired; who was signed in signs in anew.
shrinks = frozenset({"ended_session"})


def upgrade() -> None:
    _make_sessions()
    _make_second_factors()
    op.drop_table("ended_session")
    # SQLite changes these by itself: the table is not made anew, and what refers to it is left alone.
    op.add_column("account", sa.Column("password_expires_at", types.Instant(), nullable=True))
    op.drop_column("account", "session_stamp")
    with op.batch_alter_table("sign_in_attempt") as table:
        table.add_column(sa.Column("browser", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("sign_in_attempt") as table:
        table.alter_column("browser", server_default=None)


def _make_sessions() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=False),
        sa.Column("seen_at", types.Instant(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("previous_at", types.Instant(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_account_session_failures")),
        sa.CheckConstraint("length(key_digest) = 64", name=op.f("ck_account_session_digest_length")),
        sa.CheckConstraint("started_at <= seen_at", name=op.f("ck_account_session_order")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_account_session_key_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_index(op.f("ix_account_session_started_at"), "account_session", ["started_at"])
    op.create_table(
        "sign_in_proof",
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.CheckConstraint("length(key_digest) = 64", name=op.f("ck_sign_in_proof_digest_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_proof_account_id_account")
        ),
        sa.PrimaryKeyConstraint("key_digest", name=op.f("pk_sign_in_proof")),
    )
    op.create_index(op.f("ix_sign_in_proof_account_id"), "sign_in_proof", ["account_id"])


def _make_second_factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("set_at", types.Instant(), nullable=False),
        sa.CheckConstraint("sealed <> ''", name=op.f("ck_second_factor_sealed_given")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_second_factor_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", types.Instant(), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_recovery_code_digest_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_recovery_code_account_id_digest")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in_attempt") as table:
        table.drop_column("browser")
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("session_stamp", sa.Text(), nullable=False, server_default=""))
        table.drop_column("password_expires_at")
    with op.batch_alter_table("account") as table:
        table.alter_column("session_stamp", server_default=None)
    op.create_table(
        "ended_session",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ended_session"),
    )
    for table_name in ("recovery_code", "second_factor", "sign_in_proof", "account_session"):
        op.drop_table(table_name)

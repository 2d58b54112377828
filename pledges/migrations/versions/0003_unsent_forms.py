"""Forms that were begun and not sent: one store for what is typed, which takes over what ended sessions left."""

import json

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = sa.table(
    "kept_entry",
    sa.column("key", sa.Text()),
    sa.column("account_id", sa.Integer()),
    sa.column("path", sa.Text()),
    sa.column("fields", sa.Text()),
    sa.column("at", types.Instant()),
)
UNSENT = sa.table(
    "unsent_form",
    sa.column("key", sa.Text()),
    sa.column("account_id", sa.Integer()),
    sa.column("path", sa.Text()),
    sa.column("page", sa.Text()),
    sa.column("title", sa.Text()),
    sa.column("fields", sa.Text()),
    sa.column("revision", sa.Integer()),
    sa.column("window", sa.Text()),
    sa.column("at", types.Instant()),
)
TOKENS = ("csrf_token", "form_key")


def upgrade() -> None:
    connection = op.get_bind()
    op.create_table(
        "unsent_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.CheckConstraint("path LIKE '/%'", name=op.f("ck_unsent_form_path")),
        sa.CheckConstraint("revision > 0", name=op.f("ck_unsent_form_revision")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_unsent_form_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_unsent_form"),
        sa.UniqueConstraint("key", name="uq_unsent_form_key"),
    )
    op.create_index("ix_unsent_form_account_id_path", "unsent_form", ["account_id", "path"])
    with op.batch_alter_table("form_receipt") as table:
        table.add_column(sa.Column("window", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("form_receipt") as table:
        table.alter_column("window", server_default=None)
    _take_over()
    op.drop_table("kept_entry")
    if connection.dialect.name == "sqlite":
        # Else SQLite gives the number of a draft that was given up to the next task, and the log knows tasks by it.
        with op.batch_alter_table("task", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def _take_over() -> None:
    """What ended sessions left, under the key of its form; of one form the newest, which replaced the others."""
    connection, seen = op.get_bind(), set()
    for kept in connection.execute(sa.select(KEPT).order_by(KEPT.c.at.desc(), KEPT.c.key)).all():
        fields = json.loads(kept.fields)
        form = dict(fields)
        key = form.get("form_key") or kept.key
        if key in seen:
            continue
        seen.add(key)
        typed = [pair for pair in fields if pair[0] not in TOKENS]
        row = {
            "key": key,
            "account_id": kept.account_id,
            "path": kept.path,
            "page": "",
            "title": form.get("title", "")[:200],
            "fields": json.dumps(typed, ensure_ascii=False),
            "revision": 1,
            "window": "",
            "at": kept.at,
        }
        connection.execute(UNSENT.insert().values(row))


def downgrade() -> None:
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
    connection = op.get_bind()
    for row in connection.execute(sa.select(UNSENT)).all():
        fields = [*json.loads(row.fields), ["form_key", row.key]]
        kept = {
            "key": row.key,
            "account_id": row.account_id,
            "path": row.path,
            "fields": json.dumps(fields, ensure_ascii=False),
            "at": row.at,
        }
        connection.execute(KEPT.insert().values(kept))
    op.drop_table("unsent_form")
    with op.batch_alter_table("form_receipt") as table:
        table.drop_column("window")

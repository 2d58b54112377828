"""Lists of tasks that were uploaded and wait for a decision."""

import sqlalchemy as sa
from alembic import op

from pledges.core.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_name", sa.Text(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text()),
        sa.Column("converted", sa.Boolean()),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "written",
                "dropped",
                name="importstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_at", Instant()),
        sa.Column("ended_by_id", sa.Integer()),
        sa.Column("ended_by_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("filename <> ''", name=op.f("ck_task_import_filename_given")),
        sa.CheckConstraint("(status = 'open') = (ended_at IS NULL)", name=op.f("ck_task_import_ended")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_task_import_campaign_id_campaign", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_import"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_import_campaign_id", "task_import", ["campaign_id"])
    op.create_index("ix_task_import_uploaded_by_id", "task_import", ["uploaded_by_id"])


def downgrade() -> None:
    op.drop_table("task_import")

"""Registration numbers, remarks by part, entries from paper, and what a campaign or a task follows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RECEIVED = (
    "registration_number IS NOT NULL AND registration_number > 0 AND status <> 'draft' "
    "OR registration_number IS NULL AND status IN ('draft', 'cancelled')"
)
PARTS = ("title", "product", "lead_unit", "cooperating", "dates", "indicators", "funding", "movement")


def upgrade() -> None:
    with op.batch_alter_table("campaign") as table:
        table.add_column(
            sa.Column("last_registration_number", sa.Integer(), nullable=False, server_default="0")
        )
        table.add_column(sa.Column("follows_id", sa.Integer()))
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("registration_number", sa.Integer()))
        table.add_column(sa.Column("on_behalf_of", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("from_paper", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("follows_id", sa.Integer()))
    _number_what_was_sent()
    with op.batch_alter_table("campaign") as table:
        table.alter_column("last_registration_number", server_default=None)
        table.create_index("ix_campaign_follows_id", ["follows_id"])
        table.create_foreign_key("fk_campaign_follows_id_campaign", "campaign", ["follows_id"], ["id"])
        table.create_check_constraint(op.f("ck_campaign_own_forerunner"), "follows_id <> id")
    with op.batch_alter_table("task") as table:
        table.alter_column("on_behalf_of", server_default=None)
        table.alter_column("from_paper", server_default=None)
        table.create_index("ix_task_follows_id", ["follows_id"])
        table.create_foreign_key(
            "fk_task_follows_id_task", "task", ["follows_id"], ["id"], ondelete="SET NULL"
        )
        table.create_unique_constraint(
            "uq_task_campaign_id_registration_number", ["campaign_id", "registration_number"]
        )
        table.create_check_constraint(op.f("ck_task_received"), RECEIVED)
        table.create_check_constraint(op.f("ck_task_behalf"), "(on_behalf_of = '') = (from_paper = '')")
        table.create_check_constraint(op.f("ck_task_own_forerunner"), "follows_id <> id")
    op.create_index(
        "uq_task_follower",
        "task",
        ["campaign_id", "follows_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'cancelled'"),
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.create_table(
        "task_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(*PARTS, name="taskpart", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("indicator", sa.Integer()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_task_remark_words_given")),
        sa.CheckConstraint(
            "indicator IS NULL OR indicator > 0 AND part = 'indicators'",
            name=op.f("ck_task_remark_indicator"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["task_event.id"], name="fk_task_remark_event_id_task_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_remark"),
        sa.UniqueConstraint("event_id", "part", "indicator", name="uq_task_remark_event_id_part_indicator"),
    )
    op.create_index("ix_task_remark_event_id", "task_remark", ["event_id"])


def _number_what_was_sent() -> None:
    """Give the tasks that were sent before their numbers, in the order in which they were first sent."""
    op.execute(
        """
        UPDATE task SET registration_number = (
            SELECT numbered.number FROM (
                SELECT sent.task_id AS task_id,
                       row_number() OVER (PARTITION BY other.campaign_id ORDER BY sent.first_id) AS number
                FROM (SELECT task_id, min(id) AS first_id FROM task_event
                      WHERE kind = 'submitted' GROUP BY task_id) AS sent
                JOIN task AS other ON other.id = sent.task_id
            ) AS numbered WHERE numbered.task_id = task.id
        )
        """
    )
    op.execute(
        """
        UPDATE campaign SET last_registration_number = (
            SELECT coalesce(max(task.registration_number), 0) FROM task WHERE task.campaign_id = campaign.id
        )
        """
    )


def downgrade() -> None:
    op.drop_table("task_remark")
    op.drop_index("uq_task_follower", "task")
    with op.batch_alter_table("task") as table:
        table.drop_constraint(op.f("ck_task_own_forerunner"), type_="check")
        table.drop_constraint(op.f("ck_task_behalf"), type_="check")
        table.drop_constraint(op.f("ck_task_received"), type_="check")
        table.drop_constraint("uq_task_campaign_id_registration_number", type_="unique")
        table.drop_constraint("fk_task_follows_id_task", type_="foreignkey")
        table.drop_index("ix_task_follows_id")
        for column in ("follows_id", "from_paper", "on_behalf_of", "registration_number"):
            table.drop_column(column)
    with op.batch_alter_table("campaign") as table:
        table.drop_constraint(op.f("ck_campaign_own_forerunner"), type_="check")
        table.drop_constraint("fk_campaign_follows_id_campaign", type_="foreignkey")
        table.drop_index("ix_campaign_follows_id")
        for column in ("follows_id", "last_registration_number"):
            table.drop_column(column)

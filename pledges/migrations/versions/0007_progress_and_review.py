"""Periods of other cycles, exceptions, evidence rules, explanations, assignments, follow-ups, meetings, notices."""

import sqlalchemy as sa
from alembic import op

from pledges.core import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CYCLES = ("weekly", "monthly", "quarterly", "own")
TASK = {"sqlite_autoincrement": True}
"""What SQLite forgets of the table of tasks when it makes it anew."""
ROUND_WORDS = ("correction", "on_behalf_of", "from_paper")


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _make_tables_of_tasks()
    _make_tables_of_follow_ups()
    _make_tables_of_reports()
    _make_tables_of_notices()
    _widen_campaigns()
    _widen_periods()
    _widen_reports()
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("wants_digest", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("account") as table:
        table.alter_column("wants_digest", server_default=None)
    with op.batch_alter_table("task", table_kwargs=TASK) as table:
        table.add_column(sa.Column("common_task_id", sa.Integer()))
        table.create_index("ix_task_common_task_id", ["common_task_id"])
        table.create_foreign_key(
            "fk_task_common_task_id_common_task", "common_task", ["common_task_id"], ["id"]
        )
    _order_paths_by_code_point('"C"')


def _order_paths_by_code_point(collation: str) -> None:
    """Units below another are asked for as a range of paths; SQLite orders by code point as it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE unit ALTER COLUMN path TYPE TEXT COLLATE {collation}")


def _cycle() -> sa.Column[str]:
    return sa.Column("cycle", sa.String(length=40), nullable=False, server_default="monthly")


def _demand_cycle(table: object, name: str) -> None:
    listed = ", ".join(f"'{word}'" for word in CYCLES)
    table.create_check_constraint(op.f(f"ck_{name}_cycle"), f"cycle IN ({listed})")  # type: ignore[attr-defined]


def _widen_campaigns() -> None:
    with op.batch_alter_table("campaign") as table:
        table.add_column(_cycle())
        table.add_column(sa.Column("reporting_weekday", sa.Integer(), nullable=False, server_default="5"))
        table.add_column(sa.Column("grace_days", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("locks_after_days", sa.Integer()))
    with op.batch_alter_table("campaign") as table:
        for name in ("cycle", "reporting_weekday", "grace_days"):
            table.alter_column(name, server_default=None)
        _demand_cycle(table, "campaign")
        table.create_check_constraint(op.f("ck_campaign_weekday"), "reporting_weekday BETWEEN 1 AND 7")
        table.create_check_constraint(op.f("ck_campaign_grace"), "grace_days BETWEEN 0 AND 60")
        table.create_check_constraint(
            op.f("ck_campaign_lock"), "locks_after_days IS NULL OR locks_after_days >= grace_days"
        )


def _widen_periods() -> None:
    with op.batch_alter_table("period") as table:
        table.add_column(sa.Column("grace_until", sa.Date()))
        table.add_column(sa.Column("locks_after", sa.Date()))
        table.add_column(_cycle())
        table.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE period SET grace_until = due_on")
    with op.batch_alter_table("period") as table:
        table.alter_column("grace_until", nullable=False)
        for name in ("cycle", "name"):
            table.alter_column(name, server_default=None)
        _demand_cycle(table, "period")
        table.create_check_constraint(op.f("ck_period_due"), "start_on <= due_on")
        table.create_check_constraint(op.f("ck_period_grace"), "grace_until >= due_on")
        table.create_check_constraint(
            op.f("ck_period_lock"), "locks_after IS NULL OR locks_after >= grace_until"
        )
        table.create_check_constraint(op.f("ck_period_name"), "(cycle = 'own') = (name <> '')")


def _note_what_waits() -> None:
    """A report waits since its last round was sent, where that was not answered."""
    with op.batch_alter_table("report") as table:
        table.add_column(sa.Column("waits_since", types.Instant()))
    op.execute(
        """
        UPDATE report SET waits_since = (
            SELECT max(sent.at) FROM report_round
            JOIN report_event AS sent ON sent.round_id = report_round.id AND sent.kind = 'submitted'
            WHERE report_round.report_id = report.id AND NOT EXISTS (
                SELECT 1 FROM report_event AS answer
                WHERE answer.round_id = report_round.id AND answer.kind IN ('accepted', 'returned')
            )
        )
        """
    )
    op.create_index(
        "ix_report_waiting",
        "report",
        ["waits_since"],
        sqlite_where=sa.text("waits_since IS NOT NULL"),
        postgresql_where=sa.text("waits_since IS NOT NULL"),
    )


def _widen_reports() -> None:
    _note_what_waits()
    with op.batch_alter_table("report_round") as table:
        table.add_column(sa.Column("blanks_meant", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ROUND_WORDS:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("report_round") as table:
        for name in ("blanks_meant", *ROUND_WORDS):
            table.alter_column(name, server_default=None)
        table.create_check_constraint(
            op.f("ck_report_round_behalf"), "(on_behalf_of = '') = (from_paper = '')"
        )
    with op.batch_alter_table("figure") as table:
        table.add_column(sa.Column("affirmed", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("figure") as table:
        table.alter_column("affirmed", server_default=None)
    with op.batch_alter_table("obstacle") as table:
        for name, other in (("amendment_id", "amendment"), ("follow_up_id", "follow_up")):
            table.add_column(sa.Column(name, sa.Integer()))
            table.create_index(f"ix_obstacle_{name}", [name])
            table.create_foreign_key(f"fk_obstacle_{name}_{other}", other, [name], ["id"])
        table.create_check_constraint(
            op.f("ck_obstacle_extension"), "amendment_id IS NULL OR decision = 'extend'"
        )


def _make_tables_of_tasks() -> None:
    op.create_table(
        "common_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_fold", sa.Text(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_common_task_title_given")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_common_task_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_common_task"),
        sa.UniqueConstraint("campaign_id", "title_fold", name="uq_common_task_campaign_id_title_fold"),
    )
    op.create_index("ix_common_task_campaign_id", "common_task", ["campaign_id"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("duty", _choice("duty", "responsible", "supervising"), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("assigned_at", types.Instant(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.Column("assigned_by_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_assignment_name_given")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_assignment_validity")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_assignment_account_id_account"),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_assignment_task_id_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_account_id", "assignment", ["account_id"])
    op.create_index("ix_assignment_task_id", "assignment", ["task_id"])
    op.create_index(
        "uq_assignment_standing",
        "assignment",
        ["task_id", "duty"],
        unique=True,
        sqlite_where=sa.text("until_on IS NULL"),
        postgresql_where=sa.text("until_on IS NULL"),
    )


def _make_tables_of_follow_ups() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair", sa.Text(), nullable=False),
        sa.Column("chair_post", sa.Text(), nullable=False),
        sa.Column("secretary", sa.Text(), nullable=False),
        sa.Column("secretary_post", sa.Text(), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("closed_at", types.Instant()),
        sa.Column("closed_by_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_meeting_title_given")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_meeting_campaign_id_campaign"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_campaign_id", "meeting", ["campaign_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("source", _choice("followupsource", "meeting", "obstacle", "call", "own"), nullable=False),
        sa.Column("meeting_id", sa.Integer()),
        sa.Column("unit_id", sa.Integer()),
        sa.Column("task_id", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("spoke_to", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("made_by_post", sa.Text(), nullable=False),
        sa.Column("ended_at", types.Instant()),
        sa.Column("ended_as", _choice("followupend", "done", "dropped")),
        sa.Column("ended_by_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(source = 'meeting') = (meeting_id IS NOT NULL)", name=op.f("ck_follow_up_meeting")
        ),
        sa.CheckConstraint(
            "ended_as <> 'dropped' OR outcome <> ''", name=op.f("ck_follow_up_dropped_because")
        ),
        sa.CheckConstraint(
            "source <> 'call' OR unit_id IS NOT NULL AND spoke_to <> ''", name=op.f("ck_follow_up_call")
        ),
        sa.CheckConstraint("text <> ''", name=op.f("ck_follow_up_text_given")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_follow_up_ended")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_follow_up_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_follow_up_meeting_id_meeting"),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_follow_up_owner_id_account"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_follow_up_task_id_task"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_follow_up_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
    )
    op.create_index("ix_follow_up_campaign_id", "follow_up", ["campaign_id"])
    op.create_index("ix_follow_up_meeting_id", "follow_up", ["meeting_id"])
    op.create_index("ix_follow_up_owner_id", "follow_up", ["owner_id"])
    op.create_index("ix_follow_up_task_id", "follow_up", ["task_id"])
    op.create_index("ix_follow_up_unit_id", "follow_up", ["unit_id"])


def _make_tables_of_reports() -> None:
    op.create_table(
        "period_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer()),
        sa.Column("kind", _choice("exceptionkind", "unlocked", "excused"), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", types.Instant(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_by_name", sa.Text(), nullable=False),
        sa.Column("granted_by_post", sa.Text(), nullable=False),
        sa.Column("revoked_at", types.Instant()),
        sa.Column("revoked_by_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'unlocked') = (until IS NOT NULL)", name=op.f("ck_period_exception_until")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_period_exception_reason_given")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_period_exception_period_id_period"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_period_exception_task_id_task"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_period_exception_unit_id_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_period_exception"),
    )
    op.create_index("ix_period_exception_period_id", "period_exception", ["period_id"])
    op.create_index("ix_period_exception_task_id", "period_exception", ["task_id"])
    op.create_index("ix_period_exception_unit_id", "period_exception", ["unit_id"])
    op.create_table(
        "proof_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("proofkind", "photo", "document"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name=op.f("ck_proof_rule_number")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name="fk_proof_rule_task_id_task", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proof_rule"),
        sa.UniqueConstraint("task_id", "position", name="uq_proof_rule_task_id_position"),
    )
    op.create_index("ix_proof_rule_task_id", "proof_rule", ["task_id"])
    op.create_table(
        "explanation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer()),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_name", sa.Text(), nullable=False),
        sa.Column("asked_by_post", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", types.Instant()),
        sa.Column("answered_by_id", sa.Integer()),
        sa.Column("answered_by_name", sa.Text(), nullable=False),
        sa.Column("answered_by_post", sa.Text(), nullable=False),
        sa.Column("closed_at", types.Instant()),
        sa.Column("closed_by_name", sa.Text(), nullable=False),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer = '')", name=op.f("ck_explanation_request_answered")
        ),
        sa.CheckConstraint("question <> ''", name=op.f("ck_explanation_request_question_given")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_explanation_request_indicator_id_indicator"
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name="fk_explanation_request_period_id_period"),
        sa.PrimaryKeyConstraint("id", name="pk_explanation_request"),
    )
    op.create_index("ix_explanation_request_indicator_id", "explanation_request", ["indicator_id"])
    op.create_index("ix_explanation_request_period_id", "explanation_request", ["period_id"])
    op.create_table(
        "report_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_report_remark_words_given")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["report_event.id"],
            name="fk_report_remark_event_id_report_event",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_report_remark_indicator_id_indicator"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_report_remark"),
        sa.UniqueConstraint("event_id", "indicator_id", name="uq_report_remark_event_id_indicator_id"),
    )
    op.create_index("ix_report_remark_event_id", "report_remark", ["event_id"])
    op.create_index("ix_report_remark_indicator_id", "report_remark", ["indicator_id"])


def _make_tables_of_notices() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", types.Instant(), nullable=False),
        sa.CheckConstraint("length(secret_digest) = 64", name=op.f("ck_calendar_feed_digest_length")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_calendar_feed_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("secret_digest", name="uq_calendar_feed_secret_digest"),
    )
    op.create_table(
        "sent_digest",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_sent_digest_account_id_account"),
        sa.PrimaryKeyConstraint("account_id", "day", name="pk_sent_digest"),
    )


def downgrade() -> None:
    """To the release before: what only the newer one can say is lost."""
    _order_paths_by_code_point('"default"')
    with op.batch_alter_table("task", table_kwargs=TASK) as table:
        table.drop_constraint("fk_task_common_task_id_common_task", type_="foreignkey")
        table.drop_index("ix_task_common_task_id")
        table.drop_column("common_task_id")
    with op.batch_alter_table("account") as table:
        table.drop_column("wants_digest")
    with op.batch_alter_table("obstacle") as table:
        table.drop_constraint(op.f("ck_obstacle_extension"), type_="check")
        for name, other in (("amendment_id", "amendment"), ("follow_up_id", "follow_up")):
            table.drop_constraint(f"fk_obstacle_{name}_{other}", type_="foreignkey")
            table.drop_index(f"ix_obstacle_{name}")
            table.drop_column(name)
    with op.batch_alter_table("figure") as table:
        table.drop_column("affirmed")
    op.drop_index("ix_report_waiting", "report")
    with op.batch_alter_table("report") as table:
        table.drop_column("waits_since")
    with op.batch_alter_table("report_round") as table:
        table.drop_constraint(op.f("ck_report_round_behalf"), type_="check")
        for name in ("blanks_meant", *ROUND_WORDS):
            table.drop_column(name)
    with op.batch_alter_table("period") as table:
        for name in ("cycle", "due", "grace", "lock", "name"):
            table.drop_constraint(op.f(f"ck_period_{name}"), type_="check")
        for name in ("grace_until", "locks_after", "cycle", "name"):
            table.drop_column(name)
    with op.batch_alter_table("campaign") as table:
        for name in ("cycle", "weekday", "grace", "lock"):
            table.drop_constraint(op.f(f"ck_campaign_{name}"), type_="check")
        for name in ("cycle", "reporting_weekday", "grace_days", "locks_after_days"):
            table.drop_column(name)
    for name in (
        "sent_digest", "calendar_feed", "report_remark", "explanation_request", "proof_rule", "period_exception",
        "follow_up", "meeting", "assignment", "common_task",
    ):  # fmt: skip
        op.drop_table(name)

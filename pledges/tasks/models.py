"""Tasks with their indicators, milestones and events."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledges.access.permissions import Subject
from pledges.campaigns.models import Campaign, Movement
from pledges.core.base import Base, Versioned
from pledges.core.text import fold, sort_key
from pledges.core.types import SORT_KEY, choice
from pledges.tasks.remarks import own_reason, place_label, whole_reason
from pledges.tasks.rules import AUTHORING, Direction, TaskEventKind, TaskPart, TaskStatus
from pledges.tasks.weights import weights_told
from pledges.units.models import Unit

cooperation = sa.Table(
    "cooperation",
    Base.metadata,
    sa.Column("task_id", sa.ForeignKey("task.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("unit_id", sa.ForeignKey("unit.id"), primary_key=True, index=True),
)
"""Đơn vị phối hợp: the units that help a task's lead unit."""


class CommonTask(Base):
    """Phần việc chung: a piece of work that several units register in parallel, each with its own targets."""

    __tablename__ = "common_task"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "title_fold"),
        sa.CheckConstraint("title <> ''", "title_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    title: Mapped[str]
    title_fold: Mapped[str]

    campaign: Mapped[Campaign] = relationship()

    @validates("title")
    def _derive(self, _key: str, title: str) -> str:
        self.title_fold = fold(title)
        return title


class Task(Versioned, Base):
    """Phần việc: one registered piece of work of one lead unit, with product, dates, funding and indicators.

    `status` is the fold of the task's events, kept for queries; only operations write it. Funding is in million đồng.
    `registration_number` is given when it is first sent (what its unit quotes on the phone), `number` when it is taken
    into the list; both once and for ever. `on_behalf_of` and `from_paper` say for whom and from which paper an official
    entered it (nhập thay). `follows` is the task of an earlier campaign that it was copied from.
    """

    __tablename__ = "task"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "number"),
        sa.UniqueConstraint("campaign_id", "registration_number"),
        sa.CheckConstraint("start_on < due_on", "dates"),
        sa.CheckConstraint("title <> ''", "title_given"),
        sa.CheckConstraint("state_funding >= 0 AND social_funding >= 0", "funding"),
        sa.CheckConstraint(
            "number IS NULL OR (number > 0 AND status IN ('approved', 'committed', 'cancelled'))", "number"
        ),
        sa.CheckConstraint("status NOT IN ('approved', 'committed') OR number IS NOT NULL", "numbered"),
        sa.CheckConstraint(
            "registration_number IS NOT NULL AND registration_number > 0 AND status <> 'draft' "
            "OR registration_number IS NULL AND status IN ('draft', 'cancelled')",
            "received",
        ),
        sa.CheckConstraint("(on_behalf_of = '') = (from_paper = '')", "behalf"),
        sa.CheckConstraint("follows_id <> id", "own_forerunner"),
        sa.Index(
            "uq_task_follower",
            "campaign_id",
            "follows_id",
            unique=True,
            sqlite_where=sa.text("status <> 'cancelled'"),
            postgresql_where=sa.text("status <> 'cancelled'"),
        ),
        # The log knows a task by its number: that of a draft which was given up is never given again.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    number: Mapped[int | None]
    lead_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    title: Mapped[str]
    title_fold: Mapped[str]
    title_sort: Mapped[str] = mapped_column(SORT_KEY)
    product: Mapped[str] = mapped_column(default="")
    start_on: Mapped[date]
    due_on: Mapped[date]
    state_funding: Mapped[Decimal] = mapped_column(default=Decimal(0))
    social_funding: Mapped[Decimal] = mapped_column(default=Decimal(0))
    movement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("movement.id"), index=True)
    status: Mapped[TaskStatus] = mapped_column(choice(TaskStatus), default=TaskStatus.DRAFT, index=True)
    entered_by_id: Mapped[int]
    entered_by_name: Mapped[str]
    entered_at: Mapped[datetime]
    registration_number: Mapped[int | None]
    on_behalf_of: Mapped[str] = mapped_column(default="")
    from_paper: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id", ondelete="SET NULL"), index=True)
    common_task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("common_task.id"), index=True)

    campaign: Mapped[Campaign] = relationship()
    lead_unit: Mapped[Unit] = relationship()
    movement: Mapped[Movement | None] = relationship()
    common: Mapped[CommonTask | None] = relationship()
    cooperating: Mapped[list[Unit]] = relationship(secondary=cooperation, order_by=Unit.position)
    indicators: Mapped[list[Indicator]] = relationship(
        order_by="Indicator.position", cascade="all, delete-orphan", back_populates="task"
    )
    events: Mapped[list[TaskEvent]] = relationship(order_by="TaskEvent.id", cascade="all, delete-orphan")

    @validates("title")
    def _derive(self, _key: str, title: str) -> str:
        self.title_fold = fold(title)
        self.title_sort = sort_key(title)
        return title

    @property
    def told(self) -> list[TaskEvent]:
        """The events as a story tells them: of edits that one person made in a row, the last."""
        following = [*self.events[1:], None]
        return [one for one, then in zip(self.events, following, strict=True) if not one.goes_on_in(then)]

    @property
    def weights_told(self) -> str:
        """What each indicator counts for, in words, where they differ."""
        return weights_told([indicator.weight for indicator in self.indicators])

    def subject(self) -> Subject:
        """The task as permissions see it: whoever entered, edited or submitted it does not approve it."""
        return Subject(
            unit_path=self.lead_unit.path,
            campaign_path=self.campaign.owner.path,
            area_path=self.campaign.area.path,
            cooperating_paths=tuple(unit.path for unit in self.cooperating),
            entered_by=frozenset(
                {self.entered_by_id, *(event.by_id for event in self.events if event.kind in AUTHORING)}
            ),
        )

    def __repr__(self) -> str:
        """The task for a developer's eye."""
        return f"<Task {self.number or '-'} {self.title[:30]}>"


class Indicator(Base):
    """Chỉ tiêu: a measurable target of a task."""

    __tablename__ = "indicator"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "position"),
        sa.CheckConstraint("weight > 0", "weight"),
        sa.CheckConstraint("label <> ''", "label_given"),
        sa.CheckConstraint("measure <> ''", "measure_given"),
        sa.CheckConstraint(
            "(direction = 'up' AND target >= baseline) OR (direction = 'down' AND target <= baseline)",
            "target",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    baseline: Mapped[Decimal] = mapped_column(default=Decimal(0))
    target: Mapped[Decimal]
    measure: Mapped[str]
    direction: Mapped[Direction] = mapped_column(choice(Direction), default=Direction.UP)
    accumulates: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[Decimal] = mapped_column(default=Decimal(1))
    measured_from: Mapped[date | None]

    task: Mapped[Task] = relationship(back_populates="indicators")
    milestones: Mapped[list[Milestone]] = relationship(order_by="Milestone.on", cascade="all, delete-orphan")


class Milestone(Base):
    """Mốc: the value that an indicator should have on a day."""

    __tablename__ = "milestone"
    __table_args__ = (sa.UniqueConstraint("indicator_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    value: Mapped[Decimal]


class TaskEvent(Base):
    """What happened to a task, in the past tense; its status is the fold of these."""

    __tablename__ = "task_event"
    __table_args__ = (
        sa.CheckConstraint("kind NOT IN ('returned', 'cancelled') OR reason <> ''", "reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id", ondelete="CASCADE"), index=True)
    kind: Mapped[TaskEventKind] = mapped_column(choice(TaskEventKind))
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")

    remarks: Mapped[list[TaskRemark]] = relationship(
        order_by="TaskRemark.id", cascade="all, delete-orphan", back_populates="event"
    )

    @property
    def own_reason(self) -> str:
        """The reason for the whole, without what the remarks say already."""
        return own_reason(self.reason, self.remarks)

    @property
    def said(self) -> str:
        """Reason and remarks in one text."""
        return whole_reason(self.reason, self.remarks)

    def goes_on_in(self, then: TaskEvent | None) -> bool:
        """Whether this is an edit and the next event is another of the same person."""
        edits = self.kind is TaskEventKind.EDITED
        return edits and then is not None and (then.kind, then.by_id) == (self.kind, self.by_id)


class TaskRemark(Base):
    """Ý kiến theo từng mục: what a leader who returned a task wants changed in one of its parts.

    `indicator` is the position of the indicator that it speaks of, for remarks on the indicators only.
    """

    __tablename__ = "task_remark"
    __table_args__ = (
        sa.CheckConstraint("words <> ''", "words_given"),
        sa.CheckConstraint("indicator IS NULL OR indicator > 0 AND part = 'indicators'", "indicator"),
        sa.UniqueConstraint("event_id", "part", "indicator"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("task_event.id", ondelete="CASCADE"), index=True)
    part: Mapped[TaskPart] = mapped_column(choice(TaskPart))
    indicator: Mapped[int | None]
    words: Mapped[str]

    event: Mapped[TaskEvent] = relationship(back_populates="remarks")

    @property
    def label(self) -> str:
        """The part as people call it."""
        return place_label(self.part, self.indicator)

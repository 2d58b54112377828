"""Periods, reports with their rounds and figures, and evidence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import Cycle
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.files.models import StoredFile
from pledges.progress.calendar import ReportEventKind, period_label, short_period_label
from pledges.tasks.models import Indicator, Task


def _due_on(context: Any) -> date:
    """The due day of the row that is written: without grace a report is on time until then."""
    due_on: date = context.get_current_parameters()["due_on"]
    return due_on


class Period(Base):
    """Kỳ báo cáo: a week, month, quarter or own span of a campaign, with the day its reports are due.

    A report is on time until the end of `grace_until` (the due day itself, where the campaign gives no grace), and
    after `locks_after` (None: never) only an exception lets a unit report. `name` is that of an own span; the others
    are called after their days.
    """

    __tablename__ = "period"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "start_on"),
        sa.CheckConstraint("start_on <= end_on", "dates"),
        sa.CheckConstraint("start_on <= due_on", "due"),
        sa.CheckConstraint("grace_until >= due_on", "grace"),
        sa.CheckConstraint("locks_after IS NULL OR locks_after >= grace_until", "lock"),
        sa.CheckConstraint("(cycle = 'own') = (name <> '')", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    start_on: Mapped[date]
    end_on: Mapped[date]
    due_on: Mapped[date]
    grace_until: Mapped[date] = mapped_column(default=_due_on)
    locks_after: Mapped[date | None]
    cycle: Mapped[Cycle] = mapped_column(choice(Cycle), default=Cycle.MONTHLY)
    name: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()

    @property
    def label(self) -> str:
        """The period in words: "tháng 9/2024"."""
        return period_label(self.cycle, self.start_on, self.end_on, self.name)

    @property
    def short_label(self) -> str:
        """The period where the year is plain: "tháng 9"."""
        return short_period_label(self.cycle, self.start_on, self.name)


class Report(Versioned, Base):
    """Báo cáo tiến độ: one task's report for one period; each time it is sent is a round, and all rounds stay.

    `waits_since` is when the round that waits for a leader was sent, kept for queries; None while none waits.
    """

    __tablename__ = "report"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "period_id"),
        sa.Index(
            "ix_report_waiting",
            "waits_since",
            sqlite_where=sa.text("waits_since IS NOT NULL"),
            postgresql_where=sa.text("waits_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id"), index=True)
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"), index=True)
    created_at: Mapped[datetime]
    waits_since: Mapped[datetime | None]

    task: Mapped[Task] = relationship()
    period: Mapped[Period] = relationship()
    rounds: Mapped[list[ReportRound]] = relationship(
        order_by="ReportRound.number", cascade="all, delete-orphan", back_populates="report"
    )

    @property
    def last_round(self) -> ReportRound | None:
        """The newest round, if there is one."""
        return self.rounds[-1] if self.rounds else None

    def subject(self) -> Subject:
        """The report as permissions see it: whoever wrote or sent a round does not review it."""
        task = self.task
        return Subject(
            unit_path=task.lead_unit.path,
            campaign_path=task.campaign.owner.path,
            area_path=task.campaign.area.path,
            cooperating_paths=tuple(unit.path for unit in task.cooperating),
            entered_by=frozenset(
                event.by_id
                for one in self.rounds
                for event in one.events
                if event.kind is ReportEventKind.SUBMITTED
            )
            | frozenset(number for one in self.rounds for number in one.written_by),
        )


class ReportRound(Base):
    """Một lần gửi: what the unit said in one round; frozen once submitted.

    `entered_by_id` is who wrote last; `writers` are all who ever did. `blanks_meant` says that what is blank is so on
    purpose (hoàn thành), `correction` why figures that were accepted before are said anew (đính chính), `on_behalf_of`
    and `from_paper` for whom and from which paper an official entered it (nhập thay).
    """

    __tablename__ = "report_round"
    __table_args__ = (
        sa.UniqueConstraint("report_id", "number"),
        sa.CheckConstraint("number >= 1", "number"),
        sa.CheckConstraint("(on_behalf_of = '') = (from_paper = '')", "behalf"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    narrative: Mapped[str] = mapped_column(default="")
    obstacle: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    blanks_meant: Mapped[bool] = mapped_column(default=False)
    correction: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    from_paper: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int]
    entered_at: Mapped[datetime]

    report: Mapped[Report] = relationship(back_populates="rounds")
    figures: Mapped[list[Figure]] = relationship(
        order_by="Figure.indicator_id", cascade="all, delete-orphan", back_populates="round"
    )
    events: Mapped[list[ReportEvent]] = relationship(order_by="ReportEvent.id", cascade="all, delete-orphan")
    evidence: Mapped[list[Evidence]] = relationship(order_by="Evidence.id", cascade="all, delete-orphan")
    writers: Mapped[list[RoundWriter]] = relationship(
        order_by="RoundWriter.account_id", cascade="all, delete-orphan"
    )

    @property
    def written_by(self) -> frozenset[int]:
        """The accounts of everybody who wrote figures or words into the round, or tied files to it."""
        return frozenset({self.entered_by_id, *(one.account_id for one in self.writers)})

    @property
    def last_event(self) -> ReportEvent | None:
        """What happened to the round last; None while it is a draft."""
        return self.events[-1] if self.events else None

    @property
    def waits(self) -> bool:
        """Whether the round was sent and nobody has answered."""
        return self._stands_at(ReportEventKind.SUBMITTED)

    @property
    def accepted(self) -> bool:
        """Whether a leader accepted the round: its figures count."""
        return self._stands_at(ReportEventKind.ACCEPTED)

    @property
    def returned(self) -> bool:
        """Whether a leader returned the round."""
        return self._stands_at(ReportEventKind.RETURNED)

    def _stands_at(self, kind: ReportEventKind) -> bool:
        return self.last_event is not None and self.last_event.kind is kind

    @property
    def submitted_at(self) -> datetime | None:
        """When the round was sent; None while it is a draft."""
        return next((event.at for event in self.events if event.kind is ReportEventKind.SUBMITTED), None)


class RoundWriter(Base):
    """Người viết: somebody who wrote into a round; none of them reviews the report."""

    __tablename__ = "round_writer"

    round_id: Mapped[int] = mapped_column(
        sa.ForeignKey("report_round.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(primary_key=True, index=True, autoincrement=False)


class Figure(Base):
    """Số liệu: what a round says of one indicator: added in the period, or the level at its end.

    No row means "not reported", which is not zero. `reached_on` is the day the report states that the target was
    reached, where it states one. `affirmed` names the sanity questions to which the unit answered yes, by a space.
    """

    __tablename__ = "figure"
    __table_args__ = (sa.UniqueConstraint("round_id", "indicator_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("report_round.id", ondelete="CASCADE"), index=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), index=True)
    value: Mapped[Decimal]
    reached_on: Mapped[date | None]
    affirmed: Mapped[str] = mapped_column(default="")

    round: Mapped[ReportRound] = relationship(back_populates="figures")
    indicator: Mapped[Indicator] = relationship()


class ReportEvent(Base):
    """What happened to a round, in the past tense."""

    __tablename__ = "report_event"
    __table_args__ = (sa.CheckConstraint("kind <> 'returned' OR reason <> ''", "reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("report_round.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ReportEventKind] = mapped_column(choice(ReportEventKind))
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")

    remarks: Mapped[list[ReportRemark]] = relationship(
        order_by="ReportRemark.indicator_id", cascade="all, delete-orphan"
    )


class ReportRemark(Base):
    """Ý kiến theo từng chỉ tiêu: what a leader who returned a report wants changed in one of its lines."""

    __tablename__ = "report_remark"
    __table_args__ = (
        sa.CheckConstraint("words <> ''", "words_given"),
        sa.UniqueConstraint("event_id", "indicator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("report_event.id", ondelete="CASCADE"), index=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), index=True)
    words: Mapped[str]

    indicator: Mapped[Indicator] = relationship()


class Evidence(Base):
    """Minh chứng: a file tied to a round, under the name it came with."""

    __tablename__ = "evidence"
    __table_args__ = (sa.UniqueConstraint("round_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("report_round.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    name: Mapped[str]

    file: Mapped[StoredFile] = relationship()

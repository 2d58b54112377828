"""What waits for a leader, gravest first, then oldest: tasks to approve, reports to review, obstacles to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.progress import reading
from pledges.progress.ledger import Ledger
from pledges.progress.models import Obstacle, Report
from pledges.progress.queries import awaiting_review
from pledges.progress.rules import Standing
from pledges.reviews.queries import obstacles_waiting
from pledges.tasks.models import Task
from pledges.tasks.queries import awaiting_approval
from pledges.tasks.rules import TaskEventKind


@dataclass(frozen=True)
class TaskWaiting:
    """A task that was sent for approval, and when."""

    task: Task
    since: datetime


@dataclass(frozen=True)
class ReportWaiting:
    """A report that was sent: when, in which round, how the task stands, and how it would if this were accepted."""

    report: Report
    since: datetime
    round: int
    late: bool
    standing: Standing
    tentative: Standing

    @property
    def changes(self) -> bool:
        """Whether accepting it would change the task's state."""
        return self.standing.state is not self.tentative.state


@dataclass(frozen=True)
class Queue:
    """Everything that waits for one leader."""

    tasks: list[TaskWaiting]
    reports: list[ReportWaiting]
    obstacles: list[Obstacle]

    @property
    def empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.tasks or self.reports or self.obstacles)


def queue(session: Session, actor: Actor, day: date) -> Queue:
    """What waits for the actor on the day; as many queries for many as for one (a few per campaign)."""
    tasks = [
        TaskWaiting(task, _sent(task))
        for task in session.scalars(awaiting_approval(actor))
        if may(actor, Permission.DECIDE_TASK, task.subject())
    ]
    reports = [
        report
        for report in session.scalars(awaiting_review(actor))
        if may(actor, Permission.REVIEW_REPORT, report.subject())
    ]
    obstacles = [
        one
        for one in session.scalars(obstacles_waiting(actor))
        if may(actor, Permission.DECIDE_OBSTACLE, one.report.subject())
    ]
    return Queue(
        tasks=sorted(tasks, key=lambda one: one.since),
        reports=_gravest_first(session, actor, reports, day),
        obstacles=obstacles,
    )


def _sent(task: Task) -> datetime:
    return next(event.at for event in reversed(task.events) if event.kind is TaskEventKind.SUBMITTED)


def _gravest_first(
    session: Session, actor: Actor, reports: Iterable[Report], day: date
) -> list[ReportWaiting]:
    reports = list(reports)
    ledgers: dict[int, Ledger] = {
        campaign_id: reading.of_campaign(session, campaign_id, actor)
        for campaign_id in {report.task.campaign_id for report in reports}
    }
    found = [_waiting(report, ledgers[report.task.campaign_id], day) for report in reports]
    return sorted(found, key=lambda one: (one.tentative.state.gravity, one.since, one.report.id))


def _waiting(report: Report, ledger: Ledger, day: date) -> ReportWaiting:
    one = report.rounds[-1]
    assert one.submitted_at is not None  # noqa: S101 - the query gives only rounds that were sent
    period = next(period for period in ledger.periods if period.id == report.period_id)
    return ReportWaiting(
        report=report,
        since=one.submitted_at,
        round=one.number,
        late=ledger.cell(report.task_id, period, day).late,
        standing=ledger.standing(report.task_id, day),
        tentative=ledger.tentative(report.task_id, day),
    )

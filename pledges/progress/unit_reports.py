"""Báo cáo cả đơn vị trong một kỳ: each task that a unit leads, with its report, and whether it may be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.progress import queries, reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.exceptions.locking import Lock, lock_of
from pledges.progress.ledger import Ledger
from pledges.progress.models import Period, Report, ReportRound
from pledges.progress.proofs import showing
from pledges.progress.proofs.showing import Shown
from pledges.progress.report_context import Beside, beside, judged_by, open_round, with_the_leaders
from pledges.progress.report_pages import closed_by
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope, whole
from pledges.tasks.rules import REGISTERED, TaskStatus
from pledges.units.models import Unit


@dataclass(frozen=True)
class TaskPart:
    """One task on the page of its unit: `why_not` says why its report isn't written there; "" when it is."""

    task: Task
    known: Report | None
    status: ReportStatus
    why_not: str
    context: Mapping[str, Any]
    beside: Beside
    proofs: Shown

    @property
    def name(self) -> str:
        """The name of its row in the form."""
        return f"task_{self.task.id}"

    @property
    def writable(self) -> bool:
        """Whether its report is written on the page."""
        return self.why_not == ""

    @property
    def draft(self) -> ReportRound | None:
        """The round that is being written."""
        return open_round(self.known)

    @property
    def version(self) -> int:
        """The version of the report; 0 while nobody has begun it."""
        return self.known.version if self.known is not None else 0


@dataclass(frozen=True)
class UnitReports:
    """All of it: the parts that the page shows, and tasks that left the list meanwhile, kept for what was typed."""

    parts: Sequence[TaskPart]
    gone: Sequence[TaskPart]
    ledger: Ledger

    @property
    def by_name(self) -> dict[str, TaskPart]:
        """All of them, by the names of their rows in the form."""
        return {part.name: part for part in (*self.parts, *self.gone)}

    @property
    def writable(self) -> list[TaskPart]:
        """Those whose report is written on the page."""
        return [part for part in self.parts if part.writable]

    @property
    def drafts(self) -> list[TaskPart]:
        """Those with something written that can be sent."""
        return [part for part in self.parts if part.writable and part.draft is not None]


def of_unit(session: Session, unit: Unit, period: Period, actor: Actor) -> UnitReports:
    """The reports of the unit's tasks for the period, as far as the actor writes them; a fixed number of queries."""
    ledger = reading.of_unit(session, period.campaign_id, unit.id, actor)
    tasks = list(session.scalars(_tasks(unit, period, actor)))
    found = session.scalars(
        queries.whole().where(Report.period_id == period.id, Report.task_id.in_([task.id for task in tasks]))
    )
    known = {report.task_id: report for report in found}
    rounds = [(task.id, _last(known.get(task.id))) for task in tasks]
    proofs = showing.of_rounds(session, rounds, actor, writing=True)
    lock = lock_of(session, period, tasks, clock.today())
    parts = [
        _part(ledger, task, period, known.get(task.id), actor, shown, lock)
        for task, shown in zip(tasks, proofs, strict=True)
    ]
    return UnitReports(
        parts=[part for part in parts if part.task.status in REGISTERED],
        gone=[part for part in parts if part.task.status not in REGISTERED],
        ledger=ledger,
    )


def _tasks(unit: Unit, period: Period, actor: Actor) -> Select[Task]:
    return whole().where(
        Task.campaign_id == period.campaign_id,
        Task.lead_unit_id == unit.id,
        Task.number.is_not(None),
        Task.status.in_([*REGISTERED, TaskStatus.CANCELLED]),
        in_scope(actor, Permission.ENTER_REPORT),
    )


def _last(known: Report | None) -> ReportRound | None:
    return known.last_round if known is not None else None


def _part(
    ledger: Ledger,
    task: Task,
    period: Period,
    known: Report | None,
    actor: Actor,
    proofs: Shown,
    lock: Lock | None,
) -> TaskPart:
    today = clock.today()
    facts = next(one for one in ledger.periods if one.id == period.id)
    status = ledger.report_status(task.id, facts, today)
    return TaskPart(
        task=task,
        known=known,
        status=status,
        why_not=closed_by(task, period, lock) or _why_not(ledger, task, period, known, status),
        context=judged_by(ledger, task, period, known, actor),
        beside=beside(known, period, today),
        proofs=proofs,
    )


def _why_not(ledger: Ledger, task: Task, period: Period, known: Report | None, status: ReportStatus) -> str:
    """Why the report isn't written on the page of the unit, in words; "" when it is."""
    if with_the_leaders(known):
        return (
            "Báo cáo đã được duyệt."
            if status is ReportStatus.ACCEPTED
            else "Báo cáo đã gửi, chờ lãnh đạo duyệt."
        )
    if open_round(known) is not None:
        return ""
    facts = next(one for one in ledger.periods if one.id == period.id)
    if excused := ledger.excused(task.id, facts, clock.today()):
        return f"Được miễn báo cáo kỳ này: {excused}"
    if known is None and not ledger.expected(task.id, facts):
        return "Kỳ này không yêu cầu báo cáo."
    return ""

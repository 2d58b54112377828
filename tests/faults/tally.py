"""What was acknowledged against what is there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report, ReportEvent, ReportRound
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.rules import TaskEventKind
from tests.faults.browsing import Ledger

IN_LOG = {
    "task": "task.drafted",
    "task sent": "task.submitted",
    "task approved": "task.approved",
    "report sent": "report.submitted",
    "report accepted": "report.accepted",
}
"""What the log calls each kind of act: an entry for each, and none for what is not there."""


@dataclass(frozen=True)
class Result:
    """Kết quả: what a run of the crowd came to; `lost` and `doubled` name the acts."""

    sent: int
    acknowledged: int
    found: int
    lost: list[str]
    doubled: list[str]
    faults: list[str]
    sent_again: int
    cut_off: int
    told_to_wait: int
    pages: int
    chain: str
    disagreements: list[str]
    longest_wait: float
    median_wait: float
    by_kind: dict[str, int]

    @property
    def whole(self) -> bool:
        """Whether nothing was lost, doubled or broken."""
        return not (self.lost or self.doubled or self.faults or self.chain or self.disagreements)

    def written(self) -> dict[str, object]:
        """As JSON holds it."""
        return {**asdict(self), "whole": self.whole}


def compare(session: Session, ledger: Ledger) -> Result:
    """Hold the ledger against the database."""
    there = _there(session)
    acts = [act for act in ledger.acts if act.kind != "sign-in"]
    acknowledged = [act for act in acts if act.acknowledged]
    lost = [f"{act.kind} {act.key}" for act in acknowledged if not there[act.kind][act.key]]
    doubled = [f"{act.kind} {act.key}" for act in acts if there[act.kind][act.key] > 1]
    waits = sorted(act.waited for act in acknowledged if act.waited is not None)
    fault = verify(session)
    return Result(
        sent=len(acts),
        acknowledged=len(acknowledged),
        found=len(acknowledged) - len(lost),
        lost=lost,
        doubled=doubled,
        faults=list(ledger.faults),
        sent_again=sum(act.tries > 1 for act in acts),
        cut_off=ledger.cuts,
        told_to_wait=ledger.told_to_wait,
        pages=ledger.pages,
        chain=f"{fault.number}: {fault.reason}" if fault else "",
        disagreements=_disagreements(session, there),
        longest_wait=waits[-1] if waits else 0.0,
        median_wait=waits[len(waits) // 2] if waits else 0.0,
        by_kind=dict(Counter(act.kind for act in acknowledged)),
    )


def _there(session: Session) -> dict[str, Counter[str]]:
    """How often each act stands in the database, by its kind and its key."""

    def counted(statement: sa.Select[str] | sa.Select[int]) -> Counter[str]:
        return Counter(str(one) for one in session.scalars(statement))

    def of_tasks(kind: TaskEventKind) -> Counter[str]:
        return counted(select(TaskEvent.task_id).where(TaskEvent.kind == kind))

    def of_reports(column: InstrumentedAttribute[int], kind: ReportEventKind) -> Counter[str]:
        rounds = select(column).select_from(Report).join(ReportRound, ReportRound.report_id == Report.id)
        return counted(
            rounds.join(ReportEvent, ReportEvent.round_id == ReportRound.id).where(ReportEvent.kind == kind)
        )

    return {
        "task": counted(select(Task.title)),
        "task sent": of_tasks(TaskEventKind.SUBMITTED),
        "task approved": of_tasks(TaskEventKind.APPROVED),
        "report": counted(select(ReportRound.narrative)),
        "report sent": of_reports(Report.task_id, ReportEventKind.SUBMITTED),
        "report accepted": of_reports(Report.id, ReportEventKind.ACCEPTED),
    }


def _disagreements(session: Session, there: Mapping[str, Counter[str]]) -> list[str]:
    """Where the log has another number of entries than there are records and events."""
    counted = select(LogEntry.action, func.count(LogEntry.number)).group_by(LogEntry.action)
    entries = Counter(dict(session.execute(counted).all()))
    records = {action: sum(there[kind].values()) for kind, action in IN_LOG.items()}
    records["report.drafted"] = session.scalar(select(func.count(Report.id))) or 0
    return [
        f"{action}: {records[action]}, in the log {entries[action]}"
        for action in records
        if records[action] != entries[action]
    ]

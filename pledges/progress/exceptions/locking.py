"""Khóa kỳ báo cáo: after the lock nobody writes or sends a report without an exception.

A report that a leader returned stays open: sending it back was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pledges.core.dates import format_date
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.exceptions.queries import events_in, unlocked_in
from pledges.progress.exceptions.rules import locked
from pledges.progress.models import Period
from pledges.tasks.models import Task


@dataclass(frozen=True)
class Lock:
    """A period that is locked on a day, with whom that doesn't stop.

    `until` is the last day of the exceptions of a unit (no task) and of single tasks; `returned` are the tasks whose
    report a leader sent back.
    """

    period: Period
    day: date
    until: Mapping[tuple[int, int | None], date]
    returned: frozenset[int]

    def words(self, task: Task) -> str | None:
        """Why the task can't be reported on, and who may help, in words; None where it can."""
        given = [self.until.get((task.lead_unit_id, one)) for one in (None, task.id)]
        until = max((day for day in given if day is not None), default=None)
        if task.id in self.returned or not locked(self.period, self.day, until):
            return None
        assert self.period.locks_after is not None  # noqa: S101 - it is locked
        over = f" Ngoại lệ đã cho đơn vị hết hiệu lực sau ngày {format_date(until)}." if until else ""
        return (
            f"Kỳ {self.period.label} đã khóa sau ngày {format_date(self.period.locks_after)} nên không lập, sửa hay "
            f"gửi báo cáo được nữa.{over} Lãnh đạo hoặc văn thư {task.campaign.owner.name} có thể cho ngoại lệ có "
            "thời hạn."
        )


def lock_of(session: Session, period: Period, tasks: Sequence[Task], day: date) -> Lock | None:
    """The lock of the period for these tasks; None while it takes reports from everybody."""
    if not locked(period, day):
        return None
    until: dict[tuple[int, int | None], date] = {}
    for unit_id, task_id, last in session.execute(unlocked_in(period.id)):
        if last is not None:
            until[unit_id, task_id] = max(last, until.get((unit_id, task_id), last))
    events = session.execute(events_in(period.id, [task.id for task in tasks]))
    newest = {number: kind for number, kind in events}  # noqa: C416 - a Row is no pair to mypy
    returned = {number for number, kind in newest.items() if kind is ReportEventKind.RETURNED}
    return Lock(period, day, until, frozenset(returned))


def check_open(session: Session, task: Task, period: Period, day: date) -> None:
    """Accept a change of a report or raise `StepRefused`."""
    lock = lock_of(session, period, [task], day)
    if lock is not None and (words := lock.words(task)):
        raise StepRefused(words)

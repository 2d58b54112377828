"""Khóa kỳ báo cáo: after the lock nobody writes or sends a report without an exception.

A report that a leader returned stays open: sending it back was asked for.
"""

from datetime import date

from sqlalchemy.orm import Session

from pledges.core.dates import format_date
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.exceptions.queries import last_event_of, unlocked_until
from pledges.progress.exceptions.rules import locked
from pledges.progress.models import Period
from pledges.tasks.models import Task


def lock_words(session: Session, task: Task, period: Period, day: date) -> str | None:
    """Why the task can't be reported on for the period, and who may help, in words; None while it can."""
    if not locked(period, day):
        return None
    assert period.locks_after is not None  # noqa: S101 - it is locked
    until = session.scalars(unlocked_until(period.id, task)).first()
    if not locked(period, day, until):
        return None
    if session.scalars(last_event_of(period.id, task.id)).first() is ReportEventKind.RETURNED:
        return None
    over = f" Ngoại lệ đã cho đơn vị hết hiệu lực sau ngày {format_date(until)}." if until else ""
    return (
        f"Kỳ {period.label} đã khóa sau ngày {format_date(period.locks_after)} nên không lập, sửa hay gửi báo cáo "
        f"được nữa.{over} Lãnh đạo hoặc văn thư {task.campaign.owner.name} có thể cho ngoại lệ có thời hạn."
    )


def check_open(session: Session, task: Task, period: Period, day: date) -> None:
    """Accept a change of a report or raise `StepRefused`."""
    if words := lock_words(session, task, period, day):
        raise StepRefused(words)

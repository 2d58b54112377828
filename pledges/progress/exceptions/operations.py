"""Giving exceptions from a period, and taking them back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.core.base import touch
from pledges.core.clock import day_of
from pledges.core.refusal import Refused
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.queries import standing
from pledges.progress.exceptions.rules import ExceptionKind, wrong_until
from pledges.progress.models import Period
from pledges.tasks.models import Task
from pledges.units.models import Unit

GIVEN = "Đã có ngoại lệ này; xem ở danh sách ngoại lệ đã cho."


class ExceptionRefused(Refused):
    """An exception that changes nothing or can't be; the message is for the user."""


@dataclass(frozen=True)
class ExceptionEntry:
    """Whom an exception is for (a unit, or one task of it), what it allows, why, and until when."""

    unit: Unit
    kind: ExceptionKind
    reason: str
    task: Task | None = None
    until: date | None = None


def grant(
    session: Session, period: Period, entry: ExceptionEntry, *, by: Actor, at: datetime
) -> PeriodException:
    """Give the exception; raises `ExceptionRefused` for one that stands already or would change nothing."""
    check_works(period.campaign.status)
    until = entry.until if entry.kind is ExceptionKind.UNLOCKED else None
    if entry.kind is ExceptionKind.UNLOCKED and (words := wrong_until(until, period, day_of(at))):
        raise ExceptionRefused(words)
    if entry.task is not None and entry.task.lead_unit_id != entry.unit.id:
        raise ExceptionRefused(f"{entry.unit.name} không chủ trì phần việc này.")
    if any(_covers(one, entry, until) for one in session.scalars(standing(period.id))):
        raise ExceptionRefused(GIVEN)
    made = PeriodException(
        period=period,
        unit=entry.unit,
        task=entry.task,
        kind=entry.kind,
        until=until,
        reason=entry.reason,
        granted_at=at,
        granted_by_id=by.account_id,
        granted_by_name=by.name,
        granted_by_post=by.post,
    )
    session.add(made)
    record(session, "period_exception.granted", made, by=by, at=at, note=entry.reason, after=facts(made))
    return made


def revoke(session: Session, exception: PeriodException, *, by: Actor, at: datetime) -> None:
    """Take the exception back; raises `ExceptionRefused` where somebody did so before."""
    if exception.revoked_at is not None:
        raise ExceptionRefused("Ngoại lệ này đã được thu hồi trước đó.")
    check_works(exception.period.campaign.status)
    exception.revoked_at, exception.revoked_by_name = at, by.name
    touch(exception)
    record(session, "period_exception.revoked", exception, by=by, at=at, before=facts(exception))


def facts(exception: PeriodException) -> dict[str, Any]:
    """The exception as the log keeps it."""
    return {
        "kind": exception.kind,
        "period": exception.period.label,
        "unit": exception.unit.code,
        "task": exception.task.title if exception.task is not None else "",
        "to": exception.until,
    }


def _covers(one: PeriodException, entry: ExceptionEntry, until: date | None) -> bool:
    """Whether an exception that stands allows what is asked for: for the whole unit, or the same task; as long."""
    same = one.kind is entry.kind and one.unit_id == entry.unit.id
    wide = one.task_id is None or (entry.task is not None and one.task_id == entry.task.id)
    return same and wide and (until is None or one.until is None or one.until >= until)

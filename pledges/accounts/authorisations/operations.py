"""What is done to authorisations: they are recorded from a paper, and ended before their time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import of_deputy
from pledges.accounts.authorisations.rules import AuthorisationRefused, Capacity
from pledges.accounts.models import Account
from pledges.accounts.queries import appointments_of
from pledges.audit.operations import record
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.text import fold
from pledges.units.models import Unit

OWN = "Đồng chí không tự ghi ủy quyền cho chính mình; nhờ người khác có quyền ghi."


@dataclass(frozen=True, kw_only=True)
class AuthorisationEntry:
    """What an authorisation says: for which post of a unit, who signs, in which capacity, how long, by which paper."""

    unit: Unit
    principal_post: str
    principal_name: str = ""
    account: Account
    post: str
    capacity: Capacity
    paper: str
    valid_from: date
    valid_to: date


def facts(authorisation: Authorisation) -> dict[str, Any]:
    """The authorisation as the log keeps it."""
    return {
        "unit": authorisation.unit.code,
        "principal_post": authorisation.principal_post,
        "account": authorisation.account.username,
        "post": authorisation.post,
        "capacity": authorisation.capacity,
        "paper": authorisation.paper,
        "from": authorisation.valid_from,
        "to": authorisation.valid_to,
    }


def note_down(session: Session, entry: AuthorisationEntry, *, by: Actor, at: datetime) -> Authorisation:
    """Record an authorisation from its paper, also one that has run out: it counts for its own days alone.

    Raises `AuthorisationRefused` for one's own, for who holds the principal's post or doesn't hold the deputy's, for
    days in the wrong order, and for what another in force says already.
    """
    _check(session, entry, by=by, on=clock.day_of(at))
    made = Authorisation(
        unit=entry.unit,
        principal_post=entry.principal_post,
        principal_name=entry.principal_name,
        account=entry.account,
        post=entry.post,
        capacity=entry.capacity,
        paper=entry.paper,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        recorded_at=at,
        recorded_by_id=by.account_id,
        recorded_by_name=by.name,
    )
    session.add(made)
    session.flush()
    record(session, "authorisation.recorded", made, by=by, at=at, after=facts(made))
    return made


def _check(session: Session, entry: AuthorisationEntry, *, by: Actor, on: date) -> None:
    if entry.account.id == by.account_id:
        raise AuthorisationRefused(OWN)
    if entry.capacity is Capacity.OWN:
        raise AuthorisationRefused("Chọn tư cách ký thay: KT., TL. hoặc TUQ.")
    if entry.valid_to < entry.valid_from:
        raise AuthorisationRefused("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")
    held = [one for one in session.scalars(appointments_of(entry.account.id)) if one.alive(on)]
    if not any(fold(one.post) == fold(entry.post) for one in held):
        raise AuthorisationRefused(f"{entry.account.name} hiện không giữ chức vụ {entry.post}.")
    principal = fold(entry.principal_post)
    if any(one.unit_id == entry.unit.id and fold(one.post) == principal for one in held):
        raise AuthorisationRefused(
            f"{entry.account.name} đang giữ chính chức vụ {entry.principal_post}, không cần ủy quyền."
        )
    for other in session.scalars(of_deputy(entry.account.id)):
        if _same(other, entry):
            raise AuthorisationRefused(
                f"{entry.account.name} đã được ủy quyền như vậy theo {other.paper}, từ ngày "
                f"{format_date(other.valid_from)} đến ngày {format_date(other.last_day)}."
            )


def _same(other: Authorisation, entry: AuthorisationEntry) -> bool:
    """Whether the other says the same for some of the days."""
    return (
        other.unit_id == entry.unit.id
        and other.capacity is entry.capacity
        and fold(other.principal_post) == fold(entry.principal_post)
        and other.valid_from <= min(entry.valid_to, other.last_day)
        and entry.valid_from <= other.last_day
    )


def end(
    session: Session,
    authorisation: Authorisation,
    reason: str,
    *,
    on: date,
    by: Actor,
    at: datetime,
    used_on: date | None = None,
) -> None:
    """Chấm dứt ủy quyền with the day, before its time; what was signed under it stays.

    `used_on` is the last day on which somebody signed under it. Raises `AuthorisationRefused` for a day before that,
    for a day further back than yesterday, for one that changes nothing, and for one that has ended.
    """
    if authorisation.ended_at is not None:
        raise AuthorisationRefused(
            f"Ủy quyền này đã chấm dứt, hiệu lực đến hết ngày {format_date(authorisation.last_day)}."
        )
    yesterday = clock.day_of(at) - timedelta(days=1)
    if on >= authorisation.valid_to:
        raise AuthorisationRefused(
            f"Ủy quyền vốn chỉ có hiệu lực đến hết ngày {format_date(authorisation.valid_to)}; ghi một ngày trước đó."
        )
    if on < yesterday:
        raise AuthorisationRefused(
            f"Ngày cuối cùng còn hiệu lực không thể trước hôm qua, ngày {format_date(yesterday)}."
        )
    if used_on is not None and on < used_on:
        raise AuthorisationRefused(
            f"Đã có người ký theo ủy quyền này ngày {format_date(used_on)}; ghi từ ngày đó trở đi."
        )
    authorisation.ended_at, authorisation.ended_on, authorisation.ended_because = at, on, reason
    after = facts(authorisation) | {"to": on}
    record(session, "authorisation.ended", authorisation, by=by, at=at, note=reason, after=after)

"""The first administrator of an instance, and the last one of a tree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY, Role
from pledges.accounts import operations
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_of, lasting_administrators
from pledges.accounts.rules import check_username
from pledges.core import clock
from pledges.core.database import take_turn
from pledges.core.refusal import Refused
from pledges.units import operations as units
from pledges.units.models import Unit
from pledges.units.queries import ancestry
from pledges.units.rules import DocumentStyle, UnitKind

POST = "Quản trị hệ thống"


class LastAdministrator(Refused):
    """Nobody would be left who administers a unit; the message is for the user."""


class AlreadySetUp(Exception):
    """Somebody has an account already: there is no first administrator to make."""


@dataclass(frozen=True)
class Root:
    """The unit at the top of a new instance: the ward, as a rule."""

    code: str
    name: str
    short_name: str
    kind: UnitKind = UnitKind.WARD
    document_style: DocumentStyle = DocumentStyle.STATE


@dataclass(frozen=True)
class Person:
    """Who administers it."""

    username: str
    name: str
    password: str
    post: str = POST
    must_change_password: bool = False


def empty(session: Session) -> bool:
    """Whether nobody has an account."""
    return not session.scalar(sa.select(sa.exists().where(Account.id > 0)))


def set_up(session: Session, root: Root, person: Person, *, at: datetime) -> Account:
    """Make the unit at the top and its administrator; raises `AlreadySetUp` when somebody has an account.

    Of two who do it at once, the second waits here, and is told.
    """
    take_turn(session)
    if not empty(session):
        raise AlreadySetUp
    return administer(session, make_root(session, root, at=at), person, at=at)


def make_root(session: Session, root: Root, *, at: datetime) -> Unit:
    """A unit at the top of a tree of its own; made by nobody who is signed in."""
    return units.create(
        session,
        code=root.code,
        name=root.name,
        short_name=root.short_name,
        kind=root.kind,
        document_style=root.document_style,
        position=1,
        by=NOBODY,
        at=at,
    )


def administer(session: Session, unit: Unit, person: Person, *, at: datetime) -> Account:
    """A new account that administers the unit from today on; made by nobody who is signed in."""
    check_username(person.username)
    account = operations.create(
        session,
        username=person.username,
        name=person.name,
        password=person.password,
        must_change_password=person.must_change_password,
        by=NOBODY,
        at=at,
    )
    operations.appoint(
        session, account, unit, Role.ADMINISTRATOR, person.post, since=clock.day_of(at), by=NOBODY, at=at
    )
    return account


def keep_one(session: Session, leaving: Appointment, day: date) -> None:
    """Raise `LastAdministrator` when, without this post, nobody administers its unit for good."""
    if leaving.role is Role.ADMINISTRATOR and leaving.alive(day):
        _others(session, leaving.unit, day, without=lambda held: held.id == leaving.id)


def keep_one_without(session: Session, leaving: Account, day: date) -> None:
    """Raise `LastAdministrator` when, without this account, nobody administers one of the units it does."""
    for held in session.scalars(appointments_of(leaving.id)):
        if held.role is Role.ADMINISTRATOR and held.alive(day) and held.unit.alive(day):
            _others(session, held.unit, day, without=lambda other: other.account_id == leaving.id)


def _others(session: Session, unit: Unit, day: date, *, without: Callable[[Appointment], bool]) -> None:
    above = [*ancestry(unit.path), unit.path]
    # Two administrators who take each other's post away at once must not both find the other in place.
    session.execute(sa.select(Unit.id).where(Unit.path == above[0]).with_for_update())
    if all(without(held) for held in session.scalars(lasting_administrators(above, day))):
        raise LastAdministrator(
            f"Đây là người quản trị cuối cùng của {unit.name}. Đồng chí giao chức vụ quản trị không thời hạn cho "
            "người khác trước, rồi mới thực hiện việc này."
        )

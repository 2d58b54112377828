"""Questions about accounts and posts."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager

from pledges.access.roles import Actor, Holding, Role
from pledges.accounts.models import Account, Appointment, SignInAttempt
from pledges.core.text import fold
from pledges.units.models import Unit
from pledges.units.queries import below


def by_username(username: str) -> Select[tuple[Account]]:
    """The account of a name to sign in with."""
    return select(Account).where(Account.username == username.strip().lower())


def held_on(day: date) -> ColumnElement[bool]:
    """The condition that a post is held on the day, in a unit that exists; Python asks `Appointment.alive`."""
    return (Appointment.valid_from <= day) & (Appointment.valid_to.is_(None) | (Appointment.valid_to >= day))


def appointments_of(account_id: int) -> Select[tuple[Appointment]]:
    """Every post of a person, with its unit, newest first."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .options(contains_eager(Appointment.unit))
        .where(Appointment.account_id == account_id)
        .order_by(Appointment.valid_from.desc(), Appointment.id)
    )


def appointments_on(day: date) -> Select[tuple[Appointment]]:
    """Every post held on the day, with unit and person, in the order of the units' list."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .join(Appointment.account)
        .options(contains_eager(Appointment.unit), contains_eager(Appointment.account))
        .where(held_on(day))
        .order_by(Unit.position, Appointment.id)
    )


def heads_of(unit_id: int, day: date) -> Select[tuple[Appointment]]:
    """The leaders of one unit on the day: who signs for it."""
    return appointments_on(day).where(Appointment.unit_id == unit_id, Appointment.role == Role.LEADER)


def actor_of(account: Account, appointments: Iterable[Appointment]) -> Actor:
    """The person as the rest of the product knows it: a name and the posts held today."""
    holdings = tuple(Holding(held.role, held.unit_id, held.unit.path, held.post) for held in appointments)
    return Actor(account.id, account.name, holdings)


def listed(paths: Iterable[str], words: str = "") -> Select[tuple[Account]]:
    """Accounts with a post at or below the units, and those that never had one, in the order of given names."""
    placed = select(Appointment.account_id).join(Appointment.unit).where(below(paths))
    anywhere = select(Appointment.account_id)
    statement = select(Account).where(Account.id.in_(placed) | Account.id.not_in(anywhere))
    if folded := fold(words):
        statement = statement.where(
            Account.name_fold.contains(folded, autoescape=True)
            | Account.username.contains(words.strip().lower(), autoescape=True)
        )
    return statement.order_by(Account.name_sort, Account.id)


def failures(since: datetime, *, username: str | None = None, address: str | None = None) -> Select[tuple[int]]:
    """How many failed attempts there were since then, for an account or from an address."""
    statement = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.at > since)
    if username is not None:
        statement = statement.where(SignInAttempt.username == username)
    if address is not None:
        statement = statement.where(SignInAttempt.address == address)
    return statement

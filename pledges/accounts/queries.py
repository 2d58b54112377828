"""Questions about accounts and posts."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import NOBODY, Actor, Holding, Role
from pledges.accounts.models import Account, AccountSession, Appointment, SignInAttempt, SignInProof
from pledges.accounts.rules import LOCK_AFTER
from pledges.audit.models import LogEntry
from pledges.audit.queries import newest_first
from pledges.core.text import clean_line, fold
from pledges.units.models import Unit
from pledges.units.queries import below, valid_on

TOLD_TO_THE_OWNER = (
    "account.password_reset",
    "account.second_factor_reset",
    "account.sessions_ended",
    "account.unlocked",
)
"""What another does to an account and its owner hears of."""


def by_username(username: str) -> Select[Account]:
    """The account of a name to sign in with."""
    return select(Account).where(Account.username == username.strip().lower())


def held_on(day: date) -> ColumnElement[bool]:
    """The condition that a post is held on the day, in a unit that exists; Python asks `Appointment.alive`."""
    return (Appointment.valid_from <= day) & (Appointment.valid_to.is_(None) | (Appointment.valid_to >= day))


def appointments_of(account_id: int) -> Select[Appointment]:
    """Every post of a person, with its unit, newest first."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .options(contains_eager(Appointment.unit))
        .where(Appointment.account_id == account_id)
        .order_by(Appointment.valid_from.desc(), Appointment.id)
    )


def appointments_on(day: date) -> Select[Appointment]:
    """Every post held on the day, with unit and person, in the order of the units' list."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .join(Appointment.account)
        .options(contains_eager(Appointment.unit), contains_eager(Appointment.account))
        .where(held_on(day))
        .order_by(Unit.position, Appointment.id)
    )


def heads_of(unit_id: int, day: date) -> Select[Appointment]:
    """The leaders of one unit on the day: who signs for it."""
    return appointments_on(day).where(Appointment.unit_id == unit_id, Appointment.role == Role.LEADER)


def people_of(unit_id: int, day: date) -> Select[Appointment]:
    """The posts held in one unit on the day by people who may sign in, by given name."""
    held = appointments_on(day).where(Appointment.unit_id == unit_id, Account.closed_at.is_(None))
    return held.order_by(None).order_by(Account.name_sort, Account.id, Appointment.id)


def actor_of(account: Account, appointments: Iterable[Appointment]) -> Actor:
    """The person as the rest of the product knows it: a name and the posts held today."""
    holdings = tuple(Holding(held.role, held.unit_id, held.unit.path, held.post) for held in appointments)
    return Actor(account.id, account.name, holdings)


def same_post(
    account_id: int, unit_id: int, role: Role, post: str, since: date, until: date | None
) -> Select[Appointment]:
    """The person's appointments to the same post that share a day with since–until."""
    statement = select(Appointment).where(
        Appointment.account_id == account_id,
        Appointment.unit_id == unit_id,
        Appointment.role == role,
        Appointment.post == post,
        Appointment.valid_to.is_(None) | (Appointment.valid_to >= since),
    )
    if until is not None:
        statement = statement.where(Appointment.valid_from <= until)
    return statement.order_by(Appointment.id)


def managed_by(actor: Actor) -> Select[Account]:
    """The accounts that concern an administrator: those that have or had a post in the own units' tree.

    Of those that never had a post, the ones made by the actor or by somebody of that tree: an account that another
    tree's administrator has just made, and gives a post next, must not get its password from here.
    """
    placed = _placed(reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT))
    made_here = exists().where(
        LogEntry.subject_kind == Account.__tablename__,
        LogEntry.subject_id == Account.id,
        LogEntry.action == "account.created",
        (LogEntry.actor_id == actor.account_id) | LogEntry.actor_id.in_(placed),
    )
    never_placed = Account.id.not_in(select(Appointment.account_id))
    return select(Account).where(Account.id.in_(placed) | (never_placed & made_here))


def searched(statement: Select[Account], words: str) -> Select[Account]:
    """Those whose name or name to sign in with holds the words; spelt with the same accents first, by given name."""
    order = (Account.name_sort, Account.id)
    folded = fold(words)
    if not folded:
        return statement.order_by(*order)
    found = statement.where(
        Account.name_fold.contains(folded, autoescape=True)
        | Account.username.contains(words.strip().lower(), autoescape=True)
    )
    # Neither database is to be trusted with the case of Vietnamese letters: names are typed like this, or like that.
    typed = clean_line(words)
    alike = [Account.name.contains(spelt, autoescape=True) for spelt in (typed, typed.title(), typed.upper())]
    return found.order_by(case((or_(*alike), 0), else_=1), *order)


def in_units(statement: Select[Account], paths: Iterable[str]) -> Select[Account]:
    """Those with a post at or below the units."""
    return statement.where(Account.id.in_(_placed(paths)))


def in_role(statement: Select[Account], role: Role, paths: Iterable[str], day: date) -> Select[Account]:
    """Those who hold a post of the role at or below the units on the day."""
    held = select(Appointment.account_id).join(Appointment.unit)
    return statement.where(Account.id.in_(held.where(below(paths), held_on(day), Appointment.role == role)))


def _placed(paths: Iterable[str]) -> Select[int]:
    return select(Appointment.account_id).join(Appointment.unit).where(below(paths))


def posts_of(account_ids: Iterable[int], paths: Iterable[str]) -> Select[Appointment]:
    """The posts of these people at or below the units, with their units, in the order of the official list."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .options(contains_eager(Appointment.unit))
        .where(Appointment.account_id.in_(list(account_ids)), below(paths))
        .order_by(Unit.position, Appointment.id)
    )


def lasting_administrators(paths: Iterable[str], day: date) -> Select[Appointment]:
    """The administrator's posts without an end in these very units, held on the day by those who may sign in."""
    return (
        select(Appointment)
        .join(Appointment.unit)
        .join(Appointment.account)
        .where(
            Appointment.role == Role.ADMINISTRATOR,
            Appointment.valid_from <= day,
            Appointment.valid_to.is_(None),
            Account.closed_at.is_(None),
            Unit.path.in_(list(paths)),
            valid_on(day),
        )
        .order_by(Appointment.id)
    )


def story(account_id: int, post_ids: Iterable[int]) -> Select[LogEntry]:
    """What happened to an account and to these of its posts, newest first, without the sign-ins."""
    of_account = (LogEntry.subject_kind == Account.__tablename__) & (LogEntry.subject_id == account_id)
    of_posts = (LogEntry.subject_kind == Appointment.__tablename__) & LogEntry.subject_id.in_(list(post_ids))
    return newest_first().where(of_account | of_posts, LogEntry.action != "account.signed_in")


def logged_within(actor: Actor) -> ColumnElement[bool]:
    """The condition that an entry is of somebody of the administrator's units, or of setting these up."""
    paths = reach(actor, Permission.SEE_LOG, Place.UNIT)
    own = (
        ("unit", select(Unit.id).where(below(paths))),
        ("account", _placed(paths)),
        ("appointment", select(Appointment.id).join(Appointment.unit).where(below(paths))),
    )
    set_up = or_(*[(LogEntry.subject_kind == kind) & LogEntry.subject_id.in_(ids) for kind, ids in own])
    return LogEntry.actor_id.in_(_placed(paths)) | ((LogEntry.actor_id == NOBODY.account_id) & set_up)


def sign_ins(account_id: int) -> Select[LogEntry]:
    """The times a person signed in, newest first."""
    return newest_first().where(
        LogEntry.subject_kind == Account.__tablename__,
        LogEntry.subject_id == account_id,
        LogEntry.action == "account.signed_in",
    )


def failures(
    since: datetime, *, browser: str, username: str | None = None, address: str | None = None
) -> Select[int]:
    """How many attempts failed since then from a known browser, or from all strange ones (""), for whom or whence."""
    statement = (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.at > since, SignInAttempt.browser == browser)
    )
    if username is not None:
        statement = statement.where(SignInAttempt.username == username)
    if address is not None:
        statement = statement.where(SignInAttempt.address == address)
    return statement


def untold(username: str, since: datetime) -> Select[int]:
    """How many attempts at an account failed since then, wherever they came from."""
    return (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.username == username, SignInAttempt.at > since)
    )


def locked(at: datetime) -> ColumnElement[bool]:
    """The condition that strange browsers are kept away from an account; Python asks `Account.locked`."""
    return (Account.locked_at > at - LOCK_AFTER.within) & Account.closed_at.is_(None)


def sessions_of(account_id: int, since: datetime) -> Select[AccountSession]:
    """The sessions of an account that began since then and were not ended, the newest first."""
    return (
        select(AccountSession)
        .where(AccountSession.account_id == account_id, AccountSession.started_at > since)
        .order_by(AccountSession.started_at.desc(), AccountSession.id.desc())
    )


def number_of_sessions(account_id: int, since: datetime) -> Select[int]:
    """How many sessions of an account go on, of those that began since then."""
    began = (AccountSession.account_id == account_id) & (AccountSession.started_at > since)
    return select(func.count()).select_from(AccountSession).where(began)


def done_by_others(account_id: int, since: datetime) -> Select[LogEntry]:
    """What others did to an account since then, the newest first: what its owner is told on signing in."""
    return newest_first().where(
        LogEntry.subject_kind == Account.__tablename__,
        LogEntry.subject_id == account_id,
        LogEntry.action.in_(TOLD_TO_THE_OWNER),
        LogEntry.actor_id != account_id,
        LogEntry.at > since,
    )


def proven(key_digest: str, since: datetime) -> Select[Account]:
    """The open account whose password was typed since then, in the browser of this key."""
    return (
        select(Account)
        .join(SignInProof, SignInProof.account_id == Account.id)
        .where(SignInProof.key_digest == key_digest, SignInProof.at > since, Account.closed_at.is_(None))
    )

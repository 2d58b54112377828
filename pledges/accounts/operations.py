"""What is done to accounts: made, given posts, signed in, locked and opened."""

import secrets
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from pledges.access.roles import Actor, Role
from pledges.accounts.models import Account, Appointment, SignInAttempt
from pledges.accounts.queries import failures
from pledges.accounts.rules import BY_ACCOUNT, BY_ADDRESS, LOCK_AFTER, check_password
from pledges.audit.operations import differences, record
from pledges.units.models import Unit

FIELDS = ("name", "phone", "email")
_NOBODYS_HASH = generate_password_hash(secrets.token_hex())
"""Checked when there is no such account, so that the answer takes as long as for one that exists."""


def facts(account: Account) -> dict[str, Any]:
    """The account as the log keeps it: no password, no phone, no e-mail."""
    return {"username": account.username, "name": account.name}


def create(  # noqa: PLR0913 - the facts of an account
    session: Session,
    *,
    username: str,
    name: str,
    password: str,
    by: Actor,
    at: datetime,
    phone: str = "",
    email: str = "",
    must_change_password: bool = True,
) -> Account:
    """A new account; raises `PasswordRefused` for a password that is too easy."""
    username = username.strip().lower()
    check_password(password, username=username)
    account = Account(
        username=username,
        name=name,
        phone=phone,
        email=email,
        password_hash=generate_password_hash(password),
        must_change_password=must_change_password,
        session_stamp=secrets.token_hex(16),
        created_at=at,
    )
    session.add(account)
    record(session, "account.created", account, by=by, at=at, after=facts(account))
    return account


def edit(session: Session, account: Account, *, by: Actor, at: datetime, **changes: str) -> None:
    """Change name, phone or e-mail."""
    before = {name: getattr(account, name) for name in FIELDS}
    for name in FIELDS:
        if name in changes:
            setattr(account, name, changes[name])
    was, now = differences(before, {name: getattr(account, name) for name in FIELDS})
    if now:
        record(session, "account.edited", account, by=by, at=at, before=_veiled(was), after=_veiled(now))


def _veiled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value if key == "name" else "(đã thay đổi)" for key, value in values.items()}


def appoint(  # noqa: PLR0913 - the facts of an appointment
    session: Session,
    account: Account,
    unit: Unit,
    role: Role,
    post: str,
    *,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> Appointment:
    """Give a person a post in a unit from a day on."""
    appointment = Appointment(
        account=account, unit=unit, role=role, post=post, valid_from=since, valid_to=until
    )
    session.add(appointment)
    after = {"account": account.username, "unit": unit.code, "role": role, "post": post, "from": since, "to": until}
    record(session, "appointment.given", appointment, by=by, at=at, after=after)
    return appointment


def end_appointment(session: Session, appointment: Appointment, *, on: date, by: Actor, at: datetime) -> None:
    """Let a post end with the day."""
    before = {"to": appointment.valid_to}
    appointment.valid_to = max(on, appointment.valid_from)
    after = {"to": appointment.valid_to}
    record(session, "appointment.ended", appointment, by=by, at=at, before=before, after=after)


def password_fits(account: Account | None, password: str) -> bool:
    """Whether the password is the account's; takes as long when there is no account."""
    return check_password_hash(account.password_hash if account else _NOBODYS_HASH, password) and account is not None


def throttled(session: Session, *, username: str, address: str, at: datetime) -> bool:
    """Whether too many attempts failed lately, for the account or from the address."""
    by_account = session.scalar(failures(at - BY_ACCOUNT.within, username=username)) or 0
    by_address = session.scalar(failures(at - BY_ADDRESS.within, address=address)) or 0
    return by_account >= BY_ACCOUNT.failures or by_address >= BY_ADDRESS.failures


def note_failure(session: Session, account: Account | None, *, username: str, address: str, at: datetime) -> None:
    """Count a failed attempt; lock the account when a day saw too many."""
    session.add(SignInAttempt(username=username, address=address, at=at))
    session.flush()
    lately = session.scalar(failures(at - LOCK_AFTER.within, username=username)) or 0
    if account is not None and account.locked_at is None and lately >= LOCK_AFTER.failures:
        session.execute(sa.update(Account).where(Account.id == account.id).values(locked_at=at))


def note_success(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Forget the failures and write the sign-in to the log."""
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.username == account.username))
    record(session, "account.signed_in", account, by=by, at=at)


def change_password(session: Session, account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """Set a person's own new password; every other session of the account ends."""
    check_password(password, username=account.username)
    account.password_hash = generate_password_hash(password)
    account.must_change_password = False
    account.session_stamp = secrets.token_hex(16)
    record(session, "account.password_changed", account, by=by, at=at)


def reset_password(session: Session, account: Account, *, by: Actor, at: datetime) -> str:
    """A new random password, to be changed on first use; returned once, for the paper that is handed over."""
    password = secrets.token_urlsafe(9)
    account.password_hash = generate_password_hash(password)
    account.must_change_password = True
    account.session_stamp = secrets.token_hex(16)
    account.locked_at = None
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.username == account.username))
    record(session, "account.password_reset", account, by=by, at=at)
    return password


def close(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Let an account sign in no more."""
    account.closed_at = at
    account.session_stamp = secrets.token_hex(16)
    record(session, "account.closed", account, by=by, at=at)


def reopen(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Open a locked or closed account again."""
    account.locked_at = None
    account.closed_at = None
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.username == account.username))
    record(session, "account.unlocked", account, by=by, at=at)

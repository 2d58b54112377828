"""What is done to accounts: made, given posts, signed in, locked and opened."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from pledges.access.roles import Actor, Role
from pledges.accounts import attempts
from pledges.accounts.models import Account, AccountSession, Appointment, SignInProof
from pledges.accounts.passwords import check_password
from pledges.accounts.queries import appointments_of, by_username, same_post
from pledges.accounts.rules import (
    ONE_TIME_ALPHABET,
    ONE_TIME_GROUP,
    ONE_TIME_GROUPS,
    ONE_TIME_LASTS,
    UsernameRefused,
)
from pledges.audit.operations import differences, record
from pledges.core import clock
from pledges.core.refusal import Refused
from pledges.units.models import Unit

FIELDS = ("name", "phone", "email")


class AccountRefused(Refused):
    """This can't be done to an account as it is; the message is for the user."""


class AppointmentRefused(Refused):
    """A post can't be given or ended like this; the message is for the user."""


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
    """A new account; raises `PasswordRefused` for a password that is too easy, `UsernameRefused` for a taken name."""
    username = username.strip().lower()
    if not must_change_password:  # else it is one that was drawn by lot
        check_password(password, username=username, names=[name])
    if session.scalars(by_username(username)).first() is not None:
        raise UsernameRefused(f"Tên đăng nhập {username} đã có người dùng; đồng chí chọn tên khác.")
    account = Account(
        username=username,
        name=name,
        phone=phone,
        email=email,
        password_hash=generate_password_hash(password),
        must_change_password=must_change_password,
        password_expires_at=at + ONE_TIME_LASTS if must_change_password else None,
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
    """Give a person a post in a unit from a day on.

    Raises `AppointmentRefused` when the unit does not exist on that day, or when the person holds the same post in
    some of the time.
    """
    if not unit.alive(since):
        raise AppointmentRefused(f"{unit.name} không còn hoặc chưa hoạt động vào ngày bắt đầu giữ chức vụ.")
    if session.scalars(same_post(account.id, unit.id, role, post, since, until)).first() is not None:
        raise AppointmentRefused(
            f"{account.name} đã được giao đúng chức vụ này ở {unit.name} trong thời gian đó."
        )
    appointment = Appointment(
        account=account, unit=unit, role=role, post=post, valid_from=since, valid_to=until
    )
    session.add(appointment)
    after = {
        "account": account.username,
        "unit": unit.code,
        "role": role,
        "post": post,
        "from": since,
        "to": until,
    }
    record(session, "appointment.given", appointment, by=by, at=at, after=after)
    return appointment


def end_appointment(session: Session, appointment: Appointment, *, on: date, by: Actor, at: datetime) -> None:
    """Let a post end with the day.

    A day before the post began takes back what was given by mistake: the row stays, for the log speaks of it, and
    lies wholly before the day of the act, so that it gives no right on any day from then on.
    """
    before = {"from": appointment.valid_from, "to": appointment.valid_to}
    action = "appointment.ended"
    if on < appointment.valid_from:
        action = "appointment.withdrawn"
        on = min(on, clock.day_of(at) - timedelta(days=1))
        appointment.valid_from = on
    appointment.valid_to = on
    was, now = differences(before, {"from": appointment.valid_from, "to": appointment.valid_to})
    if now:
        record(session, action, appointment, by=by, at=at, before=was, after=now)


NOBODYS_HASH = (
    "scrypt:32768:8:1$NvDpKXAZehx4qeHa$"
    "dafbddda79e60a19524d8c80e90a8119283cb595b62f8e24ea67ecfb0643faef"
    "5d26ea4e7e934c833ccaedad913a4456786830b4952ca8e257152d7567a6b02c"
)
"""Checked when there is no such account, so that the answer takes as long as for one that exists: of a password that
was thrown away."""


def password_is(known: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; takes as long without one."""
    return check_password_hash(known or NOBODYS_HASH, password) and known is not None


def own_names(session: Session, account: Account) -> list[str]:
    """The words around a person that no password is made of: the own name, and those of the units of the own posts."""
    units = [held.unit for held in session.scalars(appointments_of(account.id))]
    return [account.name, *(words for unit in units for words in (unit.name, unit.short_name, unit.code))]


def end_sessions(session: Session, account: Account) -> int:
    """End every session of an account, and every sign-in that is half done; how many sessions there were."""
    session.execute(sa.delete(SignInProof).where(SignInProof.account_id == account.id))
    own = sa.delete(AccountSession).where(AccountSession.account_id == account.id)
    ended: Any = session.execute(own)
    return int(ended.rowcount)


def end_sessions_of(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """The same, as an act of its own."""
    end_sessions(session, account)
    record(session, "account.sessions_ended", account, by=by, at=at)


def change_password(session: Session, account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """Set a person's own new password; every session of the account ends, and the caller begins a new one."""
    check_password(password, username=account.username, names=own_names(session, account))
    account.password_hash = generate_password_hash(password)
    account.must_change_password = False
    account.password_expires_at = None
    end_sessions(session, account)
    record(session, "account.password_changed", account, by=by, at=at)


def one_time_password() -> str:
    """A random password that is read off paper without mistakes: "k7fm-x2qp-9whd"."""
    groups = (
        "".join(secrets.choice(ONE_TIME_ALPHABET) for _ in range(ONE_TIME_GROUP))
        for _ in range(ONE_TIME_GROUPS)
    )
    return "-".join(groups)


def reset_password(session: Session, account: Account, *, by: Actor, at: datetime) -> str:
    """A new random password, to be changed on first use; returned once, for the paper that is handed over.

    Raises `AccountRefused` for a closed account.
    """
    if account.closed_at is not None:
        raise AccountRefused("Tài khoản đã đóng: mở lại trước khi đặt lại mật khẩu.")
    password = one_time_password()
    account.password_hash = generate_password_hash(password)
    account.must_change_password = True
    account.password_expires_at = at + ONE_TIME_LASTS
    account.locked_at = None
    end_sessions(session, account)
    attempts.forget(session, account.username)
    record(session, "account.password_reset", account, by=by, at=at)
    return password


def close(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Let an account sign in no more, and end its sessions; raises `AccountRefused` when it is closed."""
    if account.closed_at is not None:
        raise AccountRefused("Tài khoản này đã đóng rồi.")
    account.closed_at = at
    end_sessions(session, account)
    record(session, "account.closed", account, by=by, at=at)


def reopen(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Open a locked or closed account again; raises `AccountRefused` when it is open."""
    if account.open and account.locked_at is None:
        raise AccountRefused("Tài khoản này đang mở.")
    account.locked_at = None
    account.closed_at = None
    attempts.forget(session, account.username)
    record(session, "account.unlocked", account, by=by, at=at)

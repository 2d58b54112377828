"""What is done to accounts: made, given posts, signed in, locked and opened."""

import secrets
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from pledges.access.roles import NOBODY, Actor, Role
from pledges.accounts.models import Account, Appointment, SignInAttempt
from pledges.accounts.queries import by_username, failures, same_post
from pledges.accounts.rules import (
    BY_ACCOUNT,
    BY_ADDRESS,
    LOCK_AFTER,
    ONE_TIME_ALPHABET,
    ONE_TIME_GROUP,
    ONE_TIME_GROUPS,
    UsernameRefused,
    check_password,
)
from pledges.audit.operations import differences, record
from pledges.core import clock
from pledges.core.database import take_turn
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
    check_password(password, username=username)
    if session.scalars(by_username(username)).first() is not None:
        raise UsernameRefused(f"Tên đăng nhập {username} đã có người dùng; đồng chí chọn tên khác.")
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


@cache
def _nobodys_hash() -> str:
    """Checked when there is no such account, so that the answer takes as long as for one that exists."""
    return generate_password_hash(secrets.token_hex())


def password_is(known: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash; takes as long without one."""
    return check_password_hash(known or _nobodys_hash(), password) and known is not None


def throttled(session: Session, *, username: str, address: str, at: datetime) -> bool:
    """Whether too many attempts failed lately, for the account or from the address."""
    by_account = session.scalar(failures(at - BY_ACCOUNT.within, username=username)) or 0
    by_address = session.scalar(failures(at - BY_ADDRESS.within, address=address)) or 0
    return by_account >= BY_ACCOUNT.failures or by_address >= BY_ADDRESS.failures


def count_attempt(session: Session, *, username: str, address: str, at: datetime) -> bool:
    """Count an attempt to sign in before its password is looked at; False when there were too many lately.

    Counting first means that a hundred attempts sent at once are counted like a hundred in a row. A name that
    belongs to nobody is counted like one that does.
    """
    take_turn(session)
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.at <= at - LOCK_AFTER.within))
    if throttled(session, username=username, address=address, at=at):
        return False
    session.add(SignInAttempt(username=username, address=address, at=at))
    return True


def lock_after_failures(session: Session, *, username: str, at: datetime) -> None:
    """Lock the account of the name, if there is one, when a day saw too many failed attempts."""
    lately = session.scalar(failures(at - LOCK_AFTER.within, username=username)) or 0
    account = session.scalars(by_username(username)).first()
    if account is None or account.locked_at is not None or lately < LOCK_AFTER.failures:
        return
    # Not an edit that another could contradict: the row is changed without a version of a form.
    session.execute(sa.update(Account).where(Account.id == account.id).values(locked_at=at))
    record(session, "account.locked", account, by=NOBODY, at=at)


def forget_attempts(session: Session, username: str) -> None:
    """Start counting anew."""
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.username == username))


def note_success(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Forget the failures and write the sign-in to the log."""
    forget_attempts(session, account.username)
    record(session, "account.signed_in", account, by=by, at=at)


def change_password(session: Session, account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """Set a person's own new password; every other session of the account ends."""
    check_password(password, username=account.username)
    account.password_hash = generate_password_hash(password)
    account.must_change_password = False
    account.session_stamp = secrets.token_hex(16)
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
    account.session_stamp = secrets.token_hex(16)
    account.locked_at = None
    forget_attempts(session, account.username)
    record(session, "account.password_reset", account, by=by, at=at)
    return password


def close(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Let an account sign in no more, and end its sessions; raises `AccountRefused` when it is closed."""
    if account.closed_at is not None:
        raise AccountRefused("Tài khoản này đã đóng rồi.")
    account.closed_at = at
    account.session_stamp = secrets.token_hex(16)
    record(session, "account.closed", account, by=by, at=at)


def reopen(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Open a locked or closed account again; raises `AccountRefused` when it is open."""
    if account.open:
        raise AccountRefused("Tài khoản này đang mở.")
    account.locked_at = None
    account.closed_at = None
    forget_attempts(session, account.username)
    record(session, "account.unlocked", account, by=by, at=at)

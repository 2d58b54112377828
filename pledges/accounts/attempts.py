"""Attempts to prove who one is, at the door and within: counted before anything is looked at, and told afterwards.

Who guesses from a strange browser uses up the patience with strange browsers: the person's own still get in, so
that nobody is locked out by another (docs/decisions/0031). A name that belongs to nobody is counted like one that does.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY
from pledges.accounts.models import Account, SignInAttempt
from pledges.accounts.queries import by_username, failures, untold
from pledges.accounts.rules import ATTEMPTS_KEPT, BY_ACCOUNT, BY_ADDRESS, LOCK_AFTER, SET_RIGHT, Whence
from pledges.audit.operations import record
from pledges.core.database import take_turn

TOO_OFTEN = "Đã nhập sai nhiều lần. Đồng chí chờ 15 phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."
SHUT = (
    "Tên đăng nhập này bị nhập sai quá nhiều lần trong một ngày. Đồng chí đăng nhập ở máy vẫn dùng hằng ngày, hoặc nhờ "
    "quản trị mở khóa; không thì chờ đến ngày mai."
)


def hindrance(session: Session, *, username: str, whence: Whence, at: datetime) -> str | None:
    """Why nobody may try now for this name from there, in words; None where one may."""

    def lately(within: datetime, **where: str) -> int:
        return session.scalar(failures(within, browser=whence.browser, **where)) or 0

    if lately(at - LOCK_AFTER.within, username=username) >= LOCK_AFTER.failures:
        return SHUT
    if lately(at - BY_ACCOUNT.within, username=username) >= BY_ACCOUNT.failures:
        return TOO_OFTEN
    if whence.browser:
        return None
    return (
        TOO_OFTEN if lately(at - BY_ADDRESS.within, address=whence.address) >= BY_ADDRESS.failures else None
    )


def count(session: Session, *, username: str, whence: Whence, at: datetime) -> str | None:
    """Count an attempt before its secret is looked at; the words of the refusal when there were too many lately.

    Counting first means that a hundred attempts sent at once are counted like a hundred in a row.
    """
    take_turn(session)
    _clean_up(session, at)
    if words := hindrance(session, username=username, whence=whence, at=at):
        return words
    session.add(SignInAttempt(username=username, address=whence.address, browser=whence.browser, at=at))
    return None


def _clean_up(session: Session, at: datetime) -> None:
    """Remove what counts no more; attempts at real accounts stay for a while, for their owners to be told.

    Those of the future are of a clock that ran ahead: they would keep people out until it comes.
    """
    at_nobody = SignInAttempt.username.not_in(sa.select(Account.username))
    old = (SignInAttempt.at <= at - LOCK_AFTER.within) & at_nobody
    ahead = SignInAttempt.at > at + SET_RIGHT
    session.execute(sa.delete(SignInAttempt).where(old | ahead | (SignInAttempt.at <= at - ATTEMPTS_KEPT)))


def lock_when_too_many(session: Session, *, username: str, whence: Whence, at: datetime) -> None:
    """Note, for administrators, that strange browsers are kept away from the account, if there is one."""
    if whence.browser:
        return
    lately = session.scalar(failures(at - LOCK_AFTER.within, username=username, browser="")) or 0
    account = session.scalars(by_username(username)).first()
    if account is None or account.locked(at) or lately < LOCK_AFTER.failures:
        return
    # Not an edit that another could contradict: the row is changed without a version of a form.
    session.execute(sa.update(Account).where(Account.id == account.id).values(locked_at=at))
    record(session, "account.locked", account, by=NOBODY, at=at)


def forget(session: Session, username: str, *, whence: Whence | None = None) -> None:
    """Start counting anew: from there, or everywhere.

    Who gets in makes only the own attempts forgotten: else each of the person's sign-ins would give a stranger, who
    guesses meanwhile, all of his guesses back.
    """
    statement = sa.delete(SignInAttempt).where(SignInAttempt.username == username)
    if whence is not None:
        statement = statement.where(
            SignInAttempt.browser == whence.browser, SignInAttempt.address == whence.address
        )
    session.execute(statement)


def told(session: Session, username: str, *, since: datetime | None, whence: Whence, at: datetime) -> int:
    """How many attempts failed since the last sign-in, without the slips of who has just got in."""
    asked = untold(username, since or at - ATTEMPTS_KEPT)
    slips = (
        (SignInAttempt.address == whence.address)
        & (SignInAttempt.browser == whence.browser)
        & (SignInAttempt.at > at - BY_ACCOUNT.within)
    )
    return session.scalar(asked.where(~slips)) or 0

"""Proof that it is the person who acts, asked for again where much depends on it; counted like at the door."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.accounts import attempts, operations
from pledges.accounts.attempts import TOO_OFTEN
from pledges.accounts.models import Account
from pledges.accounts.rules import Whence
from pledges.core import clock
from pledges.core.refusal import Refused

__all__ = ["TOO_OFTEN", "WRONG", "Proof", "compare", "prove"]

WRONG = "Mật khẩu chưa đúng."


def prove(session: Session, account: Account, password: str, *, whence: Whence, wrong: str = WRONG) -> None:
    """Accept the account's own password or raise `Refused`, saying `wrong` of a wrong one.

    A failure is counted and committed in a transaction of its own; whatever the session held is rolled back.
    """
    username, at = account.username, clock.now()
    if words := attempts.hindrance(session, username=username, whence=whence, at=at):
        raise Refused(words)
    if operations.password_is(account.password_hash, password):
        return
    session.rollback()
    attempts.count(session, username=username, whence=whence, at=at)
    attempts.lock_when_too_many(session, username=username, whence=whence, at=at)
    session.commit()
    raise Refused(wrong, "password")


@dataclass(frozen=True)
class Proof:
    """What came of comparing a password: against which hash, and the words of its refusal, None for a right one."""

    known: str
    refused: str | None

    def demand(self, account: Account, *, wrong: str = WRONG, field: str = "password") -> None:
        """Raise `Refused` unless the password was right, and still is the account's; `field` asked for it."""
        if words := self.refused or (WRONG if account.password_hash != self.known else None):
            raise Refused(wrong, field) if words == WRONG else Refused(words)


def compare(
    session: Session, account: Account, password: str, *, whence: Whence, forgets: bool = True
) -> Proof:
    """Compare a password while no transaction is open: that takes a tenth of a second, in which others may write.

    The attempt is counted before, as at the door, so that many at once are counted like many in a row; a right one
    makes those before forgotten, unless a code is still to come that can be guessed too. What the session held is
    rolled back, and its records are read anew.
    """
    username, known, at = account.username, account.password_hash, clock.now()
    session.rollback()
    words = attempts.count(session, username=username, whence=whence, at=at)
    session.commit()
    if words:
        return Proof(known, words)
    if operations.password_is(known, password):
        if forgets:
            attempts.forget(session, username, whence=whence)
            session.commit()
        return Proof(known, None)
    attempts.lock_when_too_many(session, username=username, whence=whence, at=at)
    session.commit()
    return Proof(known, WRONG)

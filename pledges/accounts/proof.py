"""Proof that it is the person who acts, asked for again where much depends on it; counted like at the door."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from pledges.accounts import operations
from pledges.accounts.models import Account
from pledges.core import clock
from pledges.core.refusal import Refused

TOO_OFTEN = "Đã nhập sai nhiều lần. Đồng chí chờ 15 phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."
WRONG = "Mật khẩu chưa đúng."


def prove(session: Session, account: Account, password: str, *, address: str, wrong: str = WRONG) -> None:
    """Accept the account's own password or raise `Refused`, saying `wrong` of a wrong one.

    A failure is counted and committed in a transaction of its own; whatever the session held is rolled back.
    """
    username, at = account.username, clock.now()
    if operations.throttled(session, username=username, address=address, at=at):
        raise Refused(TOO_OFTEN)
    if operations.password_is(account.password_hash, password):
        return
    session.rollback()
    operations.count_attempt(session, username=username, address=address, at=at)
    operations.lock_after_failures(session, username=username, at=at)
    session.commit()
    raise Refused(wrong)


@dataclass(frozen=True)
class Proof:
    """What came of comparing a password: against which hash, and the words of its refusal, None for a right one."""

    known: str
    refused: str | None

    def demand(self, account: Account) -> None:
        """Raise `Refused` unless the password was right, and still is the account's."""
        if words := self.refused or (WRONG if account.password_hash != self.known else None):
            raise Refused(words)


def compare(session: Session, account: Account, password: str, *, address: str) -> Proof:
    """Compare a password while no transaction is open: that takes a tenth of a second, in which others may write.

    The attempt is counted before, as at the door, so that many at once are counted like many in a row; a right one
    makes those before forgotten. What the session held is rolled back, and its records are read anew.
    """
    username, known, at = account.username, account.password_hash, clock.now()
    session.rollback()
    counted = operations.count_attempt(session, username=username, address=address, at=at)
    session.commit()
    if not counted:
        return Proof(known, TOO_OFTEN)
    if operations.password_is(known, password):
        operations.forget_attempts(session, username)
        session.commit()
        return Proof(known, None)
    operations.lock_after_failures(session, username=username, at=at)
    session.commit()
    return Proof(known, WRONG)

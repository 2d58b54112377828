"""Proof that it is the person who acts, asked for again where much depends on it; counted like at the door."""

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

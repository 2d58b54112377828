"""What is done to second factors: set, used, removed, reset by an administrator."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts import operations
from pledges.accounts.models import Account
from pledges.accounts.second_factor import sealing
from pledges.accounts.second_factor.models import RecoveryCode, SecondFactor
from pledges.accounts.second_factor.rules import CODES, is_phones, is_recovery, matching_step, plain_code
from pledges.audit.operations import record
from pledges.core.refusal import Refused

WRONG = (
    "Mã chưa đúng. Đồng chí nhập mã đang hiện; vẫn không được thì xem lại đồng hồ của điện thoại, "
    "hoặc quét lại hình ở trang này: mỗi lần mở trang là một hình mới."
)
NONE = "Tài khoản này chưa bật xác thực hai bước."


class SecondFactorRefused(Refused):
    """A second factor can't be set or used like this; the message is for the user."""


def _secret_key() -> str:
    return str(current_app.secret_key)


def sealed(account: Account, secret: str) -> str:
    """A secret as the page of setting it carries it."""
    return sealing.seal(_secret_key(), account.id, secret)


def unsealed(account: Account, said: str) -> str | None:
    """The secret that such a page brought back."""
    return sealing.unseal(_secret_key(), account.id, said)


def enrol(
    session: Session, account: Account, secret: str, code: str, *, by: Actor, at: datetime, real: datetime
) -> list[str]:
    """Turn the second factor on, once a code shows that the phone has the secret; the recovery codes, told once."""
    step = matching_step(secret, plain_code(code), real)
    if step is None:
        raise SecondFactorRefused(WRONG, "one_time_code")
    if session.get(SecondFactor, account.id) is not None:
        raise SecondFactorRefused("Xác thực hai bước đã bật rồi.")
    session.add(
        SecondFactor(account_id=account.id, sealed=sealed(account, secret), last_step=step, set_at=at)
    )
    codes = _make_codes(session, account)
    record(session, "account.second_factor_set", account, by=by, at=at)
    return codes


def _make_codes(session: Session, account: Account) -> list[str]:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [operations.one_time_password() for _number in range(CODES)]
    for code in codes:
        digest = sealing.digest(_secret_key(), account.id, plain_code(code))
        session.add(RecoveryCode(account_id=account.id, digest=digest))
    return codes


def renew_codes(session: Session, account: Account, *, by: Actor, at: datetime) -> list[str]:
    """New recovery codes in place of all earlier ones."""
    codes = _make_codes(session, account)
    record(session, "account.recovery_codes_made", account, by=by, at=at)
    return codes


def opens(session: Session, account: Account, typed: str, *, at: datetime) -> bool:
    """Whether a code of the phone or a recovery code is right, by the machine's clock; then it is used up.

    Of two who bring the same code at once, the database lets one through.
    """
    code = plain_code(typed)
    if is_phones(code):
        return _phone_opens(session, account, code, at)
    if not is_recovery(code):
        return False
    known = sealing.digest(_secret_key(), account.id, code)
    used = (
        sa.update(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.digest == known)
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=at)
    )
    return _one(session.execute(used))


def _phone_opens(session: Session, account: Account, code: str, at: datetime) -> bool:
    factor = session.get(SecondFactor, account.id)
    secret = unsealed(account, factor.sealed) if factor is not None else None
    step = matching_step(secret, code, at) if secret is not None else None
    if step is None:
        return False
    used = sa.update(SecondFactor).where(SecondFactor.account_id == account.id, SecondFactor.last_step < step)
    return _one(session.execute(used.values(last_step=step)))


def _one(answer: Any) -> bool:
    return bool(answer.rowcount == 1)


def remove(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Turn the person's own second factor off."""
    _forget(session, account)
    record(session, "account.second_factor_removed", account, by=by, at=at)


def reset(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Turn it off for who lost the phone; every session of the account ends."""
    if session.get(SecondFactor, account.id) is None:
        raise SecondFactorRefused(NONE)
    _forget(session, account)
    operations.end_sessions(session, account)
    record(session, "account.second_factor_reset", account, by=by, at=at)


def _forget(session: Session, account: Account) -> None:
    for kind in (RecoveryCode, SecondFactor):
        session.execute(sa.delete(kind).where(kind.account_id == account.id))

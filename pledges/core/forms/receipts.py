"""One record for one rendered form: a double click or a resend gets the first one's answer."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from pledges.core import clock
from pledges.core.base import Base
from pledges.core.database import take_turn

KEPT_FOR = timedelta(days=31)
"""Longer than any session and any unsent content: no form can be sent again after that."""


class FormReceipt(Base):
    """Biên nhận của một biểu mẫu: a form that was carried out, from which window, and the page it led to.

    Under the key with the digest of a content: that this content was sent and shown again, so that something later
    of the same form stands in its place.
    """

    __tablename__ = "form_receipt"

    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(default="")
    window: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class AlreadyDone(Exception):
    """The form was carried out before; the answer is the same page."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class OtherContent(Exception):
    """The form was carried out before, and said something else then."""


def new_key(account_id: int) -> str:
    """A fresh key of a rendered form, bound to the person it was rendered for (0: nobody)."""
    return key_of(account_id, secrets.token_hex(12))


def key_of(account_id: int, name: str) -> str:
    """The key of this name that was, or would be, made for the person; addresses carry the name alone."""
    body = f"{account_id}.{name}"
    return f"{body}.{_seal(body)}"


def name_of(key: str) -> str:
    """The name in a key."""
    return key.split(".")[1]


def account_of(key: str | None) -> int | None:
    """For whom the form was rendered; None for a key that this product did not make."""
    body, _, seal = (key or "").rpartition(".")
    if not body or not hmac.compare_digest(seal.encode(), _seal(body).encode()):
        return None
    return int(body.split(".")[0])


def _seal(body: str) -> str:
    secret = current_app.secret_key
    key = secret.encode() if isinstance(secret, str) else bytes(secret or b"")
    return hmac.new(key, f"form {body}".encode(), hashlib.sha256).hexdigest()[:32]


def claim(session: Session, key: str, content: str, window: str = "") -> FormReceipt:
    """Take the form's place; raises `AlreadyDone` when it was carried out before, `OtherContent` with another content.

    A content that was shown again before the form was carried out is no other one: going back in the history sends
    it once more. A second sender of the same form waits here until the first has committed or given up. Of the
    content a sealed digest is kept, for it may hold a password.
    """
    take_turn(session)
    receipt = FormReceipt(key=key, digest=_digest(content), window=window, at=clock.now())
    mine = receipt.digest
    session.add(receipt)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        first = session.scalars(select(FormReceipt).where(FormReceipt.key == key)).one()
        if first.digest != mine and session.get(FormReceipt, _shown_again(key, content)) is None:
            raise OtherContent from None
        raise AlreadyDone(first.location or "/") from None
    return receipt


def note_shown_again(session: Session, key: str, content: str) -> None:
    """Remember that this content was sent and shown again: what is carried out of the form comes after it."""
    if session.get(FormReceipt, _shown_again(key, content)) is None:
        session.add(FormReceipt(key=_shown_again(key, content), digest=_digest(content), at=clock.now()))


def _shown_again(key: str, content: str) -> str:
    return f"{key} {_digest(content)}"


def _digest(content: str) -> str:
    return _seal(f"content {content}")


def forget_old(session: Session, *, at: datetime) -> None:
    """Remove the receipts of forms that nobody can send again."""
    session.execute(delete(FormReceipt).where(FormReceipt.at < at - KEPT_FOR))

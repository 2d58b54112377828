"""Digests and calendar feeds as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.accounts.models import Account
from pledges.core.base import Base


class SentDigest(Base):
    """Thư nhắc việc đã gửi: at most one a person and day."""

    __tablename__ = "sent_digest"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    items: Mapped[int]


class CalendarFeed(Base):
    """Lịch đến hạn: the secret address under which a person's calendar program reads the due days.

    Only the SHA-256 of the secret is kept; a person has at most one.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (sa.CheckConstraint("length(secret_digest) = 64", "digest_length"),)

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    secret_digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]

    account: Mapped[Account] = relationship()

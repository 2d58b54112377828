"""Second factors and recovery codes as the database keeps them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pledges.core.base import Base


class SecondFactor(Base):
    """Xác thực hai bước: what a person's phone makes codes from; confirmed by one before it is kept.

    `sealed` is the secret under a key that the database does not hold, `last_step` the time of the last code that
    opened: neither it nor an earlier one opens again.
    """

    __tablename__ = "second_factor"
    __table_args__ = (sa.CheckConstraint("sealed <> ''", "sealed_given"),)

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    sealed: Mapped[str]
    last_step: Mapped[int] = mapped_column(sa.BigInteger)
    set_at: Mapped[datetime]


class RecoveryCode(Base):
    """Mã dự phòng: opens once in place of the phone's code; only a keyed digest is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", "digest_length"),
        sa.UniqueConstraint("account_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]

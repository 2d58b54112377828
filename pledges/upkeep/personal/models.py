"""Requests of persons about what is kept of them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.accounts.models import Account
from pledges.core.base import Base
from pledges.core.clock import day_of
from pledges.core.types import choice
from pledges.upkeep.personal.rules import RequestKind, RequestOutcome


class DataRequest(Base):
    """Yêu cầu về dữ liệu cá nhân: what a person wants corrected or deleted, and how it was answered.

    `from_paper` names the paper by which an administrator entered it for the person. `due_at` is what the rule of the
    day on which it was received asked for, whatever the rule becomes.
    """

    __tablename__ = "data_request"
    __table_args__ = (
        sa.CheckConstraint("words <> ''", "words_given"),
        sa.CheckConstraint("received_at < due_at", "due"),
        sa.CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", "outcome"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", "answer"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL) AND (answered_at IS NULL) = (answered_by_name = '')",
            "answered_by",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind))
    words: Mapped[str]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    from_paper: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[int]
    entered_by_name: Mapped[str]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[RequestOutcome | None] = mapped_column(choice(RequestOutcome))
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[int | None]
    answered_by_name: Mapped[str] = mapped_column(default="")

    account: Mapped[Account] = relationship()

    @property
    def received_on(self) -> date:
        """The day of receiving: all that a paper says of it."""
        return day_of(self.received_at)

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None

    def late(self, now: datetime) -> bool:
        """Whether it wasn't answered in time."""
        return (self.answered_at or now) > self.due_at

"""Explanation requests as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.core.base import Base, Versioned
from pledges.core.clock import day_of
from pledges.progress.explanations.rules import ExplanationStatus, status_of
from pledges.progress.models import Period
from pledges.tasks.models import Indicator


class ExplanationRequest(Versioned, Base):
    """Yêu cầu giải trình: a leader's question on one indicator; the unit answers in writing by a day.

    It is closed by the leader who takes the answer, or who withdraws the question.
    """

    __tablename__ = "explanation_request"
    __table_args__ = (
        sa.CheckConstraint("question <> ''", "question_given"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", "answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), index=True)
    period_id: Mapped[int | None] = mapped_column(sa.ForeignKey("period.id"), index=True)
    question: Mapped[str]
    answer_by: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int]
    asked_by_name: Mapped[str]
    asked_by_post: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None]
    answered_by_name: Mapped[str] = mapped_column(default="")
    answered_by_post: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str] = mapped_column(default="")
    closing_note: Mapped[str] = mapped_column(default="")

    indicator: Mapped[Indicator] = relationship()
    period: Mapped[Period | None] = relationship()

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has still to answer."""
        return self.answered_at is None and self.closed_at is None

    def status(self, day: date) -> ExplanationStatus:
        """Where it stands on the day."""
        answered, closed = self.answered_at is not None, self.closed_at is not None
        return status_of(answer_by=self.answer_by, answered=answered, closed=closed, day=day)

    @property
    def late(self) -> bool:
        """Whether the answer came after the day by which it was asked."""
        return self.answered_at is not None and day_of(self.answered_at) > self.answer_by

    def subject(self) -> Subject:
        """The request as permissions see it: where its task lies."""
        return self.indicator.task.subject()

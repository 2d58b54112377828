"""Exceptions as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.models import Period
from pledges.tasks.models import Task
from pledges.units.models import Unit


class PeriodException(Versioned, Base):
    """Ngoại lệ: one unit (or one task of it) may report on a locked period until a day, or needn't report at all.

    One that was revoked stays, so that the past stays what it was.
    """

    __tablename__ = "period_exception"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'unlocked') = (until IS NOT NULL)", "until"),
        sa.CheckConstraint("reason <> ''", "reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(sa.ForeignKey("period.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"), index=True)
    kind: Mapped[ExceptionKind] = mapped_column(choice(ExceptionKind))
    until: Mapped[date | None]
    reason: Mapped[str]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int]
    granted_by_name: Mapped[str]
    granted_by_post: Mapped[str]
    revoked_at: Mapped[datetime | None]
    revoked_by_name: Mapped[str] = mapped_column(default="")

    period: Mapped[Period] = relationship()
    unit: Mapped[Unit] = relationship()
    task: Mapped[Task | None] = relationship()

    def subject(self) -> Subject:
        """The exception as permissions see it: that of its unit in the campaign."""
        return self.period.campaign.subject_of(self.unit)

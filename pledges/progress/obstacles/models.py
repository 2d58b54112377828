"""Obstacles as the database keeps them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.followups.models import FollowUp
from pledges.progress.models import Report
from pledges.progress.obstacles.rules import Decision
from pledges.tasks.amending.models import Amendment


class Obstacle(Versioned, Base):
    """Khó khăn, vướng mắc: raised by a submitted report, open until a leader decides, always with a reason.

    A unit that sends its report again without it withdraws it; the row stays, so that the past stays what it was. More
    time that was granted is proposed as an `amendment`; help that was promised is a `follow_up`.
    """

    __tablename__ = "obstacle"
    __table_args__ = (
        sa.CheckConstraint("withdrawn_at IS NULL OR decided_at IS NULL", "one_end"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", "decided"),
        sa.CheckConstraint("decision IS NULL OR reason <> ''", "reason_given"),
        sa.CheckConstraint("text <> ''", "text_given"),
        sa.CheckConstraint("amendment_id IS NULL OR decision = 'extend'", "extension"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("report.id"), index=True)
    text: Mapped[str]
    request: Mapped[str] = mapped_column(default="")
    raised_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    decision: Mapped[Decision | None] = mapped_column(choice(Decision))
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    amendment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("amendment.id"), index=True)
    follow_up_id: Mapped[int | None] = mapped_column(sa.ForeignKey("follow_up.id"), index=True)

    report: Mapped[Report] = relationship()
    amendment: Mapped[Amendment | None] = relationship()
    follow_up: Mapped[FollowUp | None] = relationship()

    @property
    def open(self) -> bool:
        """Whether it waits for a leader: nobody has decided, and the unit hasn't withdrawn it."""
        return self.decision is None and self.withdrawn_at is None

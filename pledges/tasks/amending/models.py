"""Amendments as the database keeps them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task


class Amendment(Versioned, Base):
    """Điều chỉnh phần việc đã cam kết: what the task said, what it is to say, and why; another person decides.

    `was` and `proposed` hold the task's facts as canonical JSON; once approved the task says what was proposed and
    waits to be committed to anew.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        sa.Index(
            "uq_amendment_proposed",
            "task_id",
            unique=True,
            sqlite_where=sa.text("status = 'proposed'"),
            postgresql_where=sa.text("status = 'proposed'"),
        ),
        sa.CheckConstraint("reason <> ''", "reason_given"),
        sa.CheckConstraint("(status IN ('returned', 'approved')) = (decided_at IS NOT NULL)", "decided"),
        sa.CheckConstraint("status <> 'returned' OR decision <> ''", "decision_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id"), index=True)
    status: Mapped[AmendmentStatus] = mapped_column(choice(AmendmentStatus), default=AmendmentStatus.PROPOSED)
    was: Mapped[str]
    proposed: Mapped[str]
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int]
    proposed_by_name: Mapped[str]
    proposed_by_post: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    decided_by_post: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship()

    def __repr__(self) -> str:
        """The amendment for a developer's eye."""
        return f"<Amendment {self.id} {self.status}>"

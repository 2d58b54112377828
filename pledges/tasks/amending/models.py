"""Amendments as the database keeps them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.parts import Facts


class Amendment(Versioned, Base):
    """Điều chỉnh phần việc đã cam kết: what the task said, what it is to say, and why; another person decides.

    `was` and `proposed` hold the task's facts as canonical JSON; without a proposed text the task is to be dropped.
    Once approved the task says what was proposed and waits to be committed to anew. `basis` is the paper that asks for
    the change; `on_behalf_of` and `from_paper` say for whom an official proposed it (nhập thay).
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
        sa.CheckConstraint("(on_behalf_of = '') = (from_paper = '')", "behalf"),
        sa.CheckConstraint("(status IN ('returned', 'approved')) = (decided_at IS NOT NULL)", "decided"),
        sa.CheckConstraint("status <> 'returned' OR decision <> ''", "decision_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id"), index=True)
    status: Mapped[AmendmentStatus] = mapped_column(choice(AmendmentStatus), default=AmendmentStatus.PROPOSED)
    was: Mapped[str]
    proposed: Mapped[str | None]
    reason: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    on_behalf_of: Mapped[str] = mapped_column(default="")
    from_paper: Mapped[str] = mapped_column(default="")
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

    @property
    def drops(self) -> bool:
        """Whether the task is to be dropped, and not only to say something else."""
        return self.proposed is None

    @property
    def waits(self) -> bool:
        """Whether nothing was decided on it yet."""
        return self.status is AmendmentStatus.PROPOSED

    @property
    def before(self) -> Facts:
        """What the task said when the amendment was proposed."""
        said: Facts = json.loads(self.was)
        return said

    @property
    def after(self) -> Facts:
        """What the task is to say; empty where it is to be dropped."""
        said: Facts = json.loads(self.proposed or "{}")
        return said

    def subject(self) -> Subject:
        """The amendment as permissions see it: whoever proposed it does not decide on it."""
        return replace(self.task.subject(), entered_by=frozenset({self.proposed_by_id}))

    def __repr__(self) -> str:
        """The amendment for a developer's eye."""
        return f"<Amendment {self.id} {self.status}>"

"""Assignments as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.accounts.models import Account
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task


class Assignment(Versioned, Base):
    """Phân công: who answers for a task, or which leader supervises it, from a day on; rows that ended stay.

    `name` and `post` are the person's as they were then. A task has at most one person in a duty at a time.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        sa.Index(
            "uq_assignment_standing",
            "task_id",
            "duty",
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", "validity"),
        sa.CheckConstraint("name <> ''", "name_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id", ondelete="CASCADE"), index=True)
    duty: Mapped[Duty] = mapped_column(choice(Duty))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    name: Mapped[str]
    post: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int]
    assigned_by_name: Mapped[str]

    task: Mapped[Task] = relationship()
    account: Mapped[Account] = relationship()

    def holds(self, day: date) -> bool:
        """Whether the person has the duty on the day; `until_on` is the first day without it."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def subject(self) -> Subject:
        """The assignment as permissions see it: where its task lies."""
        return self.task.subject()

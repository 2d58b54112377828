"""Rules of evidence as the database keeps them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.core.base import Base
from pledges.core.types import choice
from pledges.progress.proofs.rules import ProofKind
from pledges.tasks.models import Task


class ProofRule(Base):
    """Yêu cầu minh chứng: how many files of a kind each report of a task must show, and of what."""

    __tablename__ = "proof_rule"
    __table_args__ = (
        sa.UniqueConstraint("task_id", "position"),
        sa.CheckConstraint("number BETWEEN 1 AND 20", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("task.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[ProofKind] = mapped_column(choice(ProofKind))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(default="")

    task: Mapped[Task] = relationship()

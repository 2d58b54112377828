"""Packs that were asked for, and how far each has come."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.accounts.models import Account
from pledges.campaigns.models import Campaign
from pledges.core.base import Base
from pledges.core.types import choice
from pledges.documents.packs.rules import Binding, JobStatus, PackKind


class PrintJob(Base):
    """Tập in đã yêu cầu: belongs to the account that asked; its file lies in the instance folder until it expires.

    `asked` says of what (canonical JSON: which units, which period, blank pages for printing on both sides); `done`
    of `total` papers are drawn; `sentence` tells people why it failed.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        sa.CheckConstraint("done >= 0 AND done <= total", "progress"),
        sa.CheckConstraint("name <> ''", "name_given"),
        sa.CheckConstraint("(status IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)", "ended"),
        sa.CheckConstraint("status <> 'failed' OR sentence <> ''", "failed_because"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    kind: Mapped[PackKind] = mapped_column(choice(PackKind))
    binding: Mapped[Binding] = mapped_column(choice(Binding))
    asked: Mapped[str]
    name: Mapped[str]
    status: Mapped[JobStatus] = mapped_column(choice(JobStatus), default=JobStatus.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
    campaign: Mapped[Campaign] = relationship()

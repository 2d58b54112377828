"""Ceremonies as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.campaigns.models import Campaign
from pledges.core.base import Base, Versioned


class Ceremony(Versioned, Base):
    """Lễ ký cam kết: the hall in which units sign on paper; open while the clerk ticks, then closed.

    A tick is a signature on paper, given where and on the day that stand here; while the ceremony is open it can be
    undone. The rest is what its minutes (biên bản) say.
    """

    __tablename__ = "ceremony"
    __table_args__ = (
        sa.Index(
            "uq_ceremony_open",
            "campaign_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.CheckConstraint("place <> '' AND certified_by <> ''", "said"),
        sa.CheckConstraint("attendees IS NULL OR attendees BETWEEN 1 AND 100000", "attendees"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str]
    certified_by: Mapped[str]
    certified_post: Mapped[str] = mapped_column(default="")
    chair: Mapped[str] = mapped_column(default="")
    chair_post: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    secretary_post: Mapped[str] = mapped_column(default="")
    attendees: Mapped[int | None]
    began: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")
    proceedings: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int]
    opened_by_name: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None]
    closed_by_name: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()

    @property
    def open(self) -> bool:
        """Whether the clerk still ticks."""
        return self.closed_at is None

    def subject(self) -> Subject:
        """The ceremony as permissions see it: a matter of the campaign's organisers."""
        return self.campaign.subject()

    def __repr__(self) -> str:
        """The ceremony for a developer's eye."""
        return f"<Ceremony {self.id} {self.held_on}>"

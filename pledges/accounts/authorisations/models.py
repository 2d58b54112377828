"""Authorisations as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.accounts.authorisations.rules import Capacity, Validity, validity
from pledges.accounts.models import Account
from pledges.core.base import Base, Versioned
from pledges.core.dates import format_date
from pledges.core.types import choice
from pledges.units.models import Unit


class Authorisation(Versioned, Base):
    """Ủy quyền ký: who may sign for the holder of a post of a unit, in which capacity, from–to, by which paper.

    `principal_post` is the post as commitments name it; `post` is the deputy's own. What was signed under it stays
    when it ends early (`ended_on`, the last day on which it counted).
    """

    __tablename__ = "authorisation"
    __table_args__ = (
        sa.CheckConstraint("valid_from <= valid_to", "validity"),
        sa.CheckConstraint("capacity <> 'own'", "capacity_deputising"),
        sa.CheckConstraint("principal_post <> '' AND post <> '' AND paper <> ''", "said"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_because = '')", "ended"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_on IS NULL)", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    principal_post: Mapped[str]
    principal_name: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    post: Mapped[str]
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity))
    paper: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int]
    recorded_by_name: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship()
    account: Mapped[Account] = relationship()

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return min(self.valid_to, self.ended_on) if self.ended_on is not None else self.valid_to

    def validity(self, on: date) -> Validity:
        """How it stands on the day."""
        return validity(self.valid_from, self.valid_to, self.ended_on, on)

    def alive(self, on: date) -> bool:
        """Whether it counts on the day."""
        return self.validity(on) is Validity.IN_FORCE

    def why_not(self, on: date) -> str | None:
        """Why nobody signs under it on the day, in words; None when it counts."""
        return {
            Validity.IN_FORCE: None,
            Validity.NOT_YET: f"Ủy quyền theo {self.paper} chỉ có hiệu lực từ ngày {format_date(self.valid_from)}.",
            Validity.EXPIRED: f"Ủy quyền theo {self.paper} đã hết hiệu lực sau ngày {format_date(self.valid_to)}.",
            Validity.ENDED: (
                f"Ủy quyền theo {self.paper} đã chấm dứt, chỉ có hiệu lực đến hết ngày "
                f"{format_date(self.last_day)}. Lý do: {self.ended_because}"
            ),
        }[self.validity(on)]

    def subject(self) -> Subject:
        """The authorisation as permissions see it: a matter of its unit."""
        return Subject(unit_path=self.unit.path)

    def __repr__(self) -> str:
        """The authorisation for a developer's eye."""
        return f"<Authorisation {self.id} {self.capacity}>"

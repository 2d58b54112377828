"""Meetings and follow-ups as the database keeps them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.accounts.models import Account
from pledges.campaigns.models import Campaign
from pledges.core.base import Base, Versioned
from pledges.core.clock import day_of
from pledges.core.types import choice
from pledges.followups.rules import FollowUpEnd, FollowUpSource, Standing, standing_of
from pledges.tasks.models import Task
from pledges.units.models import Unit


class Meeting(Versioned, Base):
    """Cuộc họp: where leaders go through a campaign; its agenda is what needed attention on the day."""

    __tablename__ = "meeting"
    __table_args__ = (sa.CheckConstraint("title <> ''", "title_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    title: Mapped[str]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    chair: Mapped[str] = mapped_column(default="")
    chair_post: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    secretary_post: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int]
    made_by_name: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()

    @property
    def open(self) -> bool:
        """Whether decisions are still written down."""
        return self.closed_at is None

    def subject(self) -> Subject:
        """The meeting as permissions see it: that of its campaign."""
        return self.campaign.subject()


class FollowUp(Versioned, Base):
    """Việc cần theo dõi: what somebody is to do by a day, and where that was decided.

    `unit` is the unit with which it lies, `task` the task that it is about; `owner` who answers for it, where that is
    somebody with an account. Of a call `spoke_to` says with whom. A row that ended stays, with what came of it.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        sa.CheckConstraint("text <> ''", "text_given"),
        sa.CheckConstraint("(source = 'meeting') = (meeting_id IS NOT NULL)", "meeting"),
        sa.CheckConstraint("source <> 'call' OR unit_id IS NOT NULL AND spoke_to <> ''", "call"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", "ended"),
        sa.CheckConstraint("ended_as <> 'dropped' OR outcome <> ''", "dropped_because"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    source: Mapped[FollowUpSource] = mapped_column(choice(FollowUpSource))
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    owner_name: Mapped[str] = mapped_column(default="")
    spoke_to: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int]
    made_by_name: Mapped[str]
    made_by_post: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_as: Mapped[FollowUpEnd | None] = mapped_column(choice(FollowUpEnd))
    ended_by_name: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    task: Mapped[Task | None] = relationship()
    owner: Mapped[Account | None] = relationship()

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.ended_at is None

    def open_on(self, day: date) -> bool:
        """Whether it was still to be done at the end of the day."""
        return self.ended_at is None or day_of(self.ended_at) > day

    def standing(self, on: date) -> Standing:
        """How it stood on the day; what was to be done, and by when, is what is known now."""
        return standing_of(self.due_on, None if self.open_on(on) else self.ended_as, on)

    def days_overdue(self, on: date) -> int:
        """For how many days it had been waited for on the day; 0 in time."""
        return max((on - self.due_on).days, 0) if self.open_on(on) and self.due_on is not None else 0

    @property
    def owner_words(self) -> str:
        """Who answers for it: a person, or the unit with which it lies; "" for nobody."""
        return self.owner_name or (self.unit.name if self.unit is not None else "")

    def subject(self) -> Subject:
        """The follow-up as permissions see it: at its unit, the organisers', and of whom it names."""
        return Subject(
            unit_path=self.unit.path if self.unit is not None else None,
            campaign_path=self.campaign.owner.path,
            area_path=self.campaign.area.path,
            named=frozenset({self.owner_id}) if self.owner_id is not None else frozenset(),
        )

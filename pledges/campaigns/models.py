"""Campaigns with their bases and linked movements."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pledges.access.permissions import Subject
from pledges.campaigns.rules import CampaignKind, CampaignStatus, Cycle, asking_words
from pledges.core.base import Base, Versioned
from pledges.core.text import fold
from pledges.core.types import choice
from pledges.units.models import Unit


class Campaign(Versioned, Base):
    """Phong trào thi đua: its facts, its launch, and the terms that commitments begin with.

    `last_task_number` and `last_registration_number` only grow: a number in the list and that of a registration are
    given once and never reused. `illustrative` campaigns are shown as such on every page and paper. `owner` organises
    and issues; the units of `area` take part. `follows` is the campaign, of the year before, that it was begun from.
    Reports are asked for each `cycle`: in a month or quarter by `reporting_due_day`, in a week by `reporting_weekday`
    (1 is Monday). One that comes within `grace_days` of the due day is still on time; after `locks_after_days` (None:
    never) only an exception lets a unit report.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", "dates"),
        sa.CheckConstraint("title <> ''", "title_given"),
        sa.CheckConstraint("reporting_due_day BETWEEN 1 AND 28", "due_day"),
        sa.CheckConstraint("reporting_weekday BETWEEN 1 AND 7", "weekday"),
        sa.CheckConstraint("grace_days BETWEEN 0 AND 60", "grace"),
        sa.CheckConstraint("locks_after_days IS NULL OR locks_after_days >= grace_days", "lock"),
        sa.CheckConstraint("expected_task_count >= 0", "expected_tasks"),
        sa.CheckConstraint("follows_id <> id", "own_forerunner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_fold: Mapped[str]
    theme: Mapped[str] = mapped_column(default="")
    slogan: Mapped[str] = mapped_column(default="")
    kind: Mapped[CampaignKind] = mapped_column(choice(CampaignKind))
    status: Mapped[CampaignStatus] = mapped_column(choice(CampaignStatus), default=CampaignStatus.DRAFT)
    owner_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    area_unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    registration_closes_on: Mapped[date | None]
    expected_task_count: Mapped[int] = mapped_column(default=0)
    cycle: Mapped[Cycle] = mapped_column(choice(Cycle), default=Cycle.MONTHLY)
    reporting_due_day: Mapped[int] = mapped_column(default=25)
    reporting_weekday: Mapped[int] = mapped_column(default=5)
    grace_days: Mapped[int] = mapped_column(default=0)
    locks_after_days: Mapped[int | None]
    launched_on: Mapped[date | None]
    launch_event: Mapped[str] = mapped_column(default="")
    launch_place: Mapped[str] = mapped_column(default="")
    presider: Mapped[str] = mapped_column(default="")
    presider_post: Mapped[str] = mapped_column(default="")
    announcer: Mapped[str] = mapped_column(default="")
    announcer_post: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    illustrative: Mapped[bool] = mapped_column(default=False)
    last_task_number: Mapped[int] = mapped_column(default=0)
    last_registration_number: Mapped[int] = mapped_column(default=0)
    follows_id: Mapped[int | None] = mapped_column(sa.ForeignKey("campaign.id"), index=True)

    owner: Mapped[Unit] = relationship(foreign_keys=[owner_unit_id])
    area: Mapped[Unit] = relationship(foreign_keys=[area_unit_id])
    follows: Mapped[Campaign | None] = relationship(remote_side="Campaign.id")
    bases: Mapped[list[Basis]] = relationship(order_by="Basis.position", cascade="all, delete-orphan")
    movements: Mapped[list[Movement]] = relationship(
        order_by="Movement.position", cascade="all, delete-orphan"
    )

    @validates("title")
    def _derive(self, _key: str, title: str) -> str:
        self.title_fold = fold(title)
        return title

    @property
    def asks_by(self) -> str:
        """By when reports are asked for, in words: "ngày 25 hằng tháng"."""
        return asking_words(self.cycle, self.reporting_due_day, self.reporting_weekday)

    def subject(self) -> Subject:
        """The campaign as permissions see it."""
        return Subject(campaign_path=self.owner.path, area_path=self.area.path)

    def subject_of(self, unit: Unit) -> Subject:
        """What belongs to the unit in the campaign, as permissions see it: its page, a task before it exists."""
        return Subject(unit_path=unit.path, campaign_path=self.owner.path, area_path=self.area.path)

    def day_within(self, day: date) -> date:
        """The day, or the first or last of the campaign where it lies outside."""
        return min(max(day, self.starts_on), self.ends_on)

    def takes_in(self, unit: Unit, day: date) -> bool:
        """Whether the unit takes part on the day; SQL asks `queries.participants`."""
        return unit.path.startswith(self.area.path) and unit.block != "" and unit.alive(day)

    def __repr__(self) -> str:
        """The campaign for a developer's eye."""
        return f"<Campaign {self.code}>"


class Basis(Base):
    """Căn cứ: a document that a campaign rests on."""

    __tablename__ = "basis"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    type: Mapped[str]
    number: Mapped[str]
    issued_on: Mapped[date | None]
    issuer: Mapped[str]
    subject: Mapped[str]
    source: Mapped[str] = mapped_column(default="")


class Movement(Base):
    """Cuộc vận động: a national drive that the campaign's tasks are linked to."""

    __tablename__ = "movement"
    __table_args__ = (sa.UniqueConstraint("campaign_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]


class CampaignStep(Base):
    """A step that a campaign took: to which status, on which day, by whom."""

    __tablename__ = "campaign_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    status: Mapped[CampaignStatus] = mapped_column(choice(CampaignStatus))
    on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

"""Commitments, who is to sign them, and the signatures."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.campaigns.models import Campaign
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.units.models import Unit


def _at_most_one(name: str, condition: str) -> sa.Index:
    """A unit has at most one commitment of a campaign that fits the condition."""
    where = sa.text(condition)
    return sa.Index(
        f"uq_commitment_{name}",
        "campaign_id",
        "unit_id",
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


class Commitment(Versioned, Base):
    """Bản cam kết thi đua: what a unit signs in a campaign; its tasks and terms are frozen with a digest.

    Once frozen, `content` (canonical JSON) and `digest` never change; a change makes a new edition that supersedes
    this one once it has every signature. Superseded or withdrawn, it stays readable.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "unit_id", "edition"),
        _at_most_one("under_way", "status IN ('draft', 'frozen')"),
        _at_most_one("in_force", "status = 'signed'"),
        sa.CheckConstraint("(content IS NULL) = (digest IS NULL)", "sealed"),
        sa.CheckConstraint(
            "status NOT IN ('frozen', 'signed', 'withdrawn') OR content IS NOT NULL", "frozen"
        ),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawn_because <> '')", "withdrawn"
        ),
        sa.CheckConstraint("copies BETWEEN 1 AND 99", "copies"),
        sa.CheckConstraint("edition >= 1", "edition"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    edition: Mapped[int] = mapped_column(default=1)
    status: Mapped[CommitmentStatus] = mapped_column(choice(CommitmentStatus), default=CommitmentStatus.DRAFT)
    place: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date | None]
    terms: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=2)
    witness: Mapped[str] = mapped_column(default="")
    witness_post: Mapped[str] = mapped_column(default="")
    content: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    prepared_by_id: Mapped[int]
    prepared_at: Mapped[datetime]

    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
    signatories: Mapped[list[Signatory]] = relationship(
        order_by="Signatory.position", cascade="all, delete-orphan", back_populates="commitment"
    )

    def subject(self) -> Subject:
        """The commitment as permissions see it."""
        return Subject(
            unit_path=self.unit.path,
            campaign_path=self.campaign.owner.path,
            area_path=self.campaign.area.path,
        )

    def frozen_content(self) -> dict[str, Any]:
        """What stands in the row as frozen, as data; empty while nothing is. `sealed_content` checks it first."""
        return json.loads(self.content) if self.content else {}

    def __repr__(self) -> str:
        """The commitment for a developer's eye."""
        return f"<Commitment {self.id} edition {self.edition}>"


class Signatory(Base):
    """Người ký cam kết: with name and post as they then were; `account_id` is who may sign in the app."""

    __tablename__ = "signatory"
    __table_args__ = (sa.UniqueConstraint("commitment_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    post: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    commitment: Mapped[Commitment] = relationship(back_populates="signatories")
    signature: Mapped[Signature | None] = relationship(
        cascade="all, delete-orphan", back_populates="signatory"
    )

    @property
    def label(self) -> str:
        """The person in a list: name and post, or the post alone where no name is given yet."""
        return f"{self.name}, {self.post}" if self.name else self.post


class Signature(Base):
    """Chữ ký: given once by a signatory, on paper or in the app, over the digest of the frozen text."""

    __tablename__ = "signature"
    __table_args__ = (
        sa.CheckConstraint("way <> 'paper' OR (place <> '' AND certified_by <> '')", "paper_facts"),
        sa.CheckConstraint("length(digest) = 64", "digest_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    signatory_id: Mapped[int] = mapped_column(sa.ForeignKey("signatory.id"), unique=True)
    way: Mapped[SigningWay] = mapped_column(choice(SigningWay))
    signed_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    certified_by: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(sa.String(64))
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str]

    signatory: Mapped[Signatory] = relationship(back_populates="signature")

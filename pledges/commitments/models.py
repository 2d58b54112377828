"""Commitments, who is to sign them, the signatures, and the copies that were filed."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.rules import CommitmentStatus, CopyKind, SigningWay
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.files.models import StoredFile
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

    `in_order`: whoever signs in the app waits for those named before. Once frozen, `content` (canonical JSON) and
    `digest` never change; a change makes a new edition that supersedes this one once it has every signature.
    Superseded or withdrawn, it stays readable.
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
    in_order: Mapped[bool] = mapped_column(default=True)
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
    filed: Mapped[list[SignedCopy]] = relationship(order_by="SignedCopy.id", back_populates="commitment")

    def subject(self) -> Subject:
        """The commitment as permissions see it."""
        return Subject(
            unit_path=self.unit.path,
            campaign_path=self.campaign.owner.path,
            area_path=self.campaign.area.path,
            signers=frozenset().union(*(one.signers() for one in self.signatories)),
        )

    def frozen_content(self) -> dict[str, Any]:
        """What stands in the row as frozen, as data; empty while nothing is. `sealed_content` checks it first."""
        return json.loads(self.content) if self.content else {}

    def __repr__(self) -> str:
        """The commitment for a developer's eye."""
        return f"<Commitment {self.id} edition {self.edition}>"


class Signatory(Base):
    """Người ký cam kết: with name and post as they then were; `account_id` is who may sign in the app.

    `on_behalf_of` is the collective body that is signed for: "Ban Thường trực Ủy ban MTTQ phường", printed behind TM.
    """

    __tablename__ = "signatory"
    __table_args__ = (sa.UniqueConstraint("commitment_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("commitment.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    post: Mapped[str]
    on_behalf_of: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)

    commitment: Mapped[Commitment] = relationship(back_populates="signatories")
    signature: Mapped[Signature | None] = relationship(
        primaryjoin=lambda: sa.and_(Signature.signatory_id == Signatory.id, Signature.undone_at.is_(None)),
        back_populates="signatory",
        uselist=False,
    )
    declines: Mapped[list[Decline]] = relationship(
        order_by="Decline.id", cascade="all, delete-orphan", back_populates="signatory"
    )

    @property
    def label(self) -> str:
        """The person in a list: name and post, or the post alone where no name is given yet."""
        return f"{self.name}, {self.post}" if self.name else self.post

    def signers(self) -> frozenset[int]:
        """The accounts of who signed here, in the own place or another's, and of who refused to."""
        signed = self.signature
        deputy = signed.authorisation if signed is not None else None
        by = deputy.account_id if deputy is not None else self.account_id
        people = {one.by_id for one in self.declines}
        return frozenset(people | {by} if signed is not None and by is not None else people)

    @property
    def declined(self) -> Decline | None:
        """The newest refusal to sign, while nothing is signed."""
        return self.declines[-1] if self.declines and self.signature is None else None


class Signature(Base):
    """Chữ ký: given by a signatory, or a deputy, on paper, in the app or in a PDF, over the digest of the frozen text.

    `signer_name` and `signer_post` are those of the person who signed; `capacity` says in whose place, by
    `authorisation`. Rows are never changed or removed: one that was ticked by mistake is undone, and stays. `mark` is
    the SHA-256 of the signature's own bytes in the PDF `copy_id`: one of them stands for one signatory.
    """

    __tablename__ = "signature"
    __table_args__ = (
        sa.Index(
            "uq_signature_standing",
            "signatory_id",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
        sa.Index(
            "uq_signature_mark",
            "mark",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
        sa.CheckConstraint("way = 'in_app' OR certified_by <> ''", "certified"),
        sa.CheckConstraint("way <> 'paper' OR place <> ''", "paper_facts"),
        sa.CheckConstraint("(way = 'outside') = (copy_id IS NOT NULL)", "copy"),
        sa.CheckConstraint("mark IS NULL OR way = 'outside' AND length(mark) = 64", "mark"),
        sa.CheckConstraint("ceremony_id IS NULL OR way = 'paper'", "ceremony"),
        sa.CheckConstraint("capacity = 'own' OR authorisation_id IS NOT NULL", "authorised"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_because = '')", "undone"),
        sa.CheckConstraint("length(digest) = 64", "digest_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    signatory_id: Mapped[int] = mapped_column(sa.ForeignKey("signatory.id"), index=True)
    way: Mapped[SigningWay] = mapped_column(choice(SigningWay))
    signer_name: Mapped[str] = mapped_column(default="")
    signer_post: Mapped[str] = mapped_column(default="")
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity), default=Capacity.OWN)
    authorisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("authorisation.id"), index=True)
    signed_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    certified_by: Mapped[str] = mapped_column(default="")
    ceremony_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ceremony.id"), index=True)
    copy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("signed_copy.id"), index=True)
    mark: Mapped[str | None] = mapped_column(sa.String(64))
    digest: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_because: Mapped[str] = mapped_column(default="")
    undone_by_name: Mapped[str] = mapped_column(default="")

    signatory: Mapped[Signatory] = relationship(back_populates="signature", foreign_keys=[signatory_id])
    authorisation: Mapped[Authorisation | None] = relationship()
    ceremony: Mapped[Ceremony | None] = relationship()


class Decline(Base):
    """Từ chối ký: a signatory's refusal, with the reason; signing later is still possible, both stay readable."""

    __tablename__ = "decline"
    __table_args__ = (sa.CheckConstraint("reason <> ''", "reason_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    signatory_id: Mapped[int] = mapped_column(sa.ForeignKey("signatory.id"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str]

    signatory: Mapped[Signatory] = relationship(back_populates="declines")


class SignedCopy(Base):
    """Bản đã ký: a file of a commitment that was signed outside the app, kept byte for byte.

    Pages that were parted from one large scan name it (`pile`) and the pages they were. `findings` is what the check
    of a signed PDF found, as canonical JSON. A copy that was filed at the wrong unit is put aside, never removed.
    """

    __tablename__ = "signed_copy"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'signed_pdf') = (findings IS NOT NULL)", "findings"),
        sa.CheckConstraint(
            "pile_id IS NULL AND first_page IS NULL AND last_page IS NULL "
            "OR pile_id IS NOT NULL AND first_page >= 1 AND last_page >= first_page",
            "pages",
        ),
        sa.CheckConstraint("(aside_at IS NULL) = (aside_because = '')", "aside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("commitment.id"), index=True)
    kind: Mapped[CopyKind] = mapped_column(choice(CopyKind))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    filename: Mapped[str]
    pile_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    first_page: Mapped[int | None]
    last_page: Mapped[int | None]
    findings: Mapped[str | None]
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int]
    filed_by_name: Mapped[str]
    filed_by_post: Mapped[str]
    aside_at: Mapped[datetime | None]
    aside_because: Mapped[str] = mapped_column(default="")
    aside_by_name: Mapped[str] = mapped_column(default="")

    commitment: Mapped[Commitment] = relationship(back_populates="filed")
    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])

"""Documents as the database keeps them: drafts, what was issued, and what came back signed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.access.permissions import Subject
from pledges.campaigns.models import Campaign
from pledges.core.base import Base, Versioned
from pledges.core.types import choice
from pledges.documents.rules import AttachmentKind, DocumentEventKind, DocumentStatus, PaperKind
from pledges.files.models import StoredFile
from pledges.progress.models import Period
from pledges.units.models import Unit


class Document(Versioned, Base):
    """Văn bản: drafted from the campaign's figures, submitted to whoever signs, and frozen when it is issued.

    It speaks of the whole campaign, or of a `block`, or of a `unit`; of a `period`, or of an `as_of` day. `filled` is
    what filled itself at the last refresh; `addressees`, `recipients` and `posts` are lines: all as canonical JSON. An
    issued one has the `paper` as canonical JSON with its `digest`, and the very bytes that are printed as `file`.
    `series` is the run of numbers in which its number is used once; `replaces` the issued one whose place it takes.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.UniqueConstraint("series", "number"),
        sa.UniqueConstraint("replaces_id"),
        sa.CheckConstraint("abstract <> ''", "abstract_given"),
        sa.CheckConstraint("copies > 0", "copies"),
        sa.CheckConstraint("number > 0", "number"),
        sa.CheckConstraint("length(digest) = 64", "digest_length"),
        sa.CheckConstraint("pages > 0", "pages"),
        sa.CheckConstraint("replaces_id <> id", "own_replacement"),
        sa.CheckConstraint(
            "(status IN ('issued', 'replaced', 'withdrawn')) = (issued_at IS NOT NULL)", "issued"
        ),
        sa.CheckConstraint(
            "issued_at IS NULL OR number IS NOT NULL AND series IS NOT NULL AND issued_on IS NOT NULL "
            "AND digest IS NOT NULL AND file_id IS NOT NULL AND pages IS NOT NULL AND paper <> ''",
            "frozen",
        ),
        sa.CheckConstraint("issued_at IS NOT NULL OR number IS NULL AND file_id IS NULL", "not_frozen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(choice(PaperKind))
    issuer_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    status: Mapped[DocumentStatus] = mapped_column(choice(DocumentStatus), default=DocumentStatus.DRAFT)
    abstract: Mapped[str]
    as_of: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    block: Mapped[str] = mapped_column(default="")
    period_id: Mapped[int | None] = mapped_column(sa.ForeignKey("period.id"), index=True)
    filled: Mapped[str]
    refreshed_at: Mapped[datetime]
    addressees: Mapped[str] = mapped_column(default="[]")
    recipients: Mapped[str] = mapped_column(default="[]")
    on_behalf: Mapped[str] = mapped_column(default="")
    posts: Mapped[str] = mapped_column(default="[]")
    signer_name: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int]
    made_by_name: Mapped[str]
    number: Mapped[int | None]
    symbol: Mapped[str] = mapped_column(default="")
    term: Mapped[str] = mapped_column(default="")
    series: Mapped[str | None]
    issued_on: Mapped[date | None] = mapped_column(index=True)
    issued_at: Mapped[datetime | None]
    paper: Mapped[str] = mapped_column(default="")
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    pages: Mapped[int | None]
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))

    campaign: Mapped[Campaign] = relationship()
    issuer: Mapped[Unit] = relationship(foreign_keys=[issuer_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    period: Mapped[Period | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    replaces: Mapped[Document | None] = relationship(remote_side="Document.id")
    events: Mapped[list[DocumentEvent]] = relationship(
        order_by="DocumentEvent.id", cascade="all, delete-orphan", back_populates="document"
    )
    prose: Mapped[list[ProsePiece]] = relationship(
        order_by="ProsePiece.id", cascade="all, delete-orphan", back_populates="document"
    )
    attachments: Mapped[list[Attachment]] = relationship(
        order_by="Attachment.id", cascade="all, delete-orphan", back_populates="document"
    )

    @property
    def open(self) -> bool:
        """Whether it can still be edited."""
        return self.status is DocumentStatus.DRAFT

    def subject(self) -> Subject:
        """The document as permissions see it: that of its campaign."""
        return self.campaign.subject()


class DocumentEvent(Base):
    """Việc đã xảy ra với văn bản: who, when, in which post, and why; its status is the fold of these."""

    __tablename__ = "document_event"
    __table_args__ = (
        sa.CheckConstraint("kind NOT IN ('returned', 'withdrawn') OR reason <> ''", "reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    kind: Mapped[DocumentEventKind] = mapped_column(choice(DocumentEventKind))
    at: Mapped[datetime]
    by_id: Mapped[int]
    by_name: Mapped[str]
    by_post: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    document: Mapped[Document] = relationship(back_populates="events")


class ProsePiece(Base):
    """Đoạn viết thêm: prose behind a piece that fills itself, or at the head of a slot (no key).

    `printed` tells whether the piece itself is printed. One whose piece is gone after a refresh is kept.
    """

    __tablename__ = "prose_piece"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "slot", "key"),
        sa.CheckConstraint("slot <> ''", "slot_given"),
        sa.CheckConstraint("text <> '' OR NOT printed", "says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    slot: Mapped[str]
    key: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    printed: Mapped[bool] = mapped_column(default=True)

    document: Mapped[Document] = relationship(back_populates="prose")


class Attachment(Base):
    """Bản kèm theo: the signed PDF, or the scan with the stamp, of an issued document; never removed, put aside."""

    __tablename__ = "attachment"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "file_id"),
        sa.CheckConstraint("name <> ''", "name_given"),
        sa.CheckConstraint("(put_aside_at IS NULL) = (put_aside_reason = '')", "put_aside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(choice(AttachmentKind))
    name: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int]
    added_by_name: Mapped[str]
    put_aside_at: Mapped[datetime | None]
    put_aside_by_name: Mapped[str] = mapped_column(default="")
    put_aside_reason: Mapped[str] = mapped_column(default="")

    document: Mapped[Document] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship()

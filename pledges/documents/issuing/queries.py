"""Questions about documents: one with all that its page shows, the numbers of a series, the register."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import defer, joinedload, load_only, selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.audit.models import LogEntry
from pledges.campaigns.models import Campaign
from pledges.documents.models import Attachment, Document
from pledges.documents.rules import PaperKind
from pledges.units.models import Unit
from pledges.units.queries import below


def in_scope(actor: Actor, permission: Permission = Permission.SEE_DOCUMENT) -> ColumnElement[bool]:
    """The condition that the actor has the permission for a document; Python asks `may(actor, permission, …)`."""
    organised = (
        select(Campaign.id).join(Campaign.owner).where(below(reach(actor, permission, Place.CAMPAIGN)))
    )
    return Document.campaign_id.in_(organised)


def whole(document_id: int) -> Select[Document]:
    """One document with all that its page shows; what was frozen is read with it."""
    return (
        select(Document)
        .options(
            joinedload(Document.campaign).joinedload(Campaign.owner),
            joinedload(Document.campaign).joinedload(Campaign.area),
            joinedload(Document.issuer),
            joinedload(Document.unit),
            joinedload(Document.period),
            joinedload(Document.file),
            joinedload(Document.replaces).load_only(*NAMED),
            selectinload(Document.events),
            selectinload(Document.attachments).joinedload(Attachment.file),
        )
        .where(Document.id == document_id)
        .order_by(Document.id)
    )


NAMED = (
    Document.id,
    Document.kind,
    Document.number,
    Document.symbol,
    Document.issued_on,
    Document.status,
    Document.abstract,
    Document.campaign_id,
    Document.version,
)
"""What names a document; the texts that were frozen with it stay where they are."""


def named() -> Select[Document]:
    """Documents by name alone, the last issued first."""
    return (
        select(Document)
        .options(load_only(*NAMED))
        .order_by(Document.issued_on.desc(), Document.number.desc(), Document.id.desc())
    )


def of_series(series: str) -> Select[Document]:
    """The documents whose numbers make up a series, by name."""
    return named().where(Document.series == series)


def replacement_of(document_id: int) -> Select[Document]:
    """The document, issued or not, that takes the place of this one, by name."""
    return named().where(Document.replaces_id == document_id)


def earlier(document: Document) -> Select[Document]:
    """Issued documents of the same kind and scope of the campaign before this one, by name, the last first."""
    same = [
        Document.campaign_id == document.campaign_id,
        Document.kind == document.kind,
        Document.id != document.id,
        Document.issued_at.is_not(None),
        Document.unit_id.is_(None) if document.unit_id is None else Document.unit_id == document.unit_id,
        Document.block == document.block,
    ]
    if document.issued_on is not None:
        at = (document.issued_on, document.number or 0)
        same.append(sa.tuple_(Document.issued_on, Document.number) < sa.tuple_(*map(sa.literal, at)))
    return named().where(*same)


REGISTER = (
    Document.id,
    Document.kind,
    Document.status,
    Document.abstract,
    Document.number,
    Document.symbol,
    Document.issued_on,
    Document.issued_at,
    Document.signer_name,
    Document.addressees,
    Document.recipients,
    Document.copies,
    Document.pages,
    Document.replaces_id,
    Document.issuer_id,
    Unit.name.label("issuer"),
)
"""What the register says of a document: columns alone, for there are many."""


def register(actor: Actor) -> Select[*tuple[object, ...]]:
    """Sổ văn bản đi: every issued document that the actor may see, the last first."""
    return (
        select(*REGISTER)
        .join(Unit, Unit.id == Document.issuer_id)
        .where(in_scope(actor), Document.issued_at.is_not(None))
        .order_by(Document.issued_on.desc(), Document.number.desc(), Document.id.desc())
    )


def under_way(actor: Actor) -> Select[Document]:
    """Drafts, and what waits to be signed, that the actor may see: those that wait first, the last made first."""
    return (
        select(Document)
        .options(
            load_only(*NAMED, Document.as_of, Document.made_at, Document.made_by_name, Document.signer_name)
        )
        .where(in_scope(actor), Document.issued_at.is_(None))
        .order_by(Document.status.desc(), Document.made_at.desc(), Document.id.desc())
    )


def waiting(actor: Actor) -> Select[Document]:
    """What was submitted and isn't issued, or came back, that the actor may see: the oldest first, with its events."""
    return (
        select(Document)
        .options(
            load_only(*NAMED, Document.made_by_id, Document.signer_name),
            joinedload(Document.campaign).joinedload(Campaign.owner),
            joinedload(Document.campaign).joinedload(Campaign.area),
            selectinload(Document.events),
        )
        .where(in_scope(actor), Document.issued_at.is_(None), Document.events.any())
        .order_by(Document.id)
    )


def last_issued(issuer_id: int, kind: PaperKind) -> Select[Document]:
    """The documents of an office and a kind that were issued, the last first: under which symbol."""
    return (
        select(Document)
        .options(load_only(*NAMED))
        .where(Document.issuer_id == issuer_id, Document.kind == kind, Document.issued_at.is_not(None))
        .order_by(Document.issued_on.desc(), Document.id.desc())
    )


def frozen() -> Select[Document]:
    """Every issued document with its files and events, for holding them against each other."""
    return (
        select(Document)
        .options(
            defer(Document.filled),
            joinedload(Document.file),
            joinedload(Document.issuer).load_only(Unit.id, Unit.name),
            selectinload(Document.events),
            selectinload(Document.attachments).joinedload(Attachment.file),
        )
        .where(Document.issued_at.is_not(None))
        .order_by(Document.id)
    )


def frozen_as(beginning: str) -> Select[Document]:
    """The documents, by name, whose text has a digest that begins so."""
    return named().where(Document.digest.startswith(beginning, autoescape=True))


def logged(actions: Iterable[str]) -> Select[int, str, int, str]:
    """What the log says of documents by these acts, oldest first: number, act, document, what stands since."""
    return (
        select(LogEntry.number, LogEntry.action, LogEntry.subject_id, LogEntry.after)
        .where(LogEntry.subject_kind == Document.__tablename__, LogEntry.action.in_(list(actions)))
        .order_by(LogEntry.number)
    )

"""Questions about drafts: the open ones of the same kind and scope, and what was written into issued ones."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from pledges.campaigns.models import Campaign
from pledges.documents.drafting.rules import Scope
from pledges.documents.models import Document, ProsePiece
from pledges.documents.rules import DocumentStatus, PaperKind

_OPEN = (DocumentStatus.DRAFT, DocumentStatus.SUBMITTED)
LATEST = 5
"""Of so many issued documents the prose is offered again."""


def whole(document_id: int) -> Select[Document]:
    """One document with all that its editor shows."""
    return (
        select(Document)
        .options(
            joinedload(Document.campaign).joinedload(Campaign.owner),
            joinedload(Document.campaign).joinedload(Campaign.area),
            joinedload(Document.issuer),
            joinedload(Document.unit),
            joinedload(Document.period),
            selectinload(Document.prose),
        )
        .where(Document.id == document_id)
        .order_by(Document.id)
    )


def open_alike(campaign_id: int, kind: PaperKind, scope: Scope | None = None) -> Select[Document]:
    """The drafts of a kind that aren't issued yet, of this very scope where one is named; the newest first."""
    found = (
        select(Document)
        .options(
            load_only(
                Document.id, Document.kind, Document.status, Document.abstract, Document.as_of, Document.block,
                Document.unit_id, Document.period_id, Document.made_by_name, Document.made_at, Document.version,
            ),
            joinedload(Document.unit),
            joinedload(Document.period),
        )
        .where(Document.campaign_id == campaign_id, Document.kind == kind, Document.status.in_(_OPEN))
        .order_by(Document.made_at.desc(), Document.id.desc())
    )  # fmt: skip
    if scope is None:
        return found
    unit = scope.unit.id if scope.unit is not None else None
    period = scope.period.id if scope.period is not None else None
    return found.where(
        Document.block == scope.block,
        Document.unit_id.is_(None) if unit is None else Document.unit_id == unit,
        Document.period_id.is_(None) if period is None else Document.period_id == period,
    )


def said_before(document: Document) -> Select[ProsePiece]:
    """What was written into the latest issued documents of the same office and kind, the newest first."""
    latest = (
        select(Document.id)
        .where(
            Document.issuer_id == document.issuer_id,
            Document.kind == document.kind,
            Document.issued_at.is_not(None),
        )
        .order_by(Document.issued_on.desc(), Document.id.desc())
        .limit(LATEST)
        .subquery()
    )
    return (
        select(ProsePiece)
        .where(ProsePiece.document_id.in_(select(latest.c.id)), ProsePiece.text != "")
        .order_by(ProsePiece.document_id.desc(), ProsePiece.id)
    )

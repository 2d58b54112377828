"""Văn bản: the page of one document, and what leads on from it. Routes on the blueprint of documents."""

from flask import render_template
from sqlalchemy.orm import Session

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.audit.queries import history
from pledges.codes.queries import codes_of
from pledges.codes.rules import shown
from pledges.core.database import db
from pledges.documents.blueprint import blueprint
from pledges.documents.issuing import attaching, differences_pages, printing, queries, register_pages, steps
from pledges.documents.issuing.facts import facts_of
from pledges.documents.issuing.issue_pages import issue
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.rules import name_of
from pledges.documents.issuing.story import signatures_told, told
from pledges.documents.issuing.succession import named, successors
from pledges.documents.models import Document
from pledges.documents.rules import DocumentEventKind, DocumentStatus

__all__ = ["attaching", "differences_pages", "issue", "printing", "register_pages", "steps"]

_ANSWERED = {
    DocumentStatus.DRAFT: DocumentEventKind.RETURNED,
    DocumentStatus.WITHDRAWN: DocumentEventKind.WITHDRAWN,
}
"""The event that tells why a document stands where it does."""


@blueprint.get("/van-ban/<int:document_id>")
@guard(Permission.SEE_DOCUMENT)
def document(document_id: int) -> str:
    """Văn bản: how it stands and why, what it says of itself, what happened to it, and what can be done now."""
    found = found_or_404(document_id)
    authorise(Permission.SEE_DOCUMENT, found.subject())
    session = db.session()
    log = list(session.scalars(history(Document.__tablename__, found.id)))
    return render_template(
        "documents/issuing/document.html",
        document=found,
        name=name_of(found.kind, found.number, found.symbol),
        facts=facts_of(found),
        why=why(found),
        code=_code(session, found),
        successors=successors(session, found.id),
        named=named,
        earlier=session.scalars(queries.earlier(found).limit(1)).first(),
        story=told(log),
        signatures=signatures_told(log),
        DocumentStatus=DocumentStatus,
        name_of=name_of,
    )


def why(found: Document) -> str:
    """The reason for which it stands where it does, where somebody had to give one; empty otherwise."""
    kind = _ANSWERED.get(found.status)
    last = next((event for event in reversed(found.events) if event.kind is kind), None)
    return f"{last.reason} ({last.by_name})" if last is not None else ""


def _code(session: Session, found: Document) -> str:
    given = session.scalars(codes_of(Document.__tablename__, [found.id])).first()
    return shown(given.code) if given is not None else ""

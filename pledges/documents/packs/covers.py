"""Tờ đánh dấu: the sheet before a document that no longer holds; the document's own pages stay as they were kept."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.issuing.rules import with_fate
from pledges.documents.issuing.succession import issued_of, successors
from pledges.documents.models import Document, DocumentEvent
from pledges.documents.packs.offering import said_of
from pledges.documents.rules import DocumentEventKind, DocumentStatus
from pledges.documents.sheets.paper import (
    Annex,
    Closing,
    Heading,
    Paper,
    Paragraph,
    Ready,
    SigningSide,
    Style,
    Title,
)

_KEPT = "Tờ này không thuộc văn bản. Từ trang sau là bản in đã lưu khi phát hành, không sửa đổi gì."


def cover_of(session: Session, document: Document, author: str, today: date) -> Ready:
    """The sheet that says what became of a document: when and why it was taken back, and what took its place."""
    label = f"Văn bản {document.status.label.lower()}"
    annex = Annex(
        label=label,
        title=said_of(document),
        attached_to=document.abstract,
        body=tuple(map(Paragraph, (*_said(session, document), _KEPT))),
        landscape=False,
    )
    return Ready(
        Paper(
            heading=Heading(style=Style.STATE, issuer=(author,), place_and_date="", ruled_on=today),
            title=Title(label, said_of(document)),
            body=(),
            closing=Closing(SigningSide(())),
            annexes=(annex,),
        )
    )


def _said(session: Session, document: Document) -> list[str]:
    """What became of it, in sentences."""
    said = []
    if document.status is DocumentStatus.WITHDRAWN:
        events = select(DocumentEvent).where(
            DocumentEvent.document_id == document.id, DocumentEvent.kind == DocumentEventKind.WITHDRAWN
        )
        last = session.scalars(events.order_by(DocumentEvent.id.desc())).first()
        on, why = (f" ngày {format_date(day_of(last.at))}", last.reason) if last is not None else ("", "")
        reason = f" Lý do: {why.strip().rstrip('.')}." if why.strip() else ""
        said.append(f"{said_of(document)} đã thu hồi{on}.{reason}")
    after = issued_of(successors(session, document.id))
    if after:
        said.append(f"Văn bản này được thay bằng {with_fate(said_of(after[0]), after[0].status)}.")
    return said

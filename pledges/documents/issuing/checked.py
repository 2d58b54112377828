"""What anybody may learn of an issued document from its code: which it is, and whether it is in force. No names."""

from sqlalchemy.orm import Session

from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.issuing import queries
from pledges.documents.issuing.rules import number_and_symbol, type_of
from pledges.documents.issuing.succession import issued_of, numbered, successors
from pledges.documents.models import Document
from pledges.documents.rules import DocumentEventKind
from pledges.documents.sheets.paper import Paper
from pledges.documents.sheets.record import UnreadableRecordError, digest_of, read

Facts = tuple[tuple[str, str], ...]


def issued_as(session: Session, document_id: int, digest: str) -> Document | None:
    """The document behind a code, if it says what the code was given to."""
    found = session.scalars(queries.whole(document_id)).first()
    if found is None or not found.status.issued or digest_of(found.paper) != digest:
        return None
    return found


def facts_of(session: Session, found: Document) -> Facts:
    """What tells this paper from another; the office is named as it was when the document was issued."""
    said = [
        ("Văn bản", type_of(found.kind)),
        ("Số, ký hiệu", number_and_symbol(found.number or 0, found.symbol)),
        ("Ngày ban hành", format_date(found.issued_on) if found.issued_on else ""),
        ("Đơn vị ban hành", _office(found)),
        ("Trích yếu", found.abstract),
        ("Số trang bản in", str(found.pages or "")),
        *_afterwards(session, found),
    ]
    return tuple(fact for fact in said if fact[1])


def _office(found: Document) -> str:
    try:
        paper = read(found.paper)
    except UnreadableRecordError:
        return ""
    return paper.author if isinstance(paper, Paper) else ""


def _afterwards(session: Session, found: Document) -> list[tuple[str, str]]:
    """What took its place, or when it was withdrawn."""
    said = []
    if found.replaces is not None and found.replaces.number is not None:
        said.append(("Thay thế", number_and_symbol(found.replaces.number, found.replaces.symbol)))
    new = issued_of(successors(session, found.id))
    if new:
        said.append(("Được thay bằng", numbered(new[0])))
    if len(new) > 1:
        said.append(("Văn bản thay thế sau cùng", numbered(new[-1])))
    withdrawn = next((one for one in found.events if one.kind is DocumentEventKind.WITHDRAWN), None)
    if withdrawn is not None:
        said.append(("Thu hồi ngày", format_date(day_of(withdrawn.at))))
    return said

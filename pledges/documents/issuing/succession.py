"""What took the place of a document, and what became of that: a replacement may itself be withdrawn, or replaced."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.issuing import queries
from pledges.documents.issuing.rules import name_of, number_and_symbol, with_fate
from pledges.documents.models import Document
from pledges.documents.rules import DocumentEventKind, DocumentStatus


def successors(session: Session, document_id: int) -> list[Document]:
    """What takes its place, and what takes the place of that, by name; the last may still be a draft."""
    found: list[Document] = []
    at = document_id
    while (one := session.scalars(queries.replacement_of(at)).first()) is not None:
        found.append(one)
        at = one.id
    return found


def issued_of(found: Sequence[Document]) -> list[Document]:
    """Those of them that bear a number."""
    return [one for one in found if one.status.issued]


def named(one: Document) -> str:
    """An issued document with what became of it: "Báo cáo số 06/BC-UBND (đã thu hồi)"."""
    return with_fate(name_of(one.kind, one.number, one.symbol), one.status)


def numbered(one: Document) -> str:
    """The same by number and day alone: "06/BC-UBND ngày 15/10/2024 (đã thu hồi)"."""
    day = f" ngày {format_date(one.issued_on)}" if one.issued_on is not None else ""
    return with_fate(f"{number_and_symbol(one.number or 0, one.symbol)}{day}", one.status)


_MARKS = {DocumentStatus.WITHDRAWN: "BẢN ĐÃ THU HỒI", DocumentStatus.REPLACED: "ĐÃ ĐƯỢC THAY THẾ"}


def mark_of(session: Session, document: Document) -> tuple[str, str] | None:
    """What is drawn over the pages of a document that is in force no longer, and the line that says more."""
    words = _MARKS.get(document.status)
    if words is None:
        return None
    said = []
    withdrawn = next((one for one in document.events if one.kind is DocumentEventKind.WITHDRAWN), None)
    if withdrawn is not None:
        said.append(f"đã thu hồi ngày {format_date(day_of(withdrawn.at))}")
    new = issued_of(successors(session, document.id))
    if new:
        one = new[0]
        number = name_of(one.kind, one.number, one.symbol)
        day = f" ngày {format_date(one.issued_on)}" if one.issued_on is not None else ""
        said.append(with_fate(f"được thay bằng {number}{day}", one.status))
    name = name_of(document.kind, document.number, document.symbol)
    day = f" ngày {format_date(document.issued_on)}" if document.issued_on is not None else ""
    return words, f"{name}{day}: {'; '.join(said)}"

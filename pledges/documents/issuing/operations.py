"""What is done with a document on its way out, and after it: submitted, returned, issued, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.audit.rules import canonical
from pledges.codes.operations import give
from pledges.core.clock import day_of
from pledges.core.database import take_turn
from pledges.documents.drafting.composing import paper_of
from pledges.documents.issuing import freezing, queries, rules
from pledges.documents.issuing.freezing import Press
from pledges.documents.issuing.lists import listed_in
from pledges.documents.models import Document, DocumentEvent
from pledges.documents.pdf.gate import Missing
from pledges.documents.rules import DocumentEventKind, DocumentStatus, series_of
from pledges.documents.sheets.paper import Style
from pledges.documents.unprintable import missing_of
from pledges.files import operations as files


@dataclass(frozen=True, kw_only=True)
class IssueEntry:
    """What is entered when a document is issued; `term` is the Party's alone."""

    number: int
    symbol: str
    issued_on: date
    posts: tuple[str, ...]
    signer_name: str
    recipients: tuple[str, ...]
    on_behalf: str = ""
    copies: int = 1
    term: str = ""


def submit(
    session: Session, document: Document, *, by: Actor, at: datetime, folder: Path | None = None
) -> None:
    """Trình ký: the draft stays as it is until it is issued or returned.

    Raises `Refused` where it lacks something, or says what the faces in the folder can't print.
    """
    rules.check_stands(document.status, DocumentStatus.DRAFT, "trình ký")
    rules.check_whole(lacking(document))
    rules.check_printable([one.words for one in unprintable(document, folder)])
    _happened(document, DocumentEventKind.SUBMITTED, by, at)
    record(session, "document.submitted", document, by=by, at=at, after={"abstract": document.abstract})


def send_back(session: Session, document: Document, reason: str, *, by: Actor, at: datetime) -> None:
    """Trả lại dự thảo: it can be edited again; raises `Refused` for one that wasn't submitted, or without a reason."""
    rules.check_stands(document.status, DocumentStatus.SUBMITTED, "trả lại")
    rules.check_reason(reason)
    _happened(document, DocumentEventKind.RETURNED, by, at, reason)
    record(session, "document.returned", document, by=by, at=at, note=reason)


def lacking(document: Document) -> tuple[str, ...]:
    """What the draft lacks before it can be submitted."""
    return rules.missing(
        abstract=document.abstract,
        posts=listed_in(document.posts),
        signer=document.signer_name,
        recipients=listed_in(document.recipients),
    )


def unprintable(document: Document, folder: Path | None = None) -> tuple[Missing, ...]:
    """What of the document no printed face can show, whether it was typed or filled itself."""
    return missing_of(paper_of(document), folder)


def used(session: Session, series: str) -> list[rules.Numbered]:
    """The numbers of a series that are used; current, since whoever asks writes or comes after who wrote."""
    fresh = queries.of_series(series).execution_options(populate_existing=True)
    return [
        rules.Numbered(one.number, one.issued_on, rules.name_of(one.kind, one.number, one.symbol))
        for one in session.scalars(fresh)
        if one.number is not None and one.issued_on is not None
    ]


def series(document: Document, entry: IssueEntry) -> str:
    """The series that the number of an entry belongs to."""
    style = Style(document.issuer.document_style)
    return series_of(document.issuer_id, entry.symbol, style, entry.issued_on, entry.term)


def issue(
    session: Session, document: Document, entry: IssueEntry, press: Press, *, by: Actor, at: datetime
) -> None:
    """Phát hành: number and day are given, text and print are frozen, the one it replaces is replaced.

    Raises `NumberUsed` for a number that the series has, `Refused` for a day to come or where something is missing, and
    what composing and drawing raise. The print is drawn once; nothing draws it again.
    """
    take_turn(session)
    rules.check_stands(document.status, DocumentStatus.SUBMITTED, "phát hành")
    rules.check_day(entry.issued_on, day_of(at))
    if Style(document.issuer.document_style) is Style.PARTY:
        rules.check_term(entry.term)
    rules.check_number(entry.number, used(session, series(document, entry)))
    write(document, entry)
    rules.check_whole(lacking(document))
    paper = freezing.composed(document, entry.number, entry.issued_on, press)
    text, digest = freezing.frozen(paper)
    said = _facts(entry) | {"digest": digest}
    mark = record(session, "document.issued", document, by=by, at=at, after=said)
    code = give(session, document, digest, at=at).code
    content, pages = press.draw(freezing.sealed(paper, code, digest, mark, press.public_address))
    file = files.store(session, press.folder, content, by=by, at=at)
    document.paper, document.digest, document.file, document.pages = text, digest, file, pages
    document.number, document.issued_on, document.issued_at = entry.number, entry.issued_on, at
    document.series = series(document, entry)
    _happened(document, DocumentEventKind.ISSUED, by, at)
    after = {"file": file.sha256, "size": file.size, "pages": pages}
    record(session, "document.print_kept", document, by=by, at=at, after=after)
    _take_the_place(session, document, by, at)


def write(document: Document, entry: IssueEntry) -> None:
    """Put into the document what was entered besides number and day."""
    document.symbol, document.term = entry.symbol, entry.term
    document.on_behalf, document.signer_name = entry.on_behalf, entry.signer_name
    document.posts, document.recipients = canonical(entry.posts), canonical(entry.recipients)
    document.copies = entry.copies


def withdraw(session: Session, document: Document, reason: str, *, by: Actor, at: datetime) -> None:
    """Thu hồi văn bản: it counts no longer and stays readable; raises `Refused` for one that isn't in force."""
    rules.check_stands(document.status, DocumentStatus.ISSUED, "thu hồi")
    rules.check_reason(reason)
    _happened(document, DocumentEventKind.WITHDRAWN, by, at, reason)
    record(session, "document.withdrawn", document, by=by, at=at, note=reason)


def _take_the_place(session: Session, document: Document, by: Actor, at: datetime) -> None:
    """The document that this one replaces is in force no longer; one that was withdrawn meanwhile stays so."""
    old = document.replaces
    if old is None or old.status is not DocumentStatus.ISSUED:
        return
    words = f"Thay bằng {rules.name_of(document.kind, document.number, document.symbol)}."
    _happened(old, DocumentEventKind.REPLACED, by, at, words)
    record(session, "document.replaced", old, by=by, at=at, note=words)


def _happened(document: Document, kind: DocumentEventKind, by: Actor, at: datetime, reason: str = "") -> None:
    document.status = kind.status
    document.events.append(
        DocumentEvent(kind=kind, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post, reason=reason)
    )


def _facts(entry: IssueEntry) -> dict[str, Any]:
    """What was entered, as the log keeps it."""
    return {
        "number": entry.number,
        "symbol": entry.symbol,
        "issued_on": entry.issued_on,
        "signer_name": entry.signer_name,
        "posts": list(entry.posts),
        "recipients": list(entry.recipients),
        "copies": entry.copies,
    } | ({"term": entry.term} if entry.term else {})

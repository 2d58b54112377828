"""What is done with a document on its way out, and after it: submitted, returned, issued, withdrawn, filed signed."""

from collections.abc import Sequence
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
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.documents.drafting.composing import paper_of
from pledges.documents.issuing import freezing, queries, rules
from pledges.documents.issuing.freezing import Press
from pledges.documents.issuing.lists import listed_in
from pledges.documents.models import Attachment, Document, DocumentEvent
from pledges.documents.pdf.gate import Missing
from pledges.documents.rules import AttachmentKind, DocumentEventKind, DocumentStatus, series_of
from pledges.documents.sheets.paper import Style
from pledges.documents.unprintable import missing_of
from pledges.files import operations as files
from pledges.files.models import StoredFile


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


def attach(
    session: Session,
    document: Document,
    came: Sequence[tuple[StoredFile, str]],
    kind: AttachmentKind,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Nộp bản ký: the signed PDF or the scan of an issued document; a file that is there already isn't filed twice.

    Raises `Refused` for a draft, for nothing, and for a picture that is called a signed PDF.
    """
    if not document.status.issued:
        raise Refused("Văn bản chưa phát hành nên chưa có bản ký để nộp.")
    session.flush()
    here = {one.file_id for one in document.attachments}
    new = [(stored, name) for stored, name in came if stored.id not in here]
    if not new:
        raise Refused("Các tệp này đã có trong hồ sơ văn bản." if came else "Chưa chọn tệp nào.")
    if kind is AttachmentKind.SIGNED_PDF and any(stored.extension != "pdf" for stored, _name in new):
        raise Refused("Bản ký số phải là tệp PDF; ảnh thì chọn “Bản quét có dấu”.")
    for stored, name in new:
        session.add(
            Attachment(
                document_id=document.id,  # filing changes nothing of the document that somebody else may be issuing
                file=stored,
                kind=kind,
                name=clean_line(name) or kind.label,
                added_at=at,
                added_by_id=by.account_id,
                added_by_name=by.name,
            )
        )
    after = {"kind": kind, "files": [stored.sha256 for stored, _name in new]}
    record(session, "document.attached", document, by=by, at=at, after=after)
    session.expire(document, ["attachments"])


def put_aside(
    session: Session, document: Document, attachment: Attachment, reason: str, *, by: Actor, at: datetime
) -> None:
    """Bỏ ra ngoài: an attachment that was filed wrongly stays, and counts no longer; raises `Refused` for one aside."""
    rules.check_reason(reason)
    if attachment.put_aside_at is not None:
        raise Refused("Bản này đã được bỏ ra ngoài trước đó.")
    attachment.put_aside_at, attachment.put_aside_by_name = at, by.name
    attachment.put_aside_reason = reason
    after = {"file": attachment.file.sha256}
    record(session, "document.attachment_put_aside", document, by=by, at=at, note=reason, after=after)


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

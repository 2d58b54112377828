"""What came back as the signed copy of an issued document: its signatures, and whether it is this very document.

A PDF that is called signed holds a signature that proves something (`files.signed`), as with commitments; whose root
its certificate leads to is told, not asked. A file on which another document's code stands, or a signed one on which
neither digest nor code of this one is found, is filed once somebody has looked at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.codes.models import CheckCode
from pledges.codes.queries import by_code, codes_of
from pledges.codes.rules import shown
from pledges.core.dates import format_instant
from pledges.core.refusal import Refused
from pledges.documents.issuing import queries
from pledges.documents.issuing.kept import PrintLost, print_of
from pledges.documents.issuing.rules import name_of
from pledges.documents.models import Document
from pledges.documents.rules import AttachmentKind
from pledges.files import operations as files
from pledges.files.codes_on import codes_on
from pledges.files.models import StoredFile
from pledges.files.signed.checking import check
from pledges.files.signed.examination import identified
from pledges.files.signed.papers import read_pages
from pledges.files.signed.rules import Findings, NotSigned, PdfSignature, Sameness, fault

NO_PDF = "Bản ký số phải là tệp PDF; ảnh thì chọn “Bản quét có dấu”."
NOT_SIGNED = (
    "Bản in từ phần mềm chưa phải là bản ký số: nộp tệp tải về sau khi ký bằng chữ ký số. Bản quét từ giấy thì chọn "
    "“Bản quét có dấu”."
)
THE_PRINT = (
    "Tệp này chính là bản in từ phần mềm, chưa có chữ ký và dấu: nộp bản quét từ giấy đã ký, đóng dấu, hoặc tệp tải về "
    "sau khi ký bằng chữ ký số."
)
NONE_GOOD = "Không chữ ký số nào trong tệp chứng minh được văn bản: {}"
FOREIGN = "mã kiểm tra trên tệp là của {other}, không phải của {this}"
ISSUED = "bản đã phát hành"


@dataclass(frozen=True)
class Came:
    """A file that came with the form, under its name, and what was found in it.

    `refused` says why it is not taken, `doubts` what somebody must have looked at, `told` what its signatures are.
    """

    stored: StoredFile
    name: str
    refused: str = ""
    doubts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What an examination works with: the folder of the files, and the roots that the office trusts."""

    folder: Path
    roots: Sequence[bytes]


def examined(
    session: Session, document: Document, came: Came, kind: AttachmentKind, desk: Desk, *, at: datetime
) -> Came:
    """The file with what was found in it. Reading takes seconds: whoever asks holds no turn to write meanwhile."""
    if kind is AttachmentKind.SCAN:
        same = THE_PRINT if came.stored.id == document.file_id else ""
        return replace(
            came, refused=same, doubts=_foreign(session, document, codes_on(desk.folder, came.stored))
        )
    if came.stored.extension != "pdf":
        return replace(came, refused=NO_PDF)
    try:
        findings, other = _findings(session, document, came.stored, desk, at=at)
    except NotSigned as unsigned:
        return replace(came, refused=f"{unsigned} {NOT_SIGNED}")
    except (Refused, files.FileMissing) as refused:
        return replace(came, refused=str(refused))
    faults = [f"{one.label}: {words}" for one in findings.signatures if (words := fault(one))]
    if len(faults) == len(findings.signatures):
        return replace(came, refused=NONE_GOOD.format(" ".join(faults)))
    return replace(
        came,
        doubts=_doubts(session, document, findings, other),
        told=tuple(told(one) for one in findings.signatures),
    )


def told(signature: PdfSignature) -> str:
    """A signature in one line: whose it is, when it was given, whether it is whole, whether its origin is known."""
    whose = f"{signature.label} ({signature.organisation})" if signature.organisation else signature.label
    stamped = signature.stamp is not None and signature.stamp.good
    when = (
        f"ký lúc {format_instant(signature.signed_at)}" if signature.signed_at else "không ghi thời điểm ký"
    )
    source = "" if stamped or signature.signed_at is None else " theo máy của người ký"
    found = fault(signature) or f"{signature.integrity.label}. {signature.trust.label}."
    issuer = f" Chứng thư do {signature.issuer} cấp, {signature.validity_words}." if signature.issuer else ""
    return f"{whose}, {when}{source}. {found}{issuer}"


def _findings(
    session: Session, document: Document, stored: StoredFile, desk: Desk, *, at: datetime
) -> tuple[Findings, CheckCode | None]:
    """What the signatures are and which paper it is. A signature is added behind the bytes of what is signed."""
    content = files.load(desk.folder, stored)
    checked = check(content, desk.roots, at=at)
    sameness, other, pages = Sameness.BYTES, None, document.pages or 0
    if not content.startswith(_print(document, desk.folder) or content + b"."):
        said = read_pages(content, document.digest or "")
        sameness, other = identified(
            session, Document.__tablename__, document.id, document.digest or "", said
        )
        pages = said.pages
    findings = Findings(
        checked_at=at,
        pages=pages,
        sameness=sameness,
        roots=len(desk.roots),
        signatures=checked.signatures,
        stamps=checked.stamps,
    )
    return findings, other


def _print(document: Document, folder: Path) -> bytes:
    try:
        return print_of(document, folder)
    except PrintLost:
        return b""


def _doubts(
    session: Session, document: Document, findings: Findings, other: CheckCode | None
) -> tuple[str, ...]:
    if other is not None:
        return (_of_another(session, document, other),)
    if findings.sameness is Sameness.UNPROVEN:
        words = findings.sameness.words(ISSUED)
        return (words[0].lower() + words[1:],)
    return ()


def _foreign(session: Session, document: Document, codes: set[str]) -> tuple[str, ...]:
    """Of a scan: that other papers' codes stand on it, and not this one's."""
    own = {one.code for one in session.scalars(codes_of(Document.__tablename__, [document.id]))}
    if own & codes:
        return ()
    others = [one for code in sorted(codes) if (one := session.scalars(by_code(code)).first()) is not None]
    return tuple(_of_another(session, document, one) for one in others[:1])


def _of_another(session: Session, document: Document, other: CheckCode) -> str:
    named = None
    if other.kind == Document.__tablename__:
        named = session.scalars(queries.named().where(Document.id == other.record_id)).first()
    words = name_of(named.kind, named.number, named.symbol) if named is not None else "văn bản khác"
    this = name_of(document.kind, document.number, document.symbol)
    return FOREIGN.format(other=f"{words} ({shown(other.code)})", this=this)

"""Bản ký của văn bản: a signed PDF or scans of an issued document are filed, put aside, and filed again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.core.refusal import Refused
from pledges.core.text import clean_line
from pledges.documents.issuing import rules
from pledges.documents.issuing.signed_copies import Came
from pledges.documents.models import Attachment, Document
from pledges.documents.rules import AttachmentKind

NOT_COMPARED = "{}. Vẫn nộp ở đây thì đánh dấu ô này."


def attach(
    session: Session,
    document: Document,
    came: Sequence[Came],
    kind: AttachmentKind,
    *,
    compared: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Nộp bản ký: the signed PDF or the scan of an issued document; returns how many files were filed.

    A file that lies there isn't filed twice; one that was put aside comes back. `compared` is the word of who files it
    that what could not be recognised is this very document. Raises `Refused`.
    """
    if not document.status.issued:
        raise Refused("Văn bản chưa phát hành nên chưa có bản ký để nộp.")
    session.flush()
    here = {one.file_id: one for one in document.attachments}
    came = list(
        {one.stored.id: one for one in came}.values()
    )  # a file that came twice under two names is one
    new = [one for one in came if one.stored.id not in here or here[one.stored.id].put_aside_at is not None]
    if not new:
        raise Refused("Các tệp này đã có trong hồ sơ văn bản." if came else "Chưa chọn tệp nào.")
    for one in new:
        if one.refused:
            raise Refused(f"{one.name}: {one.refused}")
    doubts = doubts_of(new)
    if doubts and not compared:
        raise Refused(NOT_COMPARED.format("; ".join(doubts)))
    for one in new:
        _file(session, document, here.get(one.stored.id), one, kind, by=by, at=at)
    first = [one for one in new if one.stored.id not in here]
    again = [one for one in new if one.stored.id in here]
    for note, after in _entries(first, kind):
        record(session, "document.attached", document, by=by, at=at, note=note, after=after)
    for note, after in _entries(again, kind):
        record(session, "document.attached_again", document, by=by, at=at, note=note, after=after)
    session.expire(document, ["attachments"])
    return len(new)


def doubts_of(came: Sequence[Came]) -> list[str]:
    """What somebody must have looked at, file by file."""
    return [f"{one.name}: {words}" for one in came for words in one.doubts]


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


def _file(
    session: Session,
    document: Document,
    aside: Attachment | None,
    one: Came,
    kind: AttachmentKind,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """A file is at a document once: one that was put aside is taken in again, as what it is called now."""
    filed = aside or Attachment(document_id=document.id, file=one.stored)
    # By its number: filing changes nothing of the document that somebody else may be issuing.
    filed.kind, filed.name = kind, clean_line(one.name) or kind.label
    filed.added_at, filed.added_by_id, filed.added_by_name = at, by.account_id, by.name
    filed.put_aside_at, filed.put_aside_by_name, filed.put_aside_reason = None, "", ""
    session.add(filed)


def _entries(came: Sequence[Came], kind: AttachmentKind) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the log says of what was filed: scans together, each signed PDF with what was found of its signatures."""
    signed = kind is AttachmentKind.SIGNED_PDF
    for group in [[one] for one in came] if signed else [came] if came else []:
        told = [words for one in group for words in one.told]
        note = ". ".join(f"Đã xem và vẫn nộp dù {words}" for words in doubts_of(group))
        after = {"kind": kind, "files": [one.stored.sha256 for one in group]}
        yield note, after | ({"signatures": told} if told else {})

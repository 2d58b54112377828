"""The print of an issued document: the bytes that were kept when it was issued, or nothing."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.core import clock
from pledges.core.clock import day_of
from pledges.core.database import noting
from pledges.documents.models import Document
from pledges.documents.queries import acts_on
from pledges.documents.sheets.record import digest_of
from pledges.files.operations import FileMissing, load

REFUSED = "document.print_refused"


class PrintLost(RuntimeError):
    """The print that was kept is gone or is another; the message is for the user. `gone`: there is none at all."""

    def __init__(self, sentence: str, *, gone: bool = False) -> None:
        super().__init__(sentence)
        self.gone = gone


def print_of(document: Document, files: Path) -> bytes:
    """The bytes that were kept in the folder, once they are shown to be these; raises `PrintLost`.

    Held against the SHA-256 and the size that were kept; and the record against its digest, since what the print says
    is what the record says.
    """
    if document.file is None or not unchanged(document):
        raise PrintLost("Nội dung văn bản đang lưu không còn khớp mã SHA-256 ghi khi phát hành.")
    try:
        content = load(files, document.file)
    except FileMissing as missing:
        raise PrintLost(str(missing), gone=isinstance(missing.__cause__, FileNotFoundError)) from missing
    if len(content) != document.file.size:
        raise PrintLost("Dung lượng tệp trên máy chủ không còn khớp với số đã lưu; đồng chí báo quản trị.")
    return content


def unchanged(document: Document) -> bool:
    """Whether the text of an issued document is the one that was frozen."""
    return digest_of(document.paper) == document.digest


def note_lost(document_id: int, lost: PrintLost, *, by: Actor) -> None:
    """Write down in a transaction of its own what could not be printed; whoever asked only reads."""
    with noting() as session:
        note_refusal(session, session.get_one(Document, document_id), str(lost), by=by, at=clock.now())


def note_refusal(session: Session, document: Document, why: str, *, by: Actor, at: datetime) -> None:
    """Write down that a document could not be printed: once a day, however often it is asked for."""
    told = list(session.scalars(acts_on(Document.__tablename__, [document.id], (REFUSED,))))
    if told and day_of(told[-1].at) == day_of(at):
        return
    record(session, "document.print_refused", document, by=by, at=at, note=why)

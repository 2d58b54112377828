"""The print of an issued document: the bytes that were kept when it was issued, or nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.core.clock import day_of
from pledges.documents.models import Document
from pledges.documents.queries import acts_on
from pledges.documents.sheets.record import digest_of
from pledges.files.operations import FileMissing, load
from pledges.files.serving import folder

REFUSED = "document.print_refused"


class PrintLost(RuntimeError):
    """The print that was kept is gone or is another; the message is for the user. `gone`: there is none at all."""

    def __init__(self, sentence: str, *, gone: bool = False) -> None:
        super().__init__(sentence)
        self.gone = gone


def print_of(document: Document) -> bytes:
    """The bytes that were kept, once they are shown to be these; raises `PrintLost`.

    Held against the SHA-256 and the size that were kept; and the record against its digest, since what the print says
    is what the record says.
    """
    if document.file is None or digest_of(document.paper) != document.digest:
        raise PrintLost("Nội dung văn bản đang lưu không còn khớp mã SHA-256 ghi khi phát hành.")
    try:
        content = load(folder(), document.file)
    except FileMissing as missing:
        raise PrintLost(str(missing), gone=isinstance(missing.__cause__, FileNotFoundError)) from missing
    if len(content) != document.file.size:
        raise PrintLost("Dung lượng tệp trên máy chủ không còn khớp với số đã lưu; đồng chí báo quản trị.")
    return content


def note_refusal(session: Session, document: Document, why: str, *, by: Actor, at: datetime) -> None:
    """Write down that a document could not be printed: once a day, however often it is asked for."""
    told = list(session.scalars(acts_on(Document.__tablename__, [document.id], (REFUSED,))))
    if told and day_of(told[-1].at) == day_of(at):
        return
    record(session, "document.print_refused", document, by=by, at=at, note=why)

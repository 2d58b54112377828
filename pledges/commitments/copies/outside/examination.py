"""The examination of an uploaded file against a frozen commitment: what is filed with it, or why it is not taken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.codes.rules import shown
from pledges.commitments.models import Commitment
from pledges.files.rules import LARGEST, recognise
from pledges.files.signed.checking import check
from pledges.files.signed.examination import identified
from pledges.files.signed.papers import Said, read_pages
from pledges.files.signed.rules import Findings, NotSigned, PdfRefused, Sameness

NO_PDF = (
    "Chỉ nhận tệp PDF có chữ ký số. Ảnh hoặc bản quét của bản ký tay thì nộp ở “Ghi nhận chữ ký trên giấy”."
)
OTHERWISE = "Nếu đây là bản quét của bản ký tay thì dùng “Ghi nhận chữ ký trên giấy”."
FOREIGN = (
    "Trên tệp là mã kiểm tra {code}, của một văn bản khác, không phải bản cam kết này; chọn đúng tệp rồi nộp."
)


def examine(
    session: Session, commitment: Commitment, content: bytes, roots: Sequence[bytes], *, at: datetime
) -> Findings:
    """What the file shows; raises `PdfRefused` or `FileRefused` for one that is not taken at all.

    No transaction is held meanwhile: reading a large file takes seconds.
    """
    if 0 < len(content) <= LARGEST and not content.startswith(b"%PDF-"):
        raise PdfRefused(NO_PDF)  # before anything says that pictures are taken, too
    recognise(content)
    number, digest = commitment.id, commitment.digest or ""
    session.rollback()
    try:
        checked = check(content, roots, at=at)
    except NotSigned as unsigned:
        raise PdfRefused(f"{unsigned} {OTHERWISE}") from unsigned
    said = read_pages(content, digest)
    return Findings(
        checked_at=at,
        pages=said.pages,
        sameness=_sameness(session, number, digest, said),
        roots=len(roots),
        signatures=checked.signatures,
        stamps=checked.stamps,
    )


def _sameness(session: Session, number: int, digest: str, said: Said) -> Sameness:
    """By what the file is known to be this very text; raises `PdfRefused` for another paper of ours."""
    sameness, other = identified(session, Commitment.__tablename__, number, digest, said)
    if other is not None:
        raise PdfRefused(FOREIGN.format(code=shown(other.code)))
    return sameness

"""The examination of an uploaded file against a frozen commitment: what is filed with it, or why it is not taken."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.codes.models import CheckCode
from pledges.codes.queries import by_code, codes_of
from pledges.codes.rules import shown
from pledges.commitments.copies.outside.checking import check
from pledges.commitments.copies.outside.papers import Said, read_pages
from pledges.commitments.copies.outside.rules import Findings, PdfRefused, Sameness
from pledges.commitments.models import Commitment
from pledges.files.rules import LARGEST, recognise

NO_PDF = (
    "Chỉ nhận tệp PDF có chữ ký số. Ảnh hoặc bản quét của bản ký tay thì nộp ở “Ghi nhận chữ ký trên giấy”."
)
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
    checked = check(content, roots, at=at)
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
    own = {one.code for one in session.scalars(codes_of(Commitment.__tablename__, [number]))}
    if digest in said.digests:
        return Sameness.DIGEST
    if own & said.codes:
        return Sameness.CODE
    for code in sorted(said.codes):
        if session.scalars(by_code(code)).first() is not None:
            raise PdfRefused(FOREIGN.format(code=shown(code)))
    known = select(CheckCode).where(CheckCode.digest.in_(sorted(said.digests))).order_by(CheckCode.code)
    if (other := session.scalars(known).first()) is not None:
        raise PdfRefused(FOREIGN.format(code=shown(other.code)))
    return Sameness.UNPROVEN

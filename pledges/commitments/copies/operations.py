"""What is done with filed copies: they are filed, put aside, filed at the right unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.commitments.copies import queries
from pledges.commitments.copies.rules import pages_words
from pledges.commitments.models import Commitment, SignedCopy
from pledges.commitments.rules import CommitmentStatus, CopyKind, StepRefused
from pledges.files import operations as files
from pledges.files.models import StoredFile


@dataclass(frozen=True)
class Pages:
    """The pages of one large scan that a copy was parted from."""

    pile: StoredFile
    first: int
    last: int


def file_scan(
    session: Session,
    commitment: Commitment,
    stored: StoredFile,
    filename: str,
    *,
    by: Actor,
    at: datetime,
    pages: Pages | None = None,
) -> SignedCopy:
    """File the scan or photograph of a paper that was signed; raises `StepRefused` before anything was frozen."""
    if commitment.status is CommitmentStatus.DRAFT:
        raise StepRefused("Bản cam kết chưa chốt nên chưa có bản ký để lưu.")
    session.flush()  # the file may be new
    copy = SignedCopy(
        commitment_id=commitment.id,  # filing changes nothing of the commitment that somebody else may be editing
        kind=CopyKind.SCAN,
        file=stored,
        filename=filename,
        pile_id=pages.pile.id if pages else None,
        first_page=pages.first if pages else None,
        last_page=pages.last if pages else None,
        filed_at=at,
        filed_by_id=by.account_id,
        filed_by_name=by.name,
        filed_by_post=by.post,
    )
    session.add(copy)
    after = {
        "file": stored.sha256,
        "filename": filename,
        "pages": [pages.first, pages.last] if pages else None,
    }
    record(session, "commitment.copy_filed", commitment, by=by, at=at, after=after)
    session.expire(commitment, ["filed"])
    return copy


def put_aside(
    session: Session, copy: SignedCopy, reason: str, *, by: Actor, at: datetime, to: Commitment | None = None
) -> SignedCopy | None:
    """Đưa ra ngoài hồ sơ: a copy that was filed at the wrong unit; it stays, and is perhaps filed at the right one.

    Raises `StepRefused` when it is aside already, or when a signature that counts was given in it.
    A signed PDF goes nowhere else unchecked.
    """
    if copy.aside_at is not None:
        raise StepRefused("Bản này đã được đưa ra ngoài hồ sơ trước đó.")
    if session.scalar(queries.signatures_in(copy.id)):
        raise StepRefused("Có chữ ký số được ghi nhận từ tệp này nên tệp phải giữ trong hồ sơ.")
    if to is not None and copy.kind is CopyKind.SIGNED_PDF:
        raise StepRefused("Tệp PDF ký số được kiểm với từng bản cam kết; đồng chí nộp lại tệp ở đơn vị kia.")
    copy.aside_at, copy.aside_because, copy.aside_by_name = at, reason, by.name
    after = {"file": copy.file.sha256, "filename": copy.filename, "to": to.unit.code if to else None}
    record(session, "commitment.copy_put_aside", copy.commitment, by=by, at=at, note=reason, after=after)
    if to is None:
        return None
    pile = session.get(StoredFile, copy.pile_id) if copy.pile_id is not None else None
    pages = Pages(pile, copy.first_page or 1, copy.last_page or 1) if pile is not None else None
    return file_scan(session, to, copy.file, copy.filename, by=by, at=at, pages=pages)


def file_parts(
    session: Session,
    parts: Sequence[tuple[Commitment, Pages, bytes]],
    filename: str,
    folder: Path,
    *,
    by: Actor,
    at: datetime,
) -> list[SignedCopy]:
    """File what a pile was split into; pages of it that lie at the same commitment already are not filed twice."""
    filed = []
    for commitment, pages, content in parts:
        if session.scalar(queries.filed_from(commitment.id, pages.pile.id, pages.first, pages.last)):
            continue
        stored = files.store(session, folder, content, by=by, at=at)
        name = f"{filename.rpartition('.')[0] or filename}, {pages_words(pages.first, pages.last)}.pdf"
        filed.append(file_scan(session, commitment, stored, name, by=by, at=at, pages=pages))
    return filed

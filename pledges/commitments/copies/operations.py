"""What is done with filed copies: they are filed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.commitments.models import Commitment, SignedCopy
from pledges.commitments.rules import CommitmentStatus, CopyKind, StepRefused
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
    copy = SignedCopy(
        commitment=commitment,
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
    return copy

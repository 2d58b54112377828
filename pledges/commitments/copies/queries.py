"""Questions about filed copies and the piles that they were split from."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.codes.models import CheckCode
from pledges.commitments.models import Commitment, Signatory, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus
from pledges.units.models import Unit

_FILED_AT = frozenset(CommitmentStatus) - {CommitmentStatus.DRAFT}


def to_file_at(campaign_id: int) -> Select[Commitment]:
    """Every edition of a campaign that a paper can be of, in the order of the units' list, newest edition first."""
    return (
        select(Commitment)
        .join(Commitment.unit)
        .where(Commitment.campaign_id == campaign_id, Commitment.status.in_(_FILED_AT))
        .options(
            joinedload(Commitment.unit),
            selectinload(Commitment.filed),
            selectinload(Commitment.signatories).joinedload(Signatory.signature),
        )
        .order_by(Unit.position, Commitment.edition.desc(), Commitment.id)
    )


def codes_in(campaign_id: int) -> Select[str, int]:
    """The check codes of a campaign's commitments, each with the commitment that it stands on."""
    return (
        select(CheckCode.code, CheckCode.record_id)
        .join(Commitment, Commitment.id == CheckCode.record_id)
        .where(
            CheckCode.kind == Commitment.__tablename__,
            Commitment.campaign_id == campaign_id,
            Commitment.status.in_(_FILED_AT),
        )
        .order_by(CheckCode.code)
    )


def owners_of(codes: Iterable[str]) -> Select[str, int, str, int]:
    """The commitments, of any campaign, that check codes stand on: code, commitment, its unit's name, its edition."""
    return (
        select(CheckCode.code, CheckCode.record_id, Unit.name, Commitment.edition)
        .join(Commitment, Commitment.id == CheckCode.record_id)
        .join(Unit, Unit.id == Commitment.unit_id)
        .where(CheckCode.kind == Commitment.__tablename__, CheckCode.code.in_(list(codes)))
        .order_by(CheckCode.code)
    )


def signatures_in(copy_id: int) -> Select[int]:
    """How many signatures that count were given in the copy."""
    return select(func.count(Signature.id)).where(Signature.copy_id == copy_id, Signature.undone_at.is_(None))


def filed_from(commitment_id: int, pile_id: int, first: int, last: int) -> Select[int]:
    """Whether these pages of a pile lie at the commitment already: how many copies of them do."""
    return select(func.count(SignedCopy.id)).where(
        SignedCopy.commitment_id == commitment_id,
        SignedCopy.pile_id == pile_id,
        SignedCopy.first_page == first,
        SignedCopy.last_page == last,
        SignedCopy.aside_at.is_(None),
    )

"""Được tính hay không: whether a filed copy bears out a signature; a signed PDF may be filed and count for nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.commitments.copies.outside.matching import refusals
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus, CopyKind
from pledges.files.signed import findings as texts
from pledges.files.signed.rules import Findings

NO_SIGNATURE = "Trong tệp không có chữ ký số nào."
NOT_RECORDED = "Không chữ ký nào của tệp được ghi nhận khi bản cam kết còn chờ ký."


class Counting(StrEnum):
    """What a filed copy counts for."""

    COUNTED = "counted"
    WAITING = "waiting"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The finding in words."""
        return {
            Counting.COUNTED: "Được tính",
            Counting.WAITING: "Chờ xác nhận",
            Counting.REFUSED: "Không được tính",
        }[self]


@dataclass(frozen=True)
class Counted:
    """What a copy counts for, and why it doesn't."""

    counting: Counting
    why: str = ""

    @property
    def words(self) -> str:
        """Both in one sentence."""
        return f"{self.counting.label}: {self.why}" if self.why else self.counting.label


def countings(session: Session, copies: Collection[SignedCopy]) -> dict[int, Counted]:
    """For each copy what it counts for, by its id; one query, however many there are.

    A scan counts: who filed it has seen the paper. A signed PDF counts when a signature that it proves is recorded.
    """
    found = {one.id: texts.read(one.findings or "") for one in copies if one.kind is CopyKind.SIGNED_PDF}
    marks = {signature.mark for findings in found.values() for signature in findings.signatures}
    standing = select(Signature.mark).where(Signature.mark.in_(sorted(marks)), Signature.undone_at.is_(None))
    recorded = set(session.scalars(standing.order_by(Signature.id))) if marks else set()
    return {
        one.id: _counted(one.commitment, found[one.id], recorded)
        if one.id in found
        else Counted(Counting.COUNTED)
        for one in copies
    }


@dataclass(frozen=True)
class Counts:
    """How many filed copies of a commitment count, and in words how many others there are."""

    counted: int
    others: tuple[str, ...]


def counts_of(session: Session, commitments: Collection[Commitment]) -> dict[int, Counts]:
    """For each commitment the copies in its file, by its id; those that were put aside are left out."""
    lying = {one.id: [copy for copy in one.filed if copy.aside_at is None] for one in commitments}
    found = countings(session, [copy for copies in lying.values() for copy in copies])
    return {number: _counts([found[copy.id].counting for copy in copies]) for number, copies in lying.items()}


def _counts(found: list[Counting]) -> Counts:
    others = [(one, found.count(one)) for one in (Counting.WAITING, Counting.REFUSED)]
    words = tuple(f"{number} tệp {one.label[0].lower()}{one.label[1:]}" for one, number in others if number)
    return Counts(found.count(Counting.COUNTED), words)


def why_none(commitment: Commitment, findings: Findings) -> str:
    """Why no signature of a file can count; empty when one can."""
    refused = refusals(commitment, findings)
    if len(refused) < len(findings.signatures):
        return ""
    return " ".join(dict.fromkeys(refused.values())) or NO_SIGNATURE


def _counted(commitment: Commitment, findings: Findings, recorded: Collection[str | None]) -> Counted:
    if why := why_none(commitment, findings):
        return Counted(Counting.REFUSED, why)
    refused = refusals(commitment, findings)
    proven = {one.mark for number, one in enumerate(findings.signatures) if number not in refused}
    if not proven.isdisjoint(recorded):
        return Counted(Counting.COUNTED)
    if commitment.status is CommitmentStatus.FROZEN:
        return Counted(Counting.WAITING)
    return Counted(Counting.REFUSED, NOT_RECORDED)

"""Signed PDFs that wait for somebody to record what they hold: for a clerk's word, mostly."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pledges.commitments.copies.outside.matching import refusals
from pledges.commitments.models import Signature, SignedCopy
from pledges.commitments.rules import CopyKind
from pledges.files.signed import findings as texts


def waiting_copies(session: Session, commitment_ids: Collection[int]) -> dict[int, int]:
    """For each of these frozen commitments the newest copy with a signature that could count and isn't recorded.

    Two queries, however many there are.
    """
    filed = session.scalars(
        select(SignedCopy)
        .options(joinedload(SignedCopy.commitment))
        .where(
            SignedCopy.commitment_id.in_(list(commitment_ids)),
            SignedCopy.kind == CopyKind.SIGNED_PDF,
            SignedCopy.aside_at.is_(None),
        )
        .order_by(SignedCopy.id)
    ).all()
    held = {copy.id: _countable(copy) for copy in filed}
    marks = {mark for found in held.values() for mark in found}
    standing = select(Signature.mark).where(Signature.mark.in_(sorted(marks)), Signature.undone_at.is_(None))
    recorded = set(session.scalars(standing.order_by(Signature.id)))
    return {copy.commitment_id: copy.id for copy in filed if held[copy.id] - recorded}


def _countable(copy: SignedCopy) -> set[str]:
    findings = texts.read(copy.findings or "")
    refused = refusals(copy.commitment, findings)
    return {one.mark for number, one in enumerate(findings.signatures) if number not in refused}

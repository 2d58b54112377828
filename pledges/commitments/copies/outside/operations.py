"""What is done with signed PDFs: they are filed as they came, and their signatures recorded."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.commitments.copies.outside.counting import why_none
from pledges.commitments.copies.outside.matching import (
    Match,
    day_of,
    refusals,
    same_text_proven,
    signer_of,
)
from pledges.commitments.models import Commitment, Signature, SignedCopy
from pledges.commitments.rules import CommitmentStatus, CopyKind, StepRefused
from pledges.commitments.signatures import Seen, Signer, record_outside
from pledges.files.models import StoredFile
from pledges.files.signed import findings as texts
from pledges.files.signed.rules import Findings

TEXT_UNANSWERED = "Chưa xác nhận đã đối chiếu nội dung tệp với bản chốt."
PEOPLE_UNANSWERED = "Chưa xác nhận đã đối chiếu người đứng tên chứng thư."
USED = "Chữ ký số của {name} đã được ghi nhận rồi; mỗi chữ ký trong tệp chỉ tính một lần."


def file_pdf(
    session: Session,
    commitment: Commitment,
    stored: StoredFile,
    filename: str,
    findings: Findings,
    *,
    by: Actor,
    at: datetime,
) -> SignedCopy:
    """File a signed PDF with what its check found, good or bad; the same file is filed once.

    Raises `StepRefused` before anything was frozen.
    """
    if commitment.status is CommitmentStatus.DRAFT:
        raise StepRefused("Bản cam kết chưa chốt nên chưa có bản ký để lưu.")
    there = [one for one in commitment.filed if one.file is stored and one.aside_at is None]
    if signed := [one for one in there if one.kind is CopyKind.SIGNED_PDF]:
        return signed[0]
    copy = SignedCopy(
        commitment_id=commitment.id,  # not through the relationship: the commitment itself is not changed
        kind=CopyKind.SIGNED_PDF,
        file=stored,
        filename=filename,
        findings=texts.written(findings),
        filed_at=at,
        filed_by_id=by.account_id,
        filed_by_name=by.name,
        filed_by_post=by.post,
    )
    session.add(copy)
    why = why_none(commitment, findings)
    after = {"file": stored.sha256, "filename": filename, "can_count": not why}
    record(session, "commitment.copy_filed", commitment, by=by, at=at, note=why, after=after)
    return copy


def recorded(session: Session, findings: Findings) -> dict[str, Signature]:
    """The standing signatures that were recorded from signatures of the file, by their marks."""
    marks = [one.mark for one in findings.signatures if one.mark]
    standing = select(Signature).where(Signature.mark.in_(marks), Signature.undone_at.is_(None))
    return {one.mark: one for one in session.scalars(standing.order_by(Signature.id)) if one.mark}


def record_matches(
    session: Session,
    copy: SignedCopy,
    matches: Sequence[Match],
    *,
    compared: bool,
    vouched: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Record signatures of a filed PDF for the signatories they are matched with.

    `compared` is a clerk's word that the file holds the frozen text, `vouched` that the certificates are those of the
    signatories: each is needed where the check could not prove it, and then kept in the log. Raises `StepRefused`.
    """
    findings = texts.read(copy.findings or "")
    _demand_countable(session, copy, findings, matches)
    doubts = [doubt for match in matches for doubt in match.doubts]
    if not same_text_proven(findings) and not compared:
        raise StepRefused(TEXT_UNANSWERED)
    if doubts and not vouched:
        raise StepRefused(f"{PEOPLE_UNANSWERED} {' '.join(dict.fromkeys(doubts))}")
    for match in matches:
        _record(session, copy, match, findings, by=by, at=at)
    answered = [] if same_text_proven(findings) else [f"{findings.sameness.words('bản chốt')}."]
    if answered or doubts:
        note = " ".join(dict.fromkeys([*answered, *doubts]))
        after = {"file": copy.file.sha256, "signatories": [one.way.signatory.label for one in matches]}
        record(session, "commitment.pdf_compared", copy.commitment, by=by, at=at, note=note, after=after)


def _demand_countable(
    session: Session, copy: SignedCopy, findings: Findings, matches: Iterable[Match]
) -> None:
    if copy.aside_at is not None:
        raise StepRefused("Tệp này đã được đưa ra ngoài hồ sơ nên không ghi nhận chữ ký từ đó được.")
    refused = refusals(copy.commitment, findings)
    bad = {findings.signatures[number].mark: words for number, words in refused.items()}
    used = recorded(session, findings)
    for match in matches:
        if match.signature.mark in bad:
            raise StepRefused(f"Chữ ký của {match.signature.label}: {bad[match.signature.mark]}")
        if match.signature.mark in used:
            raise StepRefused(USED.format(name=match.signature.label))


def _record(
    session: Session, copy: SignedCopy, match: Match, findings: Findings, *, by: Actor, at: datetime
) -> None:
    on, authorisation = day_of(match.signature, findings), match.way.authorisation
    if authorisation is not None and (words := authorisation.why_not(on)):
        raise StepRefused(words)
    seen = Seen(on=on, certified_by=by.name, copy=copy, mark=match.signature.mark)
    post = authorisation.post if authorisation is not None else match.way.signatory.post
    name = signer_of(match.way) or match.signature.name
    signer = Signer(name=name, post=post, authorisation=authorisation)
    record_outside(session, match.way.signatory, seen, by=by, at=at, signer=signer)

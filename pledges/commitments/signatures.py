"""What is done with signatures: given in the app, on paper or in a PDF; declined; undone while a ceremony goes on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.rules import Capacity
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.content import dropped, sealed_content
from pledges.commitments.models import Commitment, Decline, Signatory, Signature, SignedCopy
from pledges.commitments.operations import demand
from pledges.commitments.queries import editions, in_force
from pledges.commitments.rules import CommitmentStatus, SigningWay, StepRefused, dropped_words, status_of
from pledges.commitments.signing_rules import (
    NOT_NAMED,
    Way,
    left_post,
    not_authorised,
    not_open,
    person_of,
    ways_of,
    why_closed,
)
from pledges.core import clock
from pledges.core.base import touch
from pledges.core.dates import format_instant
from pledges.tasks.operations import commit_to, release
from pledges.tasks.queries import of_unit_in_campaign
from pledges.tasks.rules import TaskStatus


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who really signs: the signatory, unless an authorisation lets somebody sign in the signatory's place."""

    name: str = ""
    post: str = ""
    authorisation: Authorisation | None = None

    @property
    def capacity(self) -> Capacity:
        """In which capacity."""
        return self.authorisation.capacity if self.authorisation is not None else Capacity.OWN


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is certified of a signature that was given outside the app: on which day, where, who saw or checked it.

    On paper perhaps at a ceremony; in a PDF it names the filed copy, and by its mark the signature in it.
    """

    on: date
    place: str = ""
    certified_by: str = ""
    ceremony: Ceremony | None = None
    copy: SignedCopy | None = None
    mark: str | None = None


HIMSELF = Signer()


def sign_in_app(
    session: Session, signatory: Signatory, *, by: Actor, at: datetime, on: date, signer: Signer = HIMSELF
) -> Signature:
    """The person's own approval of the frozen text; the caller has checked the password just now.

    Raises `StepRefused` when it is another person's place and nobody authorised this one, when the post was left or
    the authorisation does not count on the day, out of turn, already signed, or not to be signed now.
    """
    way, person = Way(signatory, signer.authorisation), person_of(session, by.account_id)
    if way not in ways_of(signatory.commitment, person):
        raise StepRefused(NOT_NAMED)
    if words := not_open(session, signatory.commitment) or why_closed(way, person, on):
        raise StepRefused(words)
    return _sign(session, signatory, SigningWay.IN_APP, Seen(on=on), _in_person(way, by), by=by, at=at)


def _in_person(way: Way, by: Actor) -> Signer:
    """Who signs in the app is who acts; where the account is named by its post alone, no name is known."""
    if way.authorisation is not None:
        return Signer(name=by.name, post=way.authorisation.post, authorisation=way.authorisation)
    post = way.signatory.post
    return Signer(name="" if by.name in post or post in by.name else by.name, post=post)


def record_on_paper(
    session: Session, signatory: Signatory, seen: Seen, *, by: Actor, at: datetime, signer: Signer = HIMSELF
) -> Signature:
    """What the clerk saw signed on paper: when, where, and who certifies it."""
    return _sign(session, signatory, SigningWay.PAPER, seen, signer, by=by, at=at)


def record_outside(
    session: Session, signatory: Signatory, seen: Seen, *, by: Actor, at: datetime, signer: Signer = HIMSELF
) -> Signature:
    """A signature in a PDF that was signed elsewhere and checked; `seen.copy` is the filed PDF."""
    return _sign(session, signatory, SigningWay.OUTSIDE, seen, signer, by=by, at=at)


def decline(session: Session, signatory: Signatory, reason: str, *, by: Actor, at: datetime) -> Decline:
    """Từ chối ký, with the reason; signing later is still possible.

    Raises `StepRefused` in another person's place, for a post that was left, when it was refused or signed already,
    or when nothing is to be signed.
    """
    person = person_of(session, by.account_id)
    if signatory.account_id != by.account_id:
        raise StepRefused("Đồng chí không phải là người ký ở vị trí này.")
    commitment = signatory.commitment
    if words := not_open(session, commitment) or left_post(signatory, person, clock.day_of(at)):
        raise StepRefused(words)
    _demand_unsigned(signatory)
    if signatory.declined is not None:
        raise StepRefused(f"Đồng chí đã từ chối ký lúc {format_instant(signatory.declined.at)} rồi.")
    declined = Decline(reason=reason, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post)
    signatory.declines.append(declined)
    touch(commitment)
    after = {"signatory": signatory.label, "digest": commitment.digest}
    record(session, "commitment.declined", commitment, by=by, at=at, note=reason, after=after)
    return declined


def undo(session: Session, signatory: Signatory, reason: str, *, by: Actor, at: datetime) -> None:
    """Take back what was ticked by mistake at a ceremony that still goes on; the row stays, marked as undone.

    What the signature had completed is undone with it. Raises `StepRefused` for any other signature, and when a newer
    edition has been begun since; `MoveRefused` once the campaign is concluded.
    """
    signature, commitment = signatory.signature, signatory.commitment
    check_works(commitment.campaign.status)
    if signature is None:
        raise StepRefused(f"{signatory.label} chưa có chữ ký nào được ghi nhận.")
    if signature.ceremony is None or not signature.ceremony.open:
        raise StepRefused("Chỉ bỏ được chữ ký vừa đánh dấu khi lễ ký còn đang mở.")
    if commitment.status is CommitmentStatus.SIGNED:
        _reopen(session, commitment, by=by, at=at)
    demand(commitment, CommitmentStatus.FROZEN)
    signature.undone_at, signature.undone_because, signature.undone_by_name = at, reason, by.name
    touch(commitment)
    session.flush()
    session.expire(signatory, ["signature"])
    after = {"signatory": signatory.label, "signature": signature.id, "digest": commitment.digest}
    record(session, "commitment.signature_undone", commitment, by=by, at=at, note=reason, after=after)


def _sign(
    session: Session,
    signatory: Signatory,
    way: SigningWay,
    seen: Seen,
    signer: Signer,
    *,
    by: Actor,
    at: datetime,
) -> Signature:
    commitment = signatory.commitment
    check_works(commitment.campaign.status)
    demand(commitment, CommitmentStatus.FROZEN)
    if gone := dropped(session, commitment):
        raise StepRefused(dropped_words(gone))
    _demand_unsigned(signatory)
    _demand_authorised(session, signatory, signer.authorisation, seen.on)
    signature = Signature(
        way=way,
        signer_name=signer.name or signatory.name,
        signer_post=signer.post or signatory.post,
        capacity=signer.capacity,
        authorisation=signer.authorisation,
        signed_on=seen.on,
        place=seen.place,
        certified_by=seen.certified_by,
        ceremony=seen.ceremony,
        copy_id=seen.copy.id if seen.copy is not None else None,
        mark=seen.mark,
        digest=commitment.digest,
        at=at,
        by_id=by.account_id,
        by_name=by.name,
        by_post=by.post,
    )
    signatory.signature = signature
    touch(commitment)
    session.flush()
    after = _logged(signature, signer)
    record(session, "commitment.signed", commitment, by=by, at=at, after=after)
    _complete(session, commitment, by=by, at=at)
    return signature


def _logged(signature: Signature, signer: Signer) -> dict[str, Any]:
    """The signature as the log keeps it; of a deputy, who that was, in which capacity and by which paper."""
    signatory = signature.signatory
    after = {
        "signatory": signatory.label,
        "post": signatory.post,
        "signature": signature.id,
        "way": signature.way,
        "on": signature.signed_on,
        "digest": signature.digest,
    }
    if signature.certified_by:
        after |= {"place": signature.place, "certified_by": signature.certified_by}
    if signer.authorisation is None:
        own = signature.signer_name == signatory.name
        return after if own else after | {"signed_by": signature.signer_name}
    return after | {
        "signer": signature.signer_name,
        "signer_post": signature.signer_post,
        "capacity": signer.capacity,
        "paper": signer.authorisation.paper,
    }


def _demand_authorised(
    session: Session, signatory: Signatory, authorisation: Authorisation | None, on: date
) -> None:
    if authorisation is None:
        return
    deputy = person_of(session, authorisation.account_id)
    if words := not_authorised(authorisation, signatory, deputy, on):
        raise StepRefused(words)


def _demand_unsigned(signatory: Signatory) -> None:
    if signatory.signature is not None:
        raise StepRefused(f"{signatory.label} đã ký bản cam kết này rồi.")


def _complete(session: Session, commitment: Commitment, *, by: Actor, at: datetime) -> None:
    signatures = [one.signature for one in commitment.signatories if one.signature is not None]
    status = status_of(
        frozen=True, superseded=False, signatories=len(commitment.signatories), signatures=len(signatures)
    )
    if status is not CommitmentStatus.SIGNED:
        return
    for earlier in session.scalars(in_force(commitment.campaign_id, commitment.unit_id)):
        _supersede(session, earlier, by=by, at=at)
    commitment.status = status
    commitment.signed_on = max(signature.signed_on for signature in signatures)
    record(
        session,
        "commitment.completed",
        commitment,
        by=by,
        at=at,
        after={"digest": commitment.digest, "on": commitment.signed_on},
    )
    for task in session.scalars(of_unit_in_campaign(commitment.campaign_id, commitment.unit_id)):
        if task.status is TaskStatus.APPROVED and task.number in _numbers(commitment):
            commit_to(session, task, by=by, at=at)


def _reopen(session: Session, commitment: Commitment, *, by: Actor, at: datetime) -> None:
    """Undo what the last signature completed: it waits to be signed, the edition before it is in force again."""
    others = list(session.scalars(editions(commitment.campaign_id, commitment.unit_id)))
    if any(one.edition > commitment.edition for one in others):
        raise StepRefused("Đã soạn bản cam kết mới sau khi bản này đủ chữ ký nên không bỏ chữ ký được nữa.")
    signed_on, commitment.signed_on = commitment.signed_on, None
    commitment.status = CommitmentStatus.FROZEN
    before = {"digest": commitment.digest, "on": signed_on}
    record(session, "commitment.reopened", commitment, by=by, at=at, before=before)
    session.flush()
    earlier = next((one for one in others if one.status is CommitmentStatus.SUPERSEDED), None)
    if earlier is not None:
        earlier.status, earlier.superseded_at = CommitmentStatus.SIGNED, None
        record(session, "commitment.reinstated", earlier, by=by, at=at, after={"digest": earlier.digest})
        session.flush()
    kept = _pledged_alike(earlier, commitment) if earlier is not None else set()
    for task in session.scalars(of_unit_in_campaign(commitment.campaign_id, commitment.unit_id)):
        if task.status is TaskStatus.COMMITTED and task.number in _numbers(commitment) - kept:
            release(session, task, by=by, at=at)


def _numbers(commitment: Commitment) -> set[int]:
    return {task["number"] for task in sealed_content(commitment)["tasks"]}


def _pledged_alike(earlier: Commitment, commitment: Commitment) -> set[int]:
    """The numbers of the tasks that both editions pledge, in the same words."""
    before = sealed_content(earlier)["tasks"]
    return {task["number"] for task in sealed_content(commitment)["tasks"] if task in before}


def _supersede(session: Session, commitment: Commitment, *, by: Actor, at: datetime) -> None:
    commitment.status = CommitmentStatus.SUPERSEDED
    commitment.superseded_at = at
    record(session, "commitment.superseded", commitment, by=by, at=at, after={"digest": commitment.digest})
    session.flush()

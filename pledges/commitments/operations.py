"""What is done to commitments: prepare, freeze, take back, sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import check_works
from pledges.commitments.content import content_of, dropped, sealed_content
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.queries import editions, in_force, newest_edition
from pledges.commitments.rules import (
    CHANGED,
    CommitmentStatus,
    SigningWay,
    StepRefused,
    dropped_words,
    seal,
    status_of,
)
from pledges.core.base import touch
from pledges.files.models import StoredFile
from pledges.tasks.operations import commit_to
from pledges.tasks.queries import of_unit_in_campaign
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit


@dataclass(frozen=True)
class SignatoryEntry:
    """Who is to sign: name and post as they are to be printed, and the account that may sign in the app."""

    name: str
    post: str
    account_id: int | None = None


@dataclass(frozen=True)
class CommitmentEntry:
    """What is entered of a commitment."""

    place: str
    dated_on: date | None
    terms: str
    copies: int
    witness: str
    witness_post: str
    signatories: tuple[SignatoryEntry, ...]


PLAIN = ("place", "dated_on", "terms", "copies", "witness", "witness_post")


def facts(commitment: Commitment) -> dict[str, Any]:
    """The prepared commitment as the log keeps it."""
    return {name: getattr(commitment, name) for name in PLAIN} | {
        "unit": commitment.unit.code,
        "edition": commitment.edition,
        "signatories": [{"name": one.name, "post": one.post} for one in commitment.signatories],
    }


def prepare(
    session: Session, campaign: Campaign, unit: Unit, entry: CommitmentEntry, *, by: Actor, at: datetime
) -> Commitment:
    """A new edition of a unit's commitment; the signed one before it stays in force until this has every signature.

    Raises `StepRefused` while another is being prepared or waits to be signed, and for a unit that lies outside the
    campaign's area.
    """
    check_works(campaign.status)
    if not unit.path.startswith(campaign.area.path):
        raise StepRefused(f"{unit.name} không thuộc phạm vi của phong trào nên không ký cam kết ở đây.")
    under_way = [one for one in session.scalars(editions(campaign.id, unit.id)) if one.status in _UNDER_WAY]
    if under_way:
        raise StepRefused(f"{unit.name} đã có bản cam kết {under_way[0].status.label.lower()}.")
    commitment = Commitment(
        campaign=campaign,
        unit=unit,
        edition=(session.scalar(newest_edition(campaign.id, unit.id)) or 0) + 1,
        status=CommitmentStatus.DRAFT,
        prepared_by_id=by.account_id,
        prepared_at=at,
    )
    _fill(commitment, entry)
    session.add(commitment)
    record(session, "commitment.prepared", commitment, by=by, at=at, after=facts(commitment))
    return commitment


_UNDER_WAY = frozenset({CommitmentStatus.DRAFT, CommitmentStatus.FROZEN})


def edit(
    session: Session, commitment: Commitment, entry: CommitmentEntry, *, by: Actor, at: datetime
) -> None:
    """Change a commitment that is being prepared; raises `StepRefused` once it is frozen."""
    check_works(commitment.campaign.status)
    _demand(commitment, CommitmentStatus.DRAFT)
    before = facts(commitment)
    _fill(commitment, entry)
    was, now = differences(before, facts(commitment))
    if now:
        touch(commitment)
        record(session, "commitment.edited", commitment, by=by, at=at, before=was, after=now)


def freeze(
    session: Session, commitment: Commitment, *, by: Actor, at: datetime, seen: str | None = None
) -> str:
    """Freeze the text to be signed and return its digest; nothing changes it afterwards.

    `seen` is the digest of the text that was read: raises `StepRefused` when the one to be frozen says anything else.
    """
    check_works(commitment.campaign.status)
    _demand(commitment, CommitmentStatus.DRAFT)
    asked = of_unit_in_campaign(commitment.campaign_id, commitment.unit_id)
    # Read anew: another transaction may have changed what this one read to draw the page.
    tasks = list(session.scalars(asked.execution_options(populate_existing=True)))
    if not tasks:
        raise StepRefused("Đơn vị chưa có phần việc được duyệt nên chưa chốt được bản cam kết.")
    if not commitment.signatories:
        raise StepRefused("Bản cam kết chưa có người ký.")
    content, digest = seal(content_of(commitment, tasks))
    if seen not in {None, digest}:
        raise StepRefused(CHANGED)
    commitment.content, commitment.digest = content, digest
    commitment.frozen_at = at
    commitment.status = CommitmentStatus.FROZEN
    record(session, "commitment.frozen", commitment, by=by, at=at, after={"digest": digest})
    return digest


def withdraw(session: Session, commitment: Commitment, reason: str, *, by: Actor, at: datetime) -> None:
    """Thu hồi bản chốt: taken back while a signature is missing; what was frozen and signed stays readable.

    Raises `StepRefused` before it is frozen and once it has every signature.
    """
    _demand(commitment, CommitmentStatus.FROZEN)
    commitment.status = CommitmentStatus.WITHDRAWN
    commitment.withdrawn_at = at
    commitment.withdrawn_because = reason
    after = {"digest": commitment.digest}
    record(session, "commitment.withdrawn", commitment, by=by, at=at, note=reason, after=after)


def sign_in_app(session: Session, signatory: Signatory, *, by: Actor, at: datetime, on: date) -> Signature:
    """The person's own approval of the frozen text; the caller has checked the password just now.

    Raises `StepRefused` when it is another person's place, or already signed, or not to be signed now.
    """
    if signatory.account_id != by.account_id:
        raise StepRefused("Đồng chí không phải là người ký ở vị trí này.")
    return _sign(session, signatory, way=SigningWay.IN_APP, on=on, by=by, at=at)


def record_on_paper(
    session: Session,
    signatory: Signatory,
    *,
    on: date,
    place: str,
    certified_by: str,
    by: Actor,
    at: datetime,
    scan: StoredFile | None = None,
) -> Signature:
    """What the clerk saw signed on paper: when, where, and who certifies it."""
    return _sign(
        session,
        signatory,
        way=SigningWay.PAPER,
        on=on,
        by=by,
        at=at,
        place=place,
        certified_by=certified_by,
        scan=scan,
    )


def _sign(  # noqa: PLR0913 - the facts of a signature
    session: Session,
    signatory: Signatory,
    *,
    way: SigningWay,
    on: date,
    by: Actor,
    at: datetime,
    place: str = "",
    certified_by: str = "",
    scan: StoredFile | None = None,
) -> Signature:
    commitment = signatory.commitment
    check_works(commitment.campaign.status)
    _demand(commitment, CommitmentStatus.FROZEN)
    if gone := dropped(session, commitment):
        raise StepRefused(dropped_words(gone))
    if signatory.signature is not None:
        raise StepRefused(f"{signatory.label} đã ký bản cam kết này rồi.")
    signature = Signature(
        way=way,
        signed_on=on,
        place=place,
        certified_by=certified_by,
        digest=commitment.digest,
        scan_id=scan.id if scan else None,
        at=at,
        by_id=by.account_id,
        by_name=by.name,
        by_post=by.post,
    )
    signatory.signature = signature
    touch(commitment)
    after = {
        "signatory": signatory.label,
        "post": signatory.post,
        "way": way,
        "on": on,
        "digest": commitment.digest,
    }
    record(session, "commitment.signed", commitment, by=by, at=at, after=after)
    _complete(session, commitment, by=by, at=at)
    return signature


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


def _numbers(commitment: Commitment) -> set[int]:
    return {task["number"] for task in sealed_content(commitment)["tasks"]}


def _supersede(session: Session, commitment: Commitment, *, by: Actor, at: datetime) -> None:
    commitment.status = CommitmentStatus.SUPERSEDED
    commitment.superseded_at = at
    record(session, "commitment.superseded", commitment, by=by, at=at, after={"digest": commitment.digest})
    session.flush()


def _demand(commitment: Commitment, status: CommitmentStatus) -> None:
    if commitment.status is not status:
        raise StepRefused(
            f"Bản cam kết đang ở bước “{commitment.status.label.lower()}” nên không thực hiện được việc này."
        )


def _fill(commitment: Commitment, entry: CommitmentEntry) -> None:
    for name in PLAIN:
        setattr(commitment, name, getattr(entry, name))
    _fill_signatories(commitment, entry.signatories)


def _fill_signatories(commitment: Commitment, rows: Iterable[SignatoryEntry]) -> None:
    rows = list(rows)
    del commitment.signatories[len(rows) :]
    for position, row in enumerate(rows, 1):
        if position > len(commitment.signatories):
            commitment.signatories.append(Signatory(position=position))
        signatory = commitment.signatories[position - 1]
        signatory.name, signatory.post, signatory.account_id = row.name, row.post, row.account_id

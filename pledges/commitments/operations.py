"""What is done to commitments until they are signed: prepare, freeze, take back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import check_works
from pledges.codes.operations import give
from pledges.commitments.content import content_of
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.queries import editions, newest_edition
from pledges.commitments.readiness import readiness_of
from pledges.commitments.rules import (
    CHANGED,
    CommitmentStatus,
    StepRefused,
    seal,
)
from pledges.commitments.unit_tasks import UnitTasks
from pledges.core.base import touch
from pledges.tasks.queries import of_unit_in_campaign
from pledges.units.models import Unit


@dataclass(frozen=True)
class SignatoryEntry:
    """Who is to sign: name and post as they are to be printed, and the account that may sign in the app."""

    name: str
    post: str
    account_id: int | None = None
    on_behalf_of: str = ""


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
    in_order: bool = True


PLAIN = ("place", "dated_on", "terms", "copies", "witness", "witness_post", "in_order")


def facts(commitment: Commitment) -> dict[str, Any]:
    """The prepared commitment as the log keeps it."""
    return {name: getattr(commitment, name) for name in PLAIN} | {
        "unit": commitment.unit.code,
        "edition": commitment.edition,
        "signatories": [
            {"name": one.name, "post": one.post, "on_behalf_of": one.on_behalf_of}
            for one in commitment.signatories
        ],
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
    demand(commitment, CommitmentStatus.DRAFT)
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
    demand(commitment, CommitmentStatus.DRAFT)
    asked = of_unit_in_campaign(commitment.campaign_id, commitment.unit_id)
    # Read anew: another transaction may have changed what this one read to draw the page.
    tasks = list(session.scalars(asked.execution_options(populate_existing=True)))
    led = UnitTasks(Counter(task.status for task in tasks))
    readiness = readiness_of(commitment.campaign, commitment.unit, commitment, led)
    if not readiness.complete:
        raise StepRefused(f"Chưa chốt được bản cam kết. {readiness.words}.")
    content, digest = seal(content_of(commitment, tasks))
    if seen not in {None, digest}:
        raise StepRefused(CHANGED)
    commitment.content, commitment.digest = content, digest
    commitment.frozen_at = at
    commitment.status = CommitmentStatus.FROZEN
    give(session, commitment, digest, at=at)
    record(session, "commitment.frozen", commitment, by=by, at=at, after={"digest": digest})
    return digest


def withdraw(session: Session, commitment: Commitment, reason: str, *, by: Actor, at: datetime) -> None:
    """Thu hồi bản chốt: taken back while a signature is missing; what was frozen and signed stays readable.

    Raises `StepRefused` before it is frozen and once it has every signature, `MoveRefused` in a concluded campaign.
    """
    check_works(commitment.campaign.status)
    demand(commitment, CommitmentStatus.FROZEN)
    commitment.status = CommitmentStatus.WITHDRAWN
    commitment.withdrawn_at = at
    commitment.withdrawn_because = reason
    after = {"digest": commitment.digest}
    record(session, "commitment.withdrawn", commitment, by=by, at=at, note=reason, after=after)


def demand(commitment: Commitment, status: CommitmentStatus) -> None:
    """Raise `StepRefused` unless the commitment stands there."""
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
        signatory.on_behalf_of = row.on_behalf_of

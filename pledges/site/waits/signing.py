"""What waits for those who sign commitments, and what they refused to sign, for those who prepare."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, may, reach
from pledges.access.roles import Actor
from pledges.campaigns.rules import works_on
from pledges.commitments import queries
from pledges.commitments.models import Commitment
from pledges.commitments.signing_rules import Person, Way, person_of, ways_of, why_closed
from pledges.core.clock import day_of
from pledges.core.dates import format_instant
from pledges.site.pledged import with_dropped_tasks
from pledges.site.waits.kinds import Kind, Wait


def to_sign(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Commitments that the person can sign now; one that was refused is not asked for again."""
    waiting = [one for one in session.scalars(queries.waiting_for(actor)) if works_on(one.campaign.status)]
    if not waiting:
        return
    person = person_of(session, actor.account_id)
    stale = with_dropped_tasks(session, [one.id for one in waiting])
    for one in waiting:
        open_now = _open(one, person, today)
        if one.id not in stale and open_now:
            yield _to_sign(one, open_now, actor)


def _open(commitment: Commitment, person: Person, today: date) -> list[Way]:
    return [
        way
        for way in ways_of(commitment, person)
        if why_closed(way, person, today) is None
        and (way.authorisation is not None or way.signatory.declined is None)
    ]


def _to_sign(commitment: Commitment, ways: list[Way], actor: Actor) -> Wait:
    sign = url_for("commitments.sign", commitment_id=commitment.id)
    sees = may(actor, Permission.SEE_COMMITMENT, commitment.subject())
    deputy = next((way for way in ways if way.authorisation is not None), None)
    as_deputy = f"{deputy.label} · " if deputy is not None and deputy is ways[0] else ""
    return Wait(
        kind=Kind.TO_SIGN,
        title=f"Bản cam kết của {commitment.unit.name}",
        url=url_for("commitments.commitment", commitment_id=commitment.id) if sees else sign,
        action="Đọc và ký",
        action_url=sign,
        text=f"{as_deputy}{commitment.campaign.title}",
        order=(commitment.dated_on or date.max, commitment.id),
    )


def declined(session: Session, actor: Actor) -> Iterator[Wait]:
    """What was refused, by whom and why, for those who prepare the commitment."""
    places = (Place.UNIT, Place.CAMPAIGN)
    if not any(reach(actor, Permission.PREPARE_COMMITMENT, place) for place in places):
        return
    for one in session.scalars(queries.declined(actor)):
        for signatory in one.signatories:
            refusal = signatory.declined
            if refusal is not None:
                yield Wait(
                    kind=Kind.DECLINED,
                    title=f"Bản cam kết của {one.unit.name}",
                    url=url_for("commitments.commitment", commitment_id=one.id),
                    action="Xem bản cam kết",
                    due=f"{signatory.label}, {format_instant(refusal.at)}",
                    text=one.campaign.title,
                    reason=refusal.reason,
                    order=(day_of(refusal.at), one.id),
                )

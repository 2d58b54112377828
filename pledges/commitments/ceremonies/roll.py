"""Danh sách gọi ký: every unit in the order of the list, who signs for it, and how each has signed.

One reader for the page on which the clerk ticks, the screen in the hall, and the papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeGuard

from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies import queries
from pledges.commitments.ceremonies.called import Roll, RollPlace, RollSignature, RollUnit
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.content import sealed_content
from pledges.commitments.gone import ListNow
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, dropped_words
from pledges.units.models import Unit

BROKEN = "Nội dung không còn khớp mã SHA-256 nên không ký được; đồng chí báo quản trị."


def of_campaign(session: Session, campaign: Campaign, ceremony: Ceremony | None = None) -> Roll:
    """The roll as it is now: per unit the edition that waits to be signed, else the one in force; six queries.

    With a ceremony that goes on, what was ticked at it stays, whatever was frozen since. A unit without a task in the
    campaign's list has nothing to pledge and is not called up.
    """
    units = list(session.scalars(queries.units_called(campaign.id)))
    now = ListNow.read(session, [(campaign.id, unit.id) for unit in units])
    editions = _by_unit(session, campaign.id)
    return Roll(
        tuple(
            _present(unit, editions[unit.id], now, ceremony)
            for unit in units
            if now.numbers[campaign.id, unit.id]
        )
    )


def of_ceremony(session: Session, ceremony: Ceremony) -> Roll:
    """The roll of a ceremony: as it is now while it goes on, then for ever as it was when it was closed.

    Of a closed one, the units are those that led a registered task by then, and those that signed at it.
    """
    closed = ceremony.closed_at
    if closed is None:
        return of_campaign(session, ceremony.campaign, ceremony)
    editions = _by_unit(session, ceremony.campaign_id)
    led = set(session.scalars(queries.units_leading_at(ceremony.campaign_id, closed)))
    lines = (
        _past(unit, _frozen_by(editions[unit.id], closed), ceremony)
        for unit in session.scalars(queries.units_ever_called(ceremony.campaign_id))
    )
    return Roll(tuple(line for line in lines if line.unit_id in led or _ticked(line, ceremony)))


def _ticked(line: RollUnit, ceremony: Ceremony) -> bool:
    return any(one.ticked_at(ceremony.id) for one in (line, *line.earlier))


def _by_unit(session: Session, campaign_id: int) -> Mapping[int, list[Commitment]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    for one in session.scalars(queries.commitments_with_signatures(campaign_id)):
        found[one.unit_id].append(one)
    return found


def _present(unit: Unit, editions: list[Commitment], now: ListNow, ceremony: Ceremony | None) -> RollUnit:
    by_status = {one.status: one for one in reversed(editions)}
    in_force = by_status.get(CommitmentStatus.SIGNED)
    shown = by_status.get(CommitmentStatus.FROZEN) or in_force or by_status.get(CommitmentStatus.DRAFT)
    if shown is None:
        return _line(unit, None)
    waits = shown.status is CommitmentStatus.FROZEN
    others = [
        _line(unit, one, in_force=one is in_force)
        for one in editions
        if one is not shown and one.status in {CommitmentStatus.SIGNED, CommitmentStatus.SUPERSEDED}
    ]
    line = _line(unit, shown, in_force=in_force is not None, blocked=_blocked(shown, now) if waits else "")
    return replace(line, earlier=_speaking(others, ceremony))


def _speaking(others: Iterable[RollUnit], ceremony: Ceremony | None) -> tuple[RollUnit, ...]:
    """Of the other editions of a unit, the one in force and those that were ticked at the ceremony."""
    return tuple(
        one for one in others if one.in_force or (ceremony is not None and one.ticked_at(ceremony.id))
    )


def _frozen_by(editions: list[Commitment], moment: datetime) -> list[Commitment]:
    """The editions that were frozen and not taken back at the moment, newest first."""
    return [
        one
        for one in editions
        if one.frozen_at is not None
        and one.frozen_at <= moment
        and not (one.withdrawn_at is not None and one.withdrawn_at <= moment)
    ]


def _past(unit: Unit, frozen: list[Commitment], ceremony: Ceremony) -> RollUnit:
    lines = [_line(unit, one, ceremony=ceremony) for one in frozen]
    if not lines:
        return _line(unit, None)
    standing = next((one for one in lines if one.complete), None)
    shown = lines[0]
    others = (
        replace(one, in_force=one is standing, status=CommitmentStatus.SIGNED)
        for one in lines[1:]
        if one.complete
    )
    return replace(
        shown,
        in_force=standing is not None,
        status=CommitmentStatus.SIGNED if shown.complete else CommitmentStatus.FROZEN,
        earlier=_speaking(others, ceremony),
    )


def _line(
    unit: Unit,
    shown: Commitment | None,
    *,
    in_force: bool = False,
    blocked: str = "",
    ceremony: Ceremony | None = None,
) -> RollUnit:
    return RollUnit(
        unit_id=unit.id,
        name=unit.name,
        block=unit.block,
        commitment_id=shown.id if shown else None,
        edition=shown.edition if shown else 0,
        status=shown.status if shown else None,
        version=shown.version if shown else 0,
        digest=(shown.digest or "") if shown else "",
        in_force=in_force,
        places=_places(shown.signatories if shown else (), ceremony),
        blocked=blocked,
        copies=sum(copy.aside_at is None for copy in shown.filed) if shown else 0,
    )


def _places(signatories: Iterable[Signatory], ceremony: Ceremony | None = None) -> tuple[RollPlace, ...]:
    """Who signs; with a closed ceremony, what was signed when it was closed."""
    return tuple(
        RollPlace(
            id=one.id,
            name=one.name,
            post=one.post,
            on_behalf_of=one.on_behalf_of,
            signature=_signature(one.signature) if _given(one.signature, ceremony) else None,
            declined=one.declined.reason if one.declined is not None else "",
        )
        for one in signatories
    )


def _given(signature: Signature | None, ceremony: Ceremony | None) -> TypeGuard[Signature]:
    if signature is None or ceremony is None:
        return signature is not None
    closed = ceremony.closed_at
    return signature.ceremony_id == ceremony.id or closed is None or signature.at <= closed


def _signature(given: Signature) -> RollSignature:
    return RollSignature(
        name=given.signer_name,
        post=given.signer_post,
        capacity=given.capacity,
        authorised_by=given.authorisation.paper if given.authorisation is not None else "",
        way=given.way,
        on=given.signed_on,
        at=given.at,
        place=given.place,
        certified_by=given.certified_by,
        ceremony_id=given.ceremony_id,
        recorded_by=given.by_name,
    )


def _blocked(commitment: Commitment, now: ListNow) -> str:
    """Why the frozen text can't be signed, in words."""
    try:
        tasks = sealed_content(commitment).get("tasks", ())
    except BrokenSeal:
        return BROKEN
    gone = now.gone((commitment.campaign_id, commitment.unit_id), tasks)
    return dropped_words(gone) if gone else ""

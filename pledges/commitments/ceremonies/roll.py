"""Danh sách gọi ký: every unit in the order of the list, who signs for it, and how each has signed.

One reader for the page on which the clerk ticks, the screen in the hall, and the papers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeGuard

from sqlalchemy.orm import Session

from pledges.accounts.authorisations.rules import Capacity
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies import queries
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.content import sealed_content
from pledges.commitments.gone import ListNow
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.rules import BrokenSeal, CommitmentStatus, SigningWay, dropped_words
from pledges.units.models import Unit

BROKEN = "Nội dung không còn khớp mã SHA-256 nên không ký được; đồng chí báo quản trị."
CALLED = frozenset({CommitmentStatus.FROZEN, CommitmentStatus.SIGNED})
"""Whose text waits to be signed, or was."""


@dataclass(frozen=True, kw_only=True)
class RollSignature:
    """A signature: by whom, in which capacity and by which paper, how, on which day, where, who certifies it."""

    name: str
    post: str
    capacity: Capacity
    authorised_by: str
    way: SigningWay
    on: date
    at: datetime
    place: str
    certified_by: str
    ceremony_id: int | None
    recorded_by: str


@dataclass(frozen=True, kw_only=True)
class RollPlace:
    """Who is to sign: name (empty where it is left to the paper), post, the body signed for; and the signature."""

    id: int
    name: str
    post: str
    on_behalf_of: str
    signature: RollSignature | None
    declined: str

    @property
    def label(self) -> str:
        """The person in a line: name and post, or the post alone."""
        return f"{self.name}, {self.post}" if self.name else self.post


@dataclass(frozen=True, kw_only=True)
class RollUnit:
    """A unit: the edition that is signed or to be signed, its places, and what stands in the way of signing.

    `commitment_id` is that of the edition being written where nothing is frozen, None where nothing is begun.
    `in_force` says whether an edition has every signature: then the unit counts as signed.
    """

    unit_id: int
    name: str
    block: str
    commitment_id: int | None
    edition: int
    status: CommitmentStatus | None
    version: int
    digest: str
    in_force: bool
    places: tuple[RollPlace, ...]
    blocked: str = ""
    copies: int = 0

    @property
    def called(self) -> bool:
        """Whether there is a frozen text to sign."""
        return self.status in CALLED

    @property
    def signed(self) -> int:
        """How many of those named have signed."""
        return sum(place.signature is not None for place in self.places)

    @property
    def complete(self) -> bool:
        """Whether everybody named has signed."""
        return _complete(self.places)

    @property
    def missing(self) -> tuple[RollPlace, ...]:
        """Who has not signed."""
        return tuple(place for place in self.places if place.signature is None)


@dataclass(frozen=True)
class Roll:
    """All units in the order of the list."""

    units: tuple[RollUnit, ...]

    @property
    def called(self) -> tuple[RollUnit, ...]:
        """The units with a text to sign."""
        return tuple(unit for unit in self.units if unit.called)

    @property
    def not_ready(self) -> tuple[RollUnit, ...]:
        """The units whose text is not frozen."""
        return tuple(unit for unit in self.units if not unit.called)

    @property
    def waiting(self) -> tuple[RollUnit, ...]:
        """The units with a text that somebody has not signed."""
        return tuple(unit for unit in self.called if not unit.complete)

    @property
    def units_signed(self) -> int:
        """How many units have signed, by the rule of every count."""
        return sum(unit.in_force for unit in self.units)

    @property
    def people(self) -> int:
        """How many places there are to sign in."""
        return sum(len(unit.places) for unit in self.called)

    @property
    def people_signed(self) -> int:
        """How many of them have signed."""
        return sum(unit.signed for unit in self.called)

    def newest(self, number: int) -> list[tuple[RollUnit, RollPlace, RollSignature]]:
        """The signatures given last, newest first."""
        given = [
            (unit, place, place.signature)
            for unit in self.called
            for place in unit.places
            if place.signature is not None
        ]
        return sorted(given, key=lambda one: (one[2].at, one[1].id), reverse=True)[:number]


def of_campaign(session: Session, campaign: Campaign) -> Roll:
    """The roll as it is now: per unit the edition that waits to be signed, else the one in force; six queries.

    A unit without a task in the campaign's list has nothing to pledge and is not called up.
    """
    units = list(session.scalars(queries.units_called(campaign.id)))
    now = ListNow.read(session, [(campaign.id, unit.id) for unit in units])
    editions = _by_unit(session, campaign.id)
    return Roll(
        tuple(_present(unit, editions[unit.id], now) for unit in units if now.numbers[campaign.id, unit.id])
    )


def of_ceremony(session: Session, ceremony: Ceremony) -> Roll:
    """The roll of a ceremony: as it is now while it goes on, then for ever as it was when it was closed.

    Of a closed one, the units are those that had a frozen text by then.
    """
    closed = ceremony.closed_at
    if closed is None:
        return of_campaign(session, ceremony.campaign)
    editions = _by_unit(session, ceremony.campaign_id)
    called = (
        (unit, _frozen_by(editions[unit.id], closed))
        for unit in session.scalars(queries.units_called(ceremony.campaign_id))
    )
    return Roll(tuple(_past(unit, frozen, ceremony) for unit, frozen in called if frozen))


def _by_unit(session: Session, campaign_id: int) -> Mapping[int, list[Commitment]]:
    found: dict[int, list[Commitment]] = defaultdict(list)
    for one in session.scalars(queries.commitments_with_signatures(campaign_id)):
        found[one.unit_id].append(one)
    return found


def _present(unit: Unit, editions: list[Commitment], now: ListNow) -> RollUnit:
    by_status = {one.status: one for one in reversed(editions)}
    in_force = by_status.get(CommitmentStatus.SIGNED)
    shown = by_status.get(CommitmentStatus.FROZEN) or in_force or by_status.get(CommitmentStatus.DRAFT)
    waits = shown is not None and shown.status is CommitmentStatus.FROZEN
    return _line(
        unit,
        shown,
        in_force=in_force is not None,
        places=_places(shown.signatories if shown else ()),
        blocked=_blocked(shown, now) if shown and waits else "",
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
    places = _places(frozen[0].signatories, ceremony)
    earlier = (_places(one.signatories, ceremony) for one in frozen[1:])
    in_force = any(_complete(one) for one in (places, *earlier))
    status = CommitmentStatus.SIGNED if _complete(places) else CommitmentStatus.FROZEN
    return replace(_line(unit, frozen[0], in_force=in_force, places=places), status=status)


def _complete(places: tuple[RollPlace, ...]) -> bool:
    return bool(places) and all(place.signature is not None for place in places)


def _line(
    unit: Unit, shown: Commitment | None, *, in_force: bool, places: tuple[RollPlace, ...], blocked: str = ""
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
        places=places,
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

"""Who is called up to sign: the units of a roll with their places and signatures, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pledges.accounts.authorisations.rules import Capacity
from pledges.commitments.rules import CommitmentStatus, SigningWay
from pledges.commitments.standing_words import renewing_words
from pledges.core.numbers import two_digits

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
    `in_force` says whether an edition has every signature: then the unit counts as signed. `earlier` holds the editions
    that speak beside the one shown, newest first: the one in force while a new one waits, and those that were ticked at
    the ceremony whose roll it is.
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
    earlier: tuple[RollUnit, ...] = ()

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
        return bool(self.places) and all(place.signature is not None for place in self.places)

    @property
    def renewing(self) -> bool:
        """Whether an edition in force stands while a newer one waits for its signatures."""
        return self.in_force and self.called and not self.complete

    @property
    def counted(self) -> tuple[RollPlace, ...]:
        """The places of the edition by which the unit counts: the one in force, else the one that waits."""
        if self.renewing:
            return next((one.places for one in self.earlier if one.in_force), self.places)
        return self.places

    @property
    def missing(self) -> tuple[RollPlace, ...]:
        """Who has not signed."""
        return tuple(place for place in self.places if place.signature is None)

    def ticked_at(self, ceremony_id: int) -> bool:
        """Whether this edition was signed at the ceremony, by anybody."""
        return any(
            place.signature is not None and place.signature.ceremony_id == ceremony_id
            for place in self.places
        )


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
    def not_ready_words(self) -> str:
        """How many units are not ready, in the words of every page and paper; "" where all are."""
        number = len(self.not_ready)
        return f"{two_digits(number)} đơn vị chưa chốt bản cam kết" if number else ""

    @property
    def to_sign(self) -> tuple[RollUnit, ...]:
        """The units with a text that somebody has not signed, whether or not one in force stands beside it."""
        return tuple(unit for unit in self.called if not unit.complete)

    @property
    def waiting(self) -> tuple[RollUnit, ...]:
        """The units with a text that somebody has not signed, and none in force: they count as unsigned."""
        return tuple(unit for unit in self.to_sign if not unit.in_force)

    @property
    def renewing(self) -> tuple[RollUnit, ...]:
        """The units that signed, and whose new edition waits."""
        return tuple(unit for unit in self.units if unit.renewing)

    @property
    def renewing_words(self) -> str:
        """How many sign anew, units and people, told apart from the other counts; "" where none does."""
        if not self.renewing:
            return ""
        people = sum(len(unit.places) for unit in self.renewing)
        signed = sum(unit.signed for unit in self.renewing)
        said = renewing_words(len(self.renewing))
        return f"{said}, {two_digits(signed)}/{two_digits(people)} người đã ký"

    @property
    def units_signed(self) -> int:
        """How many units have signed, by the rule of every count."""
        return sum(unit.in_force for unit in self.units)

    @property
    def places_called(self) -> int:
        """How many places there are in the texts that are called up."""
        return sum(len(unit.places) for unit in self.called)

    @property
    def people(self) -> int:
        """How many places there are in the texts by which the units count."""
        return sum(len(unit.counted) for unit in self.called)

    @property
    def people_signed(self) -> int:
        """How many of them have signed."""
        return sum(place.signature is not None for unit in self.called for place in unit.counted)

    def newest(self, number: int) -> list[tuple[RollUnit, RollPlace, RollSignature]]:
        """The signatures given last, newest first."""
        given = [
            (unit, place, place.signature)
            for unit in self.called
            for edition in (unit, *unit.earlier)
            for place in edition.places
            if place.signature is not None
        ]
        return sorted(given, key=lambda one: (one[2].at, one[1].id), reverse=True)[:number]

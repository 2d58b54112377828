"""Danh sách ký, biển tên: what is printed before a ceremony, in the order in which the units are called up."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.called import Roll, RollPlace, RollSignature, RollUnit
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.rules import SigningWay
from pledges.core.dates import format_date, format_instant, long_date
from pledges.documents.headings import heading_of, place_of
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from pledges.documents.sheets.paper import Foot
from pledges.documents.sheets.signing_day import Signing, SigningRollSheet, UnitGroup, UnitLine

FREE_DATE = "ngày      tháng      năm"


def roll_of(campaign: Campaign, roll: Roll, ceremony: Ceremony | None, today: date) -> SigningRollSheet:
    """The roll to sign; day and place are those of the ceremony, or of the launch while none is known."""
    held_on = ceremony.held_on if ceremony else campaign.launched_on
    place = ceremony.place if ceremony else campaign.launch_place
    return SigningRollSheet(
        heading=heading_of(campaign, today, dated=f"{place_of(campaign)}, {_day(held_on)}"),
        abstract=campaign.title,
        occasion=_occasion(roll, held_on, place),
        groups=tuple(groups_of(roll.called)),
        foot=Foot(illustrative=campaign.illustrative),
    )


def _day(held_on: date | None) -> str:
    return long_date(held_on) if held_on else FREE_DATE


def _occasion(roll: Roll, held_on: date | None, place: str) -> str:
    said = f"Ký ngày {format_date(held_on)}" if held_on else "Ngày ký: ……………………"
    where = f", tại {place}" if place else ""
    return f"{said}{where}. Có {len(roll.called):02} đơn vị với {roll.places_called:02} người ký."


def groups_of(units: Iterable[RollUnit]) -> Iterator[UnitGroup]:
    """The units by block, each with who signs, and how where it was signed."""
    for block, found in groupby(units, key=lambda unit: unit.block):
        yield UnitGroup(block, tuple(_unit_line(unit, unit.name) for unit in found))


def groups_of_editions(units: Iterable[RollUnit]) -> Iterator[UnitGroup]:
    """As `groups_of`, with the earlier editions that speak beside the newest: each in a line of its own, named."""
    for block, found in groupby(units, key=lambda unit: unit.block):
        yield UnitGroup(block, tuple(line for unit in found for line in _edition_lines(unit)))


def _edition_lines(unit: RollUnit) -> Iterator[UnitLine]:
    if not unit.earlier:
        yield _unit_line(unit, unit.name)
        return
    for edition in (*reversed(unit.earlier), unit):
        yield _unit_line(edition, f"{unit.name} (lần {edition.edition})")


def _unit_line(unit: RollUnit, name: str) -> UnitLine:
    return UnitLine(name, tuple(map(_signing, unit.places)))


def _signing(place: RollPlace) -> Signing:
    given = place.signature
    if given is None:
        return Signing(place.name, place.post)
    prefix = given.capacity.prefix
    post = f"{prefix} {place.post}, {given.post}" if prefix else place.post
    return Signing(given.name, post, given_words(given))


def given_words(given: RollSignature) -> str:
    """How and when it was signed, in the words of a list."""
    if given.way is SigningWay.IN_APP:
        return f"{given.way.label}, {format_instant(given.at)}"
    return f"{given.way.label}, ngày {format_date(given.on)}"


def cards_of(campaign: Campaign, roll: Roll) -> PlaceCards | None:
    """A card for everybody who is to sign; for a post without a name that of the post. None without any."""
    cards = tuple(
        PlaceCard(unit.name, place.name, place.post) for unit in roll.called for place in unit.places
    )
    if not cards:
        return None
    return PlaceCards(name=f"Biển tên - {campaign.title}", author=campaign.owner.name, cards=cards)

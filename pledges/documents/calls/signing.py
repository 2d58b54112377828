"""Danh sách gọi đôn đốc ký: which commitments lack what, and whom to phone about it."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies.called import Roll, RollPlace, RollUnit
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.standing_words import RENEWING, renewing_words
from pledges.core.dates import format_date
from pledges.documents import queries
from pledges.documents.calls.queries import people_by_unit
from pledges.documents.headings import heading_of
from pledges.documents.sheets.calls import Call, CallLine, CallListSheet
from pledges.documents.sheets.paper import Foot

NOBODY_MISSING = "Không còn đơn vị nào chưa ký đủ."
NOT_BEGUN, NOT_FROZEN = "Chưa soạn bản cam kết", "Bản cam kết đang soạn, chưa chốt để ký"


def calls_of(session: Session, campaign: Campaign, roll: Roll, today: date) -> CallListSheet:
    """Every unit that has not signed, in the order of the list, then those that sign anew.

    Two queries besides the roll's own.
    """
    unsigned = [unit for unit in roll.units if not unit.in_force]
    open_units = [*unsigned, *roll.renewing]
    asked = [place.id for unit in open_units if unit.called for place in unit.missing]
    phones = {number: phone for number, phone in session.execute(queries.phones_of(asked)) if phone}
    people = people_by_unit(session, [unit.unit_id for unit in open_units], today)
    return CallListSheet(
        heading=heading_of(campaign, today),
        title="Danh sách gọi đôn đốc ký cam kết",
        abstract=campaign.title,
        opening=_opening(campaign, len(unsigned), roll, today),
        lines=tuple(_line(unit, phones, people.get(unit.unit_id, [])) for unit in open_units),
        when_empty=NOBODY_MISSING,
        foot=Foot(illustrative=campaign.illustrative, as_of=f"Tình hình ký đến ngày {format_date(today)}"),
    )


def _opening(campaign: Campaign, number: int, roll: Roll, today: date) -> str:
    said = f"Đến ngày {format_date(today)}, còn {number:02} đơn vị chưa ký đủ bản cam kết"
    if campaign.launched_on is not None and campaign.launched_on > today:
        days = (campaign.launched_on - today).days
        said += f"; lễ phát động ngày {format_date(campaign.launched_on)}, còn {days:02} ngày"
    return f"{said}. {renewing_words(len(roll.renewing))}." if roll.renewing else f"{said}."


def _line(unit: RollUnit, phones: Mapping[int, str], people: list[Appointment]) -> CallLine:
    if not unit.called:
        missing = NOT_FROZEN if unit.status is CommitmentStatus.DRAFT else NOT_BEGUN
        return CallLine(unit.name, missing, _colleagues(people))
    missing = "Chữ ký của " + "; ".join(_post(place) for place in unit.missing)
    if unit.renewing:
        missing = f"{RENEWING} lần {unit.edition}: {missing[0].lower()}{missing[1:]}"
    named = tuple(Call(place.label, phones.get(place.id, "")) for place in unit.missing if place.name)
    if any(call.phone for call in named):
        return CallLine(unit.name, missing, named)
    return CallLine(unit.name, missing, named + _colleagues(people, {place.name for place in unit.missing}))


def _post(place: RollPlace) -> str:
    declined = f" (từ chối: {place.declined.rstrip(' .')})" if place.declined else ""
    return f"{place.label}{declined}"


def _colleagues(people: list[Appointment], known: Collection[str] = ()) -> tuple[Call, ...]:
    """Who works in the unit, those with a phone alone where there are some; nobody who is named already."""
    others = {
        held.account_id: Call(f"{held.account.name}, {held.post}", held.account.phone)
        for held in people
        if held.account.name not in known
    }
    reached = tuple(call for call in others.values() if call.phone)
    return reached or tuple(others.values())[:1]

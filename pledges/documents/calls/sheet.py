"""The list of calls about what is late, as it is printed."""

from collections.abc import Iterator, Sequence
from datetime import date

from pledges.campaigns.models import Campaign
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.documents.calls.rules import LateUnit
from pledges.documents.headings import heading_of
from pledges.documents.sheets.calls import Call, CallLine, CallListSheet
from pledges.documents.sheets.paper import Foot

NOBODY_LATE = "Không có đơn vị nào chậm hoặc sắp đến hạn."


def sheet_of(campaign: Campaign, units: Sequence[LateUnit], today: date) -> CallListSheet:
    """Danh sách gọi đôn đốc: every unit in the order in which it is phoned."""
    return CallListSheet(
        heading=heading_of(campaign, today),
        title="Danh sách gọi đôn đốc",
        abstract=campaign.title,
        opening=opening(units, today),
        lines=tuple(_line(unit, today) for unit in units),
        when_empty=NOBODY_LATE,
        promises=True,
        foot=Foot(illustrative=campaign.illustrative, as_of=f"Tình hình đến ngày {format_date(today)}"),
    )


def opening(units: Sequence[LateUnit], today: date) -> str:
    """How many units are phoned, and why."""
    late = sum(unit.behind(today) for unit in units)
    broke = sum(unit.broke(today) for unit in units)
    said = f"Đến ngày {format_date(today)}, có {two_digits(late)} đơn vị chậm"
    if broke:
        said += f", trong đó {two_digits(broke)} đơn vị không giữ hẹn"
    coming = len(units) - late
    return f"{said}; {two_digits(coming)} đơn vị sắp đến hạn." if coming else f"{said}."


def _line(unit: LateUnit, today: date) -> CallLine:
    calls = tuple(Call(f"{one.name}, {one.post}", one.phone) for one in unit.contacts)
    return CallLine(unit.name, "\n".join(_missing(unit, today)), calls)


def _missing(unit: LateUnit, today: date) -> Iterator[str]:
    """What to speak of, each in a line of its own; then what was promised."""
    for item in unit.items:
        yield f"- {item.line(today)}"
    promise = unit.promise
    if promise is not None and promise.promised_on is not None:
        word = "Không giữ hẹn" if promise.broken(today) else "Đã hẹn"
        called = format_date(promise.called_on)
        yield f"{word} ngày {format_date(promise.promised_on)} ({promise.spoke_to}, gọi ngày {called})"

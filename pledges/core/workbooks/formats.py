"""Định dạng số: what a cell means by its number, told by the number format it is shown in.

Excel keeps a date as a count of days and a percentage as a fraction; only the format says so.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Final

from pledges.core.dates import format_date
from pledges.core.numbers import format_number
from pledges.core.workbooks.sheets import Cell


class Shape(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    CLOCK = "clock"


# Excel's built-in formats have numbers instead of codes: 14 to 17 and 22 are dates, 18 to 21 and 45 to 47
# times of day, 27 to 36 and 50 to 58 the dates of East Asian editions; 9 and 10 are percentages.
_BUILT_IN: Final = {
    **dict.fromkeys((9, 10), Shape.PERCENT),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), Shape.DATE),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48)), Shape.CLOCK),
}
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# What is shown as it stands: quoted, escaped or padding characters, colours and countries in brackets.
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|am/pm|a/p', re.IGNORECASE)

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DIGITS_SHOWN: Final = 15
"""Excel computes with more digits than it ever shows: 0.1 + 0.2 is 0.3 there, not 0.30000000000000004."""
_LARGEST: Final = 1e15

_BEFORE_THE_FIRST: Final = date(1899, 12, 31)
_FROM_1900_TO_1904: Final = 1462
_THAT_NEVER_WAS: Final = 60
"""Excel counts a 29/2/1900, which there was not: the days after it are one too many."""
_LAST_DAY: Final = 2_958_465
_SECONDS: Final = 24 * 60 * 60

_NO_SUCH_DAY: Final = "Ô có định dạng ngày nhưng số bên trong không phải là một ngày có thật."


def shape_of(code: str) -> Shape:
    """Return what the number format ``code`` (as 'd/m/yyyy', '0%', '#,##0.00') makes of a number."""
    section = code.split(";", 1)[0]
    if _ELAPSED.search(section):
        return Shape.CLOCK
    plain = _LITERAL.sub("", section).lower()
    if "%" in plain:
        return Shape.PERCENT
    if "general" in plain:
        return Shape.NUMBER
    times = "h" in plain or "s" in plain
    if "y" in plain or "d" in plain or ("m" in plain and not times):
        return Shape.DATE
    return Shape.CLOCK if times else Shape.NUMBER


def built_in_shape(number: int) -> Shape:
    """Return what the format that Excel knows by ``number`` makes of a number."""
    return _BUILT_IN.get(number, Shape.NUMBER)


def cell_of(raw: str, shape: Shape, font: str, *, from_1904: bool) -> Cell:
    """Return the cell of the number ``raw`` as the file writes it; text that is none stays text."""
    if _NUMBER.fullmatch(raw) is None or abs(float(raw)) >= _LARGEST:
        return Cell(raw, font)
    if shape is Shape.NUMBER:
        return Cell(_decimal(raw), font)
    if shape is Shape.PERCENT:
        shown = _decimal(raw) * 100
        return Cell(
            _plain(shown), font, remark=f"Ô hiện {format_number(shown)}%: lấy số {format_number(shown)}."
        )
    return _moment(raw, shape, font, from_1904=from_1904)


def iso_cell(raw: str, font: str) -> Cell:
    """Return the cell of a day that the file writes out (2024-03-29, perhaps with a time); else its text."""
    day, _, time = raw.partition("T")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return Cell(raw, font)
    left_out = time.strip("0:.Z")
    return Cell(found, font, remark=_only_the_day(found, time[:5]) if left_out else "")


def _only_the_day(day: date, clock: str) -> str:
    return f"Chỉ lấy ngày {format_date(day)}, bỏ giờ {clock}."


def _plain(number: Decimal) -> Decimal:
    """Return ``number`` without an exponent, without zeros at the end and without a negative zero."""
    whole, _, places = f"{number:f}".partition(".")
    places = places.rstrip("0")
    return Decimal(f"{whole}.{places}" if places else whole) + 0


def _decimal(raw: str) -> Decimal:
    return _plain(Decimal(f"{float(raw):.{_DIGITS_SHOWN}g}"))


def _moment(raw: str, shape: Shape, font: str, *, from_1904: bool) -> Cell:
    """Return the cell of a count of days: a date, or the text of a time of day."""
    seconds = round(float(raw) * _SECONDS)
    days, rest = divmod(seconds, _SECONDS)
    if seconds >= 0 and (shape is Shape.CLOCK or (not days and not from_1904)):
        return Cell(_clock(seconds), font)
    day = _day(days, from_1904=from_1904)
    if day is None:
        return Cell(raw, font, fault=_NO_SUCH_DAY)
    return Cell(day, font, remark=_only_the_day(day, _clock(rest)) if rest else "")


def _day(days: int, *, from_1904: bool) -> date | None:
    """Return the day of a count, in the calendar of Windows or in that of old Macintoshes."""
    if from_1904:
        days += _FROM_1900_TO_1904
    if not 1 <= days <= _LAST_DAY or days == _THAT_NEVER_WAS:
        return None
    return _BEFORE_THE_FIRST + timedelta(days - (days > _THAT_NEVER_WAS))


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"

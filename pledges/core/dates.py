"""Dates as Vietnamese offices write them: day first; on paper in words, with the zeros the decree asks for.

Nothing here asks what day it is. Instants are aware and shown in the office's zone, ``ZONE``.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

_EMPTY: Final = "Hãy nhập ngày, ví dụ 29/3/2024."
_MALFORMED: Final = "Không đọc được ngày này; hãy viết ngày/tháng/năm, ví dụ 29/3/2024."
_SHORT_YEAR: Final = "Năm phải viết đủ bốn chữ số, ví dụ 29/3/2024."
_YEAR_OUT_OF_RANGE: Final = f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}."
_NAIVE: Final = "an instant must know its zone"
_NOT_A_DATE: Final = "a date is wanted, not an instant: its day depends on the zone"

_DAY_FIRST: Final = re.compile(r"(?P<d>[0-9]{1,2})\s*([/.-])\s*(?P<m>[0-9]{1,2})\s*\2\s*(?P<y>[0-9]{1,4})")
_ISO: Final = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})")
_YEAR_DIGITS: Final = 4
_MONTHS: Final = 12
_LAST_PADDED_MONTH: Final = 2


class DateError(ValueError):
    """What was typed is no date; ``message`` says it to the user."""

    def __init__(self, message: str) -> None:
        """Keep the Vietnamese sentence as ``message``."""
        super().__init__(message)
        self.message = message


def _plain(day: date) -> date:
    """Return ``day``; raise ``TypeError`` for an instant, whose UTC day would be printed in silence."""
    if isinstance(day, datetime):
        raise TypeError(_NOT_A_DATE)
    return day


def _month_in_words(month: int) -> str:
    return f"{month:02}" if month <= _LAST_PADDED_MONTH else str(month)


def format_date(day: date) -> str:
    """Return ``day`` as tables and pages show it: 29/3/2024, 9/3/2024."""
    _plain(day)
    return f"{day.day}/{day.month}/{day.year:04}"


def long_date(day: date) -> str:
    """Return ``day`` in words, as documents carry it: ngày 29 tháng 3 năm 2024.

    Days below 10 and months 1 and 2 get a zero in front, months 3 to 9 don't (NĐ 30/2020/NĐ-CP, Phụ lục I,
    place and date).
    """
    _plain(day)
    return f"ngày {day.day:02} tháng {_month_in_words(day.month)} năm {day.year:04}"


def format_month(day: date) -> str:
    """Return the month of ``day`` as lists and labels name it: tháng 9/2024, tháng 1/2025."""
    _plain(day)
    return f"tháng {day.month}/{day.year:04}"


def format_instant(instant: datetime) -> str:
    """Return ``instant`` by the clock of the office: 16:42 ngày 15/10/2024.

    Raises ``ValueError`` if it doesn't know its zone.
    """
    if instant.utcoffset() is None:
        raise ValueError(_NAIVE)
    local = instant.astimezone(ZONE)
    return f"{local:%H:%M} ngày {format_date(local.date())}"


def parse_date(text: str) -> date:
    """Return the date a user typed: 29/3/2024, 29/03/2024, 29-3-2024, 29.3.2024 or 2024-03-29.

    Raises ``DateError`` whose ``message`` names what is wrong: the year's digits or range, a month or a day
    that doesn't exist, or the way of writing.
    """
    text = text.strip()
    if not text:
        raise DateError(_EMPTY)
    match = _DAY_FIRST.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        raise DateError(_MALFORMED)
    if len(match["y"]) < _YEAR_DIGITS:
        raise DateError(_SHORT_YEAR)
    return _existing(int(match["y"]), int(match["m"]), int(match["d"]))


def _existing(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(_YEAR_OUT_OF_RANGE)
    if not 1 <= month <= _MONTHS:
        message = f"Không có tháng {month}; hãy viết ngày trước, tháng sau, ví dụ 29/3/2024."
        raise DateError(message)
    if not 1 <= day <= monthrange(year, month)[1]:
        message = f"Tháng {month} năm {year} không có ngày {day}."
        raise DateError(message)
    return date(year, month, day)

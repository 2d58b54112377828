"""Số liệu đã in đọc ngược lại: a printed text as the number or day that it is, where that is exact.

A text is taken for a figure only if the figure, printed, is that very text: "05" and "2024" stay texts.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pledges.core.dates import DateError, format_date, parse_date
from pledges.core.numbers import format_number
from pledges.core.workbooks.sheets import CellValue
from pledges.documents.sheets.tasks import DASH, RESTATED

DAY: Final = "d/m/yyyy"
_FIGURE: Final = re.compile(
    r"(?P<most>≤ )?(?P<number>-?[0-9][0-9.]*(?:,(?P<places>[0-9]+))?)(?P<percent>%)?"
    rf"(?P<restated> {re.escape(RESTATED)})?"
)
_SPAN: Final = re.compile(rf"(?P<first>[0-9/]+) {DASH}\n(?P<last>[0-9/]+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell holds, and the format in which it reads as it was printed; "" for a text."""

    value: CellValue
    format: str = ""


def figure_of(text: str) -> Figure:
    """The number, share or day that a printed text says; else the text."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        day = day_of(text)
        return Figure(text) if day is None else Figure(day, DAY)
    number = Decimal(found["number"].replace(".", "").replace(",", "."))
    if format_number(number) != found["number"]:
        return Figure(text)
    if found["percent"]:
        number = number.scaleb(-2)
    return Figure(number, _format(found))


def _format(found: re.Match[str]) -> str:
    places = f".{'0' * len(found['places'])}" if found["places"] else ""
    most = '"≤ "' if found["most"] else ""
    restated = f'" {RESTATED}"' if found["restated"] else ""
    return f"{most}#,##0{places}{found['percent'] or ''}{restated}"


def day_of(text: str) -> date | None:
    """The day that is printed so."""
    try:
        day = parse_date(text)
    except DateError:
        return None
    return day if format_date(day) == text else None


def span_of(text: str) -> tuple[date, date] | None:
    """First and last day where a text is both, one under the other."""
    found = _SPAN.fullmatch(text)
    first, last = (day_of(found["first"]), day_of(found["last"])) if found else (None, None)
    return (first, last) if first and last else None

"""Ô tính khi ghi: what may stand in a cell of a written spreadsheet, and how its file is named."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape  # nosec B406 # it reads nothing

from pledges.core.numbers import format_input
from pledges.core.workbooks.limits import LONGEST_TEXT
from pledges.core.workbooks.sheets import CellValue

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

TEXT: Final = "@"
"""The format of a cell that holds text, whatever it looks like."""
_MOST_DIGITS: Final = 15
"""Excel keeps no more digits of a number: one that has more is written as text, whole."""
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that Excel or another program might run as a formula."""
_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f]")
_LOST: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MAKER: Final = "Cam kết thi đua"


def held(value: CellValue) -> CellValue:
    """Return ``value``, or the text of a number that has more digits than Excel keeps."""
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _MOST_DIGITS:
        return format_input(value)
    return value


def fill(cell: "Cell", value: CellValue) -> None:
    """Write ``value`` into a cell that has its style, as what it is: no text ever runs as a formula.

    Raises ``ValueError`` for a text longer than Excel allows.
    """
    value = held(value)
    if not isinstance(value, str):
        cell.value = value
    elif value:
        cell.value = _kept(value)
        # Else openpyxl takes "=1+1" for a formula and "#REF!" for an error.
        cell.data_type = "s"
        if value.startswith(_RUNS):
            cell.quotePrefix = True
            cell.number_format = TEXT


def _kept(text: str) -> str:
    """Return ``text`` as the file holds it: what XML can't hold is escaped in Excel's way, or left out."""
    escaped = _ESCAPED.sub("_x005F_", _LOST.sub("", text))
    escaped = _CONTROLS.sub(lambda control: f"_x{ord(control[0]):04X}_", escaped)
    if len(escaped) > LONGEST_TEXT:
        message = f"a cell holds at most {LONGEST_TEXT} characters"
        raise ValueError(message)
    return escaped


def properties(title: str) -> bytes:
    """Return the part of the file's properties: openpyxl always puts the time in."""
    plain = escape(_LOST.sub("", _CONTROLS.sub("", title)))
    return (
        '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.openxmlformats.org'
        f'/package/2006/metadata/core-properties"><dc:title>{plain}</dc:title><dc:creator>{_MAKER}</dc:creator>'
        "</cp:coreProperties>"
    ).encode()

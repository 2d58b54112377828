"""What a spreadsheet said: sheets of rows of cells, with the row numbers that the sender sees in Excel."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pledges.core.numbers import format_number
from pledges.core.refusal import Refused
from pledges.core.workbooks.limits import MOST_COLUMNS, MOST_ROWS

CellValue = str | Decimal | date | None

_LETTERS: Final = 26


class Unreadable(Refused):
    """A file that can't be read, or must not be; the message says why and what to do about it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Ô: a value as it was typed, and the font it was shown in.

    ``value`` is NFC text (not trimmed), an exact number, a date, or None for an empty cell; a cell that shows
    a percentage holds what it shows (95 for 95%). ``fault`` is a sentence if the value is not what the
    sender meant (a formula whose result the file doesn't hold, an error such as #REF!, a date that doesn't
    exist); ``remark`` is one if something of it was left out (the time of a day) or turned (a percentage).
    """

    value: CellValue = None
    font: str = ""
    fault: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Dòng: its ``number`` as the sender sees it, and its cells from column A on, empty ones included."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Trang tính: its rows from the top, empty ones left out.

    ``composed`` counts the cells whose text came with loose accents (NFD) and was composed.
    """

    name: str
    rows: tuple[Row, ...]
    composed: int = 0


def too_many_rows(name: str) -> str:
    """Return the sentence about a sheet that is longer than any list of tasks."""
    return (
        f"Trang tính “{name}” có hơn {format_number(MOST_ROWS)} dòng có chữ. Danh mục của một phường không dài "
        "đến thế: hãy chép riêng danh mục sang một sổ tính mới rồi tải lên lại."
    )


def too_many_columns(name: str, row: int) -> str:
    """Return the sentence about a sheet that is wider than any list of tasks, and where it is."""
    return (
        f"Trang tính “{name}”, dòng {row}: có chữ ở quá cột thứ {MOST_COLUMNS} (cột "
        f"{column_letters(MOST_COLUMNS - 1)}). Hãy xóa các cột thừa bên phải rồi tải lên lại."
    )


def column_letters(index: int) -> str:
    """Return the name of the column ``index`` (0 is A) as Excel shows it: A, B … Z, AA."""
    letters = ""
    rest = index + 1
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters

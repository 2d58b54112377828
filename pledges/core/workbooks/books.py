"""What a spreadsheet is to say: everything about it but how its file is made."""

from dataclasses import dataclass
from enum import Enum

from pledges.core.workbooks.sheets import CellValue


class Kind(Enum):
    """What the cells of a column hold; it gives them their number format and their side."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """Cột: a heading and what helps to fill the cells below it.

    ``width`` counts characters. ``hint`` is shown beside a chosen cell. ``choices`` drop down;
    ``only_choices`` refuses anything else, otherwise Excel asks whether it is meant.
    """

    heading: str
    width: int = 14
    kind: Kind = Kind.TEXT
    hint: str = ""
    choices: tuple[str, ...] = ()
    only_choices: bool = False


@dataclass(frozen=True, slots=True)
class OutSheet:
    """Trang tính to be written: a row of headings, then ``rows`` of one value per column.

    ``blank_rows`` below them are ready to be filled, with formats, hints and lists. ``strong`` names the
    rows, from 0, that stand out: subtotals.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...] = ()
    blank_rows: int = 0
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Notes:
    """Trang hướng dẫn: a sheet of sentences, the first of which is its heading."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Sổ tính to be written: its title (in the file's properties) and its sheets in order."""

    title: str
    sheets: tuple[OutSheet | Notes, ...]

"""Bề rộng và chiều cao: columns that hold their longest word, rows as tall as their texts; Excel knows neither."""

from collections.abc import Sequence
from datetime import date

from pledges.core.dates import format_date
from pledges.core.numbers import format_number
from pledges.documents.books.rows import Field, Line
from pledges.documents.layouts import LEFT, PAGE, RIGHT, Weight
from pledges.documents.pdf.faces import Face, load
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pdf.ink import MM
from pledges.documents.pdf.lines import broken
from pledges.documents.sheets.paper import RowKind

POINTS_A_UNIT = 5.25
"""What Excel counts widths in: a digit of the face that a new workbook has."""
PAD = 6.0
LEADING = 1.2
TALLEST = 409.0
WIDEST = 0.6
"""Letters that the face lacks are taken to be as wide, in sizes."""


def column_widths(
    fields: Sequence[Field], lines: Sequence[Line], size: int, *, landscape: bool
) -> list[float]:
    """The widths of the columns in points: their shares of a page, but room for the longest word and figure."""
    faces = load()
    short, long = PAGE
    whole = sum(field.share for field in fields)
    page = ((long if landscape else short) - LEFT - RIGHT) * MM
    widths = []
    for at, field in enumerate(fields):
        said = (_shown(line, at) for line in lines if line.kind is RowKind.PLAIN or at)
        needed = [_longest(text, faces[Weight.BOLD], size) for text in (field.title, *said)]
        widths.append(max(page * field.share / whole, max(needed) + PAD))
    return widths


def _shown(line: Line, at: int) -> str:
    figure = line.figures[at]
    if isinstance(figure.value, date):
        return format_date(figure.value)
    if figure.value is None or isinstance(figure.value, str):
        return figure.value or ""
    return f"{format_number(figure.value)}{figure.format.replace('#', '')}"


def _longest(text: str, face: Face, size: int) -> float:
    words = text.split()
    try:
        return max((face.width(word, size) for word in words), default=0.0)
    except KeyError:
        return max(map(len, words)) * WIDEST * size


def lines_in(text: str, width: float, size: int, *, bold: bool) -> int:
    """On how many lines a text stands in a cell of a width."""
    face = load()[Weight.BOLD if bold else Weight.REGULAR]
    try:
        return len(broken(text, face, size, max(width - PAD, size)))
    except GlyphMissingError:
        return -(-round(len(text) * WIDEST * size) // round(max(width - PAD, size)))


def height_of(line: Line, widths: Sequence[float], size: int) -> float | None:
    """How tall a row is whose texts stand on several lines; None where it is as tall as any row."""
    bold = line.kind is not RowKind.PLAIN
    texts = [
        (figure.value, width)
        for at, (figure, width) in enumerate(zip(line.figures, widths, strict=True))
        if isinstance(figure.value, str) and not (bold and at == 0)  # a title of rows reaches over its cell
    ]
    most = max((lines_in(text, width, size, bold=bold) for text, width in texts), default=1)
    return tall(most, size) if most > 1 else None


def tall(lines: int, size: int) -> float:
    """The height of so many lines, as far as Excel lets a row grow."""
    return min(lines * size * LEADING, TALLEST)

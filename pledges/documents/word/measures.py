"""How wide texts are in Word: Times New Roman is as wide as the face that printed papers carry."""

from pledges.documents.books.charts import HEAD, HIGH_A_BAR
from pledges.documents.layouts import BOTTOM, LEFT, PAGE, RIGHT, TOP, Type, Weight
from pledges.documents.pdf.columns import widths
from pledges.documents.pdf.faces import load
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pdf.ink import MM
from pledges.documents.pdf.lines import balanced
from pledges.documents.sheets.paper import Table
from pledges.documents.sheets.wording import bound

SLACK = 1.0
"""Two programs that measure the same line may differ by as much, in points."""


def room(*, landscape: bool) -> float:
    """The width of a page's text in points."""
    short, long = PAGE
    return ((long if landscape else short) - LEFT - RIGHT) * MM


def most_bars(*, landscape: bool) -> int:
    """How many bars of a chart a page holds, its title with them."""
    short, long = PAGE
    free = ((short if landscape else long) - TOP - BOTTOM) / 10 - HEAD
    return int(free / HIGH_A_BAR) - 2


def cased(text: str, how: Type) -> str:
    """The text in real capitals where its style has capitals: so it stays when it is copied elsewhere."""
    return type(text)(text.upper()) if how.caps else text


def narrowed(text: str, how: Type, width: float) -> tuple[str, float, float]:
    """A centred text, how far its lines are to stay from both sides, and the width of the last.

    So they become about as long as each other, and are broken anew when somebody edits them. Breaks are
    written into the text only where words that belong together don't fit on a line.
    """
    lines, last = even_lines(text, how, width)
    said = cased(bound(text), how)
    if len(lines) == 1:
        return said, 0.0, last
    if " ".join(lines) != said:
        return "\n".join(lines), 0.0, last
    widest = max(load()[how.weight].width(line, how.size) for line in lines)
    return said, max((width - widest) / 2 - SLACK, 0.0), last


def even_lines(text: str, how: Type, width: float) -> tuple[list[str], float]:
    """The lines of a centred text, about as long as each other, and how wide the last of them is."""
    said = cased(bound(text), how)
    try:
        lines = balanced(said, load()[how.weight], how.size, width)
    except GlyphMissingError:
        return [said], width / 2  # Word has other faces for such a letter; only its width isn't known here
    return [line.text for line in lines], lines[-1].width


def column_widths(table: Table, width: float) -> list[float]:
    """The widths of a table's columns in points, as on the printed page."""
    faces = load()
    try:
        return widths(table, faces[Weight.REGULAR], faces[Weight.BOLD], width)
    except GlyphMissingError:
        whole = sum(column.share for column in table.columns)
        return [column.share / whole * width for column in table.columns]

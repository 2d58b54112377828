"""How wide the columns of a table are: their shares, but never narrower than their longest word."""

from collections.abc import Iterator, Sequence

from pledges.documents.pdf.faces import Face
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM
from pledges.documents.sheets.paper import Row, RowKind, Table

PAD = 1.2 * MM
"""Free space left and right of a cell's text."""


def _texts(rows: Sequence[Row], at: int) -> Iterator[str]:
    for row in rows:
        cell = row.cells[at]
        if row.kind is RowKind.PLAIN:
            yield cell if isinstance(cell, str) else "\n".join(cell)


def _longest(text: str, face: Face, size: float) -> float:
    return max([face.width(word, size) for word in set(admit(text, face).split())], default=0.0)


def widths(table: Table, face: Face, bold: Face, width: float) -> list[float]:
    """The width of each column in points; together they fill `width`.

    What a column needs beyond its share is taken from those with room to spare, in proportion to it. If all
    the longest words don't fit beside each other, the widest columns give way and their words are broken.
    """
    whole = sum(column.share for column in table.columns)
    given = [column.share / whole * width for column in table.columns]
    needed = []
    for at, column in enumerate(table.columns):
        texts = "\n".join(_texts(table.rows, at))
        longest = max(_longest(texts, face, table.size), _longest(column.title, bold, table.size))
        needed.append(longest + 2 * PAD + 0.1)
    most = width / len(table.columns)
    if sum(needed) > width:
        needed = [min(need, max(share, most)) for need, share in zip(needed, given, strict=True)]
    lack = sum(max(need - share, 0) for need, share in zip(needed, given, strict=True))
    spare = sum(max(share - need, 0) for need, share in zip(needed, given, strict=True))
    taken = min(lack / spare, 1.0) if spare else 0.0
    met = min(spare / lack, 1.0) if lack else 0.0
    return [
        share + (need - share) * (met if need > share else taken)
        for need, share in zip(needed, given, strict=True)
    ]

"""Tables: rows measured once, drawn as ready lines and rules; the header stands on each page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Self

from pledges.documents.layouts import Weight
from pledges.documents.pdf.canvas import HEADER
from pledges.documents.pdf.columns import PAD, widths
from pledges.documents.pdf.faces import Face, Faces
from pledges.documents.pdf.flow import Breakable
from pledges.documents.pdf.ink import BASELINE, MM, Picture, Rule, Text
from pledges.documents.pdf.lines import Line, broken
from pledges.documents.pdf.marks import Element, spans
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.sheets.red import Red

GRID, HAIR = 0.5, 0.25
PAD_ABOVE = 0.8 * MM
_SHARES = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}
"""How much of a line's free room is left of it."""
LEADING = 1.15
"""Lines in tables stand single-spaced."""
_NONE, _FIRST = frozenset[int](), frozenset({0})
"""Which steps of a cell of one text are printed in red."""
CLOSING = (RowKind.SUBTOTAL, RowKind.TOTAL)


class Cell(NamedTuple):
    """A cell's place and its stack of broken texts, with their elements; `red` are the steps printed in red."""

    x: float
    width: float
    align: Align
    stack: Sequence[Sequence[Line]]
    elements: Sequence[Element]
    red: frozenset[int] = frozenset()


class Measured(NamedTuple):
    """A row ready to be drawn, what it is, its upright edges and its elements: one for each step of its stacks."""

    picture: Picture
    kind: RowKind
    edges: tuple[float, ...]
    elements: Sequence[Element]


class Grid:
    """What is the same for all rows of a table: places of columns, faces, size."""

    def __init__(self, table: Table, faces: Faces, width: float) -> None:
        self.table, self.faces, self.width = table, faces, width
        self.regular, self.bold = faces[Weight.REGULAR], faces[Weight.BOLD]
        self.size, self.leading = table.size, table.size * LEADING
        self.widths = widths(table, self.regular, self.bold, width)
        self.xs = [sum(self.widths[:at]) for at in range(len(self.widths))]
        self.edges = (*self.xs, width)

    def lines(self, text: str, face: Face, width: float) -> Sequence[Line]:
        """A cell's text broken for a width; no lines for no text."""
        return broken(text, face, self.size, width - 2 * PAD) if text else ()

    def put(
        self,
        picture: Picture,
        cell: Cell,
        face: Face,
        below: float,
        step: int = 0,
    ) -> None:
        """Write a step of a cell's stack from a height downwards."""
        of, red = cell.elements[step], step in cell.red
        share = _SHARES[cell.align]
        x, room, size = cell.x + PAD, cell.width - 2 * PAD, self.size
        at = below + self.leading * BASELINE
        for line in cell.stack[step]:
            free = (room - line.width) * share
            picture.texts.append(Text(x + free, at, line.text, face, size, 0.0, red, of))
            at += self.leading

    def tall(self, lines: int) -> float:
        """The height of a cell with so many lines."""
        return max(lines, 1) * self.leading + 2 * PAD_ABOVE


def _cells(grid: Grid, row: Row, steps: int) -> Iterator[Cell]:
    for text, x, width, column in zip(row.cells, grid.xs, grid.widths, grid.table.columns, strict=True):
        if isinstance(text, str):
            lines, red = (grid.lines(text, grid.regular, width),), isinstance(text, Red)
            yield Cell(x, width, column.align, lines, (spans("TD", rows=steps),), _FIRST if red else _NONE)
        else:
            stack = [grid.lines(one, grid.regular, width) for one in text]
            reds = frozenset(step for step, one in enumerate(text) if isinstance(one, Red))
            yield Cell(x, width, column.align, stack, [Element("TD") for _ in text], reds)


def _plain(grid: Grid, row: Row) -> Measured:
    """A row of cells; stacks share the heights of their steps and have hairs between them.

    For those who can't see it, each step is a row, over which the other cells reach.
    """
    steps = max([1, *(len(cell) for cell in row.cells if not isinstance(cell, str))])
    cells = list(_cells(grid, row, steps))
    stacks = [cell for cell in cells if len(cell.stack) == steps > 1]
    least = grid.table.least * MM
    singles = grid.tall(max([1, *(len(cell.stack[0]) for cell in cells if len(cell.stack) == 1)]))
    heights = [
        max(least, grid.tall(max([len(cell.stack[step]) for cell in stacks])))
        for step in range(steps)
        if stacks
    ]
    picture = Picture(max(singles, least, sum(heights)))
    top, elements = 0.0, []
    for step in range(steps):
        here = stacks if step else cells
        for cell in here:
            grid.put(picture, cell, grid.regular, top + PAD_ABOVE, step)
            if step:
                picture.rules.append(Rule(cell.x, top, cell.x + cell.width, top, HAIR))
        elements.append(Element("TR", kids=[cell.elements[step] for cell in here]))
        top += heights[step] if stacks else 0.0
    return Measured(picture, row.kind, grid.edges, elements)


def _spanning(grid: Grid, row: Row) -> Measured:
    """A bold row whose first text reaches over the empty cells that follow it."""
    texts = [cell if isinstance(cell, str) else "\n".join(cell) for cell in row.cells]
    reach = next((at for at in range(1, len(texts)) if texts[at]), len(texts))
    ends = [reach, *range(reach + 1, len(texts) + 1)]
    cells = []
    for first, last in zip([0, *ends[:-1]], ends, strict=True):
        width = sum(grid.widths[first:last])
        align = Align.LEFT if first == 0 else grid.table.columns[first].align
        heads = row.kind is RowKind.GROUP
        element = spans("TH" if heads else "TD", columns=last - first, scope="Row" if heads else "")
        cells.append(
            Cell(grid.xs[first], width, align, [grid.lines(texts[first], grid.bold, width)], [element])
        )
    picture = Picture(grid.tall(max(len(cell.stack[0]) for cell in cells)))
    for cell in cells:
        grid.put(picture, cell, grid.bold, PAD_ABOVE)
    element = Element("TR", kids=[cell.elements[0] for cell in cells])
    return Measured(picture, row.kind, (*(cell.x for cell in cells), grid.width), [element])


def _note(grid: Grid, text: str) -> Measured:
    """The one row of an empty table."""
    face = grid.faces[Weight.ITALIC]
    element = spans("TD", columns=len(grid.widths))
    cell = Cell(0, grid.width, Align.CENTRE, [grid.lines(text, face, grid.width)], [element])
    picture = Picture(grid.tall(len(cell.stack[0])))
    grid.put(picture, cell, face, PAD_ABOVE)
    return Measured(picture, RowKind.PLAIN, (0, grid.width), [Element("TR", kids=[element])])


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of each run of columns below one group title; columns without one stand alone."""
    first = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or not columns[at].group or columns[at].group != columns[first].group:
            yield first, at
            first = at


def _title(grid: Grid, first: int, last: int, text: str, rows: int = 1) -> Cell:
    width = sum(grid.widths[first:last])
    element = spans("TH", columns=last - first, rows=rows, scope="Column")
    return Cell(grid.xs[first], width, Align.CENTRE, [grid.lines(text, grid.bold, width)], [element])


def _header(grid: Grid) -> Measured:
    """Titles in bold, centred; a group's title above those of its columns."""
    columns = grid.table.columns
    runs = list(_groups(columns))
    below = {at for first, last in runs if columns[first].group for at in range(first, last)}
    steps = 2 if below else 1
    uppers = [
        _title(grid, first, last, columns[first].group)
        if first in below
        else _title(grid, first, last, columns[first].title, steps)
        for first, last in runs
    ]
    titles = [_title(grid, at, at + 1, columns[at].title) for at in sorted(below)]

    def tallest(cells: Iterable[Cell]) -> float:
        return max((grid.tall(len(cell.stack[0])) for cell in cells), default=0.0)

    starts = {grid.xs[at] for at in below}
    upper = tallest(cell for cell in uppers if cell.x in starts)
    lower = max(tallest(titles), tallest(cell for cell in uppers if cell.x not in starts) - upper)
    picture = Picture(upper + lower)
    for cell in uppers:
        _middle(grid, picture, cell, 0, upper if cell.x in starts else picture.height)
        if cell.x in starts:
            picture.rules.append(Rule(cell.x, upper, cell.x + cell.width, upper, GRID))
    for cell in titles:
        _middle(grid, picture, cell, upper, picture.height)
    whole = {cell.x for cell in uppers}
    picture.rules += [
        Rule(cell.x, upper, cell.x, picture.height, GRID) for cell in titles if cell.x not in whole
    ]
    picture.rules.append(Rule(0, 0, grid.width, 0, GRID))
    elements = [Element("TR", kids=[cell.elements[0] for cell in row]) for row in (uppers, titles) if row]
    return Measured(picture, RowKind.PLAIN, (*(cell.x for cell in uppers), grid.width), elements)


def _middle(grid: Grid, picture: Picture, cell: Cell, top: float, bottom: float) -> None:
    below = (top + bottom - len(cell.stack[0]) * grid.leading) / 2
    grid.put(picture, cell, grid.bold, below)


def _cut(row: Measured, most: float) -> Iterator[Measured]:
    """A row taller than a page, in pieces that fit."""
    picture = row.picture
    if picture.height <= most:
        yield row
        return
    texts = sorted(picture.texts, key=lambda text: text.below)
    while texts:
        start = texts[0].below - texts[0].size - PAD_ABOVE
        here = [text for text in texts if text.below + text.size / 2 - start <= most - PAD_ABOVE]
        texts = texts[len(here) :]
        piece = Picture(max(text.below for text in here) - start + here[0].size / 3 + PAD_ABOVE)
        piece.texts = [text._replace(below=text.below - start) for text in here]
        yield row._replace(picture=piece)


class Rows(Breakable):
    """A table, or the part of it on one page."""

    def __init__(
        self, header: Measured, rows: Sequence[Measured], page: float, gap: float, *, whole: bool = False
    ) -> None:
        heights = [row.picture.height for row in rows]
        super().__init__(heights, page, head=header.picture.height, space_before=gap)
        self.spaceAfter = gap
        self.header, self.rows = header, rows
        self.whole = whole and self.reach(len(rows)) <= page

    def part(self, first: int, last: int) -> Self:
        """The rows from first up to last below the header."""
        return type(self)(self.header, self.rows[first:last], self.page, self.spaceBefore)

    def may_part(self, at: int) -> bool:
        """Not after a group's title, nor before a subtotal; nowhere where all of it is to stand on one page."""
        if self.whole:
            return False
        return self.rows[at - 1].kind is not RowKind.GROUP and self.rows[at].kind not in CLOSING

    def draw(self) -> None:
        """The header, then row under row; edges that rows share are drawn once."""
        canvas, top = self.canv, self.height
        started, edges = top, self.header.edges
        for row in (self.header, *self.rows):
            if row.edges != edges:
                self._upright(edges, started, top)
                started, edges = top, row.edges
            self._fill(row, top)
            top -= row.picture.height
            canvas.rule(GRID, 0, top, edges[-1], top)
        self._upright(edges, started, top)

    def _fill(self, row: Measured, top: float) -> None:
        """Write a row's texts; those of a header that already stands on another page are not read again."""
        canvas = self.canv
        if row is self.header and row.elements[0].placed:
            row.picture.draw(canvas, 0, top, HEADER)
            return
        for element in row.elements:
            canvas.element.adopt(element)
        row.picture.draw(canvas, 0, top)

    def _upright(self, edges: Sequence[float], top: float, bottom: float) -> None:
        for x in edges:
            self.canv.rule(GRID, x, top, x, bottom)


def rows_of(table: Table, faces: Faces, width: float, page: float, gap: float) -> Rows:
    """A table measured for a width and for pages of a height."""
    grid = Grid(table, faces, width)
    header = _header(grid)
    measured = [
        _plain(grid, row) if row.kind is RowKind.PLAIN else _spanning(grid, row) for row in table.rows
    ] or [_note(grid, table.when_empty)]
    most = page - header.picture.height
    rows = Rows(
        header, [piece for row in measured for piece in _cut(row, most)], page, gap, whole=table.whole
    )
    rows.element = Element("Table")
    return rows

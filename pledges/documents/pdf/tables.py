"""Tables: rows measured once, drawn as ready lines and rules; the header stands on each page."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from pledges.documents.layouts import Weight
from pledges.documents.pdf.columns import PAD, widths
from pledges.documents.pdf.faces import Face, Faces
from pledges.documents.pdf.flow import Breakable
from pledges.documents.pdf.ink import BASELINE, MM, Picture, Rule, Text
from pledges.documents.pdf.lines import Line, broken
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.sheets.red import Red

GRID, HAIR = 0.5, 0.25
PAD_ABOVE = 0.8 * MM
LEADING = 1.15
"""Lines in tables stand single-spaced."""
CLOSING = (RowKind.SUBTOTAL, RowKind.TOTAL)


class Cell(NamedTuple):
    """A cell's place and its stack of broken texts; `red` are the steps of the stack that are printed in red."""

    x: float
    width: float
    align: Align
    stack: Sequence[Sequence[Line]]
    red: frozenset[int] = frozenset()


class Measured(NamedTuple):
    """A row ready to be drawn, and what it is."""

    picture: Picture
    kind: RowKind


class Grid:
    """What is the same for all rows of a table: places of columns, faces, size."""

    def __init__(self, table: Table, faces: Faces, width: float) -> None:
        self.table, self.faces, self.width = table, faces, width
        self.regular, self.bold = faces[Weight.REGULAR], faces[Weight.BOLD]
        self.size, self.leading = table.size, table.size * LEADING
        self.widths = widths(table, self.regular, self.bold, width)
        self.xs = [sum(self.widths[:at]) for at in range(len(self.widths))]

    def lines(self, text: str, face: Face, width: float) -> list[Line]:
        """A cell's text broken for a width; no lines for no text."""
        return broken(text, face, self.size, width - 2 * PAD) if text else []

    def put(
        self,
        picture: Picture,
        cell: Cell,
        face: Face,
        below: float,
        lines: Sequence[Line],
        *,
        red: bool = False,
    ) -> None:
        """Write lines into a cell from a height downwards."""
        for line in lines:
            free = cell.width - 2 * PAD - line.width
            x = cell.x + PAD + {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[cell.align]
            at = below + self.leading * BASELINE
            picture.texts.append(Text(x, at, line.text, face, self.size, red=red))
            below += self.leading

    def tall(self, lines: int) -> float:
        """The height of a cell with so many lines."""
        return max(lines, 1) * self.leading + 2 * PAD_ABOVE

    def frame(self, picture: Picture, edges: Sequence[float]) -> None:
        """The rules around a row: its bottom and its upright edges."""
        height = picture.height
        picture.rules += [Rule(x, 0, x, height, GRID) for x in edges]
        picture.rules.append(Rule(0, height, self.width, height, GRID))


def _cells(grid: Grid, row: Row) -> Iterator[Cell]:
    for at, (text, column) in enumerate(zip(row.cells, grid.table.columns, strict=True)):
        stack = (text,) if isinstance(text, str) else text
        width = grid.widths[at]
        lines = [grid.lines(one, grid.regular, width) for one in stack]
        red = frozenset(step for step, one in enumerate(stack) if isinstance(one, Red))
        yield Cell(grid.xs[at], width, column.align, lines, red)


def _plain(grid: Grid, row: Row) -> Picture:
    """A row of cells; stacks share the heights of their steps and have hairs between them."""
    cells = list(_cells(grid, row))
    steps = max((len(cell.stack) for cell in cells), default=1)
    stacks = [cell for cell in cells if len(cell.stack) == steps > 1]
    least = grid.table.least * MM
    singles = max(
        (grid.tall(len(cell.stack[0])) for cell in cells if len(cell.stack) == 1), default=grid.tall(1)
    )
    heights = (
        [max(least, *(grid.tall(len(cell.stack[step])) for cell in stacks)) for step in range(steps)]
        if stacks
        else []
    )
    picture = Picture(max(singles, least, sum(heights)))
    for cell in cells:
        below = 0.0
        for step, lines in enumerate(cell.stack):
            grid.put(picture, cell, grid.regular, below + PAD_ABOVE, lines, red=step in cell.red)
            if cell in stacks and step < steps - 1:
                below += heights[step]
                picture.rules.append(Rule(cell.x, below, cell.x + cell.width, below, HAIR))
    grid.frame(picture, [*grid.xs, grid.width])
    return picture


def _spanning(grid: Grid, row: Row) -> Picture:
    """A bold row whose first text reaches over the empty cells that follow it."""
    texts = [cell if isinstance(cell, str) else "\n".join(cell) for cell in row.cells]
    reach = next((at for at in range(1, len(texts)) if texts[at]), len(texts))
    ends = [reach, *range(reach + 1, len(texts) + 1)]
    cells = []
    for first, last in zip([0, *ends[:-1]], ends, strict=True):
        width = sum(grid.widths[first:last])
        align = Align.LEFT if first == 0 else grid.table.columns[first].align
        cells.append(Cell(grid.xs[first], width, align, [grid.lines(texts[first], grid.bold, width)]))
    picture = Picture(grid.tall(max(len(cell.stack[0]) for cell in cells)))
    for cell in cells:
        grid.put(picture, cell, grid.bold, PAD_ABOVE, cell.stack[0])
    grid.frame(picture, [*(cell.x for cell in cells), grid.width])
    return picture


def _note(grid: Grid, text: str) -> Picture:
    """The one row of an empty table."""
    face = grid.faces[Weight.ITALIC]
    cell = Cell(0, grid.width, Align.CENTRE, [grid.lines(text, face, grid.width)])
    picture = Picture(grid.tall(len(cell.stack[0])))
    grid.put(picture, cell, face, PAD_ABOVE, cell.stack[0])
    grid.frame(picture, [0, grid.width])
    return picture


def _groups(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of each run of columns below one group title; columns without one stand alone."""
    first = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or not columns[at].group or columns[at].group != columns[first].group:
            yield first, at
            first = at


def _title(grid: Grid, first: int, last: int, text: str) -> Cell:
    width = sum(grid.widths[first:last])
    return Cell(grid.xs[first], width, Align.CENTRE, [grid.lines(text, grid.bold, width)])


def _header(grid: Grid) -> Picture:
    """Titles in bold, centred; a group's title above those of its columns."""
    columns = grid.table.columns
    runs = list(_groups(columns))
    grouped = [
        (_title(grid, first, last, columns[first].group), first, last)
        for first, last in runs
        if columns[first].group
    ]
    upper = max((grid.tall(len(cell.stack[0])) for cell, _, _ in grouped), default=0.0)
    below = {at for _, first, last in grouped for at in range(first, last)}
    titles = [_title(grid, at, at + 1, column.title) for at, column in enumerate(columns)]
    lower = max((grid.tall(len(titles[at].stack[0])) for at in below), default=0.0)
    alone = max(
        (grid.tall(len(cell.stack[0])) for at, cell in enumerate(titles) if at not in below), default=0.0
    )
    lower = max(lower, alone - upper)
    picture = Picture(upper + lower)
    for cell, _, _ in grouped:
        _middle(grid, picture, cell, 0, upper)
        picture.rules.append(Rule(cell.x, upper, cell.x + cell.width, upper, GRID))
    for at, cell in enumerate(titles):
        _middle(grid, picture, cell, upper if at in below else 0.0, picture.height)
    starts = {first for first, _ in runs}
    for at, x in enumerate(grid.xs):
        picture.rules.append(Rule(x, 0 if at in starts else upper, x, picture.height, GRID))
    picture.rules.append(Rule(grid.width, 0, grid.width, picture.height, GRID))
    picture.rules += [Rule(0, level, grid.width, level, GRID) for level in (0, picture.height)]
    return picture


def _middle(grid: Grid, picture: Picture, cell: Cell, top: float, bottom: float) -> None:
    lines = cell.stack[0]
    grid.put(picture, cell, grid.bold, (top + bottom - len(lines) * grid.leading) / 2, lines)


def _cut(row: Measured, most: float) -> Iterator[Measured]:
    """A row taller than a page, in pieces that fit."""
    picture = row.picture
    uprights = sorted({rule.x for rule in picture.rules if rule.x == rule.to_x})
    texts = sorted(picture.texts, key=lambda text: text.below)
    if picture.height <= most:
        yield row
        return
    width = max(rule.to_x for rule in picture.rules)
    while texts:
        start = texts[0].below - texts[0].size - PAD_ABOVE
        here = [text for text in texts if text.below + text.size / 2 - start <= most - PAD_ABOVE]
        texts = texts[len(here) :]
        piece = Picture(max(text.below for text in here) - start + here[0].size / 3 + PAD_ABOVE)
        piece.texts = [text._replace(below=text.below - start) for text in here]
        piece.rules = [Rule(x, 0, x, piece.height, GRID) for x in uprights]
        piece.rules.append(Rule(0, piece.height, width, piece.height, GRID))
        yield Measured(piece, row.kind)


class Rows(Breakable):
    """A table, or the part of it on one page."""

    def __init__(self, header: Picture, rows: Sequence[Measured], page: float, gap: float) -> None:
        super().__init__([row.picture.height for row in rows], page, head=header.height, space_before=gap)
        self.spaceAfter = gap
        self.header, self.rows = header, rows

    def part(self, first: int, last: int) -> Self:
        """The rows from first up to last below the header."""
        return type(self)(self.header, self.rows[first:last], self.page, self.spaceBefore)

    def may_part(self, at: int) -> bool:
        """Not after a group's title, nor before a subtotal."""
        return self.rows[at - 1].kind is not RowKind.GROUP and self.rows[at].kind not in CLOSING

    def draw(self) -> None:
        """The header, then row under row."""
        top = self.height
        for picture in (self.header, *(row.picture for row in self.rows)):
            picture.draw(self.canv, 0, top)
            top -= picture.height


def rows_of(table: Table, faces: Faces, width: float, page: float, gap: float) -> Rows:
    """A table measured for a width and for pages of a height."""
    grid = Grid(table, faces, width)
    header = _header(grid)
    measured = [
        Measured(_plain(grid, row) if row.kind is RowKind.PLAIN else _spanning(grid, row), row.kind)
        for row in table.rows
    ] or [Measured(_note(grid, table.when_empty), RowKind.PLAIN)]
    most = page - header.height
    return Rows(header, [piece for row in measured for piece in _cut(row, most)], page, gap)

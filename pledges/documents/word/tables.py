"""Bảng: real Word tables, with a header that each page repeats and rows that no page parts."""

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.pdf.columns import PAD
from pledges.documents.pdf.ink import MM
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.word import looks
from pledges.documents.word.marks import keep, mark, paragraph, run, twips
from pledges.documents.word.measures import column_widths

ALIGNS = {Align.LEFT: None, Align.CENTRE: "center", Align.RIGHT: "right"}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
GRID, HAIR = "4", "2"
"""Thickness of rules, in eighths of a point."""
PAD_ABOVE = 0.8 * MM
BEGINS, GOES_ON = "restart", "continue"


def cell(
    width: float,
    *content: Element,
    span: int = 1,
    merge: str | None = None,
    middle: bool = False,
    aside: float = 0,
) -> Element:
    """A cell; one that is merged with the cells below it begins the merger or goes on with it."""
    how = mark(
        "tcPr",
        mark("tcW", w=twips(width), type="dxa"),
        mark("gridSpan", val=str(span)) if span > 1 else None,
        mark("vMerge", val=merge) if merge else None,
        mark("tcMar", *(mark(side, w=twips(aside), type="dxa") for side in ("left", "right")))
        if aside
        else None,
        mark("vAlign", val="center") if middle else None,
    )
    return mark("tc", how, *content)


def row(*cells: Element, header: bool = False, least: float = 0, whole: bool = True) -> Element:
    """A row that stays in one piece; `least` is its smallest height."""
    how = mark(
        "trPr",
        mark("cantSplit") if whole else None,
        mark("trHeight", val=twips(least), hRule="atLeast") if least else None,
        mark("tblHeader") if header else None,
    )
    return mark("tr", how if len(how) else None, *cells)


def table(
    widths: Sequence[float],
    rows: Sequence[Element],
    *,
    ruled: bool,
    centred: bool = False,
    named: str = "",
) -> Element:
    """A table of rows in columns of fixed widths, with rules or without; `named` is what a reader aloud says."""
    pad = PAD if ruled else 0
    rules = (mark(side, val="single", sz=GRID, space="0", color="000000") for side in SIDES)
    above = PAD_ABOVE if ruled else 0
    margins = (("top", above), ("left", pad), ("bottom", above), ("right", pad))
    how = mark(
        "tblPr",
        mark("tblW", w=twips(sum(widths)), type="dxa"),
        mark("jc", val="center") if centred else None,
        mark("tblInd", w="0", type="dxa"),
        mark("tblBorders", *rules) if ruled else None,
        mark("tblLayout", type="fixed"),
        mark("tblCellMar", *(mark(side, w=twips(space), type="dxa") for side, space in margins)),
        mark("tblCaption", val=named) if named else None,
    )
    grid = mark("tblGrid", *(mark("gridCol", w=twips(width)) for width in widths))
    return mark("tbl", how, grid, *rows)


class Grid:
    """What all rows of a table share."""

    def __init__(self, content: Table, width: float) -> None:
        self.content, self.widths = content, column_widths(content, width)
        self.style, self.title = looks.cell(content.size), looks.cell_title(content.size)

    def text(self, text: str, at: int, *, bold: bool = False, held: bool = False) -> Element:
        """A cell's text as its column has it."""
        align = ALIGNS[self.content.columns[at].align]
        return paragraph(self.style, run(text, bold=bold), keep=held, align=align)

    def across(self, first: int, last: int) -> float:
        """The width of the columns from first up to last."""
        return sum(self.widths[first:last])


def groups(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of each run of columns below one group title; columns without one stand alone."""
    first = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or not columns[at].group or columns[at].group != columns[first].group:
            yield first, at
            first = at


def _header(grid: Grid) -> Iterator[Element]:
    columns = grid.content.columns
    titles = [paragraph(grid.title, run(column.title)) for column in columns]
    if not any(column.group for column in columns):
        yield row(*map(_titled, grid.widths, titles), header=True)
        return
    upper = []
    for first, last in groups(columns):
        width, group = grid.across(first, last), columns[first].group
        above = paragraph(grid.title, run(group)) if group else titles[first]
        merge = None if group else BEGINS
        upper.append(cell(width, above, span=last - first, merge=merge, middle=True))
    lower = [
        _titled(width, title)
        if column.group
        else cell(width, paragraph(grid.title), merge=GOES_ON, middle=True)
        for width, title, column in zip(grid.widths, titles, columns, strict=True)
    ]
    yield row(*upper, header=True)
    yield row(*lower, header=True)


def _titled(width: float, title: Element) -> Element:
    return cell(width, title, middle=True)


def _plain(grid: Grid, line: Row) -> Iterator[Element]:
    """A row of cells; a stack has a row for each of its steps, and the other cells reach over them."""
    steps = max((len(one) for one in line.cells if isinstance(one, tuple)), default=1)
    least = grid.content.least * MM
    for step in range(steps):
        held = step < steps - 1
        cells = []
        for at, (said, width) in enumerate(zip(line.cells, grid.widths, strict=True)):
            if isinstance(said, tuple) and len(said) == steps:
                cells.append(cell(width, grid.text(said[step], at, held=held)))
                continue
            text = said if isinstance(said, str) else "\n".join(said)
            merge = None if steps == 1 else GOES_ON if step else BEGINS
            cells.append(cell(width, grid.text("" if step else text, at, held=held), merge=merge))
        yield row(*cells, least=least)


def _spanning(grid: Grid, line: Row) -> Element:
    """A bold row whose first text reaches over the empty cells that follow it."""
    texts = [said if isinstance(said, str) else "\n".join(said) for said in line.cells]
    reach = next((at for at in range(1, len(texts)) if texts[at]), len(texts))
    ends = [reach, *range(reach + 1, len(texts) + 1)]
    held = line.kind is RowKind.GROUP
    cells = []
    for first, last in zip([0, *ends[:-1]], ends, strict=True):
        content = (
            grid.text(texts[first], first, bold=True, held=held)
            if first
            else paragraph(grid.style, run(texts[0], bold=True), keep=held)
        )
        cells.append(cell(grid.across(first, last), content, span=last - first))
    return row(*cells)


def _rows(grid: Grid) -> Iterator[Element]:
    """All rows; the one before a subtotal stays with it."""
    before: Element | None = None
    for line in grid.content.rows:
        made = list(_plain(grid, line)) if line.kind is RowKind.PLAIN else [_spanning(grid, line)]
        if before is not None and line.kind in {RowKind.SUBTOTAL, RowKind.TOTAL}:
            hold(before)
        yield from made
        before = made[-1]


def hold(rows: Element) -> None:
    """Keep a row, or all rows of a table, on the page of what follows."""
    for one in rows.iter(qn("w:p")):
        keep(one)


def table_of(content: Table, width: float, named: str = "") -> Element:
    """A table for a width; one without rows says what it says when empty."""
    grid = Grid(content, width)
    rows = list(_rows(grid))
    if not rows:
        note = paragraph(grid.style, run(content.when_empty, italic=True), align="center")
        rows = [row(cell(width, note, span=len(grid.widths)))]
    elif content.whole:
        for one in rows[:-1]:
            hold(one)
    return table(grid.widths, [*_header(grid), *rows], ruled=True, named=named)

"""Sổ tính: the file of a paper's tables, made to be sorted, reckoned with and printed on A4."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from pledges.core.archives import settled
from pledges.core.workbooks.cells import fill, properties
from pledges.core.workbooks.sheets import column_letters
from pledges.documents.books.charts import drawn
from pledges.documents.books.pages import TEXT, TablePage, pages_of, remarks, text_of
from pledges.documents.books.rows import Field, Line, fields_of, lines_of
from pledges.documents.books.widths import POINTS_A_UNIT, column_widths, height_of, lines_in, tall
from pledges.documents.layouts import BOTTOM, LEFT, RIGHT, TOP
from pledges.documents.sheets.paper import Align, Paper, RowKind

FACE, SIZE = "Times New Roman", 12
RED = "FFBA0D14"
TITLE_LINES = 2
"""Of the lines above a table, so many are bold: who and what."""
A4 = 9
TEXT_WIDTH = 480.0
INCH = 25.4
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_EDGE = Side(style="thin", color="FF000000")
FRAME = Border(_EDGE, _EDGE, _EDGE, _EDGE)
SHADE = PatternFill("solid", start_color="FFE7E6E6")


def written(paper: Paper) -> bytes:
    """The paper's tables as a spreadsheet; its text where it has none."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for page in pages_of(paper):
        _table(workbook.create_sheet(page.name), page, remarks(paper))
    if not workbook.worksheets:
        _text(workbook.create_sheet(TEXT), paper)
    made = BytesIO()
    workbook.save(made)
    return settled(made, {"docProps/core.xml": properties(paper.name)})


def _put(page: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", page.cell(row, column))


def _above(page: Worksheet, lines: Sequence[str], said: Sequence[str]) -> int:
    """Write what stands above, and say in which row the table begins: one is free between them."""
    for at, line in enumerate((*lines, *said), start=1):
        cell = _put(page, at, 1)
        cell.font = Font(name=FACE, size=SIZE, bold=at <= TITLE_LINES, italic=at > len(lines))
        fill(cell, line)
    return len(lines) + len(said) + 2


def _table(page: Worksheet, content: TablePage, said: Sequence[str]) -> None:
    fields = fields_of(content.table)
    top = _above(page, content.above, said)
    lines = list(lines_of(content.table, fields))
    widths = column_widths(fields, lines, SIZE, landscape=content.landscape)
    below = _header(page, top, fields, widths)
    for at, line in enumerate(lines, start=below):
        _line(page, at, line, fields)
        page.row_dimensions[at].height = height_of(line, widths, SIZE)
    if not lines:
        fill(_put(page, below, 1), content.table.when_empty)
    last = column_letters(len(fields) - 1)
    data = [at for at, line in enumerate(lines, start=below) if line.kind is not RowKind.TOTAL]
    page.auto_filter.ref = f"A{below - 1}:{last}{max(data, default=below - 1)}"
    page.freeze_panes = f"A{below}"
    page.print_title_rows = f"{top}:{below - 1}"
    for index, width in enumerate(widths):
        page.column_dimensions[column_letters(index)].width = round(width / POINTS_A_UNIT, 1)
    _set_up(page, landscape=content.landscape)
    if content.chart is not None and lines:
        page.add_chart(drawn(content.chart, page, below, len(lines)), f"A{below + len(lines) + 1}")


def _header(page: Worksheet, top: int, fields: Sequence[Field], widths: Sequence[float]) -> int:
    """Write the titles, those of groups above the others, and say in which row the figures begin."""
    deep = 2 if any(field.group for field in fields) else 1
    lines = [1] * deep
    for at, field in enumerate(fields, start=1):
        for row in range(top, top + deep):
            cell = _put(page, row, at)
            cell.font, cell.border, cell.fill = Font(name=FACE, size=SIZE, bold=True), FRAME, SHADE
            cell.alignment = Alignment("center", "center", wrap_text=True)
        own = lines_in(field.title, widths[at - 1], SIZE, bold=True)
        if field.group:
            fill(_put(page, top + 1, at), field.title)
            lines[1] = max(lines[1], own)
            continue
        fill(_put(page, top, at), field.title)
        lines[-1] = max(lines[-1], own - deep + 1)
        if deep > 1:
            page.merge_cells(start_row=top, end_row=top + 1, start_column=at, end_column=at)
    for first, last in _runs(fields):
        fill(_put(page, top, first + 1), fields[first].group)
        page.merge_cells(start_row=top, end_row=top, start_column=first + 1, end_column=last)
        lines[0] = max(lines[0], lines_in(fields[first].group, sum(widths[first:last]), SIZE, bold=True))
    for at, count in enumerate(lines):
        page.row_dimensions[top + at].height = tall(count, SIZE)
    return top + deep


def _runs(fields: Sequence[Field]) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the columns below each group's title."""
    groups = groupby(range(len(fields)), key=lambda at: fields[at].group)
    for group, places in groups:
        first, *others = places
        if group:
            yield first, others[-1] + 1 if others else first + 1


def _line(page: Worksheet, row: int, line: Line, fields: Sequence[Field]) -> None:
    bold = line.kind is not RowKind.PLAIN
    for at, (figure, field) in enumerate(zip(line.figures, fields, strict=True), start=1):
        cell = _put(page, row, at)
        cell.font, cell.border = _font(bold=bold, red=at - 1 in line.red), FRAME
        cell.alignment = _alignment(field.align, reaches=bold and at == 1)
        fill(cell, figure.value)
        if figure.format and not isinstance(cell.value, str):
            cell.number_format = figure.format


@cache
def _font(*, bold: bool, red: bool) -> Font:
    return Font(name=FACE, size=SIZE, bold=bold, color=RED if red else None)


@cache
def _alignment(align: Align, *, reaches: bool) -> Alignment:
    """Where a cell's text stands; a title of rows reaches over its cell."""
    return Alignment("left" if reaches else _ALIGNS[align], "top", wrap_text=not reaches)


def _text(page: Worksheet, paper: Paper) -> None:
    page.column_dimensions["A"].width = round(TEXT_WIDTH / POINTS_A_UNIT, 1)
    head = (paper.author, paper.name, paper.heading.place_and_date)
    top = _above(page, [line for line in head if line], remarks(paper))
    for at, line in enumerate(text_of(paper), start=top):
        cell = _put(page, at, 1)
        cell.font, cell.alignment = Font(name=FACE, size=SIZE), Alignment("left", "top", wrap_text=True)
        fill(cell, line)
        page.row_dimensions[at].height = tall(lines_in(line, TEXT_WIDTH, SIZE, bold=False), SIZE)
    _set_up(page, landscape=False)


def _set_up(page: Worksheet, *, landscape: bool) -> None:
    """Print on A4 within the margins of a paper, as wide as the page, numbered above."""
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_setup.fitToPage = True
    page.page_margins.top, page.page_margins.bottom = TOP / INCH, BOTTOM / INCH
    page.page_margins.left, page.page_margins.right = LEFT / INCH, RIGHT / INCH
    page.oddHeader.center.text = "&P"  # type: ignore[union-attr] # its stubs think it may be missing
    page.HeaderFooter.differentFirst = True

"""Sổ tính: the file of a paper's tables, made to be sorted, reckoned with and printed on A4."""

from collections.abc import Sequence
from io import BytesIO
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
from pledges.documents.layouts import BOTTOM, LEFT, RIGHT, TOP
from pledges.documents.sheets.paper import Align, Paper, RowKind

FACE, SIZE = "Times New Roman", 12
RED = "FFBA0D14"
TITLE_LINES = 3
"""Of the lines above a table, so many are bold: who, what, about what."""
A4 = 9
MM_A_CHARACTER = 2.1
LEAST_WIDTH, TEXT_WIDTH = 6.0, 100.0
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
    below = _header(page, top, fields)
    lines = list(lines_of(content.table, fields))
    for at, line in enumerate(lines, start=below):
        _line(page, at, line, fields)
    if not lines:
        fill(_put(page, below, 1), content.table.when_empty)
    last = column_letters(len(fields) - 1)
    data = [at for at, line in enumerate(lines, start=below) if line.kind is not RowKind.TOTAL]
    page.auto_filter.ref = f"A{below - 1}:{last}{max(data, default=below - 1)}"
    page.freeze_panes = f"A{below}"
    page.print_title_rows = f"{top}:{below - 1}"
    whole = sum(field.share for field in fields)
    for index, field in enumerate(fields):
        room = (252 if content.landscape else 165) / whole * field.share / MM_A_CHARACTER
        page.column_dimensions[column_letters(index)].width = max(LEAST_WIDTH, round(room + 1, 1))
    _set_up(page, landscape=content.landscape)
    if content.chart is not None and lines:
        page.add_chart(drawn(content.chart, page, below, len(lines)), f"{column_letters(len(fields))}{top}")


def _header(page: Worksheet, top: int, fields: Sequence[Field]) -> int:
    """Write the titles, those of groups above the others, and say in which row the figures begin."""
    deep = 2 if any(field.group for field in fields) else 1
    for at, field in enumerate(fields, start=1):
        for row in range(top, top + deep):
            cell = _put(page, row, at)
            cell.font, cell.border, cell.fill = Font(name=FACE, size=SIZE, bold=True), FRAME, SHADE
            cell.alignment = Alignment("center", "center", wrap_text=True)
        if not field.group:
            fill(_put(page, top, at), field.title)
            if deep > 1:
                page.merge_cells(start_row=top, end_row=top + 1, start_column=at, end_column=at)
            continue
        fill(_put(page, top + 1, at), field.title)
        if at == 1 or fields[at - 2].group != field.group:
            fill(_put(page, top, at), field.group)
            last = next((n for n in range(at, len(fields)) if fields[n].group != field.group), len(fields))
            page.merge_cells(start_row=top, end_row=top, start_column=at, end_column=last)
    return top + deep


def _line(page: Worksheet, row: int, line: Line, fields: Sequence[Field]) -> None:
    bold = line.kind is not RowKind.PLAIN
    for at, (figure, field) in enumerate(zip(line.figures, fields, strict=True), start=1):
        cell = _put(page, row, at)
        cell.font = Font(name=FACE, size=SIZE, bold=bold, color=RED if at - 1 in line.red else None)
        cell.border = FRAME
        first = bold and at == 1
        cell.alignment = Alignment("left" if first else _ALIGNS[field.align], "top", wrap_text=not first)
        fill(cell, figure.value)
        if figure.format and not isinstance(cell.value, str):
            cell.number_format = figure.format


def _text(page: Worksheet, paper: Paper) -> None:
    page.column_dimensions["A"].width = TEXT_WIDTH
    head = (paper.author, paper.name, paper.heading.place_and_date)
    top = _above(page, [line for line in head if line], remarks(paper))
    for at, line in enumerate(text_of(paper), start=top):
        cell = _put(page, at, 1)
        cell.font, cell.alignment = Font(name=FACE, size=SIZE), Alignment("left", "top", wrap_text=True)
        fill(cell, line)
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

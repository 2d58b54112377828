"""A paper written by fpdf2, with its own tables."""

from typing import Any

from benchmarks.peers.said import FONTS, WEIGHTS, Sized, rows_of, shares, sides, sized
from pledges.documents.sheets.charts import BarChart
from pledges.documents.sheets.paper import Align, Block, Paper, Paragraph, RowKind, Section, Table

LINE, INDENT = 6.53, "\N{NO-BREAK SPACE}" * 10
LEFT_COLUMN, RIGHT_COLUMN = 64, 101
_ALIGNS = {Align.LEFT: "LEFT", Align.CENTRE: "CENTER", Align.RIGHT: "RIGHT"}


def pdf(papers: tuple[Paper, ...]) -> bytes:
    """The papers one after the other."""
    from fpdf import FPDF  # noqa: PLC0415 - a peer: it may not be there

    class Numbered(FPDF):
        """Pages with their numbers above, from the second of each part."""

        number = 0
        said = ""

        def footer(self) -> None:
            """Say what the figures are of."""
            self.set_font("Paper", "", 8)
            self.set_y(-19)
            self.cell(0, 3, self.said)

        def header(self) -> None:
            """Put the number in the top margin."""
            self.number += 1
            if self.number > 1:
                self.set_font("Paper", "", 13)
                self.set_y(10)
                self.cell(0, 5, str(self.number), align="C")
            self.set_y(20)

    file = Numbered(format="A4")
    file.set_margins(30, 20, 15)
    file.set_auto_page_break(auto=True, margin=20)
    for name, bold, italic in WEIGHTS:
        file.add_font("Paper", "B" * bold + "I" * italic, str(FONTS / name))
    for paper in papers:
        file.number = 0
        _paper(file, paper)
    return bytes(file.output())


def _font(file: Any, one: Sized) -> None:
    file.set_font("Paper", "B" * one.bold + "I" * one.italic, one.size)


def _column(
    file: Any, parts: tuple[Sized, ...], x: float, width: float, rule: float = 0, align: str = "C"
) -> float:
    for one in parts:
        _font(file, one)
        file.set_x(x)
        file.multi_cell(width, 5.6, one.text, align=align, new_x="LMARGIN", new_y="NEXT")
    if rule:
        file.line(x + (width - rule) / 2, file.y + 1, x + (width + rule) / 2, file.y + 1)
    return float(file.y)


def _beside(file: Any, left: tuple[Sized, ...], right: tuple[Sized, ...], align: str = "C") -> None:
    top = file.y
    lower = _column(file, left, 30, LEFT_COLUMN, align=align)
    file.set_y(top)
    file.set_y(max(lower, _column(file, right, 30 + LEFT_COLUMN, RIGHT_COLUMN)))


def _paper(file: Any, paper: Paper) -> None:
    file.add_page(orientation="portrait")
    file.said = " ".join(paper.foot.lines)
    said = sized(paper)
    _beside(file, said.left, said.right)
    file.line(52, file.y + 1, 72, file.y + 1)
    file.line(113, file.y + 1, 175, file.y + 1)
    file.ln(3)
    _beside(file, (said.number,), (said.dated,))
    file.ln(4)
    _column(file, said.title, 30, 165, 45)
    file.ln(4)
    for one in said.above:
        _font(file, one)
        file.multi_cell(0, LINE, one.text, align="C" if one.centred else "J", new_x="LMARGIN", new_y="NEXT")
        file.ln(2)
    for block in paper.body:
        _block(file, block)
    file.ln(4)
    left, right = sides(paper)
    if file.will_page_break(60):
        file.add_page()
    _beside(file, left, right, "L")
    for annex in paper.annexes:
        file.number = 0
        file.add_page(orientation="landscape")
        titles = (Sized(annex.label, bold=True), Sized(annex.title.upper(), bold=True))
        _column(file, (*titles, Sized(annex.attached_to, italic=True)), 30, 252)
        for block in annex.body:
            _block(file, block)


def _block(file: Any, block: Block) -> None:
    if isinstance(block, Paragraph | Section):
        text = block.text.upper() if isinstance(block, Section) and block.level == "roman" else block.text
        _font(file, Sized(text, 14, bold=isinstance(block, Section)))
        file.multi_cell(0, LINE, INDENT + text, align="J", new_x="LMARGIN", new_y="NEXT")
        file.ln(2.1)
    elif isinstance(block, Table):
        _table(file, block)
    elif isinstance(block, BarChart):
        _bars(file, block)


def _table(file: Any, table: Table) -> None:
    from fpdf.fonts import FontFace  # noqa: PLC0415 - a peer: it may not be there

    file.set_font("Paper", "", table.size)
    bold = FontFace(emphasis="BOLD")
    with file.table(
        col_widths=tuple(shares(table)),
        text_align=tuple(_ALIGNS[column.align] for column in table.columns),
        line_height=table.size * 0.406,
        padding=0.8,
        headings_style=bold,
    ) as made:
        head = made.row()
        for column in table.columns:
            head.cell(column.title, align="C")
        for row in rows_of(table):
            line, at = made.row(style=None if row.kind is RowKind.PLAIN else bold), 0
            while at < len(row.cells):
                span = 1
                while (
                    row.kind is not RowKind.PLAIN
                    and at == 0
                    and span < len(row.cells)
                    and not row.cells[span]
                ):
                    span += 1
                cell = row.cells[at]
                line.cell(cell if isinstance(cell, str) else "\n".join(cell), colspan=span)
                at += span
    file.ln(2)


def _bars(file: Any, chart: BarChart) -> None:
    _column(file, (Sized(chart.title, 12, bold=True),), 30, 165)
    file.set_font("Paper", "", 11)
    for bar in chart.bars:
        top = file.y
        file.cell(58, 6, bar.label)
        file.set_fill_color(224)
        file.rect(88, top + 1, 59, 3.2, style="F")
        file.set_fill_color(89)
        file.rect(88, top + 1, 59 * float(bar.progress or 0), 3.2, style="F")
        file.set_x(147)
        file.cell(24, 6, bar.progress_text, align="C")
        file.cell(24, 6, bar.expected_text, align="C", new_x="LMARGIN", new_y="NEXT")
    file.set_fill_color(255)
    file.ln(2)

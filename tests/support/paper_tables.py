"""The tables of a paper as a reader finds them: in the PDF, in the Word file, in the spreadsheet."""

import io
import re
from datetime import datetime
from decimal import Decimal

import docx
import pdfplumber
from defusedxml.ElementTree import fromstring
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

Rows = list[list[str]]


def one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def in_pdf(pdf: bytes) -> list[Rows]:
    """Each table once: what goes on over pages in one piece, its repeated header left out."""
    found: list[Rows] = []
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        for table in (one for page in paper.pages for one in page.extract_tables()):
            rows = [[one_line(cell) for cell in row] for row in table]
            if len(rows[0]) < 3 or not any(rows[0]):
                continue  # the boxes of a chart
            if found and found[-1][0] == rows[0]:
                heads = next(
                    (at for at, pair in enumerate(zip(rows, found[-1], strict=False)) if pair[0] != pair[1]),
                    0,
                )
                found[-1] += rows[heads:]
            else:
                found.append(rows)
    return found


def in_word(file: bytes) -> list[Rows]:
    """The ruled tables; what is merged says something in its first cell alone."""
    body = docx.Document(io.BytesIO(file)).element.body
    return [
        [_cells(row) for row in table.iterchildren(qn("w:tr"))]
        for table in body.iterchildren(qn("w:tbl"))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") is not None
    ]


def _cells(row) -> list[str]:
    said: list[str] = []
    for cell in row.iterchildren(qn("w:tc")):
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        text = one_line(" ".join(word_text(one) for one in cell.iterchildren(qn("w:p"))))
        said += [text] + [""] * (int(span.get(qn("w:val"))) - 1 if span is not None else 0)
    return said


def word_text(paragraph) -> str:
    """What a paragraph says; a break is a space."""
    return "".join(
        one.text or "" if one.tag == qn("w:t") else " "
        for one in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    )


def in_charts(file: bytes) -> list[Rows]:
    """The shares that the charts of a Word file hold: a row a line or kind of bar."""
    parts = docx.Document(io.BytesIO(file)).part.package.parts
    charts = sorted(
        (one for one in parts if one.partname.startswith("/word/charts/")), key=lambda one: one.partname
    )
    return [
        [
            [per_cent(point.text) for point in line.iterfind(".//{*}val//{*}v")]
            for line in tree.iterfind(".//{*}ser")
        ]
        for tree in (fromstring(chart.blob) for chart in charts)
    ]


def per_cent(share: str) -> str:
    return f"{Decimal(share) * 100:.0f}%"


def in_book(file: bytes) -> dict[str, Rows]:
    """The pages from the titles of their columns on, each cell as Excel shows it to a Vietnamese."""
    found = {}
    for page in load_workbook(io.BytesIO(file)):
        rows = [[shown(cell) for cell in row] for row in page]
        top = int(page.print_title_rows.split(":")[0].strip("$"))
        found[page.title] = rows[top - 1 :]
    return found


def shown(cell: Cell) -> str:
    """A cell's value in its format."""
    if isinstance(cell.value, datetime):
        assert cell.number_format == "d/m/yyyy"
        return f"{cell.value.day}/{cell.value.month}/{cell.value.year}"
    if cell.value is None or isinstance(cell.value, str):
        return one_line(cell.value)
    read = re.fullmatch(r'("≤ ")?#,##0(\.0+)?(%)?(" \(\*\)")?', cell.number_format)
    assert read, cell.number_format
    most, places, percent, restated = read.groups()
    number = Decimal(str(cell.value)) * (100 if percent else 1)
    text = f"{number:,.{len(places or '.') - 1}f}".translate(str.maketrans(",.", ".,"))
    return f"{'≤ ' * bool(most)}{text}{percent or ''}{' (*)' * bool(restated)}"

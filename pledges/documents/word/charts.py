"""Biểu đồ trong Word: real charts with their figures inside, so that people can change and restyle them."""

from io import BytesIO
from typing import Any, cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from pledges.core.archives import settled
from pledges.core.workbooks.cells import fill, properties
from pledges.documents.books.charts import drawn
from pledges.documents.books.figures import figure_of
from pledges.documents.sheets.chart_tables import table_of
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.word.looks import FACE
from pledges.documents.word.marks import mark, shown

PAGE = "Số liệu"
EMU_A_POINT, EMU_A_CENTIMETRE = 12700, 360000
LETTERS = 1100
"""The size of a chart's letters, in hundredths of a point."""
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{number}" name="Biểu đồ {number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{key}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
_LETTERS = (
    '<txPr><a:bodyPr xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    '<a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:pPr><a:defRPr sz="{size}">'
    '<a:latin typeface="{face}"/><a:cs typeface="{face}"/></a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></txPr>'
)
_FIGURES = (
    '<externalData r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<autoUpdate val="0"/></externalData>'
)
_END = "</chartSpace>"


class Charts:
    """The charts of one file, numbered through."""

    def __init__(self, document: Document) -> None:
        self.part = document.part
        self.count = 0

    def add(self, chart: BarChart | LineChart, width: float) -> Element:
        """A run that shows the chart over a width in points; a reader aloud says its figures."""
        self.count += 1
        figures, page, rows = _figures(chart)
        made = drawn(chart, page, 2, rows)
        made.title = None  # it stands above, as a paragraph
        # openpyxl itself writes charts into spreadsheets only.
        xml = str(tostring(cast("Any", made)._write()), "utf-8")  # noqa: SLF001
        package = self.part.package
        part = Part(PackURI(f"/word/charts/chart{self.count}.xml"), CONTENT_TYPE.DML_CHART, package=package)
        inside = Part(
            PackURI(f"/word/embeddings/chart{self.count}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            figures,
            package,
        )
        key = part.relate_to(inside, RELATIONSHIP_TYPE.PACKAGE)
        more = _LETTERS.format(size=LETTERS, face=FACE) + _FIGURES.format(key=key)
        part._blob = xml.replace(_END, more + _END).encode()  # noqa: SLF001 - its key is known once it exists
        shape = parse_xml(
            _DRAWING.format(
                wide=round(width * EMU_A_POINT),
                high=round(made.height * EMU_A_CENTIMETRE),
                number=self.count,
                key=self.part.relate_to(part, RELATIONSHIP_TYPE.CHART),
            )
        )
        shape[0].find("{*}docPr").set("descr", shown(chart.alt))
        return mark("r", shape)


def _figures(chart: BarChart | LineChart) -> tuple[bytes, Worksheet, int]:
    """The spreadsheet inside a chart: titles above, a row a bar or day."""
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = PAGE
    table = table_of(chart)
    for at, column in enumerate(table.columns, start=1):
        fill(cast("Cell", page.cell(1, at)), column.title)
    for row, line in enumerate(table.rows, start=2):
        for at, text in enumerate(line.cells, start=1):
            figure = figure_of(str(text))
            cell = cast("Cell", page.cell(row, at))
            fill(cell, figure.value)
            cell.number_format = figure.format or cell.number_format
    made = BytesIO()
    workbook.save(made)
    return settled(made, {"docProps/core.xml": properties(chart.title)}), page, len(table.rows)

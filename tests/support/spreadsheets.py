"""Spreadsheets for tests: made by openpyxl as other programs make them, or put together part by part."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Cell, Sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_PARTS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(**kinds: str) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind.split("|")[0]}" Target="{kind.split("|")[1]}"/>'
        for name, kind in kinds.items()
    )
    return f'<Relationships xmlns="{RELATION_PARTS}">{rows}</Relationships>'


def parts(cells: str = "", **changes: str) -> dict[str, str]:
    """The parts of a small workbook whose one sheet holds ``cells`` (rows as XML)."""
    texts = changes.get("texts", "")
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(a="officeDocument|xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr '
        f'{changes.get("calendar", "")}/><sheets><sheet name="Danh mục" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            a="worksheet|worksheets/sheet1.xml", b="styles|styles.xml", c="sharedStrings|sharedStrings.xml"
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{changes.get("styles", "")}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{changes.get("before", "")}<sheetData>{cells}'
        f"</sheetData>{changes.get('after', '')}</worksheet>",
    }


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return made.getvalue()


def xlsx(cells: str = "", **changes: str) -> bytes:
    return zipped(parts(cells, **changes))


def saved(workbook: Workbook) -> bytes:
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def workbook_of(rows: Iterable[Iterable[Any]], font: str = "Times New Roman") -> bytes:
    """A workbook whose one sheet holds ``rows``, saved by openpyxl."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, value)
            cell.font = Font(name=font)
    return saved(workbook)


def only(data: bytes, name: str = "danh-muc.xlsx") -> Sheet:
    (sheet,) = read(name, data)
    return sheet


def first_cell(cells: str, **changes: str) -> Cell:
    """The cell A1 of the workbook with these cells."""
    return only(xlsx(cells, **changes)).rows[0].cells[0]


def values(sheet: Sheet) -> list[list[Any]]:
    return [[cell.value for cell in row.cells] for row in sheet.rows]

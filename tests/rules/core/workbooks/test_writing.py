import io
import subprocess
import sys
import time
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pledges.core.numbers import parse_number
from pledges.core.workbooks.books import Book, Column, Kind, Notes, OutSheet
from pledges.core.workbooks.sheets import CellValue
from pledges.core.workbooks.writing import write
from tests.support.spreadsheets import only, values

UNITS = ("Khu phố 1", "=Khu phố 2", "Công an phường")
COLUMNS = (
    Column("Đơn vị", 24, hint="Chọn trong danh sách.", choices=UNITS, only_choices=True),
    Column("Tên phần việc", 40, hint="Ghi việc, nơi làm."),
    Column("Ngày hoàn thành", 13, Kind.DATE),
    Column("Phải đạt", 11, Kind.NUMBER),
    Column("Đơn vị tính", 14, choices=("m²", "cây")),
    Column("Đơn vị phối hợp", 24, choices=UNITS),
)
ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("Khu phố 1", "Lắp đèn", date(2024, 12, 31), Decimal(1250000000), "m²", None),
    ("Khu phố 1", "", None, Decimal("2.5"), None, "Công an phường"),
)
BOOK = Book(
    "Danh mục phần việc <2024>",
    (OutSheet("Danh mục", COLUMNS, ROWS, blank_rows=3), Notes("Hướng dẫn", ("Cách điền", "=Ghi từng dòng."))),
)


def opened(book: Book = BOOK) -> Workbook:
    return load_workbook(io.BytesIO(write(book)))


def one(*cells: CellValue, kind: Kind = Kind.TEXT) -> Book:
    """A book of one column and a row for each of ``cells``."""
    return Book("x", (OutSheet("Một", (Column("Cột", kind=kind),), tuple((cell,) for cell in cells)),))


def back(book: Book) -> list[Any]:
    return [row[0] for row in values(only(write(book)))][1:]


def test_the_same_book_has_the_same_bytes():
    first = write(BOOK)
    time.sleep(2.1)  # a zip tells the time by two seconds
    assert write(BOOK) == first


def test_nothing_tells_when_it_was_made():
    with zipfile.ZipFile(io.BytesIO(write(BOOK))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in package.read("docProps/core.xml")


def test_the_title_stands_in_the_properties():
    properties = opened().properties
    assert (properties.title, properties.creator) == ("Danh mục phần việc <2024>", "Cam kết thi đua")


def test_what_is_written_is_read_back():
    assert values(only(write(Book("x", BOOK.sheets[:1])))) == [
        [column.heading for column in COLUMNS],
        list(ROWS[0][:5]),
        ["Khu phố 1", None, None, Decimal("2.5"), None, "Công an phường"],
    ]


texts = st.text(max_size=40) | st.builds(str.__add__, st.sampled_from("=+-@\t\r\n'"), st.text(max_size=20))


@settings(deadline=None, max_examples=30)
@given(st.lists(texts, min_size=1, max_size=8))
@example(
    ["=1+1", "+84 912", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "#REF!", "#N/A", "TRUE", "0123", "1/2", "'"]
)
@example(["_x0041_", "_x005F_x0041_", "_xD800_", "a\x00b\x1f", "a\r\nb", "\ufffe", "\ud800x", "  hai  đầu  "])
def test_text_is_text_and_read_back_unchanged(cells: list[str]):
    kept = [unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()) for text in cells]
    kept = [text.replace("\ufffe", "").replace("\uffff", "") for text in kept]
    book = one(*[f"·{text}" for text in cells])
    assert back(book) == [f"·{text}" for text in kept]
    bare = one("đầu", *cells, "cuối")
    assert back(bare) == ["đầu", *(text for text in kept if text.strip()), "cuối"]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx", "\r=1"])
def test_nothing_runs(text: str):
    (cell,) = opened(one(text)).worksheets[0]["A2:A2"][0]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")
    with zipfile.ZipFile(io.BytesIO(write(one(text)))) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.decimals(-(10**14) + 1, 10**14 - 1, places=4), min_size=1, max_size=8))
@example([Decimal("12345678901234.5678"), Decimal("0.0001"), Decimal("1E+3"), Decimal(0), Decimal("-0.5")])
def test_numbers_are_read_back_exactly(numbers: list[Decimal]):
    read = back(one(*numbers, kind=Kind.NUMBER))
    assert [parse_number(cell) if isinstance(cell, str) else cell for cell in read] == numbers
    assert all(
        isinstance(cell, Decimal) for cell, number in zip(read, numbers, strict=True) if abs(number) < 10**11
    )


@settings(deadline=None, max_examples=30)
@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 12, 31)), min_size=1, max_size=8))
@example([date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)])
def test_dates_are_read_back(days: list[date]):
    assert back(one(*days, kind=Kind.DATE)) == days


def test_cells_are_shown_as_vietnamese_offices_write():
    sheet = opened().worksheets[0]
    assert [sheet.cell(2, place).number_format for place in range(1, 7)] == [
        "@", "@", "d/m/yyyy", "#,##0", "@", "@",
    ]  # fmt: skip
    assert sheet["D3"].number_format == "#,##0.####"
    assert [sheet.cell(4, place).number_format for place in range(1, 5)] == ["@", "@", "d/m/yyyy", "General"]
    assert (sheet["A2"].font.name, sheet["A1"].font.bold, sheet["B2"].alignment.wrap_text) == (
        "Times New Roman", True, True,
    )  # fmt: skip


def test_the_headings_stay_in_sight_and_are_printed_on_each_page():
    sheet = opened().worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:F6", "$1:$1")
    assert sheet.column_dimensions["B"].width == 40
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_lists_drop_down_from_a_hidden_sheet():
    workbook = opened()
    lists = workbook["Danh sách chọn"]
    assert lists.sheet_state == "hidden"
    assert [[cell.value for cell in row] for row in lists.rows] == [
        ["Khu phố 1", "m²"],
        ["=Khu phố 2", "cây"],
        ["Công an phường", None],
    ]
    rules = {str(rule.sqref): rule for rule in workbook.worksheets[0].data_validations.dataValidation}
    assert [(place, rule.formula1, rule.errorStyle) for place, rule in rules.items()] == [
        ("A2:A6", "'Danh sách chọn'!$A$1:$A$3", "stop"),
        ("B2:B6", None, None),
        ("E2:E6", "'Danh sách chọn'!$B$1:$B$2", "warning"),
        ("F2:F6", "'Danh sách chọn'!$A$1:$A$3", "warning"),
    ]
    assert rules["A2:A6"].error == "Hãy chọn một mục trong danh sách."


def test_hints_are_shown_beside_a_chosen_cell():
    rule = opened().worksheets[0].data_validations.dataValidation[1]
    assert (rule.promptTitle, rule.prompt, rule.showInputMessage) == (
        "Tên phần việc",
        "Ghi việc, nơi làm.",
        True,
    )


def test_notes_are_sentences():
    sheet = opened()["Hướng dẫn"]
    assert [(cell.value, cell.data_type) for (cell,) in sheet.rows] == [
        ("Cách điền", "s"),
        ("=Ghi từng dòng.", "s"),
    ]
    assert sheet.page_setup.orientation == "portrait"


def test_an_empty_sheet_has_headings_alone():
    workbook = opened(Book("x", (OutSheet("Trống", COLUMNS),)))
    assert workbook.worksheets[0].max_row == 1


@pytest.mark.parametrize(
    "book",
    [
        one("a" * 32_768),
        Book("x", (OutSheet("Một", (Column("Cột", hint="a" * 256),), blank_rows=1),)),
        Book("x", (OutSheet("Một", (Column("Cột"),), (("a", "b"),)),)),
        Book("x", (OutSheet("Một/Hai", (Column("Cột"),)),)),
    ],
)
def test_what_excel_would_not_take_is_refused(book: Book):
    with pytest.raises(ValueError, match=r"."):
        write(book)


def test_the_library_is_loaded_only_to_write():
    code = (
        "import sys; import pledges.core.workbooks.writing, pledges.core.workbooks.reading; "
        "sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

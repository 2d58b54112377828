import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Unreadable, column_letters
from tests.support.spreadsheets import first_cell, only, parts, saved, values, workbook_of, xlsx, zipped

SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20).filter(
    lambda text: text.strip() and not text.startswith(("=", "#")) and "_x" not in text
)
anything = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.dates(date(1900, 3, 1)) | texts


def meant(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).upper()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def filled(row: list[Any]) -> list[Any]:
    kept = [meant(value) for value in row]
    while kept and kept[-1] is None:
        kept.pop()
    return kept


@settings(deadline=None)
@given(st.lists(st.lists(anything, max_size=6), min_size=1, max_size=6))
def test_what_another_program_wrote_is_read(rows: list[list[Any]]):
    rows = [["đầu"], *rows]
    assert values(only(workbook_of(rows))) == [filled(row) for row in rows if filled(row)]


def test_rows_keep_the_numbers_that_the_sender_sees():
    sheet = only(workbook_of([["STT", "Tên"], [], [1, None, "Đường"], [None], [" "], ["x"]]))
    assert [row.number for row in sheet.rows] == [1, 3, 6]
    assert values(sheet) == [["STT", "Tên"], [Decimal(1), None, "Đường"], ["x"]]
    assert sheet.name == "Sheet"


def test_cells_know_their_fonts():
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B1"] = "§­êng", "Đường"
    sheet["A1"].font, sheet["B1"].font = Font(name=".VnTime"), Font(name="Times New Roman")
    cells = only(saved(workbook)).rows[0].cells
    assert [(cell.value, cell.font) for cell in cells] == [
        ("§­êng", ".VnTime"),
        ("Đường", "Times New Roman"),
    ]


def test_the_font_of_most_letters_counts_in_a_mixed_text():
    mixed = (
        '<si><r><t xml:space="preserve">1. </t></r><r><rPr><rFont val=".VnTime"/></rPr><t>§­êng</t></r></si>'
    )
    cell = first_cell(SHARED, texts=mixed)
    assert (cell.value, cell.font) == ("1. §­êng", ".VnTime")


def test_phonetic_guides_are_left_out():
    assert first_cell(SHARED, texts="<si><t>Tên</t><rPh><t>ten</t></rPh></si>").value == "Tên"


def test_a_text_within_the_cell_is_read():
    row = (
        '<row><c t="inlineStr"><is><t>một</t></is></c><c t="str"><f>A1</f><v>hai</v></c><c><v>3</v></c></row>'
    )
    assert values(only(xlsx(row))) == [["một", "hai", Decimal(3)]]


def test_escaped_characters_are_unescaped():
    assert (
        first_cell(SHARED, texts="<si><t>a_x000D_\nb_x005F_x0041_ _xD800_</t></si>").value
        == "a\r\nb_x0041_ \ufffd"
    )


def test_prefixes_of_elements_do_not_matter():
    contents = parts()
    contents["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
        '<x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert values(only(zipped(contents))) == [[None, Decimal(7)]]


def test_a_formula_counts_by_the_value_the_file_keeps():
    assert first_cell('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>').value == Decimal(2)


@pytest.mark.parametrize("kept", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_value_is_a_fault(kept: str):
    cell = first_cell(f'<row r="1"><c r="A1"><f>1+1</f>{kept}</c></row>')
    assert cell.value is None
    assert cell.fault.startswith("Ô có công thức nhưng tệp không lưu kết quả.")


def test_a_formula_that_gives_no_text_is_an_empty_cell():
    row = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>'
    assert values(only(xlsx(row))) == [[None, Decimal(1)]]


def test_errors_and_truths_are_text():
    row = '<row r="1"><c r="A1" t="e"><f>B9</f><v>#REF!</v></c><c r="B1" t="b"><v>1</v></c></row>'
    error, truth = only(xlsx(row)).rows[0].cells
    assert (error.value, error.fault) == ("#REF!", "Ô bị lỗi #REF! trong Excel.")
    assert (truth.value, truth.fault) == ("TRUE", "")


def test_formats_make_dates_and_percentages():
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([date(2024, 3, 29), datetime(2024, 3, 29, 14, 30), time(7, 5), 0.95])  # noqa: DTZ001
    sheet["D1"].number_format = "0%"
    cells = only(saved(workbook)).rows[0].cells
    assert [cell.value for cell in cells] == [date(2024, 3, 29), date(2024, 3, 29), "7:05", Decimal(95)]
    assert [cell.remark for cell in cells] == [
        "", "Chỉ lấy ngày 29/3/2024, bỏ giờ 14:30.", "", "Ô hiện 95%: lấy số 95.",
    ]  # fmt: skip


def test_a_day_may_be_written_out():
    assert first_cell('<row r="1"><c r="A1" t="d"><v>2024-03-29</v></c></row>').value == date(2024, 3, 29)


def test_the_calendar_of_old_macintoshes_is_known():
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    row = '<row r="1"><c r="A1" s="1"><v>43918</v></c></row>'
    assert first_cell(row, styles=styles).value == date(2020, 3, 28)
    assert first_cell(row, styles=styles, calendar='date1904="1"').value == date(2024, 3, 29)


@pytest.mark.parametrize("style", ["7", "-1", "x", ""])
def test_a_style_that_is_not_there_is_a_plain_one(style: str):
    assert first_cell(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>').value == Decimal(1)


def test_of_merged_cells_the_first_has_the_value():
    row = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert values(only(xlsx(row, after=merged))) == [[Decimal(1), None, Decimal(3)]]


def test_hidden_rows_and_columns_are_read_hidden_sheets_are_not():
    workbook = Workbook()
    shown = workbook.worksheets[0]
    shown.append(["a", "b"])
    shown.append(["c"])
    shown.row_dimensions[2].hidden = True
    shown.column_dimensions["B"].hidden = True
    for name, state in (("Ẩn", "hidden"), ("Ẩn kỹ", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet.append(["bí mật"])
        sheet.sheet_state = state
    assert values(only(saved(workbook))) == [["a", "b"], ["c"]]


def test_sheets_come_in_their_order_and_empty_ones_are_left_out():
    workbook = Workbook()
    workbook.worksheets[0].append(["một"])
    workbook.create_sheet("Trống")
    workbook.create_sheet("Hai").append(["hai"])
    workbook.create_chartsheet("Biểu đồ")
    assert [(sheet.name, values(sheet)) for sheet in read("a.XLSX", saved(workbook))] == [
        ("Sheet", [["một"]]),
        ("Hai", [["hai"]]),
    ]


def test_loose_accents_are_composed_and_counted():
    loose = unicodedata.normalize("NFD", "Đường Hà Khánh")
    sheet = only(workbook_of([[loose, "Hà Khánh"], [loose]]))
    assert values(sheet) == [["Đường Hà Khánh", "Hà Khánh"], ["Đường Hà Khánh"]]
    assert sheet.composed == 2


def test_a_claimed_size_is_not_believed():
    before = '<dimension ref="A1:XFD1048576"/>'
    assert values(only(xlsx('<row r="1048576"><c r="B1048576"><v>1</v></c></row>', before=before))) == [
        [None, Decimal(1)]
    ]


def test_formatted_cells_without_anything_in_them_take_no_room():
    cells = "".join(f'<row r="{row}"><c r="XFD{row}" s="0"/></row>' for row in range(1, 20_000))
    assert values(only(xlsx(f'{cells}<row r="20000"><c r="A20000"><v>1</v></c></row>'))) == [[Decimal(1)]]


def test_a_workbook_with_nothing_in_it_is_said():
    with pytest.raises(Unreadable, match="không có dòng nào có chữ"):
        read("a.xlsx", xlsx())


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (59, "BH"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_excel_does(index: int, name: str):
    assert column_letters(index) == name

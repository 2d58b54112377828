"""Headings are found wherever they stand and however they are written."""

import unicodedata

import pytest

from pledges.core.workbooks.sheets import Cell
from pledges.tasks.rows.columns import BY_KEY, COLUMNS, recognised
from pledges.tasks.rows.sheets import lines_of
from tests.support.campaign_files import FILES, rows
from tests.support.lists import HEADINGS, sheet

REQUIRED = ("Đơn vị chủ trì", "Tên phần việc", "Ngày bắt đầu", "Ngày hoàn thành")
TASK = ("KP3", "Trồng cây", "1/4/2024", "1/5/2024")


def keys(*headings: object) -> frozenset[str]:
    return lines_of(sheet(headings, ["x"] * len(headings))).columns


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_each_column_goes_by_its_heading_and_its_other_names(column):
    for name in (column.heading, *column.aliases):
        assert recognised(name) is column
        assert recognised(name.upper()) is column
        assert recognised(unicodedata.normalize("NFD", name)) is column
        assert recognised(f"  {name} (*) ") is column


def test_no_two_columns_share_a_name():
    names = [recognised(name).key for column in COLUMNS for name in (column.heading, *column.aliases)]
    assert names == [column.key for column in COLUMNS for _name in (column.heading, *column.aliases)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TEN PHAN VIEC", "title"),
        ("tên_phần_việc", "title"),
        ("Ngân sách\n(triệu đồng)", "state_funding"),
        ("Xã hội hoá", "social_funding"),
        ("Xã hội hóa (tr.đ)", "social_funding"),
        ("ĐVT", "measure"),
        ("DVT", "measure"),
        ("Mỗi kỳ ghi (số thêm/mức đạt)", "counting"),
        ("Kết quả", None),
        ("", None),
    ],
)
def test_headings_are_known_whatever_their_case_accents_and_remarks(text, key):
    assert recognised(text) is (BY_KEY[key] if key else None)


def test_the_headings_of_the_campaign_files_are_known():
    tasks, indicators = (rows(FILES / name)[0] for name in ("tasks.csv", "indicators.csv"))
    assert keys(*tasks, *list(indicators)[1:]) == set(BY_KEY) - {"milestones", "code"}


def test_the_headings_may_stand_below_a_title_and_in_any_order():
    told = sheet(
        ["ỦY BAN NHÂN DÂN PHƯỜNG HÀ KHÁNH"],
        ["DANH MỤC PHẦN VIỆC ĐĂNG KÝ THI ĐUA"],
        [],
        list(reversed(REQUIRED)),
        list(reversed(TASK)),
    )
    lines = lines_of(told)
    assert lines.header == 4
    assert not lines.faults
    assert [(line.row, line.cells["title"]) for line in lines.lines] == [(5, "Trồng cây")]


def test_two_rows_of_headings_are_read_together():
    told = sheet(
        [
            "STT",
            "Đơn vị chủ trì",
            "Tên phần việc",
            "Thời gian",
            None,
            "Kinh phí (triệu đồng)",
            None,
            "Kết quả",
        ],
        [None, None, None, "Bắt đầu", "Hoàn thành", "Ngân sách", "Xã hội hóa"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        ["1", *TASK, "10", "20", "x"],
    )
    lines = lines_of(told)
    assert lines.header == 2
    assert not lines.faults
    assert lines.unknown_headings == ("Kết quả",)
    (line,) = lines.lines
    assert (line.cells["start_on"], line.cells["social_funding"]) == ("1/4/2024", "20")
    assert [(note.row, note.words) for note in lines.notes] == [(3, "Dòng đánh số cột: bỏ qua.")]


def test_unknown_headings_are_named_and_ignored():
    lines = lines_of(sheet([*REQUIRED, "Kết quả", "Ghi chú"], [*TASK, "tốt", "x"]))
    assert lines.unknown_headings == ("Kết quả", "Ghi chú")
    assert set(lines.lines[0].cells) == {"lead", "title", "start_on", "due_on"}


def test_headings_in_an_old_font_are_known():
    old = [Cell("§¬n vÞ chñ tr×", ".VnTime"), Cell("Tªn phÇn viÖc", ".VnTime")]
    assert keys(*old, "Ngày bắt đầu") == {"lead", "title", "start_on"}


def test_missing_columns_are_told_where_the_headings_stand():
    lines = lines_of(sheet(["Danh mục"], ["Tên phần việc", "Sản phẩm"], ["Trồng cây", "Cây"]))
    assert [(fault.row, fault.column, fault.words) for fault in lines.faults] == [
        (2, "lead", "Thiếu cột “Đơn vị chủ trì”."),
        (2, "start_on", "Thiếu cột “Ngày bắt đầu”."),
        (2, "due_on", "Thiếu cột “Ngày hoàn thành”."),
    ]


def test_a_list_of_tasks_with_codes_may_leave_columns_out():
    assert not lines_of(sheet(["Mã phần việc", "Sản phẩm"], ["12", "Cây"])).faults


@pytest.mark.parametrize("rows_of_it", [[], [["Kính gửi các đơn vị"], ["Đề nghị đăng ký"]]])
def test_a_sheet_without_headings_says_which_it_needs(rows_of_it):
    (fault,) = lines_of(sheet(*rows_of_it)).faults
    assert "Không tìm thấy dòng tiêu đề" in fault.words
    assert "Đơn vị chủ trì" in fault.words


def test_a_column_that_stands_twice_is_a_fault():
    (fault,) = lines_of(sheet([*REQUIRED, "Phải đạt", "Phải đạt"], TASK)).faults
    assert (fault.column, "cột E, F" in fault.words) == ("target", True)


def test_the_very_heading_goes_before_another_name_of_its_column():
    lines = lines_of(sheet(["Đơn vị", *REQUIRED], ["m", *TASK]))
    assert not lines.faults
    assert lines.unknown_headings == ("Đơn vị",)
    assert lines.lines[0].cells["lead"] == "KP3"


@pytest.mark.parametrize(
    ("above", "heading", "wrong"),
    [
        (None, "Ngân sách (triệu đồng)", False),
        (None, "Ngân sách (đồng)", True),
        (None, "Kinh phí ngân sách (nghìn đồng)", True),
        ("Đơn vị tính: đồng", "Ngân sách", True),
        ("ĐVT: triệu đồng", "Ngân sách", False),
        ("Đơn vị tính: đồng", "Ngân sách (triệu đồng)", False),
    ],
)
def test_funding_in_other_money_is_told_before_it_is_a_million_times_too_much(above, heading, wrong):
    lines = lines_of(sheet([above], [*REQUIRED, heading], [*TASK, "1"]))
    assert [fault.column for fault in lines.faults] == (["state_funding"] if wrong else [])


def test_all_headings_stand_for_their_columns():
    assert keys(*HEADINGS) == set(HEADINGS.values())

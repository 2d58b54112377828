"""Rows of a sheet become tasks with their indicators; what is no task is left out and told."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from pledges.core.workbooks.sheets import Cell
from pledges.tasks.rows.sheets import lines_of
from tests.support.lists import sheet

HEAD = (
    "STT",
    "Đơn vị chủ trì",
    "Tên phần việc",
    "Ngày bắt đầu",
    "Ngày hoàn thành",
    "Ngân sách",
    "Chỉ tiêu",
    "Phải đạt",
)
FIRST = ("1", "KP3", "Trồng cây", "1/4/2024", "1/5/2024", "10", "Cây trồng", "120")
OTHER = ("2", "KP1", "Bê tông hóa ngõ", "1/4/2024", "1/9/2024", None, "Chiều dài", "80")


def shape(*rows: Sequence[Any]):
    """Each task's row with those of its indicators, below the headings in row 1."""
    return [
        (line.row, [below.row for below in line.indicators]) for line in lines_of(sheet(HEAD, *rows)).lines
    ]


def notes(*rows: Sequence[Any]):
    return [(note.row, note.words) for note in lines_of(sheet(HEAD, *rows)).notes]


def below(label, target, *, number=None):
    return (number, None, None, None, None, None, label, target)


def test_a_row_is_a_task_with_its_first_indicator():
    (line,) = lines_of(sheet(HEAD, FIRST)).lines
    assert line.cells == {
        "number": "1", "lead": "KP3", "title": "Trồng cây", "start_on": "1/4/2024", "due_on": "1/5/2024",
        "state_funding": "10",
    }  # fmt: skip
    assert line.indicators[0].cells == {"label": "Cây trồng", "target": "120"}
    assert (line.row, line.rows, line.no_indicators) == (2, (2,), False)


def test_rows_with_blank_task_columns_go_on():
    assert shape(FIRST, below("Hộ tham gia", "5"), OTHER, below("Rãnh", "1"), below("Đèn", "2")) == [
        (2, [2, 3]),
        (4, [4, 5, 6]),
    ]


def test_blank_rows_between_do_not_part_a_task():
    told = sheet(HEAD, FIRST, [], below("Hộ tham gia", "5"))
    assert [line.rows for line in lines_of(told).lines] == [(2, 4)]


@pytest.mark.parametrize("number", ["1", "1.2", "-", "a"])
def test_a_number_of_its_own_task_or_a_sub_number_goes_on(number):
    assert shape(FIRST, below("Hộ tham gia", "5", number=number)) == [(2, [2, 3])]


def test_a_new_number_begins_a_task_even_without_a_title():
    assert shape(FIRST, below("Hộ tham gia", "5", number="2")) == [(2, [2]), (3, [3])]


def test_a_task_that_is_said_again_goes_on():
    again = (*FIRST[:6], "Hộ tham gia", "5")
    assert shape(FIRST, again, OTHER) == [(2, [2, 3]), (4, [4])]
    assert shape(("", *FIRST[1:]), ("", *again[1:])) == [(2, [2, 3])]


def test_a_task_that_is_said_again_with_something_else_is_told():
    again = ("1", "KP3", "Trồng cây", "1/4/2024", "30/6/2024", None, "Hộ tham gia", "5")
    (line,) = lines_of(sheet(HEAD, FIRST, again)).lines
    assert line.indicators[1].faults == {
        "due_on": "Số thứ tự 1 là của phần việc ở dòng 2, nhưng ngày hoàn thành ở đây khác: “30/6/2024”."
    }


def test_the_same_number_with_another_title_is_another_task():
    assert shape(FIRST, ("1", *OTHER[1:])) == [(2, [2]), (3, [3])]


def test_the_same_title_of_another_unit_is_another_task():
    assert shape(("", *FIRST[1:]), ("", "KP4", *FIRST[2:])) == [(2, [2]), (3, [3])]


def test_a_row_that_says_a_task_again_and_nothing_else_adds_nothing():
    assert shape(FIRST, (*FIRST[:6], None, None)) == [(2, [2])]
    assert notes(FIRST, (*FIRST[:6], None, None)) == [
        (3, "Dòng nhắc lại phần việc ở dòng 2, không thêm gì: bỏ qua.")
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["I. Khối Đảng - chính quyền"],
         "“I. Khối Đảng - chính quyền” là tên khối, không phải phần việc"),
        ([None, None, "IV. Các khu phố"],
         "“IV. Các khu phố” là tên khối, không phải phần việc"),
        (["II", "Mặt trận Tổ quốc và đoàn thể"],
         "“II Mặt trận Tổ quốc và đoàn thể” là tên khối, không phải phần việc"),
        (["A", None, "Khối Đảng", None, None, Decimal(40)],
         "“A Khối Đảng” là tên khối, không phải phần việc"),
        (["Khối Đảng - chính quyền"],
         "“Khối Đảng - chính quyền” là tên khối, không phải phần việc"),
        (["Tổng cộng", None, None, None, None, Decimal(100)],
         "“Tổng cộng” là dòng tổng cộng"),
        ([None, None, "TỔNG CỘNG:", None, None, "100", None, "200"],
         "“TỔNG CỘNG:” là dòng tổng cộng"),
        ([None, "Cộng", None, None, None, "100"],
         "“Cộng” là dòng tổng cộng"),
        ([None, "Cộng khối I", None, None, None, "100"],
         "“Cộng khối I” là dòng tổng cộng"),
        (HEAD, "Dòng tiêu đề được nhắc lại"),
        ([None, None, "NGƯỜI LẬP BIỂU"],
         "“NGƯỜI LẬP BIỂU” đứng ngoài danh mục"),
        ([None] * 5 + ["TM. UBND PHƯỜNG"],
         "“TM. UBND PHƯỜNG” đứng ngoài danh mục"),
        ([None, None, None, "Người lập biểu", None, None, None, "CHỦ TỊCH"],
         "“Người lập biểu” đứng ngoài danh mục"),
        ([None, "Hà Khánh, ngày 29 tháng 3 năm 2024"],
         "“Hà Khánh, ngày 29 tháng 3 năm 2024” đứng ngoài danh mục"),
        ([None] * 8 + ["xem phụ lục"],
         "“xem phụ lục” không thuộc cột nào của danh mục"),
    ],
)  # fmt: skip
def test_what_is_no_task_is_left_out_and_told(row, words):
    assert shape(FIRST, row, OTHER) == [(2, [2]), (4, [4])]
    assert notes(FIRST, row, OTHER) == [(3, f"{words}: bỏ qua.")]


@pytest.mark.parametrize(
    "title",
    [
        "Tổng vệ sinh môi trường khu phố",
        "Cộng đồng an toàn",
        "Khối phố văn hóa",
        "C. Trồng cây",
        "Tổng cộng",
        "Noi nhan",
    ],
)
def test_a_task_with_days_is_a_task_whatever_its_title(title):
    row = ("2", "KP1", title, "1/4/2024", "1/9/2024", None, None, None)
    assert shape(FIRST, row) == [(2, [2]), (3, [])]


def test_a_title_alone_is_a_task_that_lacks_the_rest():
    assert shape(FIRST, (None, None, "Tổng vệ sinh môi trường")) == [(2, [2]), (3, [])]


def test_names_below_the_total_are_left_out():
    told = [FIRST, ["Tổng cộng"], [], [None, None, "CHỦ TỊCH"], [None, None, "Trần Việt Hùng"]]
    assert shape(*told) == [(2, [2])]
    assert [row for row, _words in notes(*told)] == [3, 5, 6]


def test_a_block_after_a_subtotal_goes_on_with_the_list():
    told = [["I. Khối Đảng"], FIRST, ["Cộng khối I"], ["II. Các khu phố"], (None, None, "Trồng hoa")]
    assert shape(*told) == [(3, [3]), (6, [])]


def test_rows_that_only_have_a_number_are_blank():
    assert shape(FIRST, ["2"], [Decimal(3)]) == [(2, [2])]
    assert notes(FIRST, ["2"], [Decimal(3)]) == []


def test_a_task_without_an_indicator_says_so_when_there_are_columns_for_it():
    (line,) = lines_of(sheet(HEAD, (*FIRST[:6], None, "  "))).lines
    assert (line.indicators, line.no_indicators) == ((), True)
    (line,) = lines_of(sheet(HEAD[:6], FIRST[:6])).lines
    assert (line.indicators, line.no_indicators) == ((), False)


def test_what_the_reader_of_the_file_could_not_read_goes_with_its_line():
    formula = Cell(None, fault="Công thức chưa có kết quả.")
    rows = (Cell("2"), *map(Cell, OTHER[1:3]), formula, *map(Cell, OTHER[4:7]), formula)
    turned = Cell("120", remark="Ghi 120 thay cho 12000%.")
    lines = lines_of(sheet(HEAD, (*FIRST[:7], turned), rows))
    line = lines.lines[1]
    assert line.faults == {"start_on": "Công thức chưa có kết quả."}
    assert line.indicators[0].faults == {"target": "Công thức chưa có kết quả."}
    assert [(note.row, note.words) for note in lines.notes] == [(2, "Phải đạt: Ghi 120 thay cho 12000%.")]


def test_a_code_stands_once():
    head = ("Mã phần việc", "Sản phẩm")
    lines = lines_of(sheet(head, (Decimal(7), "Cây"), ("8", "Hoa"), ("7", "Lá"))).lines
    assert [line.faults for line in lines] == [
        {},
        {},
        {"code": "Mã 7 đã có ở dòng 2; mỗi phần việc chỉ ghi một lần."},
    ]

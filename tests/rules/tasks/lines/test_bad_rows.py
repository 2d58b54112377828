"""Bad rows of a list: everything that is wrong with each, at once, with its row in the sheet and its column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from pledges.core.workbooks.sheets import Cell, CellValue, Row, Sheet
from pledges.tasks.rows.lines import Fault
from pledges.tasks.rows.readings import Reading, read
from pledges.tasks.rows.sheets import lines_of
from tests.support.lists import HEADINGS, SOUND, known

ABOVE = 3
"""Rows above the first task: the name of the list, a blank, the headings."""

Told = Mapping[str, str]
"""What is told of cells: a part of its words by column; of a row further down by "row:column"."""


@dataclass(frozen=True)
class Bad:
    """A row with all that must be told of it, and the rows that go on with it."""

    what: str
    cells: Mapping[str, CellValue]
    faults: Told = field(default_factory=dict)
    questions: Told = field(default_factory=dict)
    lacking: Told = field(default_factory=dict)
    further: tuple[Mapping[str, CellValue], ...] = ()


BAD = (
    Bad("no title", {"title": "  "}, {"title": "Nhập tên phần việc."}),
    Bad("no lead unit", {"lead": None}, {"lead": "Chọn đơn vị chủ trì."}),
    Bad("a lead unit that nobody knows", {"lead": "Xyz 99"}, {"lead": "“Xyz 99” không có trong các đơn vị tham gia"}),
    Bad("a lead unit that comes close", {"lead": "K.phố 3"}, questions={"lead": "Không có “K.phố 3” trong danh sách"}),
    Bad("a lead unit of others", {"lead": "Công an"}, {"lead": "không được đăng ký, sửa phần việc của Công an"}),
    Bad(
        "days that are none",
        {"start_on": "31/4/2024", "due_on": "quý III"},
        {"start_on": "Tháng 4 năm 2024 không có ngày 31.", "due_on": "“quý III”: Không đọc được ngày này"},
    ),
    Bad(
        "no days",
        {"start_on": None, "due_on": ""},
        {"start_on": "Nhập ngày bắt đầu.", "due_on": "Nhập ngày hoàn thành."},
    ),
    Bad(
        "the month first, and a year of two digits",
        {"start_on": "4/13/2024", "due_on": "30/9/24"},
        questions={"start_on": "có phải là ngày 13/4/2024 không?", "due_on": "có phải là ngày 30/9/2024 không?"},
    ),
    Bad("due before it starts", {"due_on": "1/4/2024"}, {"due_on": "Thời hạn hoàn thành phải sau ngày bắt đầu."}),
    Bad(
        "outside the campaign",
        {"start_on": "1/3/2024"},
        lacking={"start_on": "Trước ngày bắt đầu phong trào (29/3/2024)."},
    ),
    Bad(
        "units that are gone before it is done",
        {"due_on": "1/7/2025", "cooperating": "KP1"},
        {"lead": "Khu phố 3 không còn hoạt động", "cooperating": "Khu phố 1 không còn hoạt động"},
        lacking={"due_on": "Sau ngày kết thúc phong trào (30/6/2025)."},
    ),
    Bad(
        "funding below nothing, and with words",
        {"state_funding": Decimal(-5), "social_funding": "15 triệu"},
        {"state_funding": "Kinh phí không âm được.", "social_funding": "chỉ nhập con số, ví dụ 15."},
    ),
    Bad("funding that reads two ways", {"state_funding": "1.234"}, questions={"state_funding": "“1.234” là số nào?"}),
    Bad("a movement that is none", {"movement": "qwerty"}, {"movement": "không có trong các cuộc vận động"}),
    Bad(
        "an indicator without words and figures",
        {"label": None, "target": None, "measure": None, "baseline": "3"},
        {
            "label": "Nhập nội dung chỉ tiêu",
            "target": "Nhập con số phải đạt.",
            "measure": "Nhập đơn vị tính",
        },
    ),
    Bad(
        "a target against its direction, and no weight",
        {"baseline": "90", "weight": Decimal(0)},
        {"target": "Chỉ tiêu thấp hơn hiện trạng", "weight": "Trọng số phải là số lớn hơn 0."},
    ),
    Bad(
        "a share that adds up, over the whole",
        {"measure": "% hộ", "target": "110%", "counting": "cộng dồn"},
        {"counting": "không cộng dồn từng kỳ"},
        {"target": "110 % hộ: tỷ lệ này có thể vượt 100% không?"},
    ),
    Bad(
        "a target that is the baseline",
        {"baseline": "80", "counting": "lũy kế"},
        questions={"counting": "mỗi kỳ báo cáo ghi số nào?", "target": "bằng đúng hiện trạng (80)"},
    ),
    Bad(
        "milestones and measuring outside its time",
        {"milestones": "1/1/2024: 5", "measured_from": "1/10/2024"},
        {
            "measured_from": "Sau thời hạn hoàn thành phần việc (30/9/2024).",
            "milestones": "Mốc 1/1/2024 nằm ngoài thời gian của phần việc.",
        },
    ),
    Bad(
        "milestones, direction and counting that say nothing",
        {"milestones": "tháng 6: 40", "direction": "ngang", "counting": "tùy"},
        {
            "direction": "“ngang”: ghi “tăng” hoặc “giảm”.",
            "counting": "“tùy”: ghi “số thêm” hoặc “mức đạt”.",
            "milestones": "Ở mốc “tháng 6: 40”",
        },
    ),
    Bad(
        "partners: one known, one close, one unknown",
        {"cooperating": "UBMTTQ; hội phụ nữ; Xyz 99"},
        {"cooperating": "“Xyz 99” không có trong các đơn vị"},
        {"cooperating": "Không có “hội phụ nữ” trong danh sách"},
    ),
    Bad(
        "a code of no task, and a title without end",
        {"code": "57", "title": "Trồng cây " * 31},
        {"code": "“57”: không có phần việc mang mã này", "title": "Dài quá 300 chữ"},
    ),
    Bad(
        "a number for a day, a day for a number",
        {"start_on": Decimal(45381), "target": date(2024, 5, 1)},
        {
            "start_on": "Ô này là số 45381, không phải ngày; hãy viết ngày/tháng/năm, ví dụ 30/3/2024.",
            "target": "Ô này là ngày 1/5/2024, không phải con số.",
        },
    ),
    Bad(
        "a task that lacks what leaders need",
        {"product": "", "label": None, "target": None, "measure": None},
        lacking={"product": "Chưa có sản phẩm", "label": "Cần ít nhất một chỉ tiêu"},
    ),
    Bad(
        "indicators below it",
        {"target": "chưa rõ"},
        {
            "target": "“chưa rõ”: Chỉ nhập số",
            "+1:target": "Ô này là ngày 2/6/2024",
            "+1:measure": "Nhập đơn vị tính",
            "+2:weight": "Trọng số phải là số lớn hơn 0.",
        },
        {"+2:target": "“12.345” là số nào?"},
        further=(
            {"label": "Hộ tham gia", "target": date(2024, 6, 2)},
            {"label": "Diện tích", "target": "12.345", "measure": "m²", "weight": "-1"},
        ),
    ),
)  # fmt: skip


def _sheet() -> tuple[Sheet, dict[int, Bad]]:
    rows = [Row(1, (Cell("DANH MỤC PHẦN VIỆC"),)), Row(ABOVE, tuple(Cell(words) for words in HEADINGS))]
    at = {}
    number = ABOVE
    for bad in BAD:
        at[number + 1] = bad
        own = {**SOUND, "number": Decimal(len(at)), **bad.cells}
        for cells in (own, *bad.further):
            number += 1
            rows.append(Row(number, tuple(Cell(cells.get(key)) for key in HEADINGS.values())))
    return Sheet("Danh mục", tuple(rows)), at


SHEET, AT = _sheet()


def _readings() -> dict[int, Reading]:
    held = known(leads=["KP3", "KP1", "UBND"])
    lines = lines_of(SHEET)
    assert not lines.faults
    assert not lines.notes
    return {line.row: read(line, held, {}) for line in lines.lines}


READINGS = _readings()


def _expected(row: int, told: Told) -> list[tuple[int, str, str]]:
    found = []
    for place, words in told.items():
        step, colon, column = place.rpartition(":")
        found.append((row + int(step) if colon else row, column, words))
    return sorted(found)


def _told(found: tuple[Fault, ...]) -> list[tuple[int, str, str]]:
    return sorted((one.row, one.column, one.words) for one in found)


def test_each_bad_row_is_a_task_of_its_own():
    assert list(READINGS) == list(AT)
    assert len(AT) >= 20


@pytest.mark.parametrize("row", AT, ids=lambda row: AT[row].what)
def test_everything_is_told_at_once_with_row_and_column(row: int):
    bad, reading = AT[row], READINGS[row]
    for told, found in (
        (bad.faults, _told(reading.faults)),
        (bad.questions, sorted((one.row, one.column, one.words) for one in reading.questions)),
        (bad.lacking, _told(reading.lacking)),
    ):
        expected = _expected(row, told)
        assert [one[:2] for one in found] == [one[:2] for one in expected]
        for (_row, _column, words), (_, _, part) in zip(found, expected, strict=True):
            assert part in words


@pytest.mark.parametrize("row", AT, ids=lambda row: AT[row].what)
def test_only_a_row_without_faults_and_questions_can_be_entered(row: int):
    bad, reading = AT[row], READINGS[row]
    assert (reading.entry is None) is bool(bad.faults or bad.questions)

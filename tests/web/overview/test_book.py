"""Bảng theo dõi ra Excel: the rows and figures of the page, to the last digit."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from pledges.progress.states import TaskState
from tests.support.campaign_files import DAYS, hand, share
from tests.support.critic import Critic, SignIn
from tests.support.page import Page, elements, words
from tests.support.second_reckoning import percent
from tests.support.ward import Ward

URL = "/theo-doi/bang-theo-doi.xlsx"


def rows(data: bytes, name: str) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(data))[name].iter_rows(values_only=True)]


def grid(page: Page) -> list[list[str]]:
    table = page.of_class("grid")[0]
    return [[words(cell) for cell in elements(row, "th", "td")] for row in elements(table, "tr")][1:]


@pytest.mark.parametrize("day", DAYS)
def test_tasks_and_indicators_are_those_of_the_hand_tables(in_demo: Callable[[str], Critic], day: str):
    data = in_demo("chutich").get(URL, **{"den-ngay": day}).bytes
    shown = {str(row[0]): row for row in rows(data, "Phần việc")[1:] if row[0]}
    for one in hand("table", day):
        row = shown.pop(one["task"])
        shares = [percent(share(one, name)) for name in ("progress", "expected")]
        assert row[-4:-1] == [*shares, TaskState(one["state"]).label]
        assert row[-1] == (TaskState(one["tentative_state"]).label if one["tentative_state"] else None)
    assert not shown
    counted = [row for row in rows(data, "Chỉ tiêu")[1:] if "đo được từ" not in (row[-1] or "")]
    known = [one for one in hand("indicators", day) if one["expected_num"]]
    assert [str(row[0]) for row in counted] == [one["task"] for one in known]
    for row, one in zip(counted, known, strict=True):
        assert row[5] == (float(one["value"]) if one["value"] else None), "exact"
        assert row[8:10] == [percent(share(one, name)) for name in ("progress", "expected")]


def test_blocks_and_the_whole_stand_below_their_rows_as_on_the_page(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    page, data = critic.get("/theo-doi"), critic.get(URL).bytes
    totals = [row for row in rows(data, "Phần việc")[1:] if not row[0]]
    blocks = [cells for cells in grid(page) if not cells[0].isdecimal()]
    for total, cells in zip(totals, blocks, strict=False):
        assert total[1] == f"{cells[0]}: {cells[2]}"
        assert f"{total[-4]}%" == cells[3].split()[-1]
    assert totals[-1][1] == "Cộng: 24 phần việc"
    assert (totals[-1][-4], totals[-1][-3]) == (69, 82)
    bold = load_workbook(io.BytesIO(data))["Phần việc"]
    assert [cell.value for cell in bold["B"] if cell.font.bold and cell.row > 1] == [row[1] for row in totals]


def test_cells_say_state_and_marks_in_words_as_the_page_does(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    said = {str(row[0]): row for row in rows(critic.get(URL).bytes, "Phần việc")[1:] if row[0]}
    for cells in grid(critic.get("/theo-doi")):
        if cells[0].isdecimal():
            for shown, written in zip(cells[2:8], said[cells[0]][4:10], strict=True):
                words_of_cell = shown.split(": ", 1)[1].rstrip("●▲▼■★✓○–·")
                assert written.replace(";", ",") == words_of_cell


def test_a_filtered_page_has_a_filtered_book(in_demo: Callable[[str], Critic]):
    critic = in_demo("chutich")
    page = critic.get("/theo-doi", **{"tinh-trang": "cham"})
    said = rows(critic.get(page.link("Tải Excel danh sách đang lọc")).bytes, "Phần việc")[1:]
    assert [str(row[0]) for row in said if row[0]] == [row[0] for row in grid(page) if row[0].isdecimal()]
    assert said[-1][1] == "Cộng: 24 phần việc", "the sums stay those of all"


def test_the_other_sheets(in_demo: Callable[[str], Critic]):
    data = in_demo("chutich").get(URL).bytes
    about = [row[0] for row in rows(data, "Số liệu chung")]
    assert "Dữ liệu minh họa." in about
    assert "Tiến độ chung: 69%" in about
    assert len(rows(data, "Cần quan tâm")) == 13
    assert [row[2] for row in rows(data, "Không báo cáo")[1:]] == [19]
    assert rows(data, "Báo cáo các kỳ")[-1][2:7] == [24, 21, 88, 20, 83]
    assert rows(data, "Xếp hạng đơn vị")[-1][1:4] == ["Cả phong trào", 24, 69]
    assert "Xếp hạng người phụ trách" not in load_workbook(io.BytesIO(data)).sheetnames


def test_its_name_and_its_readers(ward: Ward, sign_in: SignIn):
    ward.task("KP1", title="Bê tông hóa ngõ tổ 3")
    ward.task("KP2", title="=1+1")
    answer = sign_in("leader").get(URL)
    assert unquote(answer.headers["Content-Disposition"]).endswith(
        "Bảng theo dõi HK-2024 ngày 15-10-2024.xlsx"
    )
    assert [row[1] for row in rows(answer.bytes, "Phần việc") if row[0] == 2] == ["=1+1"]
    own = rows(sign_in("officer_kp1").get(URL).bytes, "Phần việc")
    assert [row[1] for row in own[1:] if row[0]] == ["Bê tông hóa ngõ tổ 3"]
    assert (
        "Xếp hạng đơn vị" not in load_workbook(io.BytesIO(sign_in("officer_kp1").get(URL).bytes)).sheetnames
    )
    sign_in("outsider").get(URL, status=404)
    sign_in("admin").get(URL, status=403)
    assert sign_in("nobody").get(URL, status=302).location.startswith("/dang-nhap")

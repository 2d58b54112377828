"""The overview of the demo says what the tables derived by hand say, on each of their days."""

import re
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction

import pytest

from pledges.progress.states import TaskState
from tests.support.campaign_files import DAYS, FILES, HAND, hand, rows, share
from tests.support.critic import Critic
from tests.support.page import Page, elements, has_class, words
from tests.support.second_reckoning import percent


def means(day: str, name: str) -> dict[str, Fraction]:
    """The mean of each block, and of all under "", exact from the shares of the tasks."""
    leads = {row["number"]: row["lead"] for row in rows(FILES / "tasks.csv")}
    blocks = {row["code"]: row["block"] for row in rows(FILES / "units.csv")}
    shares: dict[str, list[Fraction]] = defaultdict(list)
    for row in hand("table", day):
        for block in ("", blocks[leads[row["task"]]]):
            shares[block].append(share(row, name))
    return {block: sum(found, Fraction(0)) / len(found) for block, found in shares.items()}


@pytest.fixture(params=DAYS)
def board(request: pytest.FixtureRequest, in_demo: Callable[[str], Critic]) -> tuple[str, Page]:
    return request.param, in_demo("chutich").get("/theo-doi", **{"den-ngay": request.param})


def lines(page: Page) -> dict[str, list[str]]:
    """The cells of each task's row, by its number."""
    grid = page.of_class("grid")[0]
    found = {}
    for row in elements(grid, "tr"):
        cells = [words(cell) for cell in elements(row, "th", "td")]
        if cells[0].isdecimal():
            found[cells[0]] = cells
    return found


def test_every_task_has_its_state_and_share(board: tuple[str, Page]):
    day, page = board
    shown = lines(page)
    for row in hand("table", day):
        cells = shown.pop(row["task"])
        reached, planned = (percent(share(row, name)) for name in ("progress", "expected"))
        assert cells[-2] == f"Phần việc {row['task']} đạt {reached}% , kế hoạch {planned}%"
        tentative = row["tentative_state"]
        waits = (
            f" nếu duyệt số đã gửi: {TaskState(tentative).sign} {TaskState(tentative).label}"
            if tentative
            else ""
        )
        state = TaskState(row["state"])
        assert cells[-1] == f"{state.sign}{state.label}{waits}"
    assert not shown


def test_every_cell_is_the_state_at_the_end_of_its_period(in_demo: Callable[[str], Critic]):
    shown = lines(in_demo("chutich").get("/theo-doi"))
    for row in rows(HAND / "hand_grid.csv"):
        cells = shown[row["task"]][2:8]
        months = [period for period in row if period != "task"]
        for month, cell in zip(months, cells, strict=True):
            year, number = month.split("-")
            state = TaskState(row[month])
            assert cell.startswith(f"Tháng {int(number)}/{year}: {state.label}"), row["task"]


def test_the_five_figures(board: tuple[str, Page]):
    day, page = board
    figures = [words(one) for one in page.of_class("kpi")]
    last = hand("reporting", day)[-1]
    month = int(last["period"].split("-")[1])
    reached, planned = (percent(means(day, name)[""]) for name in ("progress", "expected"))
    whole = next(row for row in hand("totals", day) if row["scope_kind"] == "campaign")
    told = "" if whole["with_figures"] == whole["tasks"] else f"; {whole['with_figures']}/24 có số liệu"
    waiting = {"2024-10-15": "8lâu nhất 54 ngày", "2024-07-31": "0không có", "2024-05-31": "0không có"}[day]
    assert [figure.replace(" ", "") for figure in figures] == [
        figure.replace(" ", "")
        for figure in (
            "Phần việc đã đăng ký 24/24",
            "Đơn vị đã ký cam kết 23/23",
            f"Báo cáo tháng {month} {last['received']}/{last['expected']}{last['on_time']} đúng hạn",
            f"Tiến độ chung {reached}% kế hoạch {planned}%{told}",
            f"Vướng mắc chờ quyết định {waiting}",
        )
    ]


def test_the_bar_of_states_counts_the_hand_table(board: tuple[str, Page]):
    day, page = board
    states = [TaskState(row["state"]) for row in hand("table", day)]
    strip = page.of_class("strip")[0]
    shown = {}
    for one in elements(strip, "li"):
        label, number = re.fullmatch(r".(\D+?)(\d+)", words(one)).groups()
        shown[label] = int(number)
    assert shown == {state.label: states.count(state) for state in set(states)}


def test_means_and_counts_of_blocks(board: tuple[str, Page]):
    day, page = board
    shown = {}
    for row in page.of_class("block"):
        cells = [words(cell) for cell in elements(row, "th", "td")]
        shown[cells[0]] = (cells[2], cells[3].removeprefix(f"{cells[0]} đạt "))
    totals = [row for row in hand("totals", day) if row["scope_kind"] == "block"]
    exact = means(day, "progress")
    assert shown == {
        row["scope_name"]: (f"{row['tasks']} phần việc", f"{percent(exact[row['scope_name']])}%")
        for row in totals
    }


def test_the_mean_of_each_day_stands_in_the_table_beside_the_chart(in_demo: Callable[[str], Critic]):
    page = in_demo("chutich").get("/theo-doi")
    chart = page.of_class("chart")[0]
    shown = [[words(cell) for cell in elements(row, "th", "td")] for row in elements(chart, "tr")]
    assert shown[0] == ["Ngày", "Kế hoạch đã cam kết", "Đã được duyệt"]
    assert ["31/7/2024", "52%", "53%"] in shown
    assert shown[-1] == ["15/10/2024", "82%", "69%"]


def test_what_needs_attention_comes_first_with_the_reason_in_figures(in_demo: Callable[[str], Critic]):
    page = in_demo("chutich").get("/theo-doi")
    needs = [words(one) for one in elements(page.of_class("needs")[0], "li")]
    assert len(needs) == 6
    assert "Quá hạn 15 ngày: kết quả trả đúng hạn 99%, chỉ tiêu 100%." in needs[0]
    assert "Vướng mắc chờ quyết định 21 ngày" in needs[0]
    assert "Chậm: đạt 33%, kế hoạch đến hôm nay 84%." in needs[3]
    everything = in_demo("chutich").get(page.link("Xem cả 12 phần việc"))
    assert len(elements(everything.of_class("needs")[0], "li")) == 12
    assert "Không báo cáo từ tháng 7 (3 kỳ liên tiếp)." in everything.text


def test_the_mean_is_explained_share_by_share(in_demo: Callable[[str], Critic]):
    page = in_demo("chutich").get("/theo-doi/cach-tinh")
    assert "đạt 69%, kế hoạch 82%" in page.text
    assert "trung bình cộng của 24 phần việc chưa hủy" in page.text
    indicators = [row for row in page.all("tr") if has_class(row, "indicator")]
    assert len(indicators) == len(hand("indicators", "2024-10-15")) == 32
    fund = next(words(row) for row in indicators if "nghèo" in words(row) and "quỹ" in words(row))
    assert fund.endswith("0 172 150 2 115% 85%")
    assert any("đo được từ 1/2/2025, để ngoài phép tính" in words(row) for row in indicators)


def test_the_reports_of_a_period(in_demo: Callable[[str], Critic]):
    board = in_demo("chutich").get("/theo-doi")
    page = in_demo("chutich").get(board.link("T9"))
    assert page.h1 == "Báo cáo tháng 9/2024"
    assert "21/24 báo cáo đã nhận, 20 đúng hạn" in page.text
    lines = page.table()[1:]
    assert [line[0].split(".")[0] for line in lines[:4]] == ["6", "19", "20", "23"]
    assert lines[0][3] == "chưa gửi quá hạn 20 ngày"
    assert lines[3][3] == "30/9/2024 muộn 5 ngày"


def test_obstacles_the_oldest_first(in_demo: Callable[[str], Critic]):
    page = in_demo("chutich").get("/theo-doi/vuong-mac")
    lines = page.table()[1:]
    assert len(lines) == 8
    assert lines[0][2:4] == ["22/8/2024", "54 ngày"]
    assert "Quyết định" in lines[0][4]

"""Tables on paper: headers on each page, whole words, sums of their rows; whatever people put into them."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.charts import Bar, BarChart
from pledges.documents.sheets.paper import Align, Column, Paper, Paragraph, Ready, Row, Table
from pledges.documents.sheets.tasks import TaskGroup, task_list
from tests.documents import samples
from tests.documents.measure import MM, Page, pages

LONG = ("Tổ chức thực hiện mô hình tuyến phố văn minh, xanh, sạch, đẹp, an toàn giao thông, " * 4)[
    :300
].strip()


def annex(pdf: bytes) -> list[Page]:
    return [page for page in pages(pdf) if page.width > page.height]


@pytest.fixture(scope="module")
def listed() -> list[Page]:
    return annex(draw(samples.report()))


def inside(found: list[Page]) -> None:
    for page in found:
        for line in page.body:
            assert line.x0 >= 29.5
            assert line.x1 <= page.width - 14.5
        for rule in page.rules:
            assert rule.top >= 19.5
            assert rule.bottom <= page.height - 19.5


def apart(page: Page) -> None:
    """No text is printed over another."""
    lines = sorted(page.body, key=lambda line: (line.baseline, line.x0))
    for one, other in pairwise(lines):
        if abs(one.baseline - other.baseline) < 0.1:
            assert one.x1 <= other.x0 + 0.1, (one, other)
        for below in lines:
            if 0.1 < below.baseline - one.baseline < one.size * 0.8 / MM:
                assert below.x0 >= one.x1 - 0.1 or below.x1 <= one.x0 + 0.1, (one, below)


def test_the_header_stands_on_each_page(listed: list[Page]):
    assert len(listed) >= 3
    heads = [{line.text for line in page.body if line.bold} for page in listed]
    for head in heads:
        assert {"STT", "Nội dung phần việc", "ĐVT", "Kết quả", "Ghi chú", "Chỉ tiêu"} <= head


def test_no_word_is_split_over_lines(listed: list[Page]):
    printed = {word for page in listed for line in page.body for word in line.text.split()}
    wanted = {
        word
        for group in samples.task_groups()
        for task in group.tasks
        for text in (task.title, task.lead, task.cooperating, *(one.label for one in task.indicators))
        for word in text.split()
    }
    assert wanted <= printed


def test_rows_stay_on_one_page_and_groups_keep_their_first_row(listed: list[Page]):
    for page in listed:
        lines = sorted(page.body, key=lambda line: line.baseline)
        assert not lines[-1].text.startswith(("I. ", "II. ", "III. ", "IV. "))


def test_subtotals_and_the_total_are_the_sums_of_the_rows():
    groups = samples.task_groups()
    rows = task_list(groups).rows
    sums = [row.cells for row in rows if row.cells[0].startswith("Cộng")]
    assert [cells[0] for cells in sums] == [f"Cộng: {count} phần việc" for count in (8, 5, 6, 5)]
    assert [cells[8] for cells in sums] == ["485", "20", "365", "12"]
    assert rows[-1].cells[0] == "Tổng cộng: 24 phần việc"
    assert rows[-1].cells[8:10] == ("882", "1.155")


def test_the_list_says_figures_as_the_office_does(listed: list[Page]):
    page = listed[0]
    assert page.containing("1/4/2024 –")
    assert [line.text for found in listed for line in found.lines if "96," in line.text] == ["96,2"]
    assert [line.text for found in listed for line in found.lines if "≤" in line.text] == ["≤ 0"]


def test_a_task_without_a_figure_says_so():
    task = samples.task_groups()[0].tasks[4]
    bare = replace(task, indicators=(replace(task.indicators[0], result=None),), budget_millions=None)
    row = task_list((TaskGroup("I. Khối", (bare,)),)).rows[1]
    assert row.cells[10] == "Chưa có số liệu"
    assert row.cells[8] == "–"


def test_an_empty_list_is_a_table_that_says_so():
    (page,) = annex(draw(samples.report(task_groups=())))
    assert page.line("Chưa có phần việc nào.").italic
    assert page.containing("STT")


def test_two_hundred_tasks():
    tasks = [task for group in samples.task_groups() for task in group.tasks] * 9
    numbered = tuple(replace(task, number=at) for at, task in enumerate(tasks[:200], start=1))
    found = annex(draw(samples.report(task_groups=(TaskGroup("I. Khối Đảng - chính quyền", numbered),))))
    inside(found)
    firsts = [line.text for page in found for line in page.body if line.x0 < 38 and line.text.isdecimal()]
    assert firsts == [str(at) for at in range(1, 201)]
    assert all("STT" in page.text for page in found)
    assert "Cộng: 200 phần việc" in found[-1].text


@pytest.mark.parametrize("text", [LONG, "Đ" * 300, LONG * 12], ids=["long", "one word", "taller than a page"])
def test_hostile_texts_stay_in_their_cells(text: str):
    groups = samples.task_groups()
    hostile = replace(groups[1].tasks[0], title=text, lead=text[:120], note=text[:80])
    found = annex(draw(samples.report(task_groups=(TaskGroup(text[:200], (hostile, *groups[1].tasks[1:])),))))
    inside(found)
    for page in found:
        apart(page)
    printed = "".join(line.text for page in found for line in page.body).replace(" ", "")
    assert printed.count("Đ" if text[0] == "Đ" else "Tổchức") >= text.count(
        "Đ" if text[0] == "Đ" else "Tổ chức"
    )


def test_columns_give_way_to_their_longest_words():
    columns = (Column("A", 10, Align.CENTRE), Column("B", 150), Column("C", 5))
    table = Table(columns=columns, rows=(Row(("1", "ngắn", "Nguyễn-Thị-Minh-Khai")),), when_empty="")
    sheet = samples.report()
    paper = sheet.paper()
    page = annex(
        draw(Given(replace(paper, annexes=(replace(paper.annexes[0], body=(table,)),)))),
    )[0]
    assert page.line("Nguyễn-Thị-Minh-Khai")
    inside([page])


class Given:
    """A sheet that is a paper already."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    def paper(self):
        return self._paper


def test_a_row_that_does_not_fill_its_columns_is_refused():
    columns = (Column("A", 1), Column("B", 1))
    with pytest.raises(ValueError, match="1 cells in a table of 2 columns"):
        Table(columns=columns, rows=(Row(("1",)),), when_empty="")
    with pytest.raises(ValueError, match="unequal"):
        Table(columns=columns, rows=(Row((("1", "2"), ("1", "2", "3"))),), when_empty="")


def test_results_by_block_are_printed_as_table_and_as_bars():
    found = pages(draw(samples.report()))
    (page,) = [page for page in found if page.containing("Tiến độ thực hiện so với kế hoạch")]
    for _, _, _, progress, expected in samples.OUTCOMES:
        for ratio in (progress, expected):
            assert f"{Decimal(ratio):.0%}" in page.text
    assert page.containing("Toàn phường")


def test_a_chart_that_goes_on_says_so():
    """The title stands once; on each later page it says that the chart goes on."""
    title = "Tiến độ thực hiện của từng đơn vị"
    bars = tuple(Bar(f"Đơn vị số {at}", Decimal("0.5"), Decimal("0.6"), "50%", "60%") for at in range(1, 81))
    body = (BarChart(title=title, bars=bars), Paragraph("Hết."))
    found = pages(draw(Ready(replace(samples.report().paper(), body=body, annexes=()))))
    parts = [page for page in found if page.containing("Đơn vị số")]
    assert len(parts) >= 3
    titled = [[line.text for line in page.lines if line.text.startswith(title)] for page in parts]
    assert titled == [[title], *[[f"{title} (tiếp theo)"]] * (len(parts) - 1)]


def test_bars_are_as_long_as_their_figures():
    found = pages(draw(samples.report()))
    (page,) = [page for page in found if page.containing("Tiến độ thực hiện so với kế hoạch")]
    for title, _, _, progress, _ in samples.OUTCOMES:
        label = [line for line in page.containing(title) if line.size == 11 and not line.bold][-1]
        bars = sorted(
            (
                box
                for box in page.rules
                if not box.level and box.top < label.baseline < box.bottom and box.length > 5
            ),
            key=lambda box: box.length,
        )
        filled, trough = bars
        assert filled.length / trough.length == pytest.approx(float(progress), abs=0.005)
        assert filled.x0 == pytest.approx(trough.x0)

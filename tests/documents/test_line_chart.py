"""Biểu đồ đường, measured: points where their figures put them, strokes told apart in grey, and the same in words."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from pledges.documents.pdf.draw import draw
from pledges.documents.sheets import record
from pledges.documents.sheets.charts import Bar, BarChart, Line, LineChart, Stroke
from pledges.documents.sheets.paper import Paragraph, Ready
from tests.documents import samples
from tests.documents.every_paper import burn_up
from tests.documents.measure import Page, pages

BEGINS, ENDS = date(2024, 3, 29), date(2024, 11, 18)


def drawn(chart: LineChart) -> Page:
    paper = replace(samples.report().paper(), body=(chart, Paragraph("Hết./.")), annexes=(), bases=())
    return pages(draw(Ready(paper)))[0]


def chart(**changes: object) -> LineChart:
    return replace(burn_up(), **changes)


@pytest.fixture(scope="module")
def page() -> Page:
    return drawn(burn_up())


def level(page: Page, words: str) -> float:
    """How far down the page the middle of a word of the axis stands."""
    (line,) = [line for line in page.lines if line.text == words and line.size == 11 and line.x1 < 42]
    return (line.top + line.bottom) / 2


def ends(page: Page) -> list[tuple[float, float]]:
    """The middles of the squares at the ends of the lines."""
    side = 5 / 72 * 25.4
    return [
        ((rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2)
        for rule in page.rules
        if rule.length == pytest.approx(side, abs=0.01)
        and rule.bottom - rule.top == pytest.approx(side, abs=0.01)
    ]


def test_the_last_points_stand_at_their_day_and_their_share(page: Page):
    """Between the words of the axis: 75% of the way from 0% to 100%; 180 of 234 days from the left edge."""
    axis, top = level(page, "0%"), level(page, "100%")
    reached, planned = sorted(ends(page))
    assert (axis - reached[1]) / (axis - top) == pytest.approx(0.75, abs=0.005)
    assert planned[1] == pytest.approx(top, abs=0.2)
    days = (date(2024, 9, 25) - BEGINS).days / (ENDS - BEGINS).days
    left = 30 + 11
    assert (reached[0] - left) / (planned[0] - left) == pytest.approx(days, abs=0.005)


def test_the_lines_are_told_apart_without_colour(page: Page):
    assert page.inks == {(0,)}
    strokes = [
        rule for rule in page.rules if rule.length > 0.3 and not rule.level and rule.bottom - rule.top > 0.3
    ]
    dashes = [rule for rule in strokes if rule.length < 2.3]
    assert len([rule for rule in strokes if rule.length > 10]) == 5
    assert len(dashes) > 30


def test_the_key_says_the_last_figures_and_they_stand_beside_the_field(page: Page):
    assert page.line("Thực hiện: 75% (ngày 25/9/2024)")
    assert page.line("Kế hoạch: 100% (ngày 18/11/2024)")
    figures = [line.text for line in page.lines if line.bold and line.x0 > 180 and line.size == 11]
    assert figures == ["100%", "75%"]


def test_months_stand_below_the_axis(page: Page):
    words = [line.text for line in page.lines if line.text.endswith("/2024") and " " not in line.text]
    assert words == [f"{month}/2024" for month in range(4, 12)]


def test_nothing_is_wider_than_the_text(page: Page):
    assert min(mark.x0 for mark in (*page.body, *page.rules)) >= 29.5
    assert max(mark.x1 for mark in (*page.body, *page.rules)) <= 195.5


def test_a_share_above_the_whole_lengthens_the_axis():
    lines = (Line("Thực hiện", ((BEGINS, Fraction(0)), (ENDS, Fraction(4, 3)))),)
    found = drawn(chart(lines=lines))
    assert found.line("140%")
    ((_, end),) = ends(found)
    axis, whole = level(found, "0%"), level(found, "100%")
    assert (axis - end) / (axis - whole) == pytest.approx(4 / 3, abs=0.01)
    far = drawn(chart(lines=(Line("Thực hiện", ((BEGINS, Fraction(0)), (ENDS, Fraction(45)))),)))
    assert len([line for line in far.lines if line.text.endswith("%") and not line.bold]) <= 9


def test_years_are_told_in_steps_that_have_room():
    ends_on = BEGINS + timedelta(days=365 * 5)
    lines = (Line("Kế hoạch", ((BEGINS, Decimal(0)), (ends_on, Decimal(1))), Stroke.DOTTED),)
    found = drawn(chart(lines=lines, ends=ends_on))
    words = [line for line in found.lines if "/20" in line.text and " " not in line.text]
    assert 4 <= len(words) <= 10
    assert all(one.x1 < other.x0 for one, other in pairwise(words))


def test_a_line_of_which_nothing_is_known_says_so():
    found = drawn(chart(lines=(Line("Thực hiện", ()), burn_up().lines[1])))
    assert found.line("Thực hiện: chưa có số liệu")
    assert len(ends(found)) == 1


def test_charts_say_themselves_in_a_sentence():
    assert burn_up().alt == (
        "Biểu đồ đường: Tiến độ chung theo thời gian, từ ngày 29/3/2024 đến ngày 18/11/2024. Thực hiện: 75% (ngày "
        "25/9/2024); Kế hoạch: 100% (ngày 18/11/2024)."
    )
    bars = BarChart(title="Tiến độ", bars=(Bar("Khu phố 1", Decimal("0.5"), None, "50%", "–"),))
    assert bars.alt == "Biểu đồ thanh: Tiến độ. Khu phố 1: thực hiện 50%, kế hoạch –."


def test_a_chart_can_be_kept_and_read_again():
    assert record.read(record.written(burn_up())) == burn_up()


def test_days_out_of_order_or_out_of_the_chart_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        Line("Thực hiện", ((ENDS, Decimal(1)), (BEGINS, Decimal(0))))
    with pytest.raises(ValueError, match="outside"):
        chart(ends=date(2024, 8, 1))
    for changes in ({"lines": ()}, {"ends": BEGINS}):
        with pytest.raises(ValueError, match="a chart has a line"):
            chart(**changes)

from datetime import date
from decimal import Decimal

import pytest

from pledges.progress.lines import Line, ReportIncomplete, check, problem_with_day, problems_with_words
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.rules import Direction

TREES = IndicatorPlan("Cây xanh", Decimal(0), Decimal(120), "cây")
SHARE = IndicatorPlan("Hộ phân loại rác", Decimal(20), Decimal(80), "% hộ", accumulates=False)
WASTE = IndicatorPlan("Điểm rác", Decimal(5), Decimal(0), "điểm", direction=Direction.DOWN, accumulates=False)
LATER = IndicatorPlan("Tuyển quân", Decimal(0), Decimal(9), "người", measured_from=date(2025, 2, 1))
TODAY = date(2024, 10, 15)
START = date(2024, 4, 15)


def line(plan: IndicatorPlan, before: int | None, said: int | None, on: date | None = None) -> Line:
    def number(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return Line(1, plan, number(before), number(said), on)


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (line(TREES, 74, 30), 104),
        (line(TREES, None, 30), 30),
        (line(TREES, 120, -46), 74),
        (line(TREES, 74, None), 74),
        (line(TREES, None, None), None),
        (line(SHARE, 55, 60), 60),
        (line(SHARE, None, 60), 60),
        (line(SHARE, 55, None), 55),
    ],
)
def test_the_value_at_the_periods_end(one: Line, value: int | None):
    assert one.value == value


def test_what_accumulates_begins_at_its_baseline():
    plan = IndicatorPlan("Đèn", Decimal(10), Decimal(40), "bóng")
    assert line(plan, None, 5).value == 15


def test_progress_is_none_without_a_figure_and_uncapped_with_one():
    assert line(TREES, None, None).progress is None
    assert line(TREES, 120, 12).progress == Decimal("1.1")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (line(TREES, 100, 20, date(2024, 10, 10)), None),
        (line(TREES, 100, 19, date(2024, 10, 10)), "chưa đạt chỉ tiêu"),
        (line(TREES, 120, None, date(2024, 10, 10)), "chưa có số liệu"),
        (line(TREES, 100, 20, date(2024, 10, 16)), "sau hôm nay"),
        (line(TREES, 100, 20, TODAY), None),
        (line(TREES, 100, 20, date(2024, 4, 14)), "trước ngày bắt đầu"),
        (line(TREES, 100, 20, START), None),
        (line(WASTE, 2, 0, date(2024, 10, 1)), None),
        (line(WASTE, 2, 1, date(2024, 10, 1)), "chưa đạt chỉ tiêu"),
        (line(TREES, 1, 1), None),
    ],
)
def test_the_day_of_reaching_must_fit_the_figure(one: Line, words: str | None):
    found = problem_with_day(one, start_on=START, today=TODAY)
    assert (found is None) if words is None else (found is not None and words in found)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([line(TREES, 1, 2)], 0),
        ([line(TREES, 120, -46)], 1),
        ([line(SHARE, 55, 50)], 0),
        ([line(TREES, 1, None), line(SHARE, 1, 2)], 1),
        ([line(TREES, 1, None), line(SHARE, 1, None)], 2),
        ([line(LATER, None, None), line(TREES, 1, 2)], 0),
        ([line(LATER, None, None)], 1),
    ],
)
def test_a_fall_and_a_blank_need_words(lines: list[Line], number: int):
    assert len(list(problems_with_words(lines, "", today=TODAY))) == number
    assert not list(problems_with_words(lines, "Bão số 3 làm gãy cây.", today=TODAY))


def test_zero_is_no_blank():
    assert not list(problems_with_words([line(TREES, 1, 0)], "", today=TODAY))


def test_what_can_not_be_sent_is_refused_with_its_reason():
    with pytest.raises(ReportIncomplete, match="giảm so với kỳ trước"):
        check([line(TREES, 120, -46)], "", start_on=START, today=TODAY)
    with pytest.raises(ReportIncomplete, match="chưa đạt chỉ tiêu"):
        check([line(TREES, 1, 2, TODAY)], "Có lời", start_on=START, today=TODAY)
    check([line(TREES, 1, 2)], "", start_on=START, today=TODAY)

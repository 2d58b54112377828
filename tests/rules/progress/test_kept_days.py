"""A figure said anew moves no day on which a target counts as reached, unless the unit says so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pledges.progress.kept_days import KeptDay, kept_days
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.lines import Line, problem_with_day
from pledges.progress.rules import IndicatorPlan, TaskPlan

TASK, TREES = 1, 11
START, END, TODAY = date(2024, 4, 1), date(2024, 8, 31), date(2024, 10, 15)
SUM = IndicatorPlan("Cây xanh", Decimal(0), Decimal(15), "cây")
LEVEL = IndicatorPlan("Hộ phân loại rác", Decimal(2), Decimal(15), "hộ", accumulates=False)


def day_of(month: int) -> date:
    return date(2024, month, 25)


def period(month: int) -> PeriodFacts:
    return PeriodFacts(month, date(2024, month, 1), date(2024, month, 28), day_of(month), day_of(month))


def accepted(value: int, sent: date, stated: date | None = None) -> RoundFacts:
    said = {} if stated is None else {TREES: stated}
    return RoundFacts(1, sent, accepted_on=sent, values={TREES: Decimal(value)}, reached_on=said)


def ledger(plan: IndicatorPlan, rounds: dict[int, list[RoundFacts]]) -> Ledger:
    task = TaskFacts(TASK, TaskPlan(START, END, (plan,)), (TREES,))
    known = {(TASK, month): said for month, said in rounds.items()}
    return Ledger([task], [period(month) for month in range(5, 10)], known)


def told(plan: IndicatorPlan, values: dict[int, int]) -> Ledger:
    """Each month's figure, sent and accepted on its due day."""
    return ledger(plan, {month: [accepted(value, day_of(month))] for month, value in values.items()})


def kept(plan: IndicatorPlan, values: dict[int, int], month: int) -> KeptDay | None:
    return kept_days(told(plan, values), TASK, period(month), TODAY).get(TREES)


@pytest.mark.parametrize(
    ("plan", "values", "month", "day"),
    [
        (SUM, {7: 20}, 7, KeptDay(day_of(7))),
        (LEVEL, {7: 20, 8: 21}, 7, KeptDay(day_of(7))),
        (SUM, {6: 10, 7: 10}, 6, KeptDay(day_of(7), Decimal(10))),
        (SUM, {6: 20, 7: 5, 8: -6}, 7, KeptDay(day_of(6))),
        (SUM, {6: 20, 7: 5}, 7, None),
        (LEVEL, {7: 20, 8: 21}, 8, None),
        (SUM, {7: 14}, 7, None),
        (SUM, {7: 20, 8: -10}, 7, None),
        (SUM, {7: 20}, 8, None),
    ],
)  # fmt: skip
def test_the_day_is_kept_where_sending_anew_would_move_it(
    plan: IndicatorPlan, values: dict[int, int], month: int, day: KeptDay | None
):
    assert kept(plan, values, month) == day


def test_a_line_to_hold_is_reached_on_the_due_day_whatever_is_said():
    plan = IndicatorPlan("Điểm rác", Decimal(0), Decimal(0), "điểm", accumulates=False)
    assert kept(plan, {7: 0}, 7) is None


figures = st.dictionaries(st.integers(5, 9), st.integers(-12, 25), min_size=1)


@given(st.sampled_from([SUM, LEVEL]), figures, st.integers(-2, 2), st.data())
def test_a_correction_that_still_reaches_the_target_makes_no_task_late(
    plan: IndicatorPlan, values: dict[int, int], more: int, data: st.DataObject
):
    month = data.draw(st.sampled_from(sorted(values)))
    before = told(plan, values)
    was = before.standing(TASK, TODAY).reached_on
    assume(was is not None)
    day = kept_days(before, TASK, period(month), TODAY).get(TREES)
    anew = accepted(values[month] + more, TODAY, day.day if day else None)
    rounds = {each: [accepted(value, day_of(each))] for each, value in values.items()}
    now = ledger(plan, {**rounds, month: [*rounds[month], anew]}).standing(TASK, TODAY).reached_on
    assume(now is not None)
    assert now <= was
    if more == 0 and day is not None and values[month] >= 0:  # a fall that is sent anew falls later
        assert now == was


def line(before: int, said: int, stated: date | None, day: KeptDay) -> Line:
    return Line(
        TREES, SUM, Decimal(before), Decimal(said), stated, kept=day.day, others=day.others
    )  # fmt: skip


def problem(one: Line) -> str | None:
    return problem_with_day(one, start_on=START, today=TODAY)


def test_a_figure_that_no_longer_reaches_the_target_gives_its_day_up():
    day = KeptDay(day_of(7))
    assert problem(line(0, 18, day.day, day)) is None
    assert "để trống ô này" in (problem(line(0, 14, day.day, day)) or "")


def test_a_target_that_others_bring_keeps_its_day_and_takes_no_other():
    day = KeptDay(day_of(7), Decimal(10))
    assert problem(line(0, 9, day.day, day)) is None
    assert "để trống ô này" in (problem(line(0, 4, day.day, day)) or "")
    assert "để trống ô này" in (problem(line(0, 9, day.day - timedelta(days=1), day)) or "")

"""Every line of the rules for a task's state, on its borders (DOMAIN section 3)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.progress.rules import (
    DuePeriod,
    IndicatorPlan,
    PeriodFigures,
    Standing,
    TaskPlan,
    reckon,
)
from pledges.progress.states import _FACES, GRAVITY, IN_ORDER, TaskState
from pledges.tasks.rules import Direction

START, DUE = date(2024, 1, 1), date(2024, 4, 10)
"""A hundred days: a day is one per cent of the expectation."""


def plan(*indicators: IndicatorPlan, cancelled_on: date | None = None) -> TaskPlan:
    return TaskPlan(START, DUE, indicators or (hundred(),), cancelled_on)


def hundred(**changes: Any) -> IndicatorPlan:
    values = {"label": "Cây", "baseline": Decimal(0), "target": Decimal(100), "measure": "cây"} | changes
    return IndicatorPlan(**values)


def said(day: date, *values: int | str | None) -> PeriodFigures:
    return PeriodFigures(day, day, tuple(None if one is None else Decimal(one) for one in values))


def on(day: date, *figures: PeriodFigures, of: TaskPlan | None = None, periods=()) -> Standing:
    return reckon(of or plan(), figures, periods, day)


def after(days: int) -> date:
    return START + timedelta(days=days)


def test_a_cancelled_task_is_cancelled_whatever_its_figures():
    task = plan(cancelled_on=after(20))
    assert on(after(20), said(after(1), 100), of=task).state is TaskState.CANCELLED
    assert on(after(19), said(after(1), 10), of=task).state is not TaskState.CANCELLED


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        (100, DUE, TaskState.DONE),
        (101, DUE, TaskState.EXCEEDED),
        (100, DUE + timedelta(days=1), TaskState.DONE_LATE),
        (101, DUE + timedelta(days=1), TaskState.DONE_LATE),
    ],
)
def test_reached_on_the_due_day_is_in_time(value, day, state):
    assert on(DUE + timedelta(days=30), said(day, value)).state is state


def test_the_due_day_itself_is_not_overdue():
    assert on(DUE, said(START, 99)).state is TaskState.ON_TRACK
    assert on(DUE + timedelta(days=1), said(START, 99)).state is TaskState.OVERDUE


def test_before_the_start_day_nothing_has_started():
    assert on(START - timedelta(days=1)).state is TaskState.NOT_STARTED
    assert on(START).state is TaskState.ON_TRACK


def due(reports: str) -> list[DuePeriod]:
    """Periods that fell due one after the other: "x" with a report, "-" without."""
    return [DuePeriod(after(10 * number), one == "x") for number, one in enumerate(reports, 1)]


@pytest.mark.parametrize(
    ("reports", "silent"), [("-", False), ("--", True), ("x-", False), ("x--", True), ("--x", False)]
)
def test_two_periods_without_a_report_are_silence(reports, silent):
    found = on(after(50), said(START, 50), periods=due(reports)).state
    assert (found is TaskState.SILENT) is silent


def test_silence_comes_after_done_and_overdue():
    assert on(after(50), said(START, 100), periods=due("--")).state is TaskState.DONE
    assert on(DUE + timedelta(days=1), periods=due("--")).state is TaskState.OVERDUE


def test_what_cannot_be_measured_yet_is_left_out_and_named():
    later = hundred(label="Nhập ngũ", measured_from=after(60))
    task = plan(later)
    assert on(after(59), of=task).state is TaskState.NOT_MEASURABLE
    assert on(after(59), of=task).left_out == (later,)
    assert on(after(60), of=task).state is TaskState.BEHIND
    both = plan(hundred(), later)
    standing = on(after(50), said(after(1), 50, None), of=both)
    assert standing.progress == Fraction(1, 2)
    assert standing.state is TaskState.ON_TRACK


def test_a_task_is_not_done_while_an_indicator_is_left_out():
    both = plan(hundred(), hundred(measured_from=after(60)))
    assert on(after(50), said(after(1), 100, None), of=both).reached_on is None


@pytest.mark.parametrize(
    ("value", "state"),
    [(69, TaskState.BEHIND), (70, TaskState.AT_RISK), (89, TaskState.AT_RISK), (90, TaskState.ON_TRACK)],
)
def test_the_pace_falls_on_the_right_side_of_its_borders(value, state):
    assert on(DUE, said(START, value)).state is state


def test_thirds_do_not_slip_over_a_border():
    task = plan(hundred(), hundred(), hundred())
    standing = on(DUE, said(START, 100, 100, 70), of=task)
    assert standing.ratio == Fraction(9, 10)
    assert standing.state is TaskState.ON_TRACK


def test_a_blank_is_not_zero_but_counts_as_no_progress_and_is_named():
    standing = on(after(50), said(after(1), None))
    assert standing.indicators[0].value is None
    assert standing.progress == 0
    assert [one.label for one in standing.without_figure] == ["Cây"]
    assert not standing.has_figures
    assert on(after(50), said(after(1), 0)).has_figures


def test_what_accumulates_is_added_and_a_level_is_taken_anew():
    figures = (said(after(1), 30), said(after(31), 20))
    assert on(after(50), *figures).indicators[0].value == 50
    level = plan(hundred(accumulates=False))
    assert on(after(50), *figures, of=level).indicators[0].value == 20


def test_a_blank_keeps_the_level_of_before():
    level = plan(hundred(accumulates=False))
    assert on(after(50), said(after(1), 30), said(after(31), None), of=level).indicators[0].value == 30


def test_a_correction_below_the_target_undoes_reaching_it():
    figures = (said(after(1), 100), said(after(31), -46))
    standing = on(after(50), *figures)
    assert standing.reached_on is None
    assert standing.indicators[0].value == 54
    again = on(after(95), *figures, said(after(61), 46))
    assert again.reached_on == after(61)


def test_reached_is_the_day_the_report_states_else_the_day_it_was_sent():
    stated = PeriodFigures(after(30), DUE + timedelta(days=5), (Decimal(100),), (DUE,))
    assert on(DUE + timedelta(days=9), stated).state is TaskState.DONE
    sent = PeriodFigures(after(30), DUE + timedelta(days=5), (Decimal(100),))
    assert on(DUE + timedelta(days=9), sent).state is TaskState.DONE_LATE


def month(number: int, sent_on: date, value: int) -> PeriodFigures:
    return PeriodFigures(date(2024, number, 1), sent_on, (Decimal(value),))


@pytest.mark.parametrize(
    ("accumulates", "earlier", "later", "reached_on", "state"),
    [
        (True, 40, 60, DUE + timedelta(days=5), TaskState.DONE_LATE),
        (True, 0, 100, DUE - timedelta(days=8), TaskState.DONE),
        (True, 20, 100, DUE - timedelta(days=8), TaskState.EXCEEDED),
        (False, 40, 100, DUE - timedelta(days=8), TaskState.DONE),
        (False, 100, 100, DUE - timedelta(days=8), TaskState.DONE),
    ],
)
def test_an_earlier_month_that_is_reported_late_counts_from_its_day(
    accumulates: bool, earlier: int, later: int, reached_on: date, state: TaskState
):
    """The target is reached when the figure comes that it still needed, and by no later one."""
    figures = month(2, DUE + timedelta(days=5), earlier), month(3, DUE - timedelta(days=8), later)
    standing = on(DUE + timedelta(days=10), *figures, of=plan(hundred(accumulates=accumulates)))
    assert (standing.reached_on, standing.state) == (reached_on, state)


def test_the_last_indicator_decides_when_a_task_was_reached():
    task = plan(hundred(), hundred())
    figures = (said(after(10), 100, 50), said(after(40), 0, 50))
    assert on(after(50), *figures, of=task).reached_on == after(40)


def line(**changes: Any) -> IndicatorPlan:
    return hundred(
        label="Hộ nghèo", baseline=Decimal(0), target=Decimal(0), direction=Direction.DOWN, **changes
    )


def test_a_line_to_hold_is_reached_only_on_the_due_day():
    held = plan(line())
    assert on(DUE - timedelta(days=1), said(START, 0), of=held).reached_on is None
    assert on(DUE, said(START, 0), of=held).reached_on == DUE
    assert on(DUE, said(START, 0), of=held).state is TaskState.DONE


def test_a_line_that_is_crossed_has_no_progress():
    standing = on(after(50), said(START, 1), of=plan(line()))
    assert (standing.progress, standing.expected) == (0, 1)
    assert standing.state is TaskState.BEHIND


def test_down_mirrors_up():
    down = plan(hundred(baseline=Decimal(10), target=Decimal(2), direction=Direction.DOWN, accumulates=False))
    standing = on(after(50), said(START, 6), of=down)
    assert standing.progress == Fraction(1, 2)
    assert on(after(50), said(START, 2), of=down).state is TaskState.DONE
    assert on(after(50), said(START, 1), of=down).state is TaskState.EXCEEDED
    assert on(after(50), said(START, 12), of=down).indicators[0].progress == Fraction(-1, 4)
    assert on(after(50), said(START, 12), of=down).progress == 0


def test_weights_share_the_mean():
    task = plan(hundred(weight=Decimal(2)), hundred(weight=Decimal(1)))
    assert on(DUE, said(START, 172, 50), of=task).progress == Fraction(5, 6)


def test_milestones_are_joined_by_straight_lines():
    marks = ((after(50), Decimal(20)), (after(80), Decimal(80)))
    task = plan(hundred(milestones=marks))
    expected = [on(after(day), of=task).expected for day in (0, 25, 50, 65, 80, 90, 100, 120)]
    assert expected == [
        0,
        Fraction(1, 10),
        Fraction(1, 5),
        Fraction(1, 2),
        Fraction(4, 5),
        Fraction(9, 10),
        1,
        1,
    ]


figures = st.lists(st.one_of(st.none(), st.integers(-50, 150)), min_size=1, max_size=8)


@given(figures, st.integers(0, 130))
def test_shares_of_a_task_stay_between_none_and_all(values, day):
    reports = [said(after(10 * number), value) for number, value in enumerate(values)]
    standing = on(after(day), *reports)
    assert standing.progress is not None
    assert standing.expected is not None
    assert 0 <= standing.progress <= 1
    assert 0 <= standing.expected <= 1


@given(figures)
def test_the_value_is_the_sum_of_what_was_said(values):
    reports = [said(after(10 * number), value) for number, value in enumerate(values)]
    spoken = [value for value in values if value is not None]
    assert on(after(99), *reports).indicators[0].value == (sum(spoken) if spoken else None)


@given(figures, st.permutations(range(8)))
def test_the_order_in_which_reports_are_given_does_not_matter(values, order):
    reports = [said(after(10 * number), value) for number, value in enumerate(values)]
    shuffled = [reports[number] for number in order if number < len(reports)]
    assert on(after(99), *reports) == on(after(99), *shuffled)


def test_every_state_has_its_face_its_rule_and_its_place():
    assert set(_FACES) == set(GRAVITY) == set(IN_ORDER) == set(TaskState)
    faces = {(state.label, state.sign) for state in TaskState}
    assert len(faces) == len(TaskState)
    assert all(state.rule.startswith("Dòng ") for state in TaskState)

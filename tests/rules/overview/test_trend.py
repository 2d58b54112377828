"""Progress against plan: the table says what a board of each day says, and the lines run through it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.overview.board import Board, build
from pledges.overview.rules import BoardFacts
from pledges.overview.trend import Line
from pledges.progress.ledger import Ledger
from tests.rules.overview import campaign_board

START, END, NOW = date(2024, 3, 29), date(2025, 6, 30), date(2024, 10, 15)
BOARD = campaign_board.board(NOW)
DAYS = st.dates(START, NOW)


def _at(line: Line, day: date) -> float:
    """The height of a drawn line on the day: the last point at a step, else between its neighbours."""
    before = [point for point in line if point[0] <= day][-1]
    after = next((point for point in line if point[0] > day), before)
    if after[0] == before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * ((day - before[0]).days / (after[0] - before[0]).days)


def test_the_table_says_what_the_board_of_each_day_says():
    assert [point.day.month for point in BOARD.trend.points] == [4, 5, 6, 7, 8, 9, 10]
    for point in BOARD.trend.points:
        mean = campaign_board.board(point.day).mean
        assert (point.planned, point.reached) == (mean.expected, mean.progress)


@settings(deadline=None, max_examples=40)
@given(DAYS)
def test_the_steps_run_through_the_mean_of_every_day(day: date):
    shown = _at(BOARD.trend.reached, day)
    assert shown == pytest.approx(float(campaign_board.board(day).mean.progress))


def test_the_plan_runs_through_the_expected_mean():
    for day, planned in BOARD.trend.planned:
        if day <= NOW:
            assert planned == pytest.approx(float(campaign_board.board(day).mean.expected))


def test_the_plan_ends_with_everything_reached_and_never_falls():
    heights = [planned for _day, planned in BOARD.trend.planned]
    assert BOARD.trend.planned[0][0] == START
    assert BOARD.trend.planned[-1] == (END, pytest.approx(1))
    assert heights == sorted(heights)


def test_the_line_of_what_was_reached_ends_on_the_day():
    assert BOARD.trend.reached[-1] == (NOW, pytest.approx(float(BOARD.mean.progress)))
    assert [day for day, _ in BOARD.trend.reached] == sorted(day for day, _ in BOARD.trend.reached)


def _with(**changes: Any) -> Callable[[date], Board]:
    known = campaign_board.LEDGER
    tasks = [replace(task, **changes) if task.id == 1 else task for task in known.tasks.values()]
    rounds = {(task.id, one.id): known.rounds(task.id, one.id) for task in tasks for one in known.periods}
    facts = BoardFacts(
        as_of=NOW,
        starts_on=START,
        ends_on=END,
        expected_tasks=24,
        whole=True,
        ledger=Ledger(tasks, known.periods, rounds),
        cards=campaign_board.cards(),
    )
    return lambda day: build(replace(facts, as_of=day))


@pytest.mark.parametrize(
    "changes",
    [
        {"registered_on": date(2024, 6, 12)},
        {"plan": replace(campaign_board.LEDGER.tasks[1].plan, cancelled_on=date(2024, 6, 12))},
    ],
    ids=["registered later", "cancelled"],
)
def test_a_task_counts_only_while_it_stands_in_the_list(changes: dict[str, Any]):
    at = _with(**changes)
    for day in (date(2024, 6, 11), date(2024, 6, 12), date(2024, 8, 3)):
        assert _at(at(NOW).trend.reached, day) == pytest.approx(float(at(day).mean.progress))
    june, july = at(NOW).trend.points[2:4]
    assert (june.reached, july.reached) == (at(june.day).mean.progress, at(july.day).mean.progress)


def test_a_day_before_the_campaign_began():
    board = campaign_board.board(date(2024, 3, 1))
    assert [point.day for point in board.trend.points] == [date(2024, 3, 1)]
    assert board.trend.reached[-1][1] == 0

"""A task whose plan was amended: each day is reckoned by what was pledged then, on the board and in its lines."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from pledges.overview.board import Board
from pledges.progress.ledger import EarlierPlan, Ledger
from tests.rules.overview import campaign_board
from tests.support import campaign_files

NUMBER, ON = 9, date(2024, 9, 10)
UNTOUCHED = campaign_board.board(date(2024, 10, 15)).trend
FIRST = {point.day: point.planned for point in UNTOUCHED.points}
SIGNED = dict(UNTOUCHED.planned)
DAYS = [date(2024, 8, 1), ON - timedelta(days=1), ON, ON + timedelta(days=1), date(2024, 10, 15)]


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Twice as much in half a year more, from a day on."""
    made = campaign_files.ledger()
    facts = made.tasks[NUMBER]
    first, *rest = facts.plan.indicators
    plan = replace(
        facts.plan,
        due_on=date(2025, 6, 30),
        indicators=(replace(first, target=first.target * 2), *rest),
    )
    held = EarlierPlan(ON, facts.plan, facts.indicator_ids)
    made.tasks[NUMBER] = replace(facts, plan=plan, earlier=(held,))
    monkeypatch.setattr(campaign_board, "LEDGER", made)
    return made


def due_on(board: Board) -> date:
    return next(row.due_on for row in board.rows if row.card.number == NUMBER)


def test_a_day_before_it_was_allowed_knows_nothing_of_it(ledger: Ledger):
    untouched = campaign_files.ledger()
    day = ON - timedelta(days=1)
    assert ledger.standing(NUMBER, day) == untouched.standing(NUMBER, day)
    assert ledger.standing(NUMBER, ON) != untouched.standing(NUMBER, ON)
    before, after = (ledger.standing(NUMBER, one).indicators[0].plan.target for one in (day, ON))
    assert (before, after) == (Decimal(150), Decimal(300))


@pytest.mark.usefixtures("ledger")
def test_the_board_shows_the_day_that_was_pledged_then():
    assert due_on(campaign_board.board(ON - timedelta(days=1))) < date(2025, 6, 30)
    assert due_on(campaign_board.board(ON)) == date(2025, 6, 30)


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("day", DAYS)
def test_the_lines_run_through_the_mean_of_every_day(day: date):
    board = campaign_board.board(date(2024, 10, 15))
    mean = campaign_board.board(day).mean
    reached = [point for point in board.trend.reached if point[0] <= day][-1]
    assert reached[1] == pytest.approx(float(mean.progress or 0))


@pytest.mark.usefixtures("ledger")
def test_the_plan_that_is_drawn_is_the_mean_of_its_days():
    board = campaign_board.board(date(2024, 10, 15))
    for day, planned in board.trend.planned:
        if day <= board.as_of:
            assert planned == pytest.approx(float(campaign_board.board(day).mean.expected or 0))


@pytest.mark.usefixtures("ledger")
def test_the_plan_first_signed_stays_what_it_was():
    amended = campaign_board.board(date(2024, 10, 15)).trend
    assert amended.amended
    for point in amended.points:
        assert point.signed == FIRST[point.day]
    assert amended.points[-1].planned != amended.points[-1].signed
    assert dict(amended.signed) == pytest.approx(SIGNED)


@pytest.mark.usefixtures("ledger")
def test_before_it_was_allowed_nothing_of_it_is_drawn():
    before = campaign_board.board(ON - timedelta(days=1)).trend
    assert not before.amended
    assert before.signed == ()
    assert dict(before.planned) == pytest.approx(
        {day: share for day, share in SIGNED.items() if day in dict(before.planned)}
        | {day: share for day, share in before.planned if day not in SIGNED}
    )


def test_a_task_that_was_dropped_is_still_wanted_by_the_plan_first_signed(monkeypatch: pytest.MonkeyPatch):
    made = campaign_files.ledger()
    facts = made.tasks[NUMBER]
    made.tasks[NUMBER] = replace(facts, plan=replace(facts.plan, cancelled_on=ON))
    monkeypatch.setattr(campaign_board, "LEDGER", made)
    trend = campaign_board.board(date(2024, 10, 15)).trend
    assert [point.signed for point in trend.points] == [FIRST[point.day] for point in trend.points]
    assert trend.points[-1].planned != trend.points[-1].signed


def test_without_an_amendment_the_plan_is_the_one_first_signed():
    trend = campaign_board.board(date(2024, 10, 15)).trend
    assert trend.signed == ()
    assert all(point.signed == point.planned for point in trend.points)

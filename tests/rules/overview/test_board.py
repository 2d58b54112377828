"""The board of the demo against the tables that were derived by hand (tests/rules/data), on both days."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pledges.overview import board as boards
from pledges.overview.rules import NO_BLOCK, BoardFacts
from pledges.progress.ledger import Ledger
from pledges.progress.states import TaskState
from tests.rules.overview import campaign_board
from tests.support import campaign_files as files

DAYS = (date(2024, 10, 15), date(2024, 7, 31))
BOARDS = {day: campaign_board.board(day) for day in DAYS}
NOW = BOARDS[date(2024, 10, 15)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_row_has_the_state_and_share_of_the_hand_table(day: date):
    rows = {row.card.number: row for row in BOARDS[day].rows}
    for hand in files.hand("table", day.isoformat()):
        row = rows.pop(int(hand["task"]))
        assert row.state == hand["state"]
        assert row.standing.progress == files.share(hand, "progress")
        assert row.standing.expected == files.share(hand, "expected")
        assert (row.tentative.state if row.tentative else "") == hand["tentative_state"]
    assert not rows


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_counts_of_states_are_those_of_the_hand_table(day: date):
    hand = Counter(row["state"] for row in files.hand("table", day.isoformat()))
    assert {state.value: number for state, number in BOARDS[day].counts} == hand


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_means_of_campaign_blocks_and_units(day: date):
    board = BOARDS[day]
    names = {unit["name"]: unit["code"] for unit in files.rows(files.FILES / "units.csv")}
    means = {group.title: group.mean for group in board.blocks} | {"HK-2024-DHD": board.mean}
    means |= {names[group.title]: group.mean for group in board.units}
    for hand in files.hand("totals", day.isoformat()):
        mean = means.pop(hand["scope_name"])
        assert (mean.tasks, mean.with_figures) == (int(hand["tasks"]), int(hand["with_figures"]))
        assert f"{float(mean.progress):.3f}" == f"{float(hand['progress']):.3f}"
        assert f"{float(mean.expected):.3f}" == f"{float(hand['expected']):.3f}"
    assert not means


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_reports_expected_received_and_on_time(day: date):
    shown = {
        f"{one.period.start_on:%Y-%m}": (one.counts.expected, one.counts.received, one.counts.on_time)
        for one in BOARDS[day].disciplines
    }
    assert shown == {
        hand["period"]: (int(hand["expected"]), int(hand["received"]), int(hand["on_time"]))
        for hand in files.hand("reporting", day.isoformat())
    }


def test_the_sum_of_a_column_is_what_the_ledger_counts():
    for one in NOW.disciplines:
        assert one.counts == campaign_board.LEDGER.discipline(one.period, NOW.as_of)


def test_every_cell_is_that_of_the_hand_grid():
    for hand in files.rows(files.HAND / "hand_grid.csv"):
        row = next(row for row in NOW.rows if row.card.number == int(hand["task"]))
        shown = {f"{one.period.start_on:%Y-%m}": one.cell.standing.state for one in row.cells if one.cell}
        assert {"task": hand["task"], **shown} == hand


def test_marks_of_reports():
    marks = {
        (row.card.number, one.period.start_on.month): one.marks
        for row in NOW.rows
        for one in row.cells
        if one.marks
    }
    assert marks[19, 9] == ("missing",)
    assert marks[23, 9] == ("late", "pending")
    assert marks[2, 7] == ("late",)
    assert sum("missing" in found for found in marks.values()) == sum(
        one.counts.expected - one.counts.received for one in NOW.disciplines
    )


def test_only_a_sent_report_is_named_as_the_proof_of_a_cell():
    for row in NOW.rows:
        for one in row.cells:
            assert (one.report_id is None) == (not campaign_board.LEDGER.rounds(row.card.id, one.period.id))


def test_obstacles_and_how_long_the_oldest_has_waited():
    assert len(NOW.obstacles) == 8
    assert [one.task_id for one in NOW.obstacles][:1] == [17]
    assert NOW.oldest_days == 54
    assert BOARDS[DAYS[1]].obstacles == ()
    assert BOARDS[DAYS[1]].oldest_days is None


def test_blocks_stand_in_the_order_of_the_list():
    assert [(group.title.split(".")[0], len(group.rows)) for group in NOW.blocks] == [
        ("I", 8),
        ("II", 5),
        ("III", 6),
        ("IV", 5),
    ]
    assert [row.card.number for row in NOW.rows] == list(range(1, 25))


def _facts(**changes: Any) -> BoardFacts:
    facts = BoardFacts(
        as_of=DAYS[0],
        starts_on=date(2024, 3, 29),
        ends_on=date(2025, 6, 30),
        expected_tasks=24,
        whole=True,
        ledger=campaign_board.LEDGER,
        cards=campaign_board.cards(),
    )
    return replace(facts, **changes)


def _ledger(number: int, **changes: Any) -> Ledger:
    """The ledger with one task changed."""
    known = campaign_board.LEDGER
    tasks = [replace(task, **changes) if task.id == number else task for task in known.tasks.values()]
    rounds = {
        (task.id, period.id): known.rounds(task.id, period.id) for task in tasks for period in known.periods
    }
    return Ledger(tasks, known.periods, rounds)


def test_a_task_of_a_unit_without_a_block_comes_last():
    cards = campaign_board.cards()
    cards[1] = replace(cards[1], lead=replace(cards[1].lead, block=""))
    board = boards.build(_facts(cards=cards))
    assert [group.title for group in board.blocks][-1] == NO_BLOCK
    assert board.rows[-1].card.number == 1


def test_a_task_that_was_not_registered_yet_is_not_on_the_board():
    ledger = _ledger(22, registered_on=date(2024, 8, 10))
    before, after = (boards.build(_facts(ledger=ledger, as_of=day)) for day in (date(2024, 8, 9), DAYS[0]))
    assert (before.registered, after.registered) == (23, 24)
    shown = next(row for row in after.rows if row.card.number == 22)
    assert [one.cell is None for one in shown.cells] == [True, True, True, True, False, False]
    assert after.discipline(after.periods[3]).expected == 23


def test_a_report_that_falls_due_after_its_period_is_asked_of_who_registered_between():
    """An own period ends in August, its reports are due on 10/9, and a task came into the list on 5/9."""
    known = _ledger(22, registered_on=date(2024, 9, 5))
    periods = [
        replace(one, due_on=date(2024, 9, 10), grace_until=date(2024, 9, 10))
        if one.end_on == date(2024, 8, 31)
        else one
        for one in known.periods
    ]
    ledger = Ledger(known.tasks.values(), periods, {})
    board = boards.build(_facts(ledger=ledger))
    for one in board.disciplines:
        assert one.counts == ledger.discipline(one.period, board.as_of)
    assert board.disciplines[4].counts.expected == 24


def test_a_cancelled_task_is_shown_and_not_counted():
    plan = replace(campaign_board.LEDGER.tasks[17].plan, cancelled_on=date(2024, 9, 1))
    board = boards.build(_facts(ledger=_ledger(17, plan=plan)))
    assert board.registered == board.mean.tasks == 23
    assert dict(board.counts)[TaskState.CANCELLED] == 1
    assert 17 not in {one.row.card.number for one in board.needs}
    assert campaign_board.cards()[17].lead.id not in board.pledging_units


def test_only_units_that_lead_a_task_in_sight_are_counted_as_signed():
    cards = {number: card for number, card in campaign_board.cards().items() if number in {20, 21}}
    ids = {number: card.lead.id for number, card in cards.items()}
    board = boards.build(_facts(cards=cards, signed_units=frozenset({ids[20], 999})))
    assert board.pledging_units == set(ids.values())
    assert board.signed_units == {ids[20]}


def test_a_board_without_tasks():
    board = boards.build(_facts(cards={}))
    assert (board.registered, board.counts, board.needs, board.blocks) == (0, (), (), ())
    assert board.mean.progress is None
    assert board.trend.points == board.trend.planned == board.trend.reached == ()

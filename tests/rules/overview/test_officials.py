"""What somebody did of the tasks answered for: counts and days over a span, from the ledger alone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from pledges.overview.officials.books import book_of
from pledges.overview.officials.rules import Charge, Official, Outcome, Span, officials_of
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.tasks.rules import Direction

SPAN = Span(date(2024, 4, 1), date(2024, 10, 15))
DUE = date(2024, 8, 31)
PLAN = IndicatorPlan(
    "Đường bê tông", Decimal(0), Decimal(100), "m", Direction.UP, accumulates=True, weight=Decimal(1)
)
PERIODS = tuple(
    PeriodFacts(
        month, date(2024, month, 1), date(2024, month, 28), date(2024, month, 25), date(2024, month, 27)
    )
    for month in range(7, 11)
)
"""July to October; two days of grace."""


def ledger(*sent: tuple[int, date, int], cancelled_on: date | None = None) -> Ledger:
    """One task; each round by its month, the day it was sent and the figure, accepted the same day."""
    rounds = {(1, month): [RoundFacts(1, on, on, values={7: Decimal(value)})] for month, on, value in sent}
    plan = TaskPlan(date(2024, 4, 15), DUE, (PLAN,), cancelled_on)
    return Ledger([TaskFacts(1, plan, (7,), date(2024, 4, 1))], PERIODS, rounds)


CHARGE = Charge(
    5, "Nguyễn Thị Lan", "lan", "Khu phó", 1, 3, "Bê tông ngõ", "Khu phố 1", date(2024, 4, 15), None
)


def one(of: Ledger, *charges: Charge, span: Span = SPAN) -> Official:
    (found,) = officials_of(of, charges or (CHARGE,), span)
    return found


@pytest.mark.parametrize(
    ("sent", "outcome", "days", "reports"),
    [
        ([(7, date(2024, 7, 20), 60), (8, date(2024, 8, 27), 40)], Outcome.IN_TIME, 0, (3, 2, 2)),
        ([(8, date(2024, 8, 28), 40), (9, date(2024, 9, 20), 60)], Outcome.LATE, 20, (3, 2, 1)),
        ([(7, date(2024, 7, 20), 60)], Outcome.OVERDUE, 45, (3, 1, 1)),
        ([], Outcome.OVERDUE, 45, (3, 0, 0)),
    ],
)
def test_a_task_is_judged_on_the_last_day_of_the_span(
    sent: list[tuple[int, date, int]], outcome: Outcome, days: int, reports: tuple[int, int, int]
):
    """October's report is not due yet; one within the days of grace is in time."""
    found = one(ledger(*sent))
    assert [work.outcome for work in found.works] == [outcome]
    assert found.days_late == days
    assert (found.reports_due, found.reports_received, found.reports_in_time) == reports


def test_before_its_due_day_a_task_goes_on_and_gives_no_rate_in_time():
    found = one(ledger(), span=replace(SPAN, until=DUE))
    assert (found.assigned, found.done, found.count(Outcome.GOING_ON)) == (1, 0, 1)
    assert (found.rate, found.rate_in_time) == (Fraction(0), None)


def test_who_was_relieved_after_the_span_still_held_the_duty_in_it():
    later = replace(CHARGE, until_on=SPAN.until + timedelta(days=1))
    assert one(ledger(), later).works[0].charge == CHARGE
    that_day = replace(CHARGE, until_on=SPAN.until)
    assert one(ledger(), that_day).works[0].charge == that_day


def test_who_was_relieved_is_judged_on_the_last_own_day_and_answers_for_the_own_reports():
    of = ledger((8, date(2024, 8, 28), 40), (9, date(2024, 9, 20), 60))
    until = replace(CHARGE, until_on=date(2024, 9, 1))
    after = replace(CHARGE, account_id=6, name="Lê Văn Bình", name_sort="binh", from_on=date(2024, 9, 1))
    binh, lan = officials_of(of, [until, after], SPAN)
    assert [work.outcome for work in lan.works] == [Outcome.GOING_ON]
    assert (lan.works[0].day, lan.reports_due, lan.reports_in_time) == (DUE, 2, 0)
    assert [work.outcome for work in binh.works] == [Outcome.LATE]
    assert (binh.reports_due, binh.reports_in_time) == (1, 1)


def test_who_had_the_duty_twice_answers_for_the_task_once():
    first = replace(CHARGE, until_on=date(2024, 8, 1))
    again = replace(CHARGE, from_on=date(2024, 9, 1))
    found = one(ledger(), first, again)
    assert (found.assigned, found.reports_due) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "cancelled_on"),
    [
        ({"until_on": date(2024, 4, 1)}, None),
        ({"from_on": date(2024, 10, 16)}, None),
        ({"until_on": CHARGE.from_on}, None),
        ({}, date(2024, 10, 15)),
    ],
)
def test_outside_the_span_and_cancelled_tasks_don_t_count(
    changes: dict[str, date], cancelled_on: date | None
):
    assert officials_of(ledger(cancelled_on=cancelled_on), [replace(CHARGE, **changes)], SPAN) == []


def test_the_spreadsheet_says_what_the_page_says():
    found = one(ledger((8, date(2024, 8, 28), 40), (9, date(2024, 9, 20), 60)))
    people, tasks, notes = book_of("Phong trào", [found], SPAN).sheets
    assert people.rows[0][:3] == ("Nguyễn Thị Lan", "Khu phó", "Khu phố 1")
    assert people.rows[0][3:10] == tuple(map(Decimal, (1, 1, 0, 1, 0, 0, 20)))
    assert people.rows[0][10:] == ("100%", "0%", Decimal(3), Decimal(2), Decimal(1))
    assert tasks.rows[0][8:11] == ("100%", "Hoàn thành muộn", Decimal(20))
    assert notes.lines[2] == "Từ ngày 1/4/2024 đến hết ngày 15/10/2024."

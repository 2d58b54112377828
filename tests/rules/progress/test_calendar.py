"""Periods, and what a report of one is: expected, excused, on time, late, missing."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from pledges.progress.calendar import Discipline, ReportStatus, expects
from pledges.progress.ledger import ExcuseFacts, Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.progress.states import TaskState

DUE = date(2024, 9, 25)
SEPTEMBER = PeriodFacts(9, date(2024, 9, 1), date(2024, 9, 30), DUE, DUE)
GRACE = replace(SEPTEMBER, grace_until=date(2024, 9, 28))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"start_on": DUE}, True),
        ({"start_on": date(2024, 9, 26)}, False),
        ({"start_on": date(2024, 9, 1), "registered_on": DUE}, True),
        ({"start_on": date(2024, 9, 1), "registered_on": date(2024, 9, 26)}, False),
        ({"start_on": date(2024, 9, 1), "cancelled_on": DUE}, False),
        ({"start_on": date(2024, 9, 1), "cancelled_on": date(2024, 9, 26)}, True),
        ({"start_on": date(2024, 9, 1), "unit_until": DUE}, True),
        ({"start_on": date(2024, 9, 1), "unit_until": date(2024, 9, 24)}, False),
        ({"start_on": date(2024, 9, 1), "unit_from": DUE}, True),
        ({"start_on": date(2024, 9, 1), "unit_from": date(2024, 9, 26)}, False),
    ],
)
def test_a_report_is_expected_of_what_was_alive_on_the_due_day(facts, expected):
    assert expects(DUE, **facts) is expected


def ledger(
    *rounds: RoundFacts, period: PeriodFacts = SEPTEMBER, excuses: tuple[ExcuseFacts, ...] = ()
) -> Ledger:
    plan = TaskPlan(date(2024, 9, 1), date(2024, 12, 31), (IndicatorPlan("Cây", 0, 100, "cây"),))  # type: ignore[arg-type]
    tasks = [TaskFacts(1, plan, (1,), unit_id=7)]
    return Ledger(tasks, [period], {(1, 9): rounds}, excuses)


SENT, RETURNED, AGAIN, ACCEPTED = (date(2024, 9, day) for day in (24, 26, 28, 30))
FIRST = RoundFacts(1, SENT, returned_on=RETURNED, values={1: 40})  # type: ignore[dict-item]
SECOND = RoundFacts(2, AGAIN, accepted_on=ACCEPTED, values={1: 30})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("day", "status", "value", "tentative"),
    [
        (date(2024, 9, 23), ReportStatus.DUE, None, None),
        (SENT, ReportStatus.SUBMITTED, None, 40),
        (RETURNED, ReportStatus.RETURNED, None, None),
        (AGAIN, ReportStatus.SUBMITTED, None, 30),
        (ACCEPTED, ReportStatus.ACCEPTED, 30, 30),
    ],
)
def test_the_ledger_answers_as_the_page_did_that_day(day, status, value, tentative):
    found = ledger(FIRST, SECOND)
    assert found.report_status(1, SEPTEMBER, day) is status
    assert found.standing(1, day).indicators[0].value == value
    assert found.tentative(1, day).indicators[0].value == tentative


def test_a_return_does_not_make_a_report_late():
    found = ledger(FIRST, SECOND)
    assert not found.cell(1, SEPTEMBER, ACCEPTED).late
    counts = found.discipline(SEPTEMBER, ACCEPTED)
    assert (counts.expected, counts.received, counts.on_time) == (1, 1, 1)


def test_what_comes_after_the_due_day_is_late_and_what_never_comes_is_missing():
    late = ledger(RoundFacts(1, date(2024, 9, 26), values={}))
    assert late.cell(1, SEPTEMBER, ACCEPTED).late
    assert late.discipline(SEPTEMBER, ACCEPTED).on_time == 0
    none = ledger()
    assert none.cell(1, SEPTEMBER, ACCEPTED).missing
    assert not none.cell(1, SEPTEMBER, DUE).missing


@pytest.mark.parametrize(
    ("sent", "late", "days"),
    [
        (DUE, False, 0),
        (date(2024, 9, 28), False, 0),
        (date(2024, 9, 29), True, 4),
    ],
)
def test_the_days_of_grace_are_on_time_and_after_them_lateness_counts_from_the_due_day(sent, late, days):
    found = ledger(RoundFacts(1, sent), period=GRACE)
    assert found.cell(1, GRACE, ACCEPTED).late is late
    assert found.discipline(GRACE, ACCEPTED).on_time == (not late)
    assert GRACE.days_late(sent) == days


def test_nothing_is_overdue_before_the_grace_is_over():
    none = ledger(period=GRACE)
    assert none.report_status(1, GRACE, date(2024, 9, 28)) is ReportStatus.DUE
    assert none.report_status(1, GRACE, date(2024, 9, 29)) is ReportStatus.OVERDUE
    assert none.discipline(GRACE, date(2024, 9, 27)) == Discipline(expected=1, received=0, on_time=0)


EXCUSE = ExcuseFacts(9, 7, None, date(2024, 9, 27), None, "Mất điện cả tuần")


@pytest.mark.parametrize(
    "excuse",
    [EXCUSE, replace(EXCUSE, unit_id=0, task_id=1)],
    ids=["the unit", "one task"],
)
def test_an_excuse_counts_from_the_day_of_its_grant(excuse):
    found = ledger(excuses=(excuse,))
    before, after = date(2024, 9, 26), date(2024, 9, 27)
    assert (found.expected(1, SEPTEMBER, before), found.excused(1, SEPTEMBER, before)) == (True, None)
    assert (found.expected(1, SEPTEMBER, after), found.excused(1, SEPTEMBER, after)) == (
        False,
        "Mất điện cả tuần",
    )
    assert found.cell(1, SEPTEMBER, before).missing
    assert not found.cell(1, SEPTEMBER, after).missing
    assert found.report_status(1, SEPTEMBER, after) is ReportStatus.EXCUSED
    assert found.discipline(SEPTEMBER, before) == Discipline(1, 0, 0, 0)
    assert found.discipline(SEPTEMBER, after) == Discipline(0, 0, 0, 1)


def test_a_revoked_excuse_counted_until_the_day_of_its_end():
    found = ledger(excuses=(replace(EXCUSE, revoked_on=date(2024, 9, 29)),))
    expected = [found.expected(1, SEPTEMBER, date(2024, 9, day)) for day in (26, 27, 28, 29, 30)]
    assert expected == [True, False, False, True, True]
    assert found.expected(1, SEPTEMBER)


@pytest.mark.parametrize(
    "other",
    [replace(EXCUSE, period_id=8), replace(EXCUSE, unit_id=8), replace(EXCUSE, task_id=2)],
    ids=["another period", "another unit", "another task of the unit"],
)
def test_an_excuse_of_another_changes_nothing(other):
    found = ledger(excuses=(other,))
    assert found.discipline(SEPTEMBER, ACCEPTED) == Discipline(1, 0, 0, 0)
    assert found.cell(1, SEPTEMBER, ACCEPTED).missing


def test_who_reports_although_excused_is_neither_late_nor_one_of_the_expected():
    found = ledger(RoundFacts(1, date(2024, 9, 29)), excuses=(EXCUSE,))
    cell = found.cell(1, SEPTEMBER, ACCEPTED)
    assert (cell.late, cell.expected, cell.excused) == (False, False, "Mất điện cả tuần")
    assert cell.status is ReportStatus.SUBMITTED
    assert found.discipline(SEPTEMBER, ACCEPTED) == Discipline(0, 0, 0, 1)


def test_what_would_not_be_expected_anyway_is_not_counted_as_excused():
    known = ledger(excuses=(EXCUSE,))
    gone = replace(known.tasks[1], unit_until=date(2024, 9, 24))
    found = Ledger([gone], [SEPTEMBER], {}, (EXCUSE,))
    assert found.discipline(SEPTEMBER, ACCEPTED) == Discipline(0, 0, 0, 0)


def test_the_rates_are_shares_of_the_expected_and_nothing_where_none_is():
    counts = Discipline(expected=24, received=21, on_time=19, excused=2)
    assert (counts.rate, counts.rate_on_time) == (Fraction(7, 8), Fraction(19, 24))
    nobody = Discipline(0, 0, 0, 3)
    assert (nobody.rate, nobody.rate_on_time) == (None, None)


def test_an_excused_period_is_no_silence():
    months = [
        PeriodFacts(n, date(2024, n, 1), date(2024, n, 28), date(2024, n, 25), date(2024, n, 25))
        for n in (9, 10, 11)
    ]
    as_of = date(2024, 11, 30)
    task = next(iter(ledger().tasks.values()))
    excuse = replace(EXCUSE, period_id=11)
    silent = Ledger([task], months, {})
    assert silent.standing(1, as_of).state is TaskState.SILENT
    said = {(1, 9): (RoundFacts(1, date(2024, 9, 25)),)}
    assert Ledger([task], months, said).standing(1, as_of).state is TaskState.SILENT
    assert Ledger([task], months, said, (excuse,)).standing(1, as_of).state is not TaskState.SILENT

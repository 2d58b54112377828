"""Periods, and on which side of midnight in Việt Nam a report falls."""

import os
import time
from datetime import UTC, date, datetime

import pytest

from pledges.core import clock
from pledges.progress.calendar import ReportEventKind, ReportStatus, expects, months, on_time, status_of
from pledges.progress.ledger import Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.rules import IndicatorPlan, TaskPlan

DUE = date(2024, 9, 25)
SEPTEMBER = PeriodFacts(9, date(2024, 9, 1), date(2024, 9, 30), DUE)


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Asia/Ho_Chi_Minh"])
def zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    os.environ.setdefault("TZ", "UTC")
    time.tzset()


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        (datetime(2024, 9, 25, 16, 59, 59, tzinfo=UTC), True),
        (datetime(2024, 9, 25, 17, 0, tzinfo=UTC), False),
    ],
)
def test_midnight_is_that_of_viet_nam_whatever_the_servers_zone(zone, sent, in_time):
    assert on_time(sent, DUE) is in_time


def test_a_day_ends_at_its_last_moment():
    assert on_time(clock.end_of(DUE), DUE)
    assert not on_time(clock.at(date(2024, 9, 26)), DUE)


def test_the_campaign_has_the_months_whose_due_day_lies_within_it():
    found = months(date(2024, 3, 29), date(2025, 6, 30), 25)
    assert (found[0].start_on, found[0].due_on) == (date(2024, 4, 1), date(2024, 4, 25))
    assert (found[-1].start_on, found[-1].end_on) == (date(2025, 6, 1), date(2025, 6, 30))
    assert len(found) == 15
    assert months(date(2024, 3, 25), date(2024, 3, 25), 25)[0].due_on == date(2024, 3, 25)
    assert months(date(2024, 3, 26), date(2024, 4, 24), 25) == []


@pytest.mark.parametrize(
    ("kinds", "today", "status"),
    [
        ((), date(2024, 8, 31), ReportStatus.NOT_YET_DUE),
        ((), date(2024, 9, 1), ReportStatus.DUE),
        ((), DUE, ReportStatus.DUE),
        ((), date(2024, 9, 26), ReportStatus.OVERDUE),
        ((ReportEventKind.SUBMITTED,), date(2024, 9, 26), ReportStatus.SUBMITTED),
        ((ReportEventKind.SUBMITTED, ReportEventKind.RETURNED), DUE, ReportStatus.RETURNED),
        ((ReportEventKind.SUBMITTED, ReportEventKind.ACCEPTED), DUE, ReportStatus.ACCEPTED),
    ],
)
def test_the_status_of_a_report(kinds, today, status):
    assert status_of(kinds, start_on=SEPTEMBER.start_on, due_on=DUE, today=today) is status


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"start_on": DUE}, True),
        ({"start_on": date(2024, 9, 26)}, False),
        ({"start_on": date(2024, 9, 1), "registered_on": DUE}, True),
        ({"start_on": date(2024, 9, 1), "registered_on": date(2024, 9, 26)}, False),
        ({"start_on": date(2024, 9, 1), "cancelled_on": DUE}, False),
        ({"start_on": date(2024, 9, 1), "cancelled_on": date(2024, 9, 26)}, True),
    ],
)
def test_a_report_is_expected_of_what_was_alive_on_the_due_day(facts, expected):
    assert expects(DUE, **facts) is expected


def ledger(*rounds: RoundFacts) -> Ledger:
    plan = TaskPlan(date(2024, 9, 1), date(2024, 12, 31), (IndicatorPlan("Cây", 0, 100, "cây"),))  # type: ignore[arg-type]
    return Ledger([TaskFacts(1, plan, (1,))], [SEPTEMBER], {(1, 9): rounds})


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

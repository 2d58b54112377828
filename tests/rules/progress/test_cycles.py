"""Which periods each cycle gives, at the turns of months, quarters, years and leap years, and after a change."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from pledges.campaigns.rules import Cycle
from pledges.progress.calendar import column_label, period_label, short_period_label
from pledges.progress.cycles import OwnSpan, Schedule, Span, beside, overlap

MONTHS = Schedule(Cycle.MONTHLY, date(2024, 3, 29), date(2025, 6, 30), due_day=25, weekday=5)


def said(spans: list[Span]) -> list[tuple[str, str, str]]:
    return [tuple(f"{day:%d/%m/%y}" for day in (one.start_on, one.end_on, one.due_on)) for one in spans]  # type: ignore[misc]


def test_the_months_are_those_whose_due_day_lies_within_the_campaign():
    found = said(MONTHS.spans())
    assert found[0] == ("01/04/24", "30/04/24", "25/04/24")
    assert found[-1] == ("01/06/25", "30/06/25", "25/06/25")
    assert len(found) == 15
    one_day = replace(MONTHS, starts_on=date(2024, 3, 25), ends_on=date(2024, 3, 25))
    assert said(one_day.spans()) == [("01/03/24", "31/03/24", "25/03/24")]
    assert replace(MONTHS, starts_on=date(2024, 3, 26), ends_on=date(2024, 4, 24)).spans() == []


@pytest.mark.parametrize(("year", "last"), [(2023, "28/02/23"), (2024, "29/02/24"), (2100, "28/02/00")])
def test_february_ends_on_its_last_day(year: int, last: str):
    (found,) = replace(MONTHS, starts_on=date(year, 2, 1), ends_on=date(year, 2, 28), due_day=28).spans()
    assert f"{found.end_on:%d/%m/%y}" == last
    assert found.due_on == date(year, 2, 28)


def test_a_quarter_is_due_in_its_last_month():
    quarters = replace(MONTHS, cycle=Cycle.QUARTERLY, starts_on=date(2024, 2, 10), ends_on=date(2025, 2, 20))
    assert said(quarters.spans()) == [
        ("01/01/24", "31/03/24", "25/03/24"),
        ("01/04/24", "30/06/24", "25/06/24"),
        ("01/07/24", "30/09/24", "25/09/24"),
        ("01/10/24", "31/12/24", "25/12/24"),
    ]


@pytest.mark.parametrize(("weekday", "day"), [(1, "30/12/24"), (5, "03/01/25"), (7, "05/01/25")])
def test_the_first_week_of_a_year_may_begin_in_the_one_before(weekday: int, day: str):
    weeks = replace(
        MONTHS, cycle=Cycle.WEEKLY, weekday=weekday, starts_on=date(2024, 12, 30), ends_on=date(2025, 1, 5)
    )
    assert said(weeks.spans()) == [("30/12/24", "05/01/25", day)]


def test_a_year_with_a_week_53_has_all_of_its_weeks():
    weeks = replace(
        MONTHS, cycle=Cycle.WEEKLY, starts_on=date(2020, 12, 21), ends_on=date(2021, 1, 10)
    ).spans()
    assert [one.start_on.isocalendar()[:2] for one in weeks] == [(2020, 52), (2020, 53), (2021, 1)]
    assert [one.due_on for one in weeks] == [date(2020, 12, 25), date(2021, 1, 1), date(2021, 1, 8)]


@pytest.mark.parametrize("cycle", [Cycle.WEEKLY, Cycle.MONTHLY, Cycle.QUARTERLY])
def test_every_day_lies_in_one_period_at_most_and_none_is_left_out_between(cycle: Cycle):
    spans = replace(MONTHS, cycle=cycle, starts_on=date(2023, 1, 1), ends_on=date(2029, 1, 1)).spans()
    for one, following in pairwise(spans):
        assert following.start_on == one.end_on + timedelta(days=1)
        assert one.start_on <= one.due_on <= one.end_on


def test_a_week_that_is_due_before_the_campaign_begins_or_after_it_ends_is_none():
    weeks = replace(MONTHS, cycle=Cycle.WEEKLY, starts_on=date(2024, 9, 7), ends_on=date(2024, 9, 12))
    assert weeks.spans() == []
    assert len(replace(weeks, ends_on=date(2024, 9, 13)).spans()) == 1


def test_grace_and_lock_count_from_the_due_day():
    (found,) = replace(
        MONTHS, starts_on=date(2024, 12, 1), ends_on=date(2024, 12, 31), grace_days=3, locks_after_days=10
    ).spans()
    assert (found.grace_until, found.locks_after) == (date(2024, 12, 28), date(2025, 1, 4))
    assert MONTHS.spans()[0].locks_after is None
    assert MONTHS.spans()[0].grace_until == date(2024, 4, 25)


def test_own_periods_are_set_one_by_one_with_the_grace_and_the_lock_of_the_campaign():
    own = replace(MONTHS, cycle=Cycle.OWN, grace_days=2, locks_after_days=5)
    assert own.spans() == []
    found = own.own(OwnSpan("Đợt 1", date(2024, 4, 1), date(2024, 5, 15), date(2024, 5, 20)))
    assert (found.name, found.cycle) == ("Đợt 1", Cycle.OWN)
    assert (found.grace_until, found.locks_after) == (date(2024, 5, 22), date(2024, 5, 25))


@dataclass(frozen=True)
class Held:
    start_on: date
    end_on: date
    cycle: Cycle


SEPTEMBER = Held(date(2024, 9, 1), date(2024, 9, 30), Cycle.MONTHLY)
TODAY = date(2024, 9, 10)


def test_what_was_announced_stays_and_nothing_is_asked_for_twice():
    found = beside(MONTHS.spans(), [SEPTEMBER], TODAY)
    assert SEPTEMBER.start_on not in {one.start_on for one in found}
    assert len(found) == len(MONTHS.spans()) - 1


@pytest.mark.parametrize(
    ("cycle", "first"),
    [
        (Cycle.WEEKLY, ("01/10/24", "06/10/24", "04/10/24")),
        (Cycle.QUARTERLY, ("01/10/24", "31/12/24", "25/12/24")),
    ],
)
def test_another_cycle_goes_on_from_the_day_after_what_was_announced(
    cycle: Cycle, first: tuple[str, str, str]
):
    found = beside(replace(MONTHS, cycle=cycle).spans(), [SEPTEMBER], TODAY)
    assert said(found)[0] == first
    assert not any(overlap(one, SEPTEMBER) for one in found)


def test_the_rest_of_a_month_follows_the_week_that_had_begun():
    week = Held(date(2024, 9, 9), date(2024, 9, 15), Cycle.WEEKLY)
    found = beside(MONTHS.spans(), [week], TODAY)
    assert said(found)[0] == ("16/09/24", "30/09/24", "25/09/24")


def test_a_period_whose_due_day_would_lie_before_it_is_left_out():
    week = Held(date(2024, 9, 23), date(2024, 9, 29), Cycle.WEEKLY)
    found = beside(MONTHS.spans(), [week], date(2024, 9, 24))
    assert said(found)[0] == ("01/10/24", "31/10/24", "25/10/24")


@pytest.mark.parametrize(
    ("cycle", "days", "words", "short", "head"),
    [
        (Cycle.MONTHLY, (date(2024, 9, 1), date(2024, 9, 30)), "tháng 9/2024", "tháng 9", "T9"),
        (Cycle.QUARTERLY, (date(2024, 7, 1), date(2024, 9, 30)), "quý III/2024", "quý III", "QIII"),
        (
            Cycle.WEEKLY,
            (date(2024, 12, 30), date(2025, 1, 5)),
            "tuần 30/12/2024 đến 5/1/2025",
            "tuần 30/12",
            "30/12",
        ),
        (Cycle.OWN, (date(2024, 9, 1), date(2024, 10, 15)), "Đợt cao điểm", "Đợt cao điểm", "K4"),
    ],
)
def test_what_a_period_is_called(cycle: Cycle, days: tuple[date, date], words: str, short: str, head: str):
    name = words if cycle is Cycle.OWN else ""
    assert period_label(cycle, *days, name) == words
    assert short_period_label(cycle, days[0], name) == short
    assert column_label(cycle, days[0], 4) == head

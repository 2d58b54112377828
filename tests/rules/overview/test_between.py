"""What happened between two days: the later day counts, the earlier one doesn't."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.overview.between import Between, Event, What
from pledges.overview.comparing import Comparison
from tests.rules.overview import campaign_board
from tests.support import campaign_files as files

FIRST, LAST = date(2024, 3, 29), date(2024, 10, 15)
DAYS = st.dates(FIRST, LAST)


def between(earlier: date, later: date, *told: Event) -> Between:
    boards = campaign_board.board(earlier), campaign_board.board(later)
    return Between(Comparison(*boards), {(1, 202404): 7}, told)


@settings(deadline=None, max_examples=20)
@given(DAYS, DAYS)
def test_the_counts_are_those_of_the_files(one: date, other: date):
    earlier, later = sorted((one, other))
    counts = dict(between(earlier, later).counts)
    reports = files.rows(files.FILES / "reports.csv")

    def within(text: str) -> bool:
        return bool(text) and earlier < date.fromisoformat(text) <= later

    assert counts[What.SENT] == sum(within(row["submitted_on"]) for row in reports)
    for verdict, what in (("accepted", What.ACCEPTED), ("returned", What.RETURNED)):
        assert counts[what] == sum(row["verdict"] == verdict and within(row["verdict_on"]) for row in reports)


@settings(deadline=None, max_examples=10)
@given(DAYS, DAYS, DAYS)
def test_what_happened_adds_up_over_a_day_between(one: date, other: date, third: date):
    first, middle, last = sorted((one, other, third))
    whole = dict(between(first, last).counts)
    parts = dict(between(first, middle).counts), dict(between(middle, last).counts)
    assert all(whole[what] == sum(part[what] for part in parts) for what in What)


def test_a_day_compared_with_itself_has_nothing():
    same = between(LAST, LAST)
    assert same.moved == ()
    assert {number for _what, number in same.counts} == {0}
    assert all(was == now for _state, was, now in same.states)


def test_the_states_of_both_days():
    states = {state.value: (was, now) for state, was, now in between(date(2024, 7, 31), LAST).states}
    assert states["overdue"][1] == 2
    assert sum(was for was, _now in states.values()) == sum(now for _was, now in states.values()) == 24


def test_a_task_that_only_had_a_report_stands_after_those_that_changed():
    found = between(date(2024, 8, 31), LAST)
    changed = [change.now.card.number for change in found.comparison.changed]
    moved = [change.now.card.number for change in found.moved]
    assert moved[: len(changed)] == changed
    assert all(found.of(change) for change in found.moved[len(changed) :])
    assert len(moved) > len(changed)


def test_events_are_told_by_day_and_lead_to_their_report():
    raised = Event(1, date(2024, 4, 20), What.RAISED, 7, "nêu vướng mắc: thiếu máy quét")
    told = between(FIRST, date(2024, 5, 2), raised)
    events = told.events[1]
    assert [one.on for one in events] == sorted(one.on for one in events)
    assert {one.record_id for one in events if "tháng 4" in one.words} == {7}
    assert raised.said == "20/4/2024: nêu vướng mắc: thiếu máy quét"
    assert dict(told.counts)[What.RAISED] == 1


def test_the_earlier_day_itself_is_not_between():
    sent = date.fromisoformat(files.rows(files.FILES / "reports.csv")[0]["submitted_on"])
    day_before = between(sent - timedelta(days=1), sent)
    assert dict(day_before.counts)[What.SENT] > 0
    assert dict(between(sent, sent).counts)[What.SENT] == 0

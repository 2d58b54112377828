"""How days move from a campaign to the one that follows it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.campaigns.shift import Shift

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("before", "after", "day", "moved"),
    [
        (date(2024, 3, 29), date(2025, 3, 29), date(2024, 12, 31), date(2025, 12, 31)),
        (date(2024, 3, 29), date(2025, 3, 29), date(2025, 6, 30), date(2026, 6, 30)),
        (date(2024, 1, 1), date(2025, 1, 1), date(2024, 2, 29), date(2025, 2, 28)),
        (date(2024, 1, 1), date(2028, 1, 1), date(2024, 2, 29), date(2028, 2, 29)),
        (date(2096, 1, 1), date(2100, 1, 1), date(2096, 2, 29), date(2100, 2, 28)),
        (date(2024, 3, 29), date(2025, 4, 1), date(2024, 3, 30), date(2025, 4, 2)),
        (date(2024, 3, 29), date(2024, 3, 29), date(2024, 5, 1), date(2024, 5, 1)),
    ],
)
def test_by_years_or_by_days(before: date, after: date, day: date, moved: date):
    assert Shift.between(before, after).moved(day) == moved


@given(DAYS, DAYS)
def test_the_first_day_moves_to_the_first_day(before: date, after: date):
    assert Shift.between(before, after).moved(before) == after


@given(DAYS, DAYS, st.lists(DAYS, min_size=2, max_size=5))
def test_what_came_first_still_comes_first(before: date, after: date, days: list[date]):
    moved = [Shift.between(before, after).moved(day) for day in sorted(days)]
    assert moved == sorted(moved)


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (Shift(1, 0), "dời về sau 1 năm"),
        (Shift(0, 33), "dời về sau 33 ngày"),
        (Shift(0, -5), "dời về trước 5 ngày"),
        (Shift(0, 0), "giữ nguyên ngày"),
    ],
)
def test_how_far_in_words(shift: Shift, words: str):
    assert shift.words == words

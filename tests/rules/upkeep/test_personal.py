"""How long what is kept, and by when requests are answered: rules with dates."""

from datetime import UTC, date, datetime

import pytest

from pledges.upkeep.personal.retention import KEPT, Terms, kept_kinds
from pledges.upkeep.personal.rules import DEADLINES, contact_due_before, deadline_on

TERMS = Terms(8, 30, 30, 24, 7, 4, 12, 2)


@pytest.mark.parametrize(
    ("now", "by"),
    [((2024, 10, 15), (2023, 10, 15)), ((2024, 2, 29), (2023, 2, 28)), ((2025, 1, 31), (2024, 1, 31))],
)
def test_contacts_are_due_a_year_after_closing(now: tuple[int, int, int], by: tuple[int, int, int]):
    assert contact_due_before(datetime(*now, tzinfo=UTC)) == datetime(*by, tzinfo=UTC)


def test_the_rule_of_the_day_holds_and_says_where_nobody_is_sure():
    assert deadline_on(date(2025, 12, 31)) is DEADLINES[0]
    assert deadline_on(date(2026, 1, 1)) is DEADLINES[1]
    assert DEADLINES[1].unsure
    assert [one.since for one in DEADLINES] == sorted(one.since for one in DEADLINES)


def test_what_is_kept_names_the_terms_of_the_program_itself():
    said = {one.what: one for one in kept_kinds(TERMS, date(2026, 1, 1))}
    assert len(said) == len(KEPT)
    assert said["Phiên đăng nhập: trình duyệt, địa chỉ mạng"].until == "Nhiều nhất 8 giờ"
    assert not any("{" in one.until + one.removed for one in said.values())
    assert all(one.source and one.why and one.shown for one in said.values())

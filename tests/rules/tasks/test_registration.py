"""What a registration must say, and what is asked back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.core.text import fold
from pledges.tasks import rules
from pledges.tasks.alike import titles_close
from pledges.tasks.indicator_rules import read_milestones, write_milestones
from pledges.tasks.rules import Direction

SPRING = {"campaign_starts_on": date(2024, 3, 29), "campaign_ends_on": date(2025, 6, 30)}


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("Trồng cây xanh đường chính", "TRỒNG CÂY XANH ĐƯỜNG CHÍNH", True),
        ("Trồng cây xanh", "Trồng cây xanh đường chính khu 3", True),
        ("Bê tông hóa ngõ tổ 3", "Bê tông hoá ngõ tổ 5", True),
        ("Bê tông hóa ngõ tổ 3", "Lắp đèn chiếu sáng ngõ", False),
        ("Cây", "Trồng cây xanh đường chính", False),
        ("Cây", "cây", True),
        ("", "", True),
    ],
)
def test_titles_that_may_name_the_same_work(one: str, other: str, close: bool):
    assert titles_close(fold(one), fold(other)) is close
    assert titles_close(fold(other), fold(one)) is close


def test_dates_within_the_campaign_fit_to_the_day():
    first, last = SPRING["campaign_starts_on"], SPRING["campaign_ends_on"]
    assert rules.date_problems(start_on=first, due_on=last, **SPRING) == {}
    early = rules.date_problems(start_on=date(2024, 3, 28), due_on=date(2025, 7, 1), **SPRING)
    assert early == {
        "start_on": "Trước ngày bắt đầu phong trào (29/3/2024).",
        "due_on": "Sau ngày kết thúc phong trào (30/6/2025).",
    }


def test_the_due_day_follows_the_start():
    assert rules.order_problem(date(2024, 4, 1), date(2024, 4, 2)) is None
    assert rules.order_problem(date(2024, 4, 1), date(2024, 4, 1))


def test_content_names_what_is_lacking():
    assert set(rules.content_problems(product="", indicators=0)) == {"product", "indicators"}
    assert rules.content_problems(product="Mặt ngõ", indicators=1) == {}


def test_a_unit_must_live_through_the_task():
    assert rules.unit_problem("Khu phố 3", alive_at_start=True, alive_at_end=True) is None
    assert "ngày bắt đầu" in (rules.unit_problem("Khu phố 3", alive_at_start=False, alive_at_end=True) or "")
    assert "ngày hoàn thành" in (
        rules.unit_problem("Khu phố 3", alive_at_start=True, alive_at_end=False) or ""
    )


@pytest.mark.parametrize(
    ("measure", "value", "asked"),
    [("% hộ", "100", False), ("% hộ", "100.1", True), ("%", "110", True), ("m", "450", False)],
)
def test_only_shares_over_the_whole_are_asked_about(measure: str, value: str, asked: bool):
    assert rules.is_over_the_whole(measure, Decimal(0), Decimal(value)) is asked


@pytest.mark.parametrize("direction", Direction)
def test_a_target_lies_the_way_of_the_direction(direction: Direction):
    higher = rules.target_problem(
        direction=direction, baseline=Decimal(1), target=Decimal(2), measure="m", accumulates=True
    )
    assert (higher is None) is (direction is Direction.UP)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
VALUES = st.decimals(-(10**9), 10**9, places=4)


@given(st.dictionaries(DAYS, VALUES, max_size=8))
def test_milestones_are_read_as_they_are_written(milestones: dict[date, Decimal]):
    written = write_milestones(sorted(milestones.items()))
    assert read_milestones(written) == tuple(sorted(milestones.items()))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str):
    try:
        found: object = read_milestones(text)
    except ValueError as error:
        found = str(error)
    assert isinstance(found, tuple) or str(found).endswith((".", ")"))


def test_an_edit_moves_no_task():
    kind = rules.TaskEventKind
    way = [kind.DRAFTED, kind.EDITED, kind.SUBMITTED, kind.RETURNED, kind.EDITED, kind.EDITED]
    assert rules.fold(way[:2]) is rules.TaskStatus.DRAFT
    assert rules.fold(way) is rules.TaskStatus.RETURNED
    assert rules.fold([*way, kind.SUBMITTED, kind.APPROVED]) is rules.TaskStatus.APPROVED
    assert all(kind.EDITED not in moves for moves in rules.MOVES.values())

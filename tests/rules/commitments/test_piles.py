"""How the pages of a pile are shared out among the units."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.codes.rules import address_of, new_code
from pledges.commitments.ceremonies import rules as ceremonies
from pledges.commitments.copies.rules import Reading, Run, come_apart, proposed, runs
from pledges.commitments.rules import StepRefused
from pledges.files.scanned import PageRead

ONE, TWO, STRANGE = new_code(), new_code(), new_code()
OWNERS = {ONE: 11, TWO: 12}
HOME = "https://thidua.haphong.vn"


def read(*texts: str | tuple[str, ...]) -> list[tuple[int | None, Reading]]:
    pages = [
        PageRead(number, (text,) if isinstance(text, str) and text else tuple(text))
        for number, text in enumerate(texts, 1)
    ]
    return [(one.commitment_id, one.reading) for one in proposed(pages, OWNERS)]


def test_pages_without_a_code_follow_the_page_before():
    assert read(address_of(ONE, HOME), "", address_of(TWO, ""), "", "") == [
        (11, Reading.CODE),
        (11, Reading.FOLLOWS),
        (12, Reading.CODE),
        (12, Reading.FOLLOWS),
        (12, Reading.FOLLOWS),
    ]


def test_a_pile_that_begins_without_a_code_is_asked_about():
    assert read("", "", ONE) == [(None, Reading.FIRST), (None, Reading.FIRST), (11, Reading.CODE)]


def test_a_code_of_another_paper_is_asked_about_with_what_follows_it():
    assert read(ONE, address_of(STRANGE, HOME), "") == [
        (11, Reading.CODE),
        (None, Reading.FOREIGN),
        (None, Reading.FIRST),
    ]


@pytest.mark.parametrize("text", ["https://haphong.vn", "WIFI:S:UBND;;", "12345", "khong phai ma"])
def test_a_qr_that_is_no_check_code_counts_as_none(text: str):
    assert read(ONE, text) == [(11, Reading.CODE), (11, Reading.FOLLOWS)]


def test_two_codes_on_a_page_are_asked_about_and_the_same_twice_is_not():
    assert read((ONE, TWO)) == [(None, Reading.SEVERAL)]
    assert read((ONE, address_of(ONE, HOME))) == [(11, Reading.CODE)]


def test_every_reading_that_leaves_a_page_open_asks():
    assert {one for one in Reading if one.asks} == {Reading.FIRST, Reading.FOREIGN, Reading.SEVERAL}
    assert all(one.label for one in Reading)


def test_pages_that_lie_together_make_one_copy():
    assert runs([11, 11, 12, None, 12, 11]) == [
        Run(11, 1, 2),
        Run(12, 3, 3),
        Run(12, 5, 5),
        Run(11, 6, 6),
    ]
    assert come_apart(runs([11, 11, 12, None, 12, 11, 13])) == {11, 12}
    assert come_apart(runs([11, 12, 12])) == set()


@given(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=60))
def test_the_copies_hold_each_page_once_and_in_order(chosen: list[int | None]):
    held = {page: run.commitment_id for run in runs(chosen) for page in range(run.first, run.last + 1)}
    assert held == {number: one for number, one in enumerate(chosen, 1) if one is not None}
    assert list(held) == sorted(held)


LAUNCH, TODAY = date(2024, 3, 29), date(2024, 10, 15)


def test_the_day_of_the_launch_is_proposed_unless_a_text_is_younger():
    assert ceremonies.proposed_day(LAUNCH, [], TODAY) == LAUNCH
    assert ceremonies.proposed_day(LAUNCH, [date(2024, 3, 28), LAUNCH], TODAY) == LAUNCH
    assert ceremonies.proposed_day(LAUNCH, [date(2024, 3, 30)], TODAY) == TODAY
    assert ceremonies.proposed_day(None, [], TODAY) == TODAY


def test_ticks_are_taken_on_the_day_and_after_it_until_it_is_closed():
    ceremonies.check_ticks(LAUNCH, LAUNCH, still_open=True)
    ceremonies.check_ticks(LAUNCH, TODAY, still_open=True)
    with pytest.raises(StepRefused, match="chưa đến ngày"):
        ceremonies.check_ticks(TODAY, LAUNCH, still_open=True)
    with pytest.raises(StepRefused, match="đã kết thúc"):
        ceremonies.check_ticks(LAUNCH, TODAY, still_open=False)


def test_nobody_signs_a_text_that_was_frozen_later():
    ceremonies.check_frozen_by("Khu phố 1", LAUNCH, LAUNCH)
    ceremonies.check_frozen_by("Khu phố 1", None, LAUNCH)
    with pytest.raises(StepRefused, match="Khu phố 1 chốt ngày 15/10/2024, sau ngày lễ ký 29/3/2024"):
        ceremonies.check_frozen_by("Khu phố 1", TODAY, LAUNCH)

"""A long list in pages: nothing is lost or told twice, and a block keeps its totals."""

from dataclasses import replace
from datetime import date
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.overview.cutting import PER_PAGE, Cut, Part
from pledges.overview.rules import Group
from tests.rules.overview import campaign_board

ROW = campaign_board.board(date(2024, 10, 15)).rows[0]


def parts(sizes: list[int]) -> list[Part]:
    found, number = [], 0
    for place, size in enumerate(sizes, 1):
        numbers = range(number + 1, number + size + 1)
        rows = tuple(replace(ROW, card=replace(ROW.card, id=one, number=one)) for one in numbers)
        number += size
        found.append((place, Group(f"Khối {place}", rows), rows))
    return found


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(1, 180), min_size=1, max_size=5))
def test_all_pages_together_are_the_list(sizes: list[int]):
    whole = parts(sizes)
    pages = [Cut(whole, page) for page in range(1, Cut(whole, 1).pages + 1)]
    shown = [row for cut in pages for _place, _group, rows in cut.shown for row in rows]
    assert shown == [row for _place, _group, rows in whole for row in rows]
    assert all(sum(len(rows) for _p, _g, rows in cut.shown) <= PER_PAGE for cut in pages)
    for cut in pages:
        numbers = [row.card.number for _place, _group, rows in cut.shown for row in rows]
        assert (numbers[0], numbers[-1]) == (cut.first, cut.last)
        for place, group, _rows in cut.shown:
            assert len(group.rows) == sizes[place - 1], "the totals are those of the whole block"
    for place, _group, page in pages[0].begins:
        assert any(one == place for one, _group, _rows in pages[page - 1].shown)


def test_a_page_beyond_the_last_shows_the_last():
    cut = Cut(parts([150]), 9)
    assert (cut.page, cut.pages, cut.first, cut.last) == (2, 2, 101, 150)
    assert Cut(parts([150]), 0).page == 1


def test_a_list_of_a_ward_is_one_page():
    board = campaign_board.board(date(2024, 10, 15))
    cut = Cut([(place, one, one.rows) for place, one in enumerate(board.blocks, 1)], 1)
    assert (cut.pages, cut.total) == (1, 24)
    assert [place for place, _rows in groupby(cut.shown, key=lambda part: part[0])] == [1, 2, 3, 4]


def test_nothing_is_one_empty_page():
    cut = Cut([], 1)
    assert (cut.pages, cut.total, cut.shown) == (1, 0, [])

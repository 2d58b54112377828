"""Two people's changes of one row: what meets, what clashes, and that nobody's words are overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from pledges.core.forms.cells import Clash, changed, merged
from pledges.core.forms.conflicts import MINE, THEIRS

NAMES = ("title", "product", "due_on")
ROWS = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from(["", "a", "b", "c"])))
SIDES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([MINE, THEIRS]))
WAS = {"title": "Cũ", "product": "", "due_on": "1/12/2024"}


def test_changes_of_different_cells_meet():
    both = merged(WAS, {**WAS, "title": "Của tôi"}, {**WAS, "due_on": "2/12/2024"}, {})
    assert both.cells == {"title": "Của tôi", "product": "", "due_on": "2/12/2024"}
    assert both.clashes == ()


def test_a_cell_that_both_changed_clashes_and_holds_mine():
    both = merged(WAS, {**WAS, "title": "Của tôi"}, {**WAS, "title": "Của người kia"}, {})
    assert both.cells["title"] == "Của tôi"
    assert both.clashes == (Clash("title", "Cũ", "Của tôi", "Của người kia"),)


def test_the_same_change_is_no_clash():
    now = {**WAS, "title": "Mới"}
    assert merged(WAS, now, now, {}).clashes == ()


def test_a_choice_ends_the_clash():
    mine, theirs = {**WAS, "title": "Của tôi"}, {**WAS, "title": "Của người kia"}
    for side, words in ((MINE, "Của tôi"), (THEIRS, "Của người kia")):
        both = merged(WAS, mine, theirs, {"title": side})
        assert (both.cells["title"], both.clashes) == (words, ())


@given(was=ROWS, mine=ROWS, theirs=ROWS)
def test_nobody_s_change_is_lost_without_a_choice(
    was: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
):
    both = merged(was, mine, theirs, {})
    waiting = {clash.name for clash in both.clashes}
    for name in changed(was, theirs) - waiting:
        assert both.cells[name] == theirs[name]
    for name in changed(was, mine):
        assert both.cells[name] == mine[name]


@given(was=ROWS, mine=ROWS, theirs=ROWS, chosen=SIDES)
def test_a_row_untouched_by_me_says_what_the_other_made_of_it(
    was: dict[str, str], mine: dict[str, str], theirs: dict[str, str], chosen: dict[str, str]
):
    assert merged(was, was, theirs, {}).cells == theirs
    both = merged(was, mine, theirs, chosen)
    assert all(both.cells[name] in {mine[name], theirs[name]} for name in NAMES)
    assert {clash.name for clash in both.clashes}.isdisjoint(chosen)

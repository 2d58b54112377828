"""Going through what waits, one after the other."""

from pledges.core.neighbours import Neighbours, neighbours


def test_each_knows_its_place_and_the_way_on():
    ids = [7, 3, 9]
    assert neighbours(ids, 7) == Neighbours(1, 3, None, 3, 3)
    assert neighbours(ids, 3) == Neighbours(2, 3, 7, 9, 9)
    assert neighbours(ids, 9) == Neighbours(3, 3, 3, None, 7), "after the last the first"


def test_the_only_one_leads_nowhere():
    found = neighbours([7], 7)
    assert found == Neighbours(1, 1, None, None, None)
    assert found is not None
    assert found.left == 0


def test_what_does_not_wait_has_no_place():
    assert neighbours([7, 3], 9) is None

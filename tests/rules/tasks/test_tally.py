"""How a count of registered tasks reads, on every page and paper."""

import pytest

from pledges.tasks.tally import Tally


@pytest.mark.parametrize(
    ("registered", "expected", "words"),
    [
        (0, 24, "0/24"),
        (23, 24, "23/24"),
        (24, 24, "24/24"),
        (25, 24, "24/24 và 01 đăng ký bổ sung"),
        (36, 24, "24/24 và 12 đăng ký bổ sung"),
        (23, 0, "23"),
        (0, 0, "0"),
    ],
)
def test_what_was_added_is_said_apart(registered: int, expected: int, words: str):
    tally = Tally(registered, expected)
    assert tally.words == words
    assert tally.counted + tally.added == registered

"""What weights come to, in words."""

from decimal import Decimal

import pytest

from pledges.tasks.weights import weights_told

SHARES = "chỉ tiêu 1 chiếm 40%, chỉ tiêu 2 chiếm 40% và chỉ tiêu 3 chiếm 20% kết quả của phần việc."


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ("2 1", "Trọng số 2 và 1: chỉ tiêu 1 chiếm 67% và chỉ tiêu 2 chiếm 33% kết quả của phần việc."),
        ("2 2 1", "Trọng số 2, 2 và 1: " + SHARES),
        ("0.5 1", "Trọng số 0,5 và 1: chỉ tiêu 1 chiếm 33% và chỉ tiêu 2 chiếm 67% kết quả của phần việc."),
        ("1 1", ""),
        ("3", ""),
        ("", ""),
        ("0 1", ""),
        ("-1 1", ""),
    ],
)
def test_shares_are_told_where_weights_differ(weights: str, words: str):
    assert weights_told([Decimal(one) for one in weights.split()]) == words

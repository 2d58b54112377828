"""Trọng số: what the weights of a task's indicators come to, told where they differ."""

from collections.abc import Sequence
from decimal import Decimal

from pledges.core.numbers import format_number, format_percent


def weights_told(weights: Sequence[Decimal]) -> str:
    """What each indicator counts for, in words; empty where all count the same.

    Weights are relative: they need not add up to anything, so that "60 và 30" is 67% and 33%.
    """
    whole = sum(weights)
    if len(set(weights)) < 2 or min(weights) <= 0:  # noqa: PLR2004 - all the same, or not weights yet
        return ""
    figures = _listed([format_number(weight) for weight in weights])
    shares = _listed(
        [
            f"chỉ tiêu {number} chiếm {format_percent(weight / whole)}"
            for number, weight in enumerate(weights, 1)
        ]
    )
    return f"Trọng số {figures}: {shares} kết quả của phần việc."


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} và {words[-1]}"

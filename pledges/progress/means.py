"""Means over tasks: of a block, a unit or a campaign. Source: DOMAIN section 3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pledges.progress.rules import Standing
from pledges.progress.states import TaskState


@dataclass(frozen=True)
class Mean:
    """The plain mean over tasks that aren't cancelled, with the counts that explain it."""

    progress: Fraction | None
    expected: Fraction | None
    tasks: int
    with_figures: int


def mean_of(standings: Iterable[Standing]) -> Mean:
    """Progress and expectation of a block, unit or campaign; a task of which nothing counts yet is not averaged."""
    alive = [one for one in standings if one.state is not TaskState.CANCELLED]
    measured = [one for one in alive if one.progress is not None and one.expected is not None]
    return Mean(
        progress=_plain_mean([one.progress for one in measured if one.progress is not None]),
        expected=_plain_mean([one.expected for one in measured if one.expected is not None]),
        tasks=len(alive),
        with_figures=sum(one.has_figures for one in alive),
    )


def _plain_mean(shares: Sequence[Fraction]) -> Fraction | None:
    return sum(shares, Fraction(0)) / len(shares) if shares else None

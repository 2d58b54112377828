"""Phần việc chung: the tasks of several units under one name, side by side. Plain Python."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from pledges.core.text import fold, sort_key
from pledges.overview.board import Board
from pledges.overview.rules import Row
from pledges.progress.rules import IndicatorPlan, IndicatorStanding
from pledges.tasks.rules import Direction


@dataclass(frozen=True)
class Sum:
    """An indicator that several tasks measure alike, added up; `silent` tasks have reported nothing of it."""

    plan: IndicatorPlan
    reached: Decimal
    target: Decimal
    units: int
    silent: int

    @property
    def share(self) -> Fraction | None:
        """The share of all targets that was reached; None where there is nothing to reach."""
        return Fraction(self.reached) / Fraction(self.target) if self.target else None


@dataclass(frozen=True)
class Common:
    """A common task; `part` is the board of its tasks."""

    title: str
    part: Board

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its tasks, in the order of the official list."""
        return self.part.rows

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """What can be added up: what two tasks at least count from nothing on, by the same name and measure."""
        alike: dict[tuple[str, str], list[IndicatorStanding]] = defaultdict(list)
        for one in self._counted():
            alike[fold(one.plan.label), fold(one.plan.measure)].append(one)
        return tuple(_sum(found) for found in alike.values() if len(found) > 1)

    def _counted(self) -> Iterator[IndicatorStanding]:
        for row in self.rows:
            if not row.cancelled:
                yield from (one for one in row.standing.indicators if _adds_up(one.plan))


def _adds_up(plan: IndicatorPlan) -> bool:
    return plan.accumulates and plan.direction is Direction.UP and not plan.baseline


def _sum(found: list[IndicatorStanding]) -> Sum:
    return Sum(
        plan=found[0].plan,
        reached=sum((one.value for one in found if one.value is not None), Decimal(0)),
        target=sum((one.plan.target for one in found), Decimal(0)),
        units=len(found),
        silent=sum(one.value is None for one in found),
    )


def commons_of(board: Board) -> tuple[Common, ...]:
    """The common tasks of a board, in the order of their names."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in board.rows:
        if row.card.common:
            rows[row.card.common].append(row)
    return tuple(Common(title, board.part(rows[title])) for title in sorted(rows, key=sort_key))

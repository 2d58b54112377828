"""So sánh hai ngày: what became of each task between two boards of one reader. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from pledges.overview.board import Board
from pledges.overview.rules import ObstacleFacts, Row
from pledges.progress.states import TaskState


@dataclass(frozen=True)
class Change:
    """A task on the later day, and as it stood on the earlier one; None where it was not in the list yet."""

    now: Row
    was: Row | None

    @property
    def new(self) -> bool:
        """Whether the task came into the list between the days."""
        return self.was is None

    @property
    def turned(self) -> bool:
        """Whether the state is another."""
        return self.was is not None and self.was.state is not self.now.state

    @property
    def worse(self) -> bool:
        """Whether the state asks for more attention than before."""
        return self.turned and self.state_was is not None and self.now.state.gravity < self.state_was.gravity

    @property
    def state_was(self) -> TaskState | None:
        """The state on the earlier day."""
        return self.was.state if self.was is not None else None

    @property
    def gained(self) -> Fraction | None:
        """By how much the progress grew, as a share of the whole; None where one of the days has none."""
        if self.was is None or self.was.standing.progress is None or self.now.standing.progress is None:
            return None
        return self.now.standing.progress - self.was.standing.progress

    @property
    def changed(self) -> bool:
        """Whether anything of the standing is another: the state, the progress, or that it stands in the list."""
        return self.new or self.turned or self.gained not in {None, 0}


@dataclass(frozen=True)
class Comparison:
    """Two boards of one campaign and one reader, the earlier first."""

    earlier: Board
    later: Board

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every task of the later board, in its order."""
        known = {row.card.id: row for row in self.earlier.rows}
        return tuple(Change(row, known.get(row.card.id)) for row in self.later.rows)

    @cached_property
    def changed(self) -> tuple[Change, ...]:
        """Those of which something changed, what got worse first, the gravest of it first."""
        found = [one for one in self.changes if one.changed]
        return tuple(
            sorted(found, key=lambda one: (not one.worse, one.now.state.gravity, one.now.card.number))
        )

    @cached_property
    def raised(self) -> tuple[ObstacleFacts, ...]:
        """The obstacles that wait on the later day and did not on the earlier one."""
        return _besides(self.later.obstacles, self.earlier.obstacles)

    @cached_property
    def settled(self) -> tuple[ObstacleFacts, ...]:
        """The obstacles that waited on the earlier day and don't any more."""
        return _besides(self.earlier.obstacles, self.later.obstacles)


def _besides(these: Iterable[ObstacleFacts], those: Iterable[ObstacleFacts]) -> tuple[ObstacleFacts, ...]:
    known = {one.id for one in those}
    return tuple(one for one in these if one.id not in known)

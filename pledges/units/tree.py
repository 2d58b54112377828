"""The tree of units as a list: each unit under the one above it, in the order of the official list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_sqlalchemy.pagination import Pagination

from pledges.units.models import Unit


@dataclass(frozen=True)
class Line:
    """One unit of the tree: how deep below the first it stands, and whether it is at work on the day."""

    unit: Unit
    depth: int
    alive: bool


def lines(units: Iterable[Unit], day: date) -> list[Line]:
    """The units in the order of the tree; one whose upper unit is not among them begins a tree of its own."""
    present = {unit.id: unit for unit in units}
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(present.values(), key=_order):
        below[unit.parent_id if unit.parent_id in present else None].append(unit)
    found: list[Line] = []
    waiting = [(unit, 0) for unit in reversed(below[None])]
    while waiting:
        unit, depth = waiting.pop()
        found.append(Line(unit, depth, unit.alive(day)))
        waiting += [(one, depth + 1) for one in reversed(below[unit.id])]
    return found


def by_name(units: Iterable[Unit], day: date) -> list[Line]:
    """The units in the order of their names, each for itself."""
    named = sorted(units, key=lambda unit: (unit.name_sort, unit.id))
    return [Line(unit, 0, unit.alive(day)) for unit in named]


def _order(unit: Unit) -> tuple[int, str, int]:
    return unit.position, unit.name_sort, unit.id


class Cut(Pagination):
    """One page of a list that is at hand whole."""

    def __init__(self, whole: Sequence[Any], per_page: int) -> None:
        self._whole = whole
        super().__init__(per_page=per_page, max_per_page=per_page, error_out=True)

    def _query_items(self) -> list[Any]:
        first = (self.page - 1) * self.per_page
        return list(self._whole[first : first + self.per_page])

    def _query_count(self) -> int:
        return len(self._whole)

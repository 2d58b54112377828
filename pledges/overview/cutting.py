"""A long list of tasks in pages: its blocks keep their totals, whatever part of them a page shows. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pledges.overview.rules import Group, Row

PER_PAGE = 100
"""So many tasks stand on a page: a ward's own list is never cut."""

Part = tuple[int, Group, Sequence[Row]]
"""The place of a block among the blocks, the block, and those of its rows that are shown."""


@dataclass(frozen=True)
class Cut:
    """The page of the parts that is asked for, from 1; beyond the last one the last is shown."""

    parts: Sequence[Part]
    asked: int

    @cached_property
    def total(self) -> int:
        """How many rows all pages have."""
        return sum(len(rows) for _place, _group, rows in self.parts)

    @cached_property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // PER_PAGE), 1)

    @cached_property
    def page(self) -> int:
        """The page that is shown."""
        return min(max(self.asked, 1), self.pages)

    @cached_property
    def first(self) -> int:
        """The number of its first row, from 1."""
        return (self.page - 1) * PER_PAGE + 1

    @cached_property
    def last(self) -> int:
        """The number of its last row."""
        return min(self.page * PER_PAGE, self.total)

    @cached_property
    def shown(self) -> list[Part]:
        """The parts of the page."""
        found, at = [], 0
        for place, group, rows in self.parts:
            here = rows[max(self.first - 1 - at, 0) : max(self.last - at, 0)]
            at += len(rows)
            if here:
                found.append((place, group, here))
        return found

    @cached_property
    def begins(self) -> list[tuple[int, Group, int]]:
        """Each block with its place and the page on which it begins."""
        found, at = [], 0
        for place, group, rows in self.parts:
            found.append((place, group, at // PER_PAGE + 1))
            at += len(rows)
        return found

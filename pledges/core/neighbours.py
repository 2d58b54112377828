"""Going through what waits, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Neighbours:
    """Where one of many stands: "2/6", and the ids of those before and after it, None at an end."""

    number: int
    total: int
    before: int | None
    after: int | None
    then: int | None
    """The one to go on with when this one is done: the next, after the last the first."""

    @property
    def left(self) -> int:
        """How many are left when this one is done."""
        return self.total - 1


def neighbours(ids: Sequence[int], here: int) -> Neighbours | None:
    """The neighbours of an id among others; None when it is not one of them."""
    if here not in ids:
        return None
    at = ids.index(here)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    first = ids[0] if at else None
    return Neighbours(at + 1, len(ids), before, after, after if after is not None else first)

"""Titles close to another among many: the rule is asked only of those that share enough runs of three letters."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from pledges.tasks.lists import Alike
from pledges.tasks.rules import titles_close

_RUN: Final = 3
_SHARED: Final = 0.4
"""Titles that are close share far more of the shorter one's runs; a list of 500 would else be compared for seconds."""


class Titles:
    """Folded titles, each with what is told of it."""

    def __init__(self) -> None:
        self._titles: list[tuple[str, int, Alike]] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, folded: str, told: Alike) -> None:
        """Take in one more."""
        runs = _runs(folded)
        for run in runs:
            self._places[run].append(len(self._titles))
        self._titles.append((folded, len(runs), told))

    def close_to(self, folded: str) -> Iterator[Alike]:
        """Those that may name the same work, in the order in which they were added."""
        shared: Counter[int] = Counter()
        runs = _runs(folded)
        for run in runs:
            shared.update(self._places.get(run, ()))
        for place, count in sorted(shared.items()):
            other, size, told = self._titles[place]
            if count >= _SHARED * min(len(runs), size) and titles_close(folded, other):
                yield told


def _runs(folded: str) -> frozenset[str]:
    padded = f" {folded} "
    return frozenset(padded[at : at + _RUN] for at in range(max(len(padded) - _RUN + 1, 1)))

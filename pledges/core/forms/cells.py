"""Rows of a table that several people edit at once: what two made of one row, cell by cell.

What `conflicts` is for the form of one record, for many records in one form: a row carries what each of its cells
said when it was shown. A cell that only one of the two changed goes with the change; a cell that both changed, and
not to the same, is a clash: mine stays in the cell, the other's stands beside it, and neither is written before the
reader has chosen. A choice holds for the words of the other's that were in sight, and for no later ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pledges.core.forms.conflicts import MINE, THEIRS

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Clash:
    """A cell that both changed: what stood there first, what I typed, and what the other made of it."""

    name: str
    was: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """A row with both people's changes; where they clash, the cell holds mine until one is chosen."""

    cells: Cells
    clashes: tuple[Clash, ...]


def changed(was: Cells, now: Cells) -> frozenset[str]:
    """The cells that say something else than before."""
    return frozenset(name for name in now if now[name] != was.get(name, ""))


def merged(was: Cells, mine: Cells, theirs: Cells, chosen: Cells) -> Merged:
    """The row as both want it; `chosen` is the side taken by name, where the other's present words were in sight."""
    my_changes, their_changes = changed(was, mine), changed(was, theirs)
    cells, clashes = {}, []
    for name, text in mine.items():
        side = chosen.get(name)
        both = name in my_changes and name in their_changes and text != theirs[name]
        if side == THEIRS or (name in their_changes and name not in my_changes):
            cells[name] = theirs[name]
            continue
        cells[name] = text
        if both and side != MINE:
            clashes.append(Clash(name, was.get(name, ""), text, theirs[name]))
    return Merged(cells, tuple(clashes))

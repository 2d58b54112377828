"""How many pages a paper has: drawn once, then remembered."""

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from pledges.documents.pdf.draw import pages_of
from pledges.documents.sheets.paper import Sheet

REMEMBERED = 1000


@dataclass
class PageCounts:
    """The counts of the papers asked for last; a paper that says anything else is another one."""

    _known: OrderedDict[int, int] = field(default_factory=OrderedDict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def of(self, sheet: Sheet, fonts: Path | None) -> int:
        """The number of pages of a sheet; raises as `draw` does."""
        key = hash(sheet)
        with self._one_at_a_time:
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = pages_of(sheet, fonts)
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
        return known

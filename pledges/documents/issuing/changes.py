"""What two papers say differently, part by part: passages with their words, tables with their rows and cells."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words, and what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Đoạn: its words with their marks; one without a change says the same in both."""

    words: tuple[Words, ...]

    @property
    def changed(self) -> bool:
        """Whether the two say it differently."""
        return any(one.mark is not Mark.SAME for one in self.words)

    @property
    def label(self) -> str:
        """What became of the whole of it."""
        marks = {one.mark for one in self.words if one.text.strip()}
        if marks == {Mark.ADDED}:
            return "Thêm"
        return "Bỏ" if marks == {Mark.DROPPED} else "Sửa"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs: the row it stands in, the title of its column, and what the two say."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TableChanges:
    """Bảng, biểu đồ: its cells that differ, the rows that came and those that went; `title` says what it is."""

    title: str
    cells: tuple[CellChange, ...]
    added: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def by_row(self) -> list[tuple[str, list[CellChange]]]:
        """The cells that differ, row by row."""
        return [(row, list(cells)) for row, cells in groupby(self.cells, key=lambda one: one.row)]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return bool(self.cells or self.added or self.dropped)


@dataclass(frozen=True, slots=True)
class Part:
    """Phần của văn bản: what stands below one heading."""

    title: str
    items: tuple[Passage | TableChanges, ...]

    @property
    def changed(self) -> tuple[Passage | TableChanges, ...]:
        """What of it differs."""
        return tuple(one for one in self.items if one.changed)


@dataclass(frozen=True, slots=True)
class Differences:
    """All parts of both papers, in the order of the later one."""

    parts: tuple[Part, ...]

    @property
    def changed(self) -> tuple[Part, ...]:
        """The parts in which something differs."""
        return tuple(part for part in self.parts if part.changed)

    @property
    def counts(self) -> dict[str, int]:
        """How many passages were changed, added and dropped, and how much of the tables."""
        found: Counter[str] = Counter()
        for part in self.changed:
            for one in part.changed:
                if isinstance(one, Passage):
                    found[{"Thêm": "đoạn thêm", "Bỏ": "đoạn bỏ"}.get(one.label, "đoạn sửa")] += 1
                else:
                    found["ô bảng khác"] += len(one.cells)
                    found["hàng thêm"] += len(one.added)
                    found["hàng bỏ"] += len(one.dropped)
        return {name: number for name, number in found.items() if number}

"""What would come of an uploaded list: line by line what is new, changed, the same, wrong or asked about."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

from pledges.audit.rules import canonical
from pledges.core.workbooks.letters import Suspect
from pledges.tasks.entries import PLAIN, TaskEntry
from pledges.tasks.importing.questions import Asked
from pledges.tasks.models import Task
from pledges.tasks.parts import Change
from pledges.tasks.rows.cells import shown
from pledges.tasks.rows.columns import COLUMNS, heading
from pledges.tasks.rows.lines import Fault, Note, TaskLine


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    BAD = "bad"
    ASKED = "asked"

    @property
    def label(self) -> str:
        """What becomes of it, in words."""
        return _FATES[self][0]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return _FATES[self][1]


_FATES = {
    Fate.NEW: ("Ghi mới", "good"),
    Fate.CHANGED: ("Sửa", "sent"),
    Fate.SAME: ("Không đổi", "draft"),
    Fate.LEFT: ("Bỏ qua", "draft"),
    Fate.BAD: ("Có lỗi", "back"),
    Fate.ASKED: ("Chờ trả lời", "sent"),
}


_ORDER = {column.key: place for place, column in enumerate(COLUMNS)}
_LONGEST_SAID = 120


@dataclass(frozen=True)
class PlannedLine:
    """A line of the list, and what would come of it.

    `changes` tells before and after for a task that is there already, `lacking` what must be added before it is sent
    to the leaders; `asks_paper` says that it is entered for another unit (nhập thay): for whom, from what?
    """

    line: TaskLine
    fate: Fate
    entry: TaskEntry | None = None
    task: Task | None = None
    faults: tuple[Fault, ...] = ()
    lacking: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    asks_paper: bool = False

    @property
    def row(self) -> int:
        """Its row in the sheet."""
        return self.line.row

    @property
    def title(self) -> str:
        """Its title as the cell has it."""
        return self.entry.title if self.entry else shown(self.line.cells.get("title"))

    @property
    def told(self) -> list[tuple[int, str, str, str]]:
        """Its faults in the order of the sheet: row, heading, what the cell says, what is wrong."""
        cells = {part.row: part.cells for part in reversed(self.line.parts)}
        cells[self.row] = {**(self.line.indicators[0].cells if self._beside else {}), **self.line.cells}
        told = []
        for fault in sorted(self.faults, key=lambda one: (one.row, _ORDER[one.column])):
            said = shown(cells.get(fault.row, {}).get(fault.column))
            told.append((fault.row, heading(fault.column), _short(said), _without(said, fault.words)))
        return told

    @property
    def _beside(self) -> bool:
        """Whether its first indicator stands in its own row."""
        return bool(self.line.indicators) and self.line.indicators[0].row == self.row


def _short(said: str) -> str:
    return said if len(said) <= _LONGEST_SAID else f"{said[:_LONGEST_SAID]}…"


def _without(said: str, words: str) -> str:
    """What is wrong with a cell, without what the cell says: that stands beside."""
    rest = words.removeprefix(f"“{said}”: ")
    return rest[:1].upper() + rest[1:]


@dataclass(frozen=True)
class Plan:
    """Everything about an uploaded list as it stands now.

    `sheet` is None while it must be chosen among `sheet_names`. `suspects` are the cells in an old encoding; while
    `fonts_open`, nothing else is read. `faults` are those of the sheet as a whole.
    """

    sheet_names: tuple[str, ...]
    sheet: str | None
    suspects: tuple[Suspect, ...] = ()
    fonts_open: bool = False
    lines: tuple[PlannedLine, ...] = ()
    asked: tuple[Asked, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
    unknown_headings: tuple[str, ...] = ()
    composed: int = 0
    _seed: str = field(default="", repr=False)

    def _of(self, fate: Fate) -> list[PlannedLine]:
        return [line for line in self.lines if line.fate is fate]

    @cached_property
    def new(self) -> list[PlannedLine]:
        """The lines that make a task."""
        return self._of(Fate.NEW)

    @cached_property
    def changed(self) -> list[PlannedLine]:
        """The lines that change a task."""
        return self._of(Fate.CHANGED)

    @cached_property
    def same(self) -> list[PlannedLine]:
        """The lines that say what a task says already."""
        return self._of(Fate.SAME)

    @cached_property
    def left(self) -> list[PlannedLine]:
        """The lines that are left out, as was answered."""
        return self._of(Fate.LEFT)

    @cached_property
    def bad(self) -> list[PlannedLine]:
        """The lines with faults."""
        return self._of(Fate.BAD)

    @cached_property
    def waiting(self) -> list[PlannedLine]:
        """The lines with questions and no faults."""
        return self._of(Fate.ASKED)

    @cached_property
    def written(self) -> list[PlannedLine]:
        """The lines that would be written, in the order of the sheet."""
        return [line for line in self.lines if line.fate in {Fate.NEW, Fate.CHANGED}]

    @cached_property
    def untouched(self) -> list[PlannedLine]:
        """The lines that could be read and would not be written, in the order of the sheet."""
        return [line for line in self.lines if line.fate in {Fate.SAME, Fate.LEFT}]

    @property
    def lacking(self) -> int:
        """How many of the tasks that would be written need more before they are sent to the leaders."""
        return sum(bool(line.lacking) for line in self.written)

    @property
    def open_questions(self) -> list[Asked]:
        """The questions without an answer."""
        return [one for one in self.asked if one.answer is None]

    @property
    def undecided(self) -> bool:
        """Whether the sheet or the fonts must be decided before anything is read."""
        return self.sheet is None or self.fonts_open

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong or open."""
        return not (self.undecided or self.faults or self.bad or self.waiting or self.open_questions)

    @property
    def ready(self) -> bool:
        """Whether it can be written, and there is something to write."""
        return self.clean and bool(self.written)

    @property
    def behalf(self) -> bool:
        """Whether something would be written for another unit (nhập thay)."""
        return any(line.asks_paper for line in self.written)

    @property
    def act(self) -> str:
        """What writing would do: "Ghi 20 phần việc mới, sửa 2 phần việc"."""
        return act_words("Ghi", len(self.new), "sửa", len(self.changed))

    @property
    def summary(self) -> str:
        """The counts: "24 phần việc: 20 mới, 2 sẽ sửa, 2 không đổi; 3 dòng có lỗi"."""
        good = [
            f"{len(lines)} {words}"
            for lines, words in (
                (self.new, "mới"),
                (self.changed, "sẽ sửa"),
                (self.same, "không đổi"),
                (self.left, "bỏ qua"),
            )
            if lines
        ]
        rest = [
            f"{len(lines)} {words}"
            for lines, words in ((self.bad, "có lỗi"), (self.waiting, "chờ trả lời"))
            if lines
        ]
        said = "; ".join(filter(None, (", ".join(good), ", ".join(rest))))
        return f"{len(self.lines)} phần việc: {said}" if said else f"{len(self.lines)} phần việc"

    @cached_property
    def digest(self) -> str:
        """What stands for all that would be written, and what it was held against: another plan, another digest."""
        said = [
            [
                line.row,
                line.fate.value,
                [line.task.id, line.task.version] if line.task else None,
                facts_of_entry(line.entry) if line.entry else None,
            ]
            for line in self.lines
        ]
        return sha256((self._seed + canonical({"lines": said})).encode()).hexdigest()


def act_words(write: str, new: int, change: str, changed: int) -> str:
    """What is done to how many tasks: "Ghi 20 phần việc mới, sửa 2 phần việc"."""
    parts = [f"{write} {new} phần việc mới"] if new else []
    parts += [f"{change} {changed} phần việc"] if changed else []
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def facts_of_entry(entry: TaskEntry) -> dict[str, Any]:
    """What is entered of a task, as the log keeps what it says."""
    indicators = []
    for one in entry.indicators:
        said = dict(one.__dict__)
        said["milestones"] = [{"on": on, "value": value} for on, value in one.milestones]
        indicators.append(said)
    return {name: getattr(entry, name) for name in PLAIN} | {
        "lead_unit": entry.lead_unit.code,
        "cooperating": [unit.code for unit in entry.cooperating],
        "movement": entry.movement.name if entry.movement else None,
        "indicators": indicators,
    }

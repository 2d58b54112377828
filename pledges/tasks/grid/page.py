"""The grid as its page shows it: lines of cells, with what was said about each beside it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.core.dates import format_instant
from pledges.core.forms.cells import Clash
from pledges.tasks.grid.judging import Judged, editable, texts_of
from pledges.tasks.grid.sent import TYPED, Shown, name
from pledges.tasks.models import Task
from pledges.tasks.rows.columns import Column
from pledges.tasks.rows.findings import Choice
from pledges.tasks.rows.known import Known

_FACTS = {"lead": "lead_unit"}
"""What the log calls a column, where it has another name."""

MOST_LISTED = 30
"""How many faults the summary lists; the rest are found in the rows."""


@dataclass(frozen=True)
class Asked:
    """A question beside a cell: the name of its field, its words, and what was answered last time."""

    name: str
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Cell:
    """A cell: what stands in it, what is wrong, what is asked, and what another made of it (`who`, and when)."""

    name: str
    column: Column
    text: str
    faults: Sequence[str] = ()
    asked: tuple[Asked, ...] = ()
    clash: Clash | None = None
    who: str = ""

    @property
    def marked(self) -> bool:
        """Whether something is said about it."""
        return bool(self.faults or self.asked or self.clash)

    def sayings(self) -> Iterator[str]:
        """All that is said about it, in words."""
        yield from self.faults
        yield from (one.words for one in self.asked)
        if self.clash is not None:
            yield "Đồng chí và người khác cùng sửa ô này."


@dataclass(frozen=True)
class Line:
    """A line of the grid: `number` names its fields, `line` is what people see; `shown` travels with it."""

    number: int
    line: int
    cells: tuple[Cell, ...]
    task: Task | None = None
    shown: str = ""
    closed: bool = False
    unsaved: bool = False

    @property
    def id(self) -> str:
        """The id of what names the line to a screen reader."""
        return f"r{self.number}"


def lines(
    session: Session,
    known: Known,
    tasks: Sequence[Task],
    rest: Sequence[Judged],
    *,
    first: int = 1,
    blank: int = 0,
) -> list[Line]:
    """The lines of a page: these tasks, what was not saved in their places, and blank lines for new ones.

    What was not saved of tasks that are not on the page stands above, what is new below.
    """
    of_task = {row.task.id: row for row in rest if row.task is not None}
    here = {task.id for task in tasks}
    lost = [row for row in rest if row.task is None and not row.sent.is_new]
    elsewhere = [row for number, row in of_task.items() if number not in here]
    items: list[Task | Judged | None] = [*lost, *elsewhere]
    items += [of_task.get(task.id, task) for task in tasks]
    items += [row for row in rest if row.sent.is_new]
    items += [None] * blank
    who = _changed_by(session, rest)
    return [_line(item, number, first + number, known, who) for number, item in enumerate(items)]


def said(all_lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Everything that is wrong or asked, line by line: the id of the cell, and the words."""
    return [
        (cell.name, f"Dòng {line.line}, {cell.column.heading}: {words}")
        for line in all_lines
        for cell in line.cells
        for words in cell.sayings()
    ]


def blank_line() -> Line:
    """A blank line for the page's script to copy, with gaps for its numbers."""
    cells = tuple(Cell(f"r__row__-{column.key}", column, "") for column in TYPED)
    return Line(0, 0, cells)


Who = Mapping[tuple[int, str], str]


def _line(item: Task | Judged | None, number: int, line: int, known: Known, who: Who) -> Line:
    if item is None:
        return Line(number, line, tuple(_plain(number, {})))
    if isinstance(item, Judged):
        return _unsaved(item, number, line, who)
    texts = texts_of(item, known)
    closed = not editable(item, known)
    shown = "" if closed else Shown(task_id=item.id, version=item.version, cells=texts).written()
    return Line(number, line, tuple(_plain(number, texts)), item, shown, closed)


def _plain(number: int, texts: Mapping[str, str]) -> Iterator[Cell]:
    for column in TYPED:
        yield Cell(name(number, column.key), column, texts.get(column.key, ""))


def _unsaved(row: Judged, number: int, line: int, who: Who) -> Line:
    clashes = {clash.name: clash for clash in row.clashes}
    asked = [
        (question.column, Asked(name(number, f"answer-{position}"), question.words, question.choices))
        for position, question in enumerate(row.questions)
    ]
    task_id = row.task.id if row.task is not None else 0
    cells = tuple(
        Cell(
            name(number, column.key),
            column,
            row.cells[column.key],
            row.faults.get(column.key, ()),
            tuple(one for key, one in asked if key == column.key),
            clashes.get(column.key),
            who.get((task_id, column.key), "") if column.key in clashes else "",
        )
        for column in TYPED
    )
    return Line(number, line, cells, row.task, row.shown.written(), unsaved=True)


def _changed_by(session: Session, rows: Iterable[Judged]) -> Who:
    """Who changed the cells that clash last, and when: "Lê Văn Bình, 16:42 ngày 15/10/2024"."""
    clashing = {row.task.id: row for row in rows if row.task is not None and row.clashes}
    if not clashing:
        return {}
    found: dict[tuple[int, str], str] = {}
    for entry in session.scalars(_entries(clashing)):
        changed = json.loads(entry.after)
        for clash in clashing[entry.subject_id].clashes:
            if _FACTS.get(clash.name, clash.name) in changed:
                found[entry.subject_id, clash.name] = f"{entry.actor_name}, {format_instant(entry.at)}"
    return found


def _entries(task_ids: Iterable[int]) -> Select[LogEntry]:
    return (
        select(LogEntry)
        .where(LogEntry.subject_kind == Task.__tablename__, LogEntry.subject_id.in_(sorted(task_ids)))
        .order_by(LogEntry.number)
    )

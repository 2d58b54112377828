"""Reading an uploaded list against the tasks that are there now: the plan of what would be written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.rules import plain
from pledges.core.text import fold
from pledges.core.workbooks.letters import modernised, suspects
from pledges.core.workbooks.sheets import Sheet
from pledges.tasks.behalf import asks_paper
from pledges.tasks.importing.content import unpacked
from pledges.tasks.importing.foreign import LEAVE_OUT, folded
from pledges.tasks.importing.models import TaskImport
from pledges.tasks.importing.plan import Fate, Plan, PlannedLine, facts_of_entry
from pledges.tasks.importing.questions import grouped
from pledges.tasks.importing.reading import STATUS_HEADING, lists_in
from pledges.tasks.models import Task
from pledges.tasks.parts import Change, changes, facts_of, unit_names
from pledges.tasks.rows.cells import shown
from pledges.tasks.rows.columns import COLUMNS, heading
from pledges.tasks.rows.findings import Choice, Question, key_of
from pledges.tasks.rows.known import Known, known_of
from pledges.tasks.rows.lines import TaskLine
from pledges.tasks.rows.readings import Reading, read
from pledges.tasks.rows.sheets import lines_of
from pledges.tasks.rows.writing import cells_of, completed
from pledges.tasks.rules import TaskPart, TaskStatus

SAME_ONE: Final = "same"
ANOTHER: Final = "new"
_NOT_OBEYED: Final = frozenset({"number", "code"})
_MOST_TURNS: Final = 6
"""Questions that follow from one another in one line."""


def plan_of(session: Session, upload: TaskImport, actor: Actor) -> Plan:
    """What would come of the list now, as far as it is decided."""
    sheets = lists_in(unpacked(upload.content))
    names = tuple(sheet.name for sheet in sheets)
    chosen = next((sheet for sheet in sheets if sheet.name == upload.sheet), None)
    if chosen is None and len(sheets) == 1:
        chosen = sheets[0]
    if chosen is None:
        return Plan(names, None)
    strange = tuple(suspects(chosen))
    if strange and upload.converted is None:
        return Plan(names, chosen.name, strange, fonts_open=True)
    sheet = modernised(chosen) if strange and upload.converted else chosen
    known = known_of(session, actor, upload.campaign)
    planner = _Planner(actor, known, upload.answered)
    return planner.plan(sheet, Plan(names, chosen.name, strange, _seed=f"{upload.id}.{upload.version}"))


@dataclass
class _Planner:
    """The lines one after the other; what one says may make the next a double."""

    actor: Actor
    known: Known
    answers: Mapping[str, str]
    questions: list[Question] = field(default_factory=list)
    _named: set[int] = field(default_factory=set)
    _there: dict[tuple[int, str], Task] = field(default_factory=dict)
    _in_file: dict[tuple[int, str], int] = field(default_factory=dict)

    def plan(self, sheet: Sheet, begun: Plan) -> Plan:
        """The plan of a sheet."""
        lines = lines_of(sheet)
        codes = {str(line.cells.get("code") or "") for line in lines.lines}
        for task in self.known.tasks.values():
            if task.status is not TaskStatus.CANCELLED and str(task.id) not in codes:
                self._there.setdefault((task.lead_unit_id, task.title_fold), task)
        planned = [self._papered(self._planned(line)) for line in lines.lines]
        told = folded(planned, self.questions, self.known, self.answers)
        return replace(
            begun,
            lines=tuple(told.lines),
            asked=grouped(told.questions, self.answers),
            faults=lines.faults,
            notes=lines.notes,
            unknown_headings=tuple(one for one in lines.unknown_headings if one != STATUS_HEADING),
            composed=sheet.composed,
        )

    def _papered(self, line: PlannedLine) -> PlannedLine:
        """The line, with whether it is written for another unit."""
        if line.entry is None or not asks_paper(self.actor, line.entry.lead_unit, line.task):
            return line
        return replace(line, asks_paper=True)

    def _planned(self, line: TaskLine) -> PlannedLine:
        reading = self._read(line)
        if reading.entry is None:
            return self._unread(line, reading)
        key = reading.entry.lead_unit.id, fold(reading.entry.title)
        before, task = self._in_file.get(key), self._there.get(key)
        self._in_file.setdefault(key, line.row)
        if reading.task is not None:
            return _known(line, reading)
        if before is not None:
            return self._double(line, reading, before)
        return self._there_already(line, reading, task) if task is not None else _new(line, reading)

    def _read(self, line: TaskLine) -> Reading:
        """The line with the answers that were given; all questions on the way are noted, the answered ones too."""
        given: dict[str, str] = {}
        for _turn in range(_MOST_TURNS):
            reading = read(line, self.known, given)
            self.questions += reading.questions
            further = {one.key: self.answers[one.key] for one in reading.questions if one.key in self.answers}
            if not further.keys() - given.keys():
                break
            given |= further
        return reading

    def _double(self, line: TaskLine, reading: Reading, before: int) -> PlannedLine:
        words = f"dòng {before} đã ghi phần việc cùng tên, cùng đơn vị này. Đồng chí muốn thế nào?"
        choices = (
            Choice(LEAVE_OUT, f"Ghi lặp: bỏ dòng {line.row}"),
            Choice(ANOTHER, "Là hai phần việc khác nhau: ghi cả hai"),
        )
        answer = self._ask(line, f"double {before}", words, choices)
        if answer == ANOTHER:
            return _new(line, reading)
        return _left(line, reading) if answer == LEAVE_OUT else PlannedLine(line, Fate.ASKED, reading.entry)

    def _there_already(self, line: TaskLine, reading: Reading, task: Task) -> PlannedLine:
        coded = replace(line, cells={**line.cells, "code": Decimal(task.id)})
        of_task = self._read(coded)
        if of_task.unchanged:
            return PlannedLine(line, Fate.SAME, of_task.entry, task)
        words = f"phần việc này đã có ({task.status.label.lower()}). Đồng chí muốn thế nào?"
        choices = (
            Choice(SAME_ONE, "Là phần việc đã có: sửa theo dòng này"),
            Choice(ANOTHER, "Là phần việc khác: ghi thêm phần việc mới"),
            Choice(LEAVE_OUT, "Bỏ dòng này, giữ phần việc đã có"),
        )
        answer = self._ask(line, f"task {task.id}", words, choices)
        if answer == SAME_ONE:
            return _known(coded, of_task) if of_task.entry else self._unread(coded, of_task)
        if answer == ANOTHER:
            return _new(line, reading)
        return _left(line, reading) if answer else PlannedLine(line, Fate.ASKED, reading.entry)

    def _unread(self, line: TaskLine, reading: Reading) -> PlannedLine:
        """A line with faults or questions; what is said of two of its cells is told once."""
        fate = Fate.BAD if reading.faults else Fate.ASKED
        first = {(fault.row, fault.words): fault for fault in reversed(reading.faults)}
        faults = tuple(fault for fault in reading.faults if first[fault.row, fault.words] is fault)
        locked = reading.task is not None and "code" in {fault.column for fault in faults}
        told = tuple(self._differing(line, reading.task)) if locked and reading.task else ()
        return PlannedLine(line, fate, None, reading.task, faults, reading.lacking, told)

    def _differing(self, line: TaskLine, task: Task) -> Iterator[Change]:
        """The cells that say something else than a task that can't be changed: one may have slipped in unseen."""
        there = cells_of(task, self.known, line.row)
        pairs = zip_longest(completed(line, task, self.known).parts, there.parts)
        for said, kept in pairs:
            now, was = (part.cells if part else {} for part in (said, kept))
            for key in [column.key for column in COLUMNS if column.key not in _NOT_OBEYED]:
                before, after = shown(was.get(key)), shown(now.get(key))
                if before != after:
                    yield Change((TaskPart.TITLE, None), heading(key), before, after)

    def _ask(self, line: TaskLine, about: str, words: str, choices: tuple[Choice, ...]) -> str | None:
        """The answer to a question about the whole line; it is asked of this text, wherever the row moves to."""
        title = str(line.cells.get("title"))
        key = key_of("title", f"{about} {title} {line.cells.get('lead')}")
        said = f"“{title}”: {words}"
        self.questions.append(Question(line.row, "title", key, said, choices))
        answer = self.answers.get(key)
        return answer if any(choice.value == answer for choice in choices) else None


def _new(line: TaskLine, reading: Reading) -> PlannedLine:
    return PlannedLine(line, Fate.NEW, reading.entry, lacking=reading.lacking)


def _left(line: TaskLine, reading: Reading) -> PlannedLine:
    return PlannedLine(line, Fate.LEFT, reading.entry)


def _known(line: TaskLine, reading: Reading) -> PlannedLine:
    """A line that names a task which is there."""
    entry, task = reading.entry, reading.task
    assert entry is not None  # noqa: S101 - who calls has looked
    assert task is not None  # noqa: S101
    if reading.unchanged:
        return PlannedLine(line, Fate.SAME, entry, task)
    names = unit_names(task) | {unit.code: unit.name for unit in (entry.lead_unit, *entry.cooperating)}
    said: Any = plain(facts_of_entry(entry))
    told = tuple(changes(facts_of(task), said, names))
    return PlannedLine(line, Fate.CHANGED, entry, task, lacking=reading.lacking, changes=told)

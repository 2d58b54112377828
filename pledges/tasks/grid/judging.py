"""The grid: rows as they were sent held against the tasks as they are, and the good ones written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import takes_tasks
from pledges.core.database import note_checked
from pledges.core.forms.cells import Cells, Clash, merged
from pledges.core.text import fold
from pledges.tasks import operations
from pledges.tasks.behalf import LONGEST, asks_paper, with_paper
from pledges.tasks.grid.sent import KEYS, Sent, Shown
from pledges.tasks.models import Task
from pledges.tasks.operations import TaskEntry
from pledges.tasks.rows.cells import shown as words_of_cell
from pledges.tasks.rows.findings import NO, YES, Choice, Question, key_of
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.lines import TaskLine
from pledges.tasks.rows.names import PARTING
from pledges.tasks.rows.readings import read
from pledges.tasks.rows.writing import cells_of
from pledges.tasks.rules import EDITABLE, TaskStatus
from pledges.units.models import Unit

GONE = "Phần việc của dòng này không còn, hoặc đồng chí không còn được sửa; nội dung đồng chí nhập chưa lưu."
WHOLE = "title"
"""The column that speaks for the whole row: what is wrong with it as a whole is said there."""


@dataclass(frozen=True)
class Judged:
    """A row and what becomes of it.

    `cells` hold what was typed together with what another changed meanwhile, `shown` is what its next page brings
    along. `entry` is there when the row can be written; `dropped` when its own answer says that it should not be.
    """

    sent: Sent
    shown: Shown
    cells: Cells
    task: Task | None = None
    entry: TaskEntry | None = None
    clashes: tuple[Clash, ...] = ()
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    dropped: bool = False

    @property
    def good(self) -> bool:
        """Whether the row can be written."""
        return self.entry is not None


def editable(task: Task, known: Known) -> bool:
    """Whether the actor may change the task now."""
    return takes_tasks(known.campaign.status) and task.status in EDITABLE and task.lead_unit_id in known.leads


def texts_of(task: Task, known: Known) -> dict[str, str]:
    """What the cells of a task say: units by their short names, no funding as a blank, as in the lists of offices."""
    cells = cells_of(task, known).cells
    units = {
        "lead": called(task.lead_unit, known),
        "cooperating": "; ".join(called(unit, known) for unit in task.cooperating),
    }
    return {key: "" if cells[key] == 0 else words_of_cell(cells[key]) for key in KEYS} | units


def called(unit: Unit, known: Known) -> str:
    """What the grid calls a unit: its short name, where that names no other."""
    alone = known.unit_names.exact(unit.short_name) == (unit,) and not PARTING.search(unit.short_name)
    return unit.short_name if alone else known.unit_names.written(unit)


def unjudged(sent: Sent, known: Known) -> Judged:
    """The row as it was typed, nothing said about it."""
    task = known.tasks.get(sent.shown.task_id) if sent.shown.task_id is not None else None
    return Judged(sent, sent.shown, sent.cells, task)


class Judge:
    """Holds rows against what is known, one after the other: a row may repeat one before it.

    An answer counts wherever the same text stands in the same column, in whichever row it was given.
    """

    def __init__(self, known: Known, rows: Iterable[Sent]) -> None:
        self.known = known
        self.answers = {key: answer for row in rows for key, answer in row.answers.items()}
        self.titles = {
            (task.lead_unit_id, task.title_fold)
            for task in known.tasks.values()
            if task.status is not TaskStatus.CANCELLED
        }

    def of(self, sent: Sent) -> Judged:
        """What becomes of the row."""
        return self._new(sent) if sent.is_new else self._changed(sent)

    def _new(self, sent: Sent) -> Judged:
        judged = self._read(sent, sent.cells, None)
        if judged.entry is None:
            return judged
        place = (judged.entry.lead_unit.id, fold(judged.entry.title))
        if place not in self.titles:
            self.titles.add(place)
            return judged
        question = _again(sent, judged.entry)
        answer = self.answers.get(question.key)
        if answer == YES:
            return judged
        shown = Shown(asked=(question.key,), answers=sent.answers)
        return Judged(sent, shown, sent.cells, questions=(question,), dropped=answer == NO)

    def _changed(self, sent: Sent) -> Judged:
        task = self.known.tasks.get(sent.shown.task_id or 0)
        if task is None:
            return Judged(sent, sent.shown, sent.cells, faults={WHOLE: (GONE,)})
        theirs = texts_of(task, self.known)
        both = merged(sent.shown.cells, sent.cells, theirs, sent.chosen(theirs))
        return self._read(sent, both.cells, task, both.clashes)

    def _read(self, sent: Sent, cells: Cells, task: Task | None, clashes: tuple[Clash, ...] = ()) -> Judged:
        line = TaskLine(sent.number, cells if task is None else self._new_in(cells, task))
        reading = read(line, self.known, self.answers)
        faults: dict[str, list[str]] = {}
        for fault in reading.faults:
            faults.setdefault(fault.column if fault.column in KEYS else WHOLE, []).append(fault.words)
        questions = tuple(one for one in reading.questions if one.column in KEYS)
        asked = tuple(one.key for one in questions)
        shown = (
            Shown(asked=asked, answers=sent.answers)
            if task is None
            else self._shown(sent, task, clashes, asked)
        )
        entry = None if clashes else reading.entry
        return Judged(sent, shown, cells, task, entry, clashes, faults, questions)

    def _new_in(self, cells: Cells, task: Task) -> dict[str, str]:
        """The cells that say something new of the task, and its code: of the others it keeps what it says."""
        now = texts_of(task, self.known)
        return {key: text for key, text in cells.items() if text != now[key]} | {"code": str(task.id)}

    def _shown(self, sent: Sent, task: Task, clashes: Iterable[Clash], asked: tuple[str, ...]) -> Shown:
        """What the next page says: the task as it is now, but for cells that clash, which wait for a choice."""
        open_ = {clash.name: clash for clash in clashes}
        now = texts_of(task, self.known)
        return Shown(
            task_id=task.id,
            version=task.version,
            cells={key: sent.shown.cells.get(key, "") if key in open_ else now[key] for key in now},
            theirs={name: clash.theirs for name, clash in open_.items()},
            asked=asked,
            answers=sent.answers,
        )


def _again(sent: Sent, entry: TaskEntry) -> Question:
    """The list was pasted twice, or two works share their name: only the one who typed can say."""
    words = f"{entry.lead_unit.name} đã có phần việc cùng tên. Có lập thêm không?"
    choices = (Choice(YES, "Lập thêm phần việc nữa"), Choice(NO, "Bỏ dòng này"))
    key = key_of(WHOLE, f"again {entry.lead_unit.id} {fold(entry.title)}")
    return Question(sent.number, WHOLE, key, words, choices)


def judge(rows: Sequence[Sent], known: Known) -> list[Judged]:
    """What becomes of the rows, in their order."""
    one = Judge(known, rows)
    return [one.of(row) for row in rows]


def lacking_paper(rows: Iterable[Judged], actor: Actor, paper: str) -> bool:
    """Whether a row is entered for another unit (nhập thay), and nobody said from which paper."""
    entered = [(row.task, row.entry) for row in rows if row.entry is not None]
    return not paper and any(asks_paper(actor, entry.lead_unit, task) for task, entry in entered)


def write(
    session: Session, rows: Iterable[Judged], campaign: Campaign, paper: str, *, by: Actor, at: datetime
) -> int:
    """Draft what is new and edit what changed; returns how many rows were written.

    Their cells were compared one by one with what each row had shown: nobody's change is overwritten unseen.
    """
    new: list[TaskEntry] = []
    changed: list[tuple[Task, TaskEntry]] = []
    for row in rows:
        if row.entry is None:
            continue
        said_by = row.entry.lead_unit.name[:LONGEST]
        entry = with_paper(row.entry, row.task, by, on_behalf_of=said_by, from_paper=paper)
        if row.task is None:
            new.append(entry)
        else:
            note_checked(session, row.task)
            changed.append((row.task, entry))
    operations.edit_all(session, changed, by=by, at=at)
    operations.draft_all(session, campaign, new, by=by, at=at)
    return len(new) + len(changed)

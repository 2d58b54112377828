"""What the overview is made of: the facts, a row for each task, groups of rows. Plain Python; time is a parameter."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pledges.core.text import fold
from pledges.progress.ledger import Cell, Ledger, PeriodFacts, TaskFacts
from pledges.progress.means import Mean, mean_of
from pledges.progress.restated import Restated
from pledges.progress.rules import Standing
from pledges.progress.states import IN_ORDER, TaskState

NO_BLOCK = "Đơn vị khác"


@dataclass(frozen=True)
class UnitFacts:
    """The lead unit of a task, with its place in the official list."""

    id: int
    code: str
    name: str
    short_name: str
    block: str
    position: int


@dataclass(frozen=True)
class TaskCard:
    """A task as lists name it; funding in million đồng. `own` tells that a unit of the reader's leads it.

    `common` is the common task (phần việc chung) that it belongs to; "" for none, as for `movement`.
    """

    id: int
    number: int
    title: str
    product: str
    lead: UnitFacts
    cooperating: tuple[str, ...] = ()
    state_funding: Decimal = Decimal(0)
    social_funding: Decimal = Decimal(0)
    own: bool = True
    movement: str = ""
    common: str = ""


@dataclass(frozen=True)
class ObstacleFacts:
    """An obstacle that nobody had decided on by the day."""

    id: int
    task_id: int
    report_id: int
    text: str
    request: str
    raised_on: date

    @property
    def request_words(self) -> str:
        """What the unit asks for, after the obstacle itself; "" where it asks for nothing."""
        if not self.request or fold(self.request).startswith(fold("Đề nghị")):
            return self.request
        return f"Đề nghị: {self.request}"

    def days(self, as_of: date) -> int:
        """For how many days it has waited."""
        return (as_of - self.raised_on).days


@dataclass(frozen=True)
class BoardFacts:
    """What a board is built from.

    `whole` tells that all tasks of the campaign are in sight; `reports` names the report of a (task, period);
    `signed_units` holds the ids of units whose commitment had every signature by the day.
    """

    as_of: date
    starts_on: date
    ends_on: date
    expected_tasks: int
    whole: bool
    ledger: Ledger
    cards: Mapping[int, TaskCard]
    reports: Mapping[tuple[int, int], int] = field(default_factory=dict)
    obstacles: tuple[ObstacleFacts, ...] = ()
    signed_units: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RowCell:
    """A task in a period: how it stood at the period's end, and the report that shows it, if one was sent by then.

    `cell` is None for a period that was over and due before the task was registered; `sent_on` is the day of the
    first round.
    """

    period: PeriodFacts
    cell: Cell | None
    report_id: int | None = None
    sent_on: date | None = None
    restated: tuple[Restated, ...] = ()

    @property
    def excused(self) -> str | None:
        """Why no report is asked for; None where one is, or never was."""
        return self.cell.excused if self.cell is not None else None

    @property
    def marks(self) -> tuple[str, ...]:
        """What the report asks a glance for: "late", "pending", "missing", "excused", "restated"."""
        if self.cell is None:
            return ()
        found = {
            "late": self.cell.late,
            "pending": self.cell.pending,
            "missing": self.cell.missing,
            "excused": self.excused is not None,
            "restated": bool(self.restated),
        }
        return tuple(mark for mark, there in found.items() if there)


@dataclass(frozen=True)
class Row:
    """A task on the board. `tentative` is the standing that submitted figures would give, where its state differs.

    `pending` are the periods whose report waits for review.
    """

    card: TaskCard
    facts: TaskFacts
    standing: Standing
    tentative: Standing | None
    cells: tuple[RowCell, ...]
    pending: tuple[PeriodFacts, ...]
    obstacles: tuple[ObstacleFacts, ...]

    @property
    def state(self) -> TaskState:
        """The state on the day."""
        return self.standing.state

    @property
    def cancelled(self) -> bool:
        """Whether the task was cancelled by the day."""
        return self.state is TaskState.CANCELLED

    @property
    def due_on(self) -> date:
        """The task's own due day."""
        return self.facts.plan.due_on


@dataclass(frozen=True)
class Group:
    """The tasks of a block or unit, with their plain mean."""

    title: str
    rows: tuple[Row, ...]

    @property
    def mean(self) -> Mean:
        """Progress and expectation over the tasks that aren't cancelled."""
        return mean_of(row.standing for row in self.rows)

    @property
    def counts(self) -> tuple[tuple[TaskState, int], ...]:
        """How many tasks are in each state that occurs, in the order of a legend."""
        return counts_of(self.rows)


def counts_of(rows: Iterable[Row]) -> tuple[tuple[TaskState, int], ...]:
    """How many rows are in each state that occurs, in the order of a legend."""
    states = [row.state for row in rows]
    return tuple((state, states.count(state)) for state in IN_ORDER if state in states)


def in_order(cards: Iterable[TaskCard]) -> list[TaskCard]:
    """Tasks as the board lists them: blocks as in the official list (what has none last), each unit's together.

    Within a block units follow in the order of their first number, so that a list numbered along them reads 1, 2, 3.
    """
    cards = list(cards)
    first_unit: dict[str, int] = {}
    first_task: dict[int, int] = {}
    for card in cards:
        block, unit = card.lead.block, card.lead.id
        first_unit[block] = min(card.lead.position, first_unit.get(block, card.lead.position))
        first_task[unit] = min(card.number, first_task.get(unit, card.number))

    def place(card: TaskCard) -> tuple[bool, int, str, int, int, int]:
        block, unit = card.lead.block, card.lead.id
        return not block, first_unit[block], block, first_task[unit], unit, card.number

    return sorted(cards, key=place)


def by_units(rows: Iterable[Row]) -> tuple[Group, ...]:
    """The rows by lead unit: blocks in the order of the rows, in each the units as in the official list."""
    rows = list(rows)
    blocks = {block: at for at, block in enumerate(dict.fromkeys(row.card.lead.block for row in rows))}
    listed = sorted(
        rows, key=lambda row: (blocks[row.card.lead.block], row.card.lead.position, row.card.lead.id)
    )
    return _grouped((row.card.lead.id, row.card.lead.name, row) for row in listed)


def by_blocks(rows: Iterable[Row]) -> tuple[Group, ...]:
    """The rows by block, in their order."""
    return _grouped((row.card.lead.block, row.card.lead.block or NO_BLOCK, row) for row in rows)


def _grouped(found: Iterable[tuple[Hashable, str, Row]]) -> tuple[Group, ...]:
    titles: dict[Hashable, str] = {}
    rows: dict[Hashable, list[Row]] = defaultdict(list)
    for key, title, row in found:
        titles.setdefault(key, title)
        rows[key].append(row)
    return tuple(Group(titles[key], tuple(rows[key])) for key in titles)

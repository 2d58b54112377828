"""The reports of a person's units, by period: what each task owes, and what came of what was sent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.access.permissions import Permission, granted, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import Cycle
from pledges.core import clock
from pledges.core.filters import Question, Wishes, same
from pledges.progress import queries, reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.ledger import PeriodFacts
from pledges.progress.rows import PeriodRow, last_words, pressing, rows_of
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit

OWED = "can-lam"
"""The filter for everything that the unit has still to do."""

STATUSES = {OWED: "Cần làm"} | {
    status.value: status.label for status in ReportStatus if status is not ReportStatus.NOT_YET_DUE
}


@dataclass(frozen=True)
class ReportLine:
    """One task in one period, and whether this person may write its report."""

    task: Task
    row: PeriodRow
    mine: bool


@dataclass(frozen=True)
class Section:
    """A period with its lines, the most pressing first."""

    label: str
    due_on: date
    lines: list[ReportLine]


@dataclass(frozen=True)
class Found:
    """Everything that the list shows: sections, newest first; of how many units; how many lines ask for work."""

    sections: list[Section]
    units: list[Unit]
    owed: int
    wishes: Wishes


def sections(
    session: Session, campaign: Campaign, actor: Actor, arguments: Mapping[str, str], *first: Question
) -> Found:
    """The reports of the tasks that the actor may know of, as asked for, in a fixed number of queries.

    `first` are questions that the page asks before those of the list.
    """
    today = clock.today()
    tasks = [task for task in session.scalars(_tasks(campaign, actor)) if _of_own_place(actor, task)]
    units = _units(tasks)
    ledger = reading.of_campaign(session, campaign.id, actor)
    begun = [period for period in reversed(ledger.periods) if period.start_on <= today]
    wishes = Wishes.read(arguments, "Tìm phần việc", *first, *_questions(units, begun))
    wanted = (Task.campaign_id == campaign.id) & in_scope(actor, Permission.SEE_REPORT)
    last = last_words(session.execute(queries.words_on_reports(wanted)))
    by_period: dict[date, list[ReportLine]] = defaultdict(list)
    owed = 0
    for task in tasks:
        mine = may(actor, Permission.ENTER_REPORT, task.subject())
        for row in rows_of(ledger, task.id, today, last):
            if not row.expected and row.last is None and row.excused is None:
                continue
            owed += row.asks and mine
            if _takes(wishes, task, row):
                by_period[row.period.start_on].append(ReportLine(task, row, mine))
    return Found(_in_order(by_period), units, owed, wishes)


def _questions(units: Iterable[Unit], periods: Iterable[PeriodFacts]) -> Iterator[Question]:
    units = list(units)
    yield Question("ky", "Kỳ", {_slug(period): period.label for period in periods})
    yield Question("tinh-trang", "Tình trạng", STATUSES)
    yield Question("don-vi", "Đơn vị", {unit.code: unit.name for unit in units})
    yield Question("khoi", "Khối", same(unit.block for unit in units))


def _slug(period: PeriodFacts) -> str:
    """The period in an address: "2024-09", or the first day of one that isn't a month."""
    return f"{period.start_on:%Y-%m}" if period.cycle is Cycle.MONTHLY else period.start_on.isoformat()


def _takes(wishes: Wishes, task: Task, row: PeriodRow) -> bool:
    """Whether a line stays."""
    status = wishes["tinh-trang"]
    return (
        wishes.finds(task.title_fold)
        and wishes["don-vi"] in {"", task.lead_unit.code}
        and wishes["khoi"] in {"", task.lead_unit.block}
        and wishes["ky"] in {"", _slug(row.period)}
        and (not status or (row.asks if status == OWED else row.status == status))
    )


def _of_own_place(actor: Actor, task: Task) -> bool:
    """Whether the task is one of the person's units or campaigns; helping another unit is no reason to list it."""
    return granted(actor, Permission.SEE_REPORT, replace(task.subject(), cooperating_paths=()))


def _tasks(campaign: Campaign, actor: Actor) -> Select[Task]:
    return (
        select(Task)
        .options(
            joinedload(Task.lead_unit),
            joinedload(Task.campaign).options(joinedload(Campaign.owner), joinedload(Campaign.area)),
            selectinload(Task.cooperating),
            selectinload(Task.events),
        )
        .where(
            Task.campaign_id == campaign.id,
            Task.status.in_(REGISTERED),
            in_scope(actor, Permission.SEE_REPORT),
        )
        .order_by(Task.number, Task.id)
    )


def _in_order(by_period: Mapping[date, list[ReportLine]]) -> list[Section]:
    found = []
    for start in sorted(by_period, reverse=True):
        lines = sorted(by_period[start], key=lambda line: (pressing(line.row), line.task.number or 0))
        found.append(Section(lines[0].row.label, lines[0].row.period.due_on, lines))
    return found


def _units(tasks: list[Task]) -> list[Unit]:
    units = {task.lead_unit.id: task.lead_unit for task in tasks}
    return sorted(units.values(), key=lambda unit: (unit.position, unit.id))

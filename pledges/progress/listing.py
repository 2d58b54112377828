"""The reports of a person's units, by period: what each task owes, and what came of what was sent."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.access.permissions import Permission, granted, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.text import fold
from pledges.progress import queries, reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.rows import PeriodRow, last_words, pressing, rows_of
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to: words of a title, a unit, a status; empty means all."""

    words: str = ""
    unit: str = ""
    status: str = ""

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Filters":
        """The filters in the address."""
        return cls(
            words=arguments.get("q", "").strip(),
            unit=arguments.get("don-vi", ""),
            status=arguments.get("tinh-trang", ""),
        )

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.unit or self.status)

    def take(self, task: Task, row: PeriodRow) -> bool:
        """Whether a line stays."""
        return (
            fold(self.words) in task.title_fold
            and self.unit in {"", task.lead_unit.code}
            and (not self.status or (row.asks if self.status == OWED else row.status == self.status))
        )


OWED = "can-lam"
"""The filter for everything that the unit has still to do."""

STATUSES = (
    (OWED, "Cần làm"),
    *((status.value, status.label) for status in ReportStatus if status is not ReportStatus.NOT_YET_DUE),
)


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
    """Everything that the list shows: sections, newest first; the units to filter by; how many lines ask for work."""

    sections: list[Section]
    units: list[Unit]
    owed: int
    statuses: tuple[tuple[str, str], ...] = STATUSES


def sections(session: Session, campaign: Campaign, actor: Actor, filters: Filters, today: date) -> Found:
    """The reports of the tasks that the actor may know of, in a fixed number of queries."""
    tasks = [task for task in session.scalars(_tasks(campaign, actor)) if _of_own_place(actor, task)]
    ledger = reading.of_campaign(session, campaign.id, actor)
    wanted = (Task.campaign_id == campaign.id) & in_scope(actor, Permission.SEE_REPORT)
    last = last_words(session.execute(queries.words_on_reports(wanted)))
    by_period: dict[date, list[ReportLine]] = defaultdict(list)
    owed = 0
    for task in tasks:
        mine = may(actor, Permission.ENTER_REPORT, task.subject())
        for row in rows_of(ledger, task.id, today, last):
            if not row.expected and row.last is None:
                continue
            owed += row.asks and mine
            if filters.take(task, row):
                by_period[row.period.start_on].append(ReportLine(task, row, mine))
    return Found(_in_order(by_period), _units(tasks), owed)


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

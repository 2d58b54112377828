"""Tình hình đăng ký: what each unit of a campaign has registered, and which have sent nothing yet.

The rule of who is missing stands here, and nowhere else.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import participants
from pledges.core.clock import day_of
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.rules import REGISTERED, TaskStatus
from pledges.units.models import Unit
from pledges.units.queries import listed

SENT = frozenset({TaskStatus.SUBMITTED, *REGISTERED})
"""Statuses of tasks by which a unit has registered: with the leaders, or in the list."""


class RegistrationState(StrEnum):
    """Tình hình đăng ký của một đơn vị, in a word."""

    MISSING = "missing"
    BEGUN = "begun"
    SENT = "sent"
    THROUGH_OTHERS = "through_others"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The words of the tag."""
        return _FACES[self][0]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return _FACES[self][1]


_FACES = {
    RegistrationState.MISSING: ("Chưa đăng ký", "back"),
    RegistrationState.BEGUN: ("Chưa gửi", "back"),
    RegistrationState.SENT: ("Đã đăng ký", "good"),
    RegistrationState.THROUGH_OTHERS: ("Qua đơn vị trực thuộc", "good"),
    RegistrationState.ENDED: ("Đã ngừng hoạt động", "draft"),
}


@dataclass(frozen=True)
class LastAct:
    """What happened last to one of a unit's tasks: by whom, and when."""

    by_name: str
    at: datetime

    @property
    def on(self) -> date:
        """The day of it."""
        return day_of(self.at)


@dataclass(frozen=True)
class UnitRegistration:
    """One unit: how many tasks of each status it leads, who entered them, what happened last.

    `takes_part` is false of a unit that registered and then ended. `through_others`: a unit below it has registered.
    """

    unit: Unit
    counts: Counter[TaskStatus]
    entered_by: tuple[str, ...]
    last: LastAct | None
    takes_part: bool
    through_others: bool

    @property
    def sent(self) -> int:
        """How many of its tasks are with the leaders or in the list."""
        return sum(self.counts[status] for status in SENT)

    @property
    def approved(self) -> int:
        """How many of its tasks stand in the list."""
        return sum(self.counts[status] for status in REGISTERED)

    @property
    def missing(self) -> bool:
        """Chưa đăng ký: it takes part and has sent no task, neither itself nor through a unit below it."""
        return self.takes_part and not self.sent and not self.through_others

    @property
    def state(self) -> RegistrationState:
        """Where the unit stands."""
        if not self.takes_part:
            return RegistrationState.ENDED
        if self.sent:
            return RegistrationState.SENT
        if self.begun:
            return RegistrationState.BEGUN
        return RegistrationState.THROUGH_OTHERS if self.through_others else RegistrationState.MISSING

    @property
    def begun(self) -> bool:
        """Whether a task waits at the unit: a draft, or one that was returned."""
        return bool(self.counts[TaskStatus.DRAFT] or self.counts[TaskStatus.RETURNED])

    @property
    def asks(self) -> bool:
        """Whether the unit has something to register, to send, or to send again."""
        return self.missing or self.begun

    def count(self, status: str) -> int:
        """How many of its tasks have the status."""
        return self.counts[TaskStatus(status)]


def registrations(session: Session, campaign: Campaign, day: date) -> list[UnitRegistration]:
    """Every unit that takes part on the day, or leads a task, in the order of the official list; four queries."""
    counts: dict[int, Counter[TaskStatus]] = defaultdict(Counter)
    for unit_id, status, number in session.execute(_counts(campaign.id)):
        counts[unit_id][status] = number
    entered: dict[int, list[str]] = defaultdict(list)
    for unit_id, name in session.execute(_entered_by(campaign.id)):
        entered[unit_id].append(name)
    last = {unit_id: LastAct(name, at) for unit_id, name, at in session.execute(_last_acts(campaign.id))}
    units = list(session.scalars(_units(campaign, day)))
    paths = [unit.path for unit in units if any(counts[unit.id][status] for status in SENT)]
    return [
        UnitRegistration(
            unit=unit,
            counts=counts[unit.id],
            entered_by=tuple(entered[unit.id]),
            last=last.get(unit.id),
            takes_part=campaign.takes_in(unit, day),
            through_others=_below(unit, paths),
        )
        for unit in units
    ]


def _below(unit: Unit, paths: Sequence[str]) -> bool:
    return any(path.startswith(unit.path) and path != unit.path for path in paths)


def _units(campaign: Campaign, day: date) -> Select[Unit]:
    part = participants(campaign, day).with_only_columns(Unit.id).order_by(None)
    lead = select(Task.lead_unit_id).where(
        Task.campaign_id == campaign.id, Task.status != TaskStatus.CANCELLED
    )
    return listed().where(or_(Unit.id.in_(part), Unit.id.in_(lead)))


def _counts(campaign_id: int) -> Select[int, TaskStatus, int]:
    return (
        select(Task.lead_unit_id, Task.status, func.count())
        .where(Task.campaign_id == campaign_id)
        .group_by(Task.lead_unit_id, Task.status)
    )


def _entered_by(campaign_id: int) -> Select[int, str]:
    """The people who entered each unit's tasks, those of the first task first."""
    return (
        select(Task.lead_unit_id, Task.entered_by_name)
        .where(Task.campaign_id == campaign_id, Task.status != TaskStatus.CANCELLED)
        .group_by(Task.lead_unit_id, Task.entered_by_name)
        .order_by(Task.lead_unit_id, func.min(Task.id))
    )


def _last_acts(campaign_id: int) -> Select[int, str, datetime]:
    newest = (
        select(func.max(TaskEvent.id))
        .join(Task, Task.id == TaskEvent.task_id)
        .where(Task.campaign_id == campaign_id)
        .group_by(Task.lead_unit_id)
    )
    return (
        select(Task.lead_unit_id, TaskEvent.by_name, TaskEvent.at)
        .join(Task, Task.id == TaskEvent.task_id)
        .where(TaskEvent.id.in_(newest))
    )

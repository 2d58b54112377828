"""Phần việc của các đơn vị: what each unit of a campaign has to pledge, and what of it still waits for a leader."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED, TaskStatus


@dataclass
class UnitTasks:
    """How many tasks of each status a unit leads, and on how many of them a proposed amendment waits."""

    counts: Counter[TaskStatus] = field(default_factory=Counter)
    amendments: int = 0

    @property
    def registered(self) -> int:
        """How many stand in the campaign's list."""
        return sum(self.counts[status] for status in REGISTERED)

    @property
    def waiting(self) -> int:
        """How many wait to be approved into it."""
        return self.counts[TaskStatus.SUBMITTED]


def tasks_of_units(session: Session, campaign_id: int, unit_id: int | None = None) -> dict[int, UnitTasks]:
    """By unit; those without any are not told apart from those that are not asked for. One query."""
    found: dict[int, UnitTasks] = defaultdict(UnitTasks)
    asked = _counted(campaign_id)
    if unit_id is not None:
        asked = asked.where(Task.lead_unit_id == unit_id)
    for lead, status, number, amendments in session.execute(asked):
        found[lead].counts[status] = number
        found[lead].amendments += amendments
    return found


def tasks_of_unit(session: Session, campaign_id: int, unit_id: int) -> UnitTasks:
    """The same of one unit."""
    return tasks_of_units(session, campaign_id, unit_id)[unit_id]


def _counted(campaign_id: int) -> Select[int, TaskStatus, int, int]:
    """Of the tasks that stand in the list or wait for it: unit, status, number, proposed amendments."""
    proposed = and_(Amendment.task_id == Task.id, Amendment.status == AmendmentStatus.PROPOSED)
    return (
        select(
            Task.lead_unit_id,
            Task.status,
            func.count(Task.id.distinct()),
            func.count(Amendment.id.distinct()),
        )
        .outerjoin(Amendment, proposed)
        .where(Task.campaign_id == campaign_id, Task.status.in_((*REGISTERED, TaskStatus.SUBMITTED)))
        .group_by(Task.lead_unit_id, Task.status)
        .order_by(Task.lead_unit_id, Task.status)
    )

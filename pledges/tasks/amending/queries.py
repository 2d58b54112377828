"""Questions about amendments."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.queries import goes_on, in_scope
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit
from pledges.units.queries import below


def whole() -> Select[Amendment]:
    """Amendments with everything that their page shows, oldest first."""
    of_task = joinedload(Amendment.task)
    return (
        select(Amendment)
        .options(
            of_task.joinedload(Task.lead_unit),
            of_task.joinedload(Task.movement),
            of_task.joinedload(Task.campaign).options(
                joinedload(Campaign.owner), joinedload(Campaign.area), selectinload(Campaign.movements)
            ),
            of_task.selectinload(Task.cooperating),
            of_task.selectinload(Task.indicators).selectinload(Indicator.milestones),
            of_task.selectinload(Task.events).selectinload(TaskEvent.remarks),
        )
        .order_by(Amendment.proposed_at, Amendment.id)
    )


def of_task(task_id: int) -> Select[Amendment]:
    """The amendments of one task, oldest first."""
    return select(Amendment).where(Amendment.task_id == task_id).order_by(Amendment.proposed_at, Amendment.id)


def proposed(task_id: int) -> Select[Amendment]:
    """The amendment of a task that waits for a decision, if there is one."""
    return of_task(task_id).where(Amendment.status == AmendmentStatus.PROPOSED)


def awaiting(actor: Actor) -> Select[Amendment]:
    """The proposals on which the actor may decide, oldest first: those of others, for tasks that stand in the list."""
    return whole().where(
        Amendment.status == AmendmentStatus.PROPOSED,
        Amendment.proposed_by_id != actor.account_id,
        # Asked proposal by proposal: as a list of tasks, SQLite would make that of all tasks first.
        exists().where(
            Task.id == Amendment.task_id,
            Task.status.in_(REGISTERED),
            in_scope(actor, Permission.DECIDE_TASK),
            goes_on(),
        ),
    )


def to_decide(actor: Actor) -> Select[int, str, str, datetime]:
    """The same as lines of a list: number, task, unit, and when it was proposed."""
    waiting = awaiting(actor).with_only_columns(Amendment.id).order_by(None)
    return (
        select(Amendment.id, Task.title, Unit.short_name, Amendment.proposed_at)
        .join(Task, Task.id == Amendment.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(Amendment.id.in_(waiting))
        .order_by(Amendment.proposed_at, Amendment.id)
    )


def named(actor: Actor, ids: Collection[int]) -> Select[int, str]:
    """Amendments by task, those that the actor may know of."""
    return (
        select(Amendment.id, Task.title)
        .join(Task, Task.id == Amendment.task_id)
        .where(Amendment.id.in_(ids), in_scope(actor))
        .order_by(Amendment.id)
    )


def approved(task_ids: Collection[int]) -> Select[Amendment]:
    """The approved amendments of these tasks, in the order of their approval."""
    return (
        select(Amendment)
        .where(Amendment.task_id.in_(task_ids), Amendment.status == AmendmentStatus.APPROVED)
        .order_by(Amendment.decided_at, Amendment.id)
    )


def of_own_units(actor: Actor) -> Select[Amendment]:
    """The amendments of the actor's own units, and those that the actor proposed for others, newest first."""
    own = select(Unit.id).where(below(reach(actor, Permission.ENTER_TASK, Place.UNIT)))
    return (
        select(Amendment)
        .join(Amendment.task)
        .options(joinedload(Amendment.task).joinedload(Task.lead_unit))
        .where(or_(Task.lead_unit_id.in_(own), Amendment.proposed_by_id == actor.account_id))
        .where(in_scope(actor, Permission.ENTER_TASK))
        .order_by(Amendment.id.desc())
    )


def waiting_of_own(actor: Actor) -> Select[Amendment]:
    """Those of the actor's own that leaders have still to decide on, while their campaigns go on."""
    return of_own_units(actor).where(Amendment.status == AmendmentStatus.PROPOSED, goes_on())


def decided_of_own(actor: Actor, since: datetime) -> Select[Amendment]:
    """Those of the actor's own that others decided on since then."""
    return of_own_units(actor).where(
        Amendment.decided_at >= since, Amendment.decided_by_id != actor.account_id
    )

"""Who answered for which task, as far as a reader may know."""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit


def seen(campaign_id: int, actor: Actor) -> ColumnElement[bool]:
    """The condition of the assignments whose figures the actor may see: the own, the unit's head's, the organisers'."""
    own = Assignment.account_id == actor.account_id
    return (
        (Task.campaign_id == campaign_id)
        & Task.number.is_not(None)
        & (Assignment.duty == Duty.RESPONSIBLE)
        & or_(own, in_scope(actor, Permission.SEE_ASSIGNMENTS))
    )


def charges(campaign_id: int, actor: Actor) -> Select[*tuple[Any, ...]]:
    """Person, task and days of each of these assignments, in the order of the list of tasks."""
    return (
        select(
            Assignment.account_id,
            Account.name,
            Account.name_sort,
            Assignment.post,
            Task.id,
            Task.number,
            Task.title,
            Unit.name,
            Assignment.from_on,
            Assignment.until_on,
        )
        .join(Task, Task.id == Assignment.task_id)
        .join(Account, Account.id == Assignment.account_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(seen(campaign_id, actor))
        .order_by(Task.number, Assignment.from_on, Assignment.id)
    )


def their_tasks(campaign_id: int, actor: Actor) -> ColumnElement[bool]:
    """The condition of the tasks of these assignments."""
    wanted = (
        select(Assignment.task_id)
        .join(Task, Task.id == Assignment.task_id)
        .where(seen(campaign_id, actor))
        .correlate(None)
    )
    return Task.id.in_(wanted)

"""Questions about assignments."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from pledges.access.roles import Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on, held_on
from pledges.campaigns.models import Campaign
from pledges.core.among import among
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from pledges.units.models import Unit
from pledges.units.queries import ancestry


def of_tasks(task_ids: Iterable[int]) -> Select[Assignment]:
    """Everything that was ever assigned in these tasks, by task and duty, the last first."""
    return _whole().where(among(Assignment.task_id, task_ids))


def of_campaign(campaign_id: int) -> Select[Assignment]:
    """Everything that was ever assigned in a campaign, by task and duty, the last first."""
    tasks = select(Task.id).where(Task.campaign_id == campaign_id)
    return _whole().where(Assignment.task_id.in_(tasks))


def _whole() -> Select[Assignment]:
    return (
        select(Assignment)
        .options(joinedload(Assignment.account))
        .order_by(Assignment.task_id, Assignment.duty, Assignment.from_on.desc(), Assignment.id.desc())
    )


def in_force(day: date) -> ColumnElement[bool]:
    """The condition that an assignment holds on the day; Python asks `Assignment.holds`."""
    return (Assignment.from_on <= day) & (Assignment.until_on.is_(None) | (Assignment.until_on > day))


def standing(day: date) -> Select[Assignment]:
    """The assignments that hold on the day, with task and person, by task and duty."""
    return (
        select(Assignment)
        .join(Assignment.task)
        .options(contains_eager(Assignment.task), joinedload(Assignment.account))
        .where(in_force(day))
        .order_by(Assignment.task_id, Assignment.duty, Assignment.id)
    )


def tasks_of(account_id: int, duty: Duty, day: date) -> Select[int]:
    """The ids of the tasks in which a person has the duty on the day."""
    return (
        select(Assignment.task_id)
        .where(Assignment.account_id == account_id, Assignment.duty == duty, in_force(day))
        .order_by(Assignment.task_id)
    )


def candidates(task_units: Iterable[Unit], campaign: Campaign, day: date) -> Select[Appointment]:
    """The posts, held on the day by who may sign in, among which those lie that `rules.fits` a duty, heads first."""
    paths = {unit.path for unit in task_units} | {campaign.owner.path, *ancestry(campaign.owner.path)}
    return (
        appointments_on(day)
        .where(
            Unit.path.in_(sorted(paths)),
            Appointment.role != Role.ADMINISTRATOR,
            Account.closed_at.is_(None),
        )
        .order_by(None)
        .order_by(Unit.position, Appointment.role != Role.LEADER, Account.name_sort, Appointment.id)
    )


def unassigned(duty: Duty, day: date) -> ColumnElement[bool]:
    """The condition that nobody has the duty in a task on the day."""
    return ~exists().where(Assignment.task_id == Task.id, Assignment.duty == duty, in_force(day))


def vacated(campaign: Campaign, day: date) -> ColumnElement[bool]:
    """The condition that somebody who has a duty in a task of the campaign no longer holds a post that fits it.

    Python asks `showing.Held.left`.
    """
    organisers = [campaign.owner.path, *ancestry(campaign.owner.path)]
    held = (
        select(Appointment.account_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id == Assignment.account_id, held_on(day))
    )
    of_unit = held.where(
        Appointment.unit_id == Task.lead_unit_id, Appointment.role != Role.ADMINISTRATOR
    ).correlate(Assignment, Task)
    of_organisers = held.where(
        Unit.path.in_(organisers),
        Unit.path.startswith(campaign.area.path, autoescape=True),
        Appointment.role == Role.LEADER,
    ).correlate(Assignment)
    left = or_(
        (Assignment.duty == Duty.RESPONSIBLE) & ~of_unit.exists(),
        (Assignment.duty == Duty.SUPERVISING) & ~of_organisers.exists(),
    )
    return exists().where(Assignment.task_id == Task.id, in_force(day), left).correlate(Task)

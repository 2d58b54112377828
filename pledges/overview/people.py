"""Người phụ trách: who was responsible for each task on a day, as far as the reader may know."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.overview.rankings import Person
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.queries import in_force
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope


def responsible(session: Session, campaign: Campaign, actor: Actor, day: date) -> dict[int, Person]:
    """The person responsible for each task of the campaign on the day, by the task's id."""
    found = session.execute(_responsible(campaign.id, actor, day))
    return {task_id: Person(account_id, name, post) for task_id, account_id, name, post in found}


def sees_people(actor: Actor, campaign: Campaign) -> bool:
    """Whether the reader may know the results of every person responsible in the campaign."""
    organises = reach(actor, Permission.SEE_ASSIGNMENTS, Place.CAMPAIGN)
    above = reach(actor, Permission.SEE_ASSIGNMENTS, Place.UNIT)
    return any(campaign.owner.path.startswith(path) for path in organises) or any(
        campaign.area.path.startswith(path) for path in above
    )


def _responsible(campaign_id: int, actor: Actor, day: date) -> Select[int, int, str, str]:
    return (
        select(Assignment.task_id, Assignment.account_id, Assignment.name, Assignment.post)
        .join(Task, Task.id == Assignment.task_id)
        .where(
            Task.campaign_id == campaign_id,
            Assignment.duty == Duty.RESPONSIBLE,
            in_force(day),
            in_scope(actor, Permission.SEE_ASSIGNMENTS),
        )
        .order_by(Assignment.task_id)
    )

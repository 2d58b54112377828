"""Questions about common tasks."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.text import fold
from pledges.tasks.common.rules import GROUPED
from pledges.tasks.models import CommonTask, Task
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit


def whole() -> Select[CommonTask]:
    """Common tasks with their campaigns, in the order of their names."""
    of_campaign = joinedload(CommonTask.campaign)
    return (
        select(CommonTask)
        .options(of_campaign.joinedload(Campaign.owner), of_campaign.joinedload(Campaign.area))
        .order_by(CommonTask.title_fold, CommonTask.id)
    )


def of_campaign(campaign_id: int) -> Select[CommonTask]:
    """The common tasks of a campaign, in the order of their names."""
    return whole().where(CommonTask.campaign_id == campaign_id)


def of_title(campaign_id: int, title: str) -> Select[CommonTask]:
    """The common task of a campaign that has this name, whatever its accents and case."""
    return whole().where(CommonTask.campaign_id == campaign_id, CommonTask.title_fold == fold(title))


def members(campaign_id: int, actor: Actor) -> Select[Task]:
    """The tasks of a campaign that belong to a common one and that the actor may know of, unit by unit."""
    return _by_unit(actor).where(Task.campaign_id == campaign_id, Task.common_task_id.is_not(None))


def free(campaign_id: int, actor: Actor) -> Select[Task]:
    """The tasks of a campaign that can be put into a common one: they belong to none."""
    return _by_unit(actor).where(
        Task.campaign_id == campaign_id, Task.common_task_id.is_(None), Task.status.in_(GROUPED)
    )


def _by_unit(actor: Actor) -> Select[Task]:
    return (
        select(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .options(joinedload(Task.lead_unit))
        .where(in_scope(actor))
        .order_by(Unit.position, Unit.id, Task.number.is_(None), Task.number, Task.id)
    )

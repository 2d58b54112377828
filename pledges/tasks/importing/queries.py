"""Questions about uploaded lists; every one begins with who uploaded them, for nobody else may know of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.tasks.importing.models import ImportStatus, TaskImport
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit


def of_uploader(actor: Actor) -> Select[TaskImport]:
    """The lists that the actor uploaded, the newest first: nobody else may know of them."""
    return (
        select(TaskImport)
        .options(joinedload(TaskImport.campaign).joinedload(Campaign.owner))
        .options(joinedload(TaskImport.campaign).joinedload(Campaign.area))
        .where(TaskImport.uploaded_by_id == actor.account_id)
        .order_by(TaskImport.uploaded_at.desc(), TaskImport.id.desc())
    )


def unfinished(actor: Actor, campaign_ids: Sequence[int]) -> Select[int, str, datetime, str]:
    """The actor's lists that wait to be finished, in these campaigns: number, file, when, campaign."""
    return (
        select(TaskImport.id, TaskImport.filename, TaskImport.uploaded_at, Campaign.title)
        .join(TaskImport.campaign)
        .where(
            TaskImport.uploaded_by_id == actor.account_id,
            TaskImport.status == ImportStatus.OPEN,
            TaskImport.campaign_id.in_(campaign_ids),
        )
        .order_by(TaskImport.uploaded_at.desc(), TaskImport.id.desc())
    )


def written(actor: Actor, ids: Sequence[int]) -> Select[int, str, TaskStatus, str]:
    """Of these tasks those that the actor may know of: number, title, status and unit, in the order of the ids."""
    return (
        select(Task.id, Task.title, Task.status, Unit.short_name.label("unit"))
        .join(Task.lead_unit)
        .where(Task.id.in_(ids), in_scope(actor))
        .order_by(Task.id)
    )

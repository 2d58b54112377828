"""Câu hay dùng: what leaders wrote before when they returned tasks, to be used again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.tasks.models import Task, TaskEvent, TaskRemark
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import TaskEventKind, TaskPart

MOST = 6
LONGEST = 120
"""A longer reason speaks of one task only."""
_READ = 60


@dataclass(frozen=True)
class Phrases:
    """For the whole, and for each part; the most used first."""

    whole: Sequence[str]
    parts: Mapping[TaskPart, Sequence[str]]


def phrases(session: Session, actor: Actor, area_unit_id: int) -> Phrases:
    """What was written on tasks of the area's campaigns on which the actor may decide."""
    parts: dict[TaskPart, list[str]] = defaultdict(list)
    for part, words in session.execute(_remarks(actor, area_unit_id).limit(_READ)):
        parts[part].append(words)
    whole = list(session.scalars(_reasons(actor, area_unit_id).limit(MOST)))
    return Phrases(whole, {part: found[:MOST] for part, found in parts.items()})


def _remarks(actor: Actor, area_unit_id: int) -> Select[TaskPart, str]:
    return (
        select(TaskRemark.part, TaskRemark.words)
        .join(TaskEvent, TaskEvent.id == TaskRemark.event_id)
        .where(TaskEvent.task_id.in_(_decided(actor, area_unit_id)))
        .group_by(TaskRemark.part, TaskRemark.words)
        .order_by(func.count().desc(), func.max(TaskRemark.id).desc())
    )


def _reasons(actor: Actor, area_unit_id: int) -> Select[str]:
    """Reasons for the whole: one that only gathers the remarks is left out with all that have remarks."""
    remarked = select(TaskRemark.event_id)
    return (
        select(TaskEvent.reason)
        .where(
            TaskEvent.kind == TaskEventKind.RETURNED,
            TaskEvent.task_id.in_(_decided(actor, area_unit_id)),
            TaskEvent.id.not_in(remarked),
            func.length(TaskEvent.reason) <= LONGEST,
        )
        .group_by(TaskEvent.reason)
        .order_by(func.count().desc(), func.max(TaskEvent.id).desc())
    )


def _decided(actor: Actor, area_unit_id: int) -> Select[int]:
    campaigns = select(Campaign.id).where(Campaign.area_unit_id == area_unit_id)
    return select(Task.id).where(Task.campaign_id.in_(campaigns), in_scope(actor, Permission.DECIDE_TASK))

"""Questions about tasks; every list of tasks begins with `seen_by`."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus, works_on
from pledges.index.queries import HELPS, ORGANISES, signs_of_reach
from pledges.tasks.models import Indicator, Task, TaskEvent, cooperation
from pledges.tasks.rules import AUTHORING, REGISTERED, TaskStatus
from pledges.units.models import Unit
from pledges.units.queries import below


def in_scope(actor: Actor, permission: Permission = Permission.SEE_TASK) -> ColumnElement[bool]:
    """The condition that the actor has the permission for a task; Python asks `may(actor, permission, …)`.

    A place where the actor has nothing is left out: the database then looks only where there may be something.
    """
    units, helpers, organisers = (
        reach(actor, permission, place) for place in (Place.UNIT, Place.COOPERATING, Place.CAMPAIGN)
    )
    conditions: list[ColumnElement[bool]] = []
    if units:
        conditions.append(Task.lead_unit_id.in_(select(Unit.id).where(below(units))))
    if helpers:
        helped = select(cooperation.c.task_id).join(Unit, Unit.id == cooperation.c.unit_id)
        conditions.append(Task.id.in_(helped.where(below(helpers))))
    if organisers:
        organised = select(Campaign.id).join(Campaign.owner)
        conditions.append(Task.campaign_id.in_(organised.where(below(organisers))))
    return or_(*conditions) if conditions else false()


def scope_signs(actor: Actor, permission: Permission = Permission.SEE_TASK) -> tuple[str, ...]:
    """The same in the signs of search entries: one of them stands in the entry of each task in scope."""
    return (
        *signs_of_reach(reach(actor, permission, Place.UNIT)),
        *signs_of_reach(reach(actor, permission, Place.COOPERATING), HELPS),
        *signs_of_reach(reach(actor, permission, Place.CAMPAIGN), ORGANISES),
    )


@cache
def goes_on() -> ColumnElement[bool]:
    """The condition that the task's campaign is not concluded; Python asks `works_on`.

    Made once: every page of a leader asks it several times, and to name a table anew takes longer than to ask.
    """
    working = [status for status in CampaignStatus if works_on(status)]
    its = aliased(Campaign)
    return exists(select(its.id).where(its.id == Task.campaign_id, its.status.in_(working)))


def whole() -> Select[Task]:
    """Tasks with everything their page shows, in the order of the list: numbered ones first, then as entered."""
    return (
        select(Task)
        .options(
            joinedload(Task.lead_unit),
            joinedload(Task.movement),
            joinedload(Task.campaign).joinedload(Campaign.owner),
            joinedload(Task.campaign).joinedload(Campaign.area),
            selectinload(Task.cooperating),
            selectinload(Task.indicators).selectinload(Indicator.milestones),
            selectinload(Task.events).selectinload(TaskEvent.remarks),
        )
        .order_by(Task.number.is_(None), Task.number, Task.id)
    )


def with_events(ids: Iterable[int]) -> Select[Task]:
    """These tasks with their events, so that those of many are read at once."""
    return select(Task).options(selectinload(Task.events)).where(Task.id.in_(ids)).order_by(Task.id)


def seen_by(actor: Actor) -> Select[Task]:
    """The tasks that the actor may know of."""
    return whole().where(in_scope(actor))


def registered(statement: Select[Task]) -> Select[Task]:
    """Those that stand in the campaign's list."""
    return statement.where(Task.status.in_(REGISTERED))


def of_unit_in_campaign(campaign_id: int, unit_id: int) -> Select[Task]:
    """A unit's registered tasks of one campaign: what its commitment holds."""
    return registered(whole()).where(Task.campaign_id == campaign_id, Task.lead_unit_id == unit_id)


def of_unit_or_helped(campaign_id: int, unit_id: int) -> ColumnElement[bool]:
    """The condition of the campaign's tasks that a unit leads, or helps with."""
    helped = select(cooperation.c.task_id).where(cooperation.c.unit_id == unit_id)
    return (Task.campaign_id == campaign_id) & ((Task.lead_unit_id == unit_id) | Task.id.in_(helped))


def count_registered(campaign_id: int) -> Select[int]:
    """How many tasks stand in the campaign's list: the 23 of "23/24"."""
    return select(func.count(Task.id)).where(Task.campaign_id == campaign_id, Task.status.in_(REGISTERED))


def awaiting_approval(actor: Actor) -> Select[Task]:
    """Submitted tasks on which the actor may decide: neither entered, edited nor sent by the actor.

    A concluded campaign asks for nothing any more.
    """
    written_by_me = exists().where(
        TaskEvent.task_id == Task.id,
        TaskEvent.kind.in_(sorted(AUTHORING)),
        TaskEvent.by_id == actor.account_id,
    )
    return whole().where(
        Task.status == TaskStatus.SUBMITTED,
        in_scope(actor, Permission.DECIDE_TASK),
        goes_on(),
        Task.entered_by_id != actor.account_id,
        ~written_by_me,
    )


def own_drafts(actor: Actor, campaign_id: int) -> Select[Task]:
    """The drafts that the actor entered in a campaign and has not sent, the newest first."""
    own = (Task.campaign_id == campaign_id) & (Task.entered_by_id == actor.account_id)
    return select(Task).where(own, Task.status == TaskStatus.DRAFT).order_by(Task.id.desc())


def labels_used(area_unit_id: int) -> Select[str]:
    """What the indicators in the lists of an area's campaigns measure, the most used first; never those of drafts."""
    return (
        select(Indicator.label)
        .join(Task)
        .join(Campaign, Campaign.id == Task.campaign_id)
        .where(Campaign.area_unit_id == area_unit_id, Task.status.in_(REGISTERED))
        .group_by(Indicator.label)
        .order_by(func.count().desc(), Indicator.label)
    )


def measures_used(area_unit_id: int) -> Select[str]:
    """The units of measure that the tasks of an area's campaigns use, the most used first."""
    return (
        select(Indicator.measure)
        .join(Task)
        .join(Campaign, Campaign.id == Task.campaign_id)
        .where(Campaign.area_unit_id == area_unit_id)
        .group_by(Indicator.measure)
        .order_by(func.count().desc(), Indicator.measure)
    )

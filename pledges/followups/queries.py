"""Questions about follow-ups and meetings; every list of follow-ups begins with `seen_by`."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.followups.models import FollowUp, Meeting
from pledges.tasks.models import Task
from pledges.units.models import Unit
from pledges.units.queries import below


def in_scope(actor: Actor, permission: Permission = Permission.SEE_FOLLOW_UP) -> ColumnElement[bool]:
    """The condition that the actor has the permission for a follow-up; Python asks `may(actor, permission, …)`."""
    at_unit = select(Unit.id).where(below(reach(actor, permission, Place.UNIT)))
    organised = (
        select(Campaign.id).join(Campaign.owner).where(below(reach(actor, permission, Place.CAMPAIGN)))
    )
    return or_(
        FollowUp.unit_id.in_(at_unit),
        FollowUp.campaign_id.in_(organised),
        FollowUp.owner_id == actor.account_id,
    )


def whole() -> Select[FollowUp]:
    """Follow-ups with all that a row shows: the open first, by their day, those without one last."""
    return (
        select(FollowUp)
        .options(
            joinedload(FollowUp.campaign).joinedload(Campaign.owner),
            joinedload(FollowUp.campaign).joinedload(Campaign.area),
            joinedload(FollowUp.unit),
            joinedload(FollowUp.task).joinedload(Task.lead_unit),
            joinedload(FollowUp.meeting),
            joinedload(FollowUp.owner),
        )
        .order_by(FollowUp.ended_at.is_not(None), FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )


def seen_by(actor: Actor) -> Select[FollowUp]:
    """The follow-ups that the actor may know of."""
    return whole().where(in_scope(actor))


def still_open(statement: Select[FollowUp]) -> Select[FollowUp]:
    """Those that are still to be done."""
    return statement.where(FollowUp.ended_at.is_(None))


def open_in(campaign_id: int) -> Select[FollowUp]:
    """What is still to be done in a campaign, the first due first."""
    return still_open(whole()).where(FollowUp.campaign_id == campaign_id)


def overdue(statement: Select[FollowUp], day: date) -> Select[FollowUp]:
    """Those that should have been done before the day."""
    return still_open(statement).where(FollowUp.due_on < day)


def of_meeting(meeting_id: int) -> Select[FollowUp]:
    """What was decided in a meeting, as it was written down."""
    return whole().where(FollowUp.meeting_id == meeting_id).order_by(None).order_by(FollowUp.id)


def of_task(task_id: int) -> Select[FollowUp]:
    """What is followed up about a task."""
    return whole().where(FollowUp.task_id == task_id)


def _meetings() -> Select[Meeting]:
    return (
        select(Meeting)
        .options(joinedload(Meeting.campaign).joinedload(Campaign.owner))
        .options(joinedload(Meeting.campaign).joinedload(Campaign.area))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )


def meetings(campaign_id: int) -> Select[Meeting]:
    """The meetings of a campaign, the last first."""
    return _meetings().where(Meeting.campaign_id == campaign_id)


def meeting_of(meeting_id: int) -> Select[Meeting]:
    """One meeting with its campaign."""
    return _meetings().where(Meeting.id == meeting_id)


def before(meeting: Meeting) -> Select[Meeting]:
    """The meetings of its campaign before this one, the last first."""
    earlier = (Meeting.held_on < meeting.held_on) | (
        (Meeting.held_on == meeting.held_on) & (Meeting.id < meeting.id)
    )
    return meetings(meeting.campaign_id).where(earlier)


def organised_by(actor: Actor) -> Select[Campaign]:
    """The campaigns whose meetings the actor holds; Python asks `may(actor, HOLD_MEETING, …)`."""
    paths = reach(actor, Permission.HOLD_MEETING, Place.CAMPAIGN)
    return listed().where(Campaign.owner_unit_id.in_(select(Unit.id).where(below(paths))))

"""Questions about obstacles that leaders have decided on."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.clock import end_of
from pledges.followups.models import FollowUp
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit
from pledges.units.queries import below


def decided_of_own(actor: Actor, first: datetime) -> Select[Obstacle]:
    """The obstacles of the actor's own units that leaders decided on since the moment, newest first."""
    own = select(Unit.id).where(below(reach(actor, Permission.ENTER_REPORT, Place.UNIT)))
    return (
        select(Obstacle)
        .join(Obstacle.report)
        .join(Report.task)
        .options(joinedload(Obstacle.report).joinedload(Report.task))
        .where(Task.lead_unit_id.in_(own), Obstacle.decided_at >= first)
        .order_by(Obstacle.decided_at.desc(), Obstacle.id.desc())
    )


def decided(campaign_id: int, actor: Actor, day: date) -> Select[Obstacle]:
    """The obstacles of a campaign that had been decided on by the day, as far as the actor may know, newest first."""
    return (
        select(Obstacle)
        .join(Obstacle.report)
        .join(Report.task)
        .options(
            joinedload(Obstacle.report).options(
                joinedload(Report.period), joinedload(Report.task).joinedload(Task.lead_unit)
            ),
            joinedload(Obstacle.amendment),
            joinedload(Obstacle.follow_up).joinedload(FollowUp.unit),
        )
        .where(
            Task.campaign_id == campaign_id,
            in_scope(actor, Permission.SEE_REPORT),
            Obstacle.decided_at <= end_of(day),
        )
        .order_by(Obstacle.decided_at.desc(), Obstacle.id.desc())
    )

"""Questions about what waits for a leader."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.progress.models import Report, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import open_obstacles
from pledges.tasks.models import Task
from pledges.tasks.queries import goes_on


def obstacles(statement: Select[Obstacle]) -> Select[Obstacle]:
    """Obstacles with everything their page shows, and whose entry the report is."""
    return statement.options(
        joinedload(Obstacle.report).options(
            joinedload(Report.period),
            joinedload(Report.task).options(
                joinedload(Task.lead_unit),
                joinedload(Task.campaign).options(joinedload(Campaign.owner), joinedload(Campaign.area)),
                selectinload(Task.cooperating),
            ),
            selectinload(Report.rounds).options(
                selectinload(ReportRound.events), selectinload(ReportRound.writers)
            ),
        )
    )


def obstacle(obstacle_id: int) -> Select[Obstacle]:
    """One obstacle."""
    return obstacles(select(Obstacle).where(Obstacle.id == obstacle_id))


def obstacles_waiting(actor: Actor) -> Select[Obstacle]:
    """The obstacles without a decision that lie in the actor's hands, oldest first; Python leaves out own entries."""
    going_on = select(Report.id).where(Report.task_id.in_(select(Task.id).where(goes_on())))
    return obstacles(open_obstacles(actor, Permission.DECIDE_OBSTACLE)).where(
        Obstacle.report_id.in_(going_on)
    )

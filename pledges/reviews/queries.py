"""Questions about what waits for a leader."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor, Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on
from pledges.campaigns.models import Campaign
from pledges.progress.models import Report, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import open_obstacles
from pledges.tasks.assigning.queries import tasks_of
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import goes_on
from pledges.units.models import Unit
from pledges.units.queries import alive_on, ancestry, below


def obstacles(statement: Select[Obstacle]) -> Select[Obstacle]:
    """Obstacles with everything their page shows, and whose entry the report is."""
    return statement.options(
        joinedload(Obstacle.amendment),
        joinedload(Obstacle.follow_up),
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
        ),
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


def supervised(actor: Actor, day: date) -> Select[int]:
    """The tasks that the actor supervises on the day: their obstacles are the actor's own."""
    return tasks_of(actor.account_id, Duty.SUPERVISING, day)


def indicator(indicator_id: int) -> Select[Indicator]:
    """One indicator with its task, as far as permissions and the page of a question need it."""
    task = joinedload(Indicator.task)
    return (
        select(Indicator)
        .options(
            task.joinedload(Task.lead_unit),
            task.joinedload(Task.campaign).options(joinedload(Campaign.owner), joinedload(Campaign.area)),
            task.selectinload(Task.cooperating),
            task.selectinload(Task.indicators),
        )
        .where(Indicator.id == indicator_id)
    )


def leaders_of(campaign: Campaign, day: date) -> Select[Appointment]:
    """The posts of those who decide in a campaign: leaders at the organising unit or above it, who may sign in."""
    paths = [campaign.owner.path, *ancestry(campaign.owner.path)]
    return (
        appointments_on(day)
        .where(Unit.path.in_(paths), Appointment.role == Role.LEADER, Account.closed_at.is_(None))
        .order_by(None)
        .order_by(Unit.path.desc(), Account.name_sort, Appointment.id)
    )


def people_within(campaign: Campaign, day: date) -> Select[Appointment]:
    """The posts in the campaign's area of people who may sign in and can be asked to do something, by unit."""
    return (
        appointments_on(day)
        .where(
            below([campaign.area.path]), Appointment.role != Role.ADMINISTRATOR, Account.closed_at.is_(None)
        )
        .order_by(None)
        .order_by(Unit.position, Unit.id, Account.name_sort, Appointment.id)
    )


def units_within(campaign: Campaign, day: date) -> Select[Unit]:
    """The units of the campaign's area that exist on the day, in the order of the official list."""
    return alive_on(day).where(below([campaign.area.path]))

"""Questions about what waits for a leader."""

from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor, Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on
from pledges.campaigns.models import Campaign
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import answer_waits
from pledges.progress.models import Report, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import awaiting_review, written_by
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import awaiting as amendments_awaiting
from pledges.tasks.assigning.queries import tasks_of
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import awaiting_approval, goes_on, in_scope
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


def obstacle_waits(actor: Actor) -> ColumnElement[bool]:
    """The condition that an obstacle waits for the actor's decision: nobody's yet, raised by others, work goes on.

    Asked obstacle by obstacle: as a list of reports, the database would make that of all reports first.
    """
    of_a_task = (
        select(Report.id)
        .join(Report.task)
        .where(Report.id == Obstacle.report_id, in_scope(actor, Permission.DECIDE_OBSTACLE), goes_on())
        .correlate(Obstacle)
        .exists()
    )
    undecided = Obstacle.decision.is_(None) & Obstacle.withdrawn_at.is_(None)
    return and_(undecided, of_a_task, ~written_by(actor, Obstacle.report_id))


def obstacles_waiting(actor: Actor) -> Select[Obstacle]:
    """The obstacles that wait for the actor's decision, oldest first."""
    return obstacles(select(Obstacle)).where(obstacle_waits(actor)).order_by(Obstacle.raised_at, Obstacle.id)


@lru_cache(maxsize=64)
def how_many_wait(actor: Actor) -> Select[int]:
    """How many things wait for the actor in the queue, asked at once: the top bar says it on every page.

    Made once for a leader with these posts: to write the statement takes several times as long as to ask it.
    """
    waiting = (
        awaiting_approval(actor).with_only_columns(Task.id),
        amendments_awaiting(actor).with_only_columns(Amendment.id),
        awaiting_review(actor).with_only_columns(Report.id),
        select(Obstacle.id).where(obstacle_waits(actor)),
        select(ExplanationRequest.id).where(answer_waits(actor)),
    )
    counts = [
        select(func.count()).select_from(one.order_by(None).subquery()).scalar_subquery() for one in waiting
    ]
    return select(sum(counts[1:], counts[0]))


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

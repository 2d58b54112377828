"""Questions about periods, reports and obstacles; every list of reports begins with `seen_by`."""

from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.followups.models import FollowUp
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import (
    Evidence,
    Period,
    Report,
    ReportEvent,
    ReportRemark,
    ReportRound,
    RoundWriter,
)
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import Task
from pledges.tasks.queries import goes_on, in_scope


def periods_of(campaign_id: int) -> Select[Period]:
    """The periods of a campaign, oldest first."""
    return select(Period).where(Period.campaign_id == campaign_id).order_by(Period.start_on)


def begun(campaign_id: int, day: date) -> Select[Period]:
    """The periods that have begun by the day, oldest first: what can be reported on."""
    return periods_of(campaign_id).where(Period.start_on <= day)


def whole() -> Select[Report]:
    """Reports with everything their page shows, by task and period."""
    return (
        select(Report)
        .join(Report.task)
        .join(Report.period)
        .options(
            joinedload(Report.period),
            joinedload(Report.task).options(
                joinedload(Task.lead_unit),
                joinedload(Task.campaign).joinedload(Campaign.owner),
                joinedload(Task.campaign).joinedload(Campaign.area),
                selectinload(Task.cooperating),
                selectinload(Task.indicators),
                selectinload(Task.events),
            ),
            selectinload(Report.rounds).options(
                selectinload(ReportRound.figures),
                selectinload(ReportRound.events).selectinload(ReportEvent.remarks),
                selectinload(ReportRound.writers),
                selectinload(ReportRound.evidence).joinedload(Evidence.file),
            ),
        )
        .order_by(Task.number, Period.start_on, Report.id)
    )


def seen_by(actor: Actor) -> Select[Report]:
    """The reports that the actor may know of."""
    return whole().where(Report.task_id.in_(select(Task.id).where(in_scope(actor, Permission.SEE_REPORT))))


def of_task(task_id: int) -> Select[Report]:
    """A task's reports, oldest period first."""
    return whole().where(Report.task_id == task_id)


def rounds_of_task(task_id: int) -> Select[Report]:
    """A task's reports with their rounds and what happened to these: enough to tell the story."""
    return (
        select(Report)
        .options(
            joinedload(Report.period),
            selectinload(Report.rounds).options(
                selectinload(ReportRound.events)
                .selectinload(ReportEvent.remarks)
                .joinedload(ReportRemark.indicator),
                selectinload(ReportRound.writers),
            ),
        )
        .where(Report.task_id == task_id)
        .order_by(Report.id)
    )


def of_task_in_period(task_id: int, period_id: int) -> Select[Report]:
    """A task's report for a period, if it was begun."""
    return whole().where(Report.task_id == task_id, Report.period_id == period_id)


def written_by(actor: Actor, report_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that the actor wrote into the report of that number, or sent it: others review it."""
    wrote = exists().where(RoundWriter.round_id == ReportRound.id, RoundWriter.account_id == actor.account_id)
    sent = exists().where(
        ReportEvent.round_id == ReportRound.id,
        ReportEvent.kind == ReportEventKind.SUBMITTED,
        ReportEvent.by_id == actor.account_id,
    )
    mine = ReportRound.entered_by_id == actor.account_id
    return exists(select(ReportRound.id).where(ReportRound.report_id == report_id, mine | wrote | sent))


@cache
def _sent() -> Select[int]:
    """The numbers of the reports that were sent and not yet answered; made once, as `goes_on` is."""
    sent = aliased(Report)
    return select(sent.id).where(sent.waits_since.is_not(None))


def awaiting_review(actor: Actor) -> Select[Report]:
    """Reports that were sent and not yet answered, on which the actor may decide: others' entries, by task.

    A concluded campaign asks for nothing any more. Begins with the few that wait, of whatever ward: neither the
    tasks of the actor's campaigns nor the reports of other wards are walked through.
    """
    return whole().where(
        Report.id.in_(_sent()),
        in_scope(actor, Permission.REVIEW_REPORT),
        goes_on(),
        ~written_by(actor, Report.id),
    )


def words_on_reports(
    tasks: ColumnElement[bool],
) -> Select[int, int, int, int, ReportEventKind | None, str | None, str | None, datetime | None]:
    """What was said of the reports of some tasks, in their order in time.

    Columns: task, period, report, round's number; kind, reason, person and moment of an event, or None for a round
    to which nothing has happened yet.
    """
    return (
        select(
            Report.task_id,
            Report.period_id,
            Report.id,
            ReportRound.number,
            ReportEvent.kind,
            ReportEvent.reason,
            ReportEvent.by_name,
            ReportEvent.at,
        )
        .join(ReportRound, ReportRound.report_id == Report.id)
        .join(Task, Task.id == Report.task_id)
        .outerjoin(ReportEvent, ReportEvent.round_id == ReportRound.id)
        .where(tasks)
        .order_by(Report.id, ReportRound.number, ReportEvent.id)
    )


def obstacles_of_task(task_id: int) -> Select[Obstacle]:
    """The obstacles that a task's reports raised, oldest first, with what was decided on them."""
    return (
        select(Obstacle)
        .join(Obstacle.report)
        .options(
            joinedload(Obstacle.amendment),
            joinedload(Obstacle.follow_up).joinedload(FollowUp.unit),
        )
        .where(Report.task_id == task_id)
        .order_by(Obstacle.raised_at, Obstacle.id)
    )


def with_evidence(evidence_id: int) -> Select[Report]:
    """The report to which a file is tied."""
    tied = select(ReportRound.report_id).join(ReportRound.evidence).where(Evidence.id == evidence_id)
    return whole().where(Report.id.in_(tied))

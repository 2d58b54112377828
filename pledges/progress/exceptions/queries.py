"""Questions about exceptions from periods."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from pledges.campaigns.models import Campaign
from pledges.progress.calendar import ReportEventKind
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.models import Period, Report, ReportEvent, ReportRound
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED


def periods_with_excuses(campaign_id: int) -> Select[*tuple[Any, ...]]:
    """The periods of a campaign, each with those who were ever excused from it: a row for each, one at least.

    Columns: those of `PeriodFacts`; unit, task, granted and revoked when, and why, or None where nobody was excused.
    """
    excused = (PeriodException.period_id == Period.id) & (PeriodException.kind == ExceptionKind.EXCUSED)
    return (
        select(
            Period.id,
            Period.start_on,
            Period.end_on,
            Period.due_on,
            Period.grace_until,
            Period.locks_after,
            Period.cycle,
            Period.name,
            PeriodException.unit_id,
            PeriodException.task_id,
            PeriodException.granted_at,
            PeriodException.revoked_at,
            PeriodException.reason,
        )
        .outerjoin(PeriodException, excused)
        .where(Period.campaign_id == campaign_id)
        .order_by(Period.start_on, PeriodException.id)
    )


def of_campaign(campaign_id: int, period_id: int | None = None) -> Select[PeriodException]:
    """The exceptions ever given in a campaign (for one period) with all their page shows: the newest period first."""
    wanted = Period.campaign_id == campaign_id
    if period_id is not None:
        wanted &= Period.id == period_id
    return (
        select(PeriodException)
        .join(PeriodException.period)
        .options(
            contains_eager(PeriodException.period),
            joinedload(PeriodException.unit),
            joinedload(PeriodException.task),
        )
        .where(wanted)
        .order_by(Period.start_on.desc(), PeriodException.id.desc())
    )


def one(exception_id: int) -> Select[PeriodException]:
    """An exception with its period and campaign."""
    campaign = joinedload(PeriodException.period).joinedload(Period.campaign)
    return (
        select(PeriodException)
        .options(
            campaign.joinedload(Campaign.owner),
            campaign.joinedload(Campaign.area),
            joinedload(PeriodException.unit),
            joinedload(PeriodException.task),
        )
        .where(PeriodException.id == exception_id)
    )


def standing(period_id: int) -> Select[PeriodException]:
    """The exceptions from the period that nobody revoked."""
    return (
        select(PeriodException)
        .where(PeriodException.period_id == period_id, PeriodException.revoked_at.is_(None))
        .order_by(PeriodException.id)
    )


def unlocked_until(period_id: int, task: Task) -> Select[date | None]:
    """Until when an exception lets the task's unit report on the locked period: the last day there is."""
    return (
        select(PeriodException.until)
        .where(
            PeriodException.period_id == period_id,
            PeriodException.kind == ExceptionKind.UNLOCKED,
            PeriodException.revoked_at.is_(None),
            PeriodException.unit_id == task.lead_unit_id,
            PeriodException.task_id.is_(None) | (PeriodException.task_id == task.id),
        )
        .order_by(PeriodException.until.desc(), PeriodException.id)
        .limit(1)
    )


def last_event_of(period_id: int, task_id: int) -> Select[ReportEventKind]:
    """What happened last to the task's report for the period."""
    return (
        select(ReportEvent.kind)
        .join(ReportRound, ReportRound.id == ReportEvent.round_id)
        .join(Report, Report.id == ReportRound.report_id)
        .where(Report.period_id == period_id, Report.task_id == task_id)
        .order_by(ReportEvent.id.desc())
        .limit(1)
    )


def tasks_of(campaign_id: int) -> Select[Task]:
    """The tasks that may need an exception, with their units, in the order of the list."""
    return (
        select(Task)
        .options(joinedload(Task.lead_unit))
        .where(Task.campaign_id == campaign_id, Task.status.in_(REGISTERED))
        .order_by(Task.number, Task.id)
    )

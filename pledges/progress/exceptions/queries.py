"""Questions about exceptions from periods."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from pledges.campaigns.models import Campaign
from pledges.core.among import among
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


def unlocked_in(period_id: int) -> Select[int, int | None, date | None]:
    """Who may report on the locked period: unit, task (None for all of the unit's), last day."""
    return (
        select(PeriodException.unit_id, PeriodException.task_id, PeriodException.until)
        .where(
            PeriodException.period_id == period_id,
            PeriodException.kind == ExceptionKind.UNLOCKED,
            PeriodException.revoked_at.is_(None),
        )
        .order_by(PeriodException.id)
    )


def events_in(period_id: int, task_ids: Iterable[int]) -> Select[int, ReportEventKind]:
    """What happened to the reports of some tasks for the period, in its order: task, kind."""
    return (
        select(Report.task_id, ReportEvent.kind)
        .join(ReportRound, ReportRound.report_id == Report.id)
        .join(ReportEvent, ReportEvent.round_id == ReportRound.id)
        .where(Report.period_id == period_id, among(Report.task_id, task_ids))
        .order_by(ReportEvent.id)
    )


def tasks_of(campaign_id: int) -> Select[Task]:
    """The tasks that may need an exception, with their units, in the order of the list."""
    return (
        select(Task)
        .options(joinedload(Task.lead_unit))
        .where(Task.campaign_id == campaign_id, Task.status.in_(REGISTERED))
        .order_by(Task.number, Task.id)
    )

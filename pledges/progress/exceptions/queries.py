"""Questions about exceptions from periods."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.models import Period
from pledges.tasks.models import Task


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


def of_campaign(campaign_id: int) -> Select[PeriodException]:
    """The exceptions ever given in a campaign with all their page shows: newest period and grant first."""
    return (
        select(PeriodException)
        .join(PeriodException.period)
        .options(
            joinedload(PeriodException.period),
            joinedload(PeriodException.unit),
            joinedload(PeriodException.task),
        )
        .where(Period.campaign_id == campaign_id)
        .order_by(Period.start_on.desc(), PeriodException.id.desc())
    )


def unlocked_until(period: Period, task: Task) -> Select[date | None]:
    """Until when an exception lets the task's unit report on the locked period, the last of them first."""
    return (
        select(PeriodException.until)
        .where(
            PeriodException.period_id == period.id,
            PeriodException.kind == ExceptionKind.UNLOCKED,
            PeriodException.revoked_at.is_(None),
            PeriodException.unit_id == task.lead_unit_id,
            PeriodException.task_id.is_(None) | (PeriodException.task_id == task.id),
        )
        .order_by(PeriodException.until.desc(), PeriodException.id)
        .limit(1)
    )

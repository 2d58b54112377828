"""Fetching what happened between two days beside the reports: obstacles and amendments that the reader may know of."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core.clock import day_of, end_of
from pledges.overview import queries
from pledges.overview.between import Between, Event, What
from pledges.overview.comparing import Comparison
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope


def of_comparison(session: Session, campaign_id: int, actor: Actor, comparison: Comparison) -> Between:
    """The comparison with what happened between its days."""
    days = comparison.earlier.as_of, comparison.later.as_of
    told = [
        *_obstacles(session, campaign_id, actor, days),
        *_amendments(session, campaign_id, actor, days),
    ]
    reports = {
        (task_id, period_id): number
        for task_id, period_id, number in session.execute(queries.reports(campaign_id, actor))
    }
    return Between(comparison, reports, tuple(told))


def _obstacles(session: Session, campaign_id: int, actor: Actor, days: tuple[date, date]) -> Iterator[Event]:
    for one in session.execute(_obstacles_between(campaign_id, actor, days)):
        steps = (
            (one.raised_at, What.RAISED, f"nêu vướng mắc: {one.text}"),
            (one.decided_at, What.DECIDED, _decided(one)),
            (one.withdrawn_at, What.WITHDRAWN, f"rút vướng mắc: {one.text}"),
        )
        for at, what, words in steps:
            if at is not None and days[0] < day_of(at) <= days[1]:
                yield Event(one.task_id, day_of(at), what, one.report_id, words)


def _decided(one: Any) -> str:
    return f"quyết định về vướng mắc: {one.decision.label.lower()}" if one.decision else ""


def _amendments(session: Session, campaign_id: int, actor: Actor, days: tuple[date, date]) -> Iterator[Event]:
    for number, task_id, at, reason in session.execute(_amendments_between(campaign_id, actor, days)):
        if at is not None:
            yield Event(task_id, day_of(at), What.AMENDED, number, f"duyệt điều chỉnh: {reason}")


def _obstacles_between(campaign_id: int, actor: Actor, days: tuple[date, date]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Report.task_id,
            Obstacle.report_id,
            Obstacle.text,
            Obstacle.raised_at,
            Obstacle.decided_at,
            Obstacle.decision,
            Obstacle.withdrawn_at,
        )
        .join(Report, Report.id == Obstacle.report_id)
        .join(Task, Task.id == Report.task_id)
        .where(
            queries.listed(campaign_id, actor),
            in_scope(actor, Permission.SEE_REPORT),
            or_(
                _between(Obstacle.raised_at, days),
                _between(Obstacle.decided_at, days),
                _between(Obstacle.withdrawn_at, days),
            ),
        )
        .order_by(Obstacle.raised_at, Obstacle.id)
    )


def _amendments_between(
    campaign_id: int, actor: Actor, days: tuple[date, date]
) -> Select[int, int, datetime | None, str]:
    return (
        select(Amendment.id, Amendment.task_id, Amendment.decided_at, Amendment.reason)
        .join(Task, Task.id == Amendment.task_id)
        .where(
            queries.listed(campaign_id, actor),
            Amendment.status == AmendmentStatus.APPROVED,
            _between(Amendment.decided_at, days),
        )
        .order_by(Amendment.decided_at, Amendment.id)
    )


def _between(column: Any, days: tuple[date, date]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = (column > end_of(days[0])) & (column <= end_of(days[1]))
    return condition

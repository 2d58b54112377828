"""Questions of the overview: rows of columns, joined in Python (see `reading`)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Movement
from pledges.core.clock import end_of
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import CommonTask, Task, cooperation
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit


def listed(campaign_id: int, actor: Actor) -> ColumnElement[bool]:
    """The condition of the numbered tasks of a campaign that the actor may know of."""
    return (Task.campaign_id == campaign_id) & Task.number.is_not(None) & in_scope(actor)


def cards(campaign_id: int, actor: Actor) -> Select[*tuple[Any, ...]]:
    """Each task with its movement, its common task and its lead unit: what lists say of it."""
    return (
        select(
            Task.id,
            Task.number,
            Task.title,
            Task.product,
            Task.state_funding,
            Task.social_funding,
            Movement.name,
            CommonTask.title,
            Unit.id,
            Unit.code,
            Unit.name,
            Unit.short_name,
            Unit.block,
            Unit.position,
            Unit.path,
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Movement, Movement.id == Task.movement_id)
        .outerjoin(CommonTask, CommonTask.id == Task.common_task_id)
        .where(listed(campaign_id, actor))
        .order_by(Task.number, Task.id)
    )


def helpers(campaign_id: int, actor: Actor) -> Select[int, str]:
    """The cooperating units of each task, by short name, in the order of the official list."""
    return (
        select(cooperation.c.task_id, Unit.short_name)
        .join(Unit, Unit.id == cooperation.c.unit_id)
        .join(Task, Task.id == cooperation.c.task_id)
        .where(listed(campaign_id, actor))
        .order_by(cooperation.c.task_id, Unit.position, Unit.id)
    )


def reports(campaign_id: int, actor: Actor) -> Select[int, int, int]:
    """Task, period and number of each report."""
    return (
        select(Report.task_id, Report.period_id, Report.id)
        .join(Task, Task.id == Report.task_id)
        .where(listed(campaign_id, actor))
        .order_by(Report.id)
    )


def open_obstacles(campaign_id: int, actor: Actor, day: date) -> Select[int, int, int, str, str, datetime]:
    """The obstacles that were raised by the day and neither decided nor withdrawn by then, the oldest first."""
    until = end_of(day)
    return (
        select(
            Obstacle.id,
            Report.task_id,
            Obstacle.report_id,
            Obstacle.text,
            Obstacle.request,
            Obstacle.raised_at,
        )
        .join(Report, Report.id == Obstacle.report_id)
        .join(Task, Task.id == Report.task_id)
        .where(
            listed(campaign_id, actor),
            in_scope(actor, Permission.SEE_REPORT),
            Obstacle.raised_at <= until,
            Obstacle.decided_at.is_(None) | (Obstacle.decided_at > until),
            Obstacle.withdrawn_at.is_(None) | (Obstacle.withdrawn_at > until),
        )
        .order_by(Obstacle.raised_at, Obstacle.id)
    )

"""Questions of the first page: rows of columns, a fixed number whatever waits."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor, Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import appointments_on, locked, managed_by
from pledges.commitments.models import Commitment, Signatory, Signature
from pledges.commitments.queries import in_scope as commitment_in_scope
from pledges.commitments.rules import CommitmentStatus
from pledges.core import clock
from pledges.core.among import among
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Period, Report, ReportEvent, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import awaiting_review
from pledges.reviews.queries import obstacle_waits
from pledges.site.named import CALLED
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import awaiting_approval, in_scope
from pledges.tasks.rules import EDITABLE, REGISTERED, TaskEventKind, TaskStatus
from pledges.units.models import Unit
from pledges.units.queries import below

_OWN_WORK = (TaskStatus.DRAFT, TaskStatus.RETURNED, *sorted(REGISTERED))


def own_tasks(actor: Actor, campaign_ids: Iterable[int]) -> Select[int, int, TaskStatus, str, str, int]:
    """The tasks that the actor's own units lead and still work on: number, campaign, status, title, unit, its id."""
    own = select(Unit.id).where(below(reach(actor, Permission.ENTER_REPORT, Place.UNIT)))
    return (
        select(Task.id, Task.campaign_id, Task.status, Task.title, Unit.short_name, Unit.id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.campaign_id.in_(list(campaign_ids)), Task.lead_unit_id.in_(own), Task.status.in_(_OWN_WORK)
        )
        .order_by(Task.number, Task.id)
    )


def entered_for_others(
    actor: Actor, campaign_ids: Iterable[int]
) -> Select[int, int, TaskStatus, str, str, int]:
    """The unsent and returned tasks that the actor entered for a unit that is not the own; columns as `own_tasks`."""
    own = select(Unit.id).where(below(reach(actor, Permission.ENTER_REPORT, Place.UNIT)))
    return (
        select(Task.id, Task.campaign_id, Task.status, Task.title, Unit.short_name, Unit.id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            Task.campaign_id.in_(list(campaign_ids)),
            Task.entered_by_id == actor.account_id,
            Task.lead_unit_id.not_in(own),
            Task.status.in_(sorted(EDITABLE)),
            in_scope(actor, Permission.ENTER_TASK),
        )
        .order_by(Unit.position, Task.id)
    )


def returns_of_tasks(task_ids: Iterable[int]) -> Select[TaskEvent]:
    """Why, by whom and when tasks were returned, with what was remarked, oldest first."""
    return (
        select(TaskEvent)
        .options(selectinload(TaskEvent.remarks))
        .where(among(TaskEvent.task_id, task_ids), TaskEvent.kind == TaskEventKind.RETURNED)
        .order_by(TaskEvent.id)
    )


def registrations_sent(
    actor: Actor, campaign_ids: Iterable[int]
) -> Select[int, str, int | None, str, datetime]:
    """The actor's registrations that lie with leaders, oldest first: id, title, its number, unit, when sent."""
    sent_at = func.max(TaskEvent.at)
    return (
        select(Task.id, Task.title, Task.registration_number, Unit.short_name, sent_at)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(TaskEvent, TaskEvent.task_id == Task.id)
        .where(
            Task.campaign_id.in_(list(campaign_ids)),
            Task.status == TaskStatus.SUBMITTED,
            TaskEvent.kind == TaskEventKind.SUBMITTED,
            _of_mine(actor),
        )
        .group_by(Task.id, Task.title, Task.registration_number, Unit.short_name)
        .order_by(sent_at, Task.id)
    )


def decisions_on_registrations(
    actor: Actor, since: datetime
) -> Select[int, str, int | None, TaskEventKind, str, str, datetime]:
    """What others decided on the actor's registrations, newest first: id, title, number, what, note, who, when."""
    return (
        select(
            Task.id,
            Task.title,
            Task.number,
            TaskEvent.kind,
            TaskEvent.reason,
            TaskEvent.by_name,
            TaskEvent.at,
        )
        .join(TaskEvent, TaskEvent.task_id == Task.id)
        .where(
            TaskEvent.kind.in_([TaskEventKind.APPROVED, TaskEventKind.CANCELLED]),
            TaskEvent.at >= since,
            TaskEvent.by_id != actor.account_id,
            _of_mine(actor),
        )
        .order_by(TaskEvent.id.desc())
    )


def _of_mine(actor: Actor) -> ColumnElement[bool]:
    """The condition that the task is of an own unit, or was entered by the actor for another."""
    own = select(Unit.id).where(below(reach(actor, Permission.ENTER_TASK, Place.UNIT)))
    entered = (Task.entered_by_id == actor.account_id) & in_scope(actor, Permission.ENTER_TASK)
    return or_(Task.lead_unit_id.in_(own), entered)


def tasks_to_approve(actor: Actor) -> Select[int, str, str, datetime]:
    """Submitted tasks on which the actor may decide: number, title, unit, and when it was sent; oldest first."""
    waiting = awaiting_approval(actor).with_only_columns(Task.id).order_by(None)
    sent_at = func.max(TaskEvent.at)
    return (
        select(Task.id, Task.title, Unit.short_name, sent_at)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(TaskEvent, TaskEvent.task_id == Task.id)
        .where(Task.id.in_(waiting), TaskEvent.kind == TaskEventKind.SUBMITTED)
        .group_by(Task.id, Task.title, Unit.short_name)
        .order_by(sent_at, Task.id)
    )


def reports_to_review(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Reports on which the actor may decide: number, task, unit, when sent, the period's words; oldest first."""
    waiting = awaiting_review(actor).with_only_columns(Report.id).order_by(None)
    sent_at = func.max(ReportEvent.at)
    return (
        select(Report.id, Task.title, Unit.short_name, sent_at, *CALLED)
        .join(Task, Task.id == Report.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(Period, Period.id == Report.period_id)
        .join(ReportRound, ReportRound.report_id == Report.id)
        .join(ReportEvent, ReportEvent.round_id == ReportRound.id)
        .where(Report.id.in_(waiting), ReportEvent.kind == ReportEventKind.SUBMITTED)
        .group_by(Report.id, Task.title, Unit.short_name, *CALLED)
        .order_by(sent_at, Report.id)
    )


def obstacles_to_decide(actor: Actor) -> Select[int, str, str, str, datetime, int]:
    """Obstacles on which the actor may decide: number, words, task, unit, when raised, task's id; oldest first."""
    return (
        select(Obstacle.id, Obstacle.text, Task.title, Unit.short_name, Obstacle.raised_at, Task.id)
        .join(Report, Report.id == Obstacle.report_id)
        .join(Task, Task.id == Report.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(obstacle_waits(actor))
        .order_by(Obstacle.raised_at, Obstacle.id)
    )


def frozen_texts(commitment_ids: Iterable[int]) -> Select[int, int, int, str | None]:
    """Frozen commitments: number, campaign, unit, text."""
    return (
        select(Commitment.id, Commitment.campaign_id, Commitment.unit_id, Commitment.content)
        .where(Commitment.id.in_(list(commitment_ids)))
        .order_by(Commitment.id)
    )


def commitments_to_sign(actor: Actor, campaign_ids: Iterable[int]) -> Select[int, str, int, int]:
    """Frozen commitments whose signatures the actor records: number, unit, signatories, signatures."""
    return (
        select(Commitment.id, Unit.name, func.count(Signatory.id), func.count(Signature.id))
        .join(Unit, Unit.id == Commitment.unit_id)
        .join(Signatory, Signatory.commitment_id == Commitment.id)
        .outerjoin(Signatory.signature)
        .where(
            Commitment.status == CommitmentStatus.FROZEN,
            commitment_in_scope(actor, Permission.RECORD_PAPER_SIGNATURE),
            Commitment.campaign_id.in_(list(campaign_ids)),
        )
        .group_by(Commitment.id, Unit.name, Unit.position)
        .order_by(Unit.position, Commitment.id)
    )


def locked_accounts(actor: Actor) -> Select[int, str, datetime | None]:
    """The locked accounts that the administrator keeps, the last locked first."""
    return (
        managed_by(actor)
        .where(locked(clock.now()))
        .with_only_columns(Account.id, Account.name, Account.locked_at)
        .order_by(Account.locked_at.desc(), Account.id)
    )


def administrators(day: date) -> Select[Appointment]:
    """The posts of administrators who can sign in on the day."""
    return appointments_on(day).where(Appointment.role == Role.ADMINISTRATOR, Account.closed_at.is_(None))

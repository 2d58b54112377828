"""The records that a line of what somebody did speaks of, by the names that the person may still know."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import managed_by
from pledges.audit.models import LogEntry
from pledges.audit.queries import acts_of
from pledges.campaigns.models import Campaign
from pledges.commitments.models import Commitment
from pledges.commitments.queries import in_scope as commitment_in_scope
from pledges.followups.models import Meeting
from pledges.followups.queries import organised_by
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.models import Period, Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import in_scope
from pledges.units.models import Unit
from pledges.units.queries import below

NO_ACTS = ("account.signed_in", "document.print_kept")

CALLED = (Period.cycle, Period.start_on, Period.end_on, Period.name)
"""What `period_label` makes the words of a period of."""


def own_acts(actor: Actor) -> Select[LogEntry]:
    """What the person did, newest first; signing in is no act, and what a program does within one is not told apart."""
    return acts_of(actor.account_id).where(LogEntry.action.not_in(NO_ACTS))


def named_tasks(actor: Actor, ids: Iterable[int]) -> Select[int, str]:
    """Tasks by title, those that the actor may know of."""
    return select(Task.id, Task.title).where(Task.id.in_(list(ids)), in_scope(actor)).order_by(Task.id)


def named_reports(actor: Actor, ids: Iterable[int]) -> Select[*tuple[Any, ...]]:
    """Reports by task and the words of the period, those that the actor may know of."""
    return (
        select(Report.id, Task.title, *CALLED)
        .join(Task, Task.id == Report.task_id)
        .join(Period, Period.id == Report.period_id)
        .where(Report.id.in_(list(ids)), in_scope(actor, Permission.SEE_REPORT))
        .order_by(Report.id)
    )


def named_obstacles(actor: Actor, ids: Iterable[int]) -> Select[int, int, str]:
    """Obstacles with their report and task, those that the actor may know of."""
    return (
        select(Obstacle.id, Obstacle.report_id, Task.title)
        .join(Report, Report.id == Obstacle.report_id)
        .join(Task, Task.id == Report.task_id)
        .where(Obstacle.id.in_(list(ids)), in_scope(actor, Permission.SEE_REPORT))
        .order_by(Obstacle.id)
    )


def named_commitments(actor: Actor, ids: Iterable[int]) -> Select[int, str]:
    """Commitments by unit, those that the actor may know of."""
    return (
        select(Commitment.id, Unit.name)
        .join(Unit, Unit.id == Commitment.unit_id)
        .where(Commitment.id.in_(list(ids)), commitment_in_scope(actor))
        .order_by(Commitment.id)
    )


def named_accounts(actor: Actor, ids: Iterable[int]) -> Select[int, str]:
    """Accounts by name, those that the administrator keeps."""
    return (
        managed_by(actor)
        .where(Account.id.in_(list(ids)))
        .with_only_columns(Account.id, Account.name)
        .order_by(Account.id)
    )


def named_appointments(actor: Actor, ids: Iterable[int]) -> Select[int, int, str, str]:
    """Posts with the person, those that the administrator keeps."""
    kept = managed_by(actor).with_only_columns(Account.id)
    return (
        select(Appointment.id, Account.id, Account.name, Appointment.post)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.id.in_(list(ids)), Account.id.in_(kept))
        .order_by(Appointment.id)
    )


def named_units(actor: Actor, ids: Iterable[int]) -> Select[int, str]:
    """Units by name, those that the administrator keeps."""
    kept = below(reach(actor, Permission.MANAGE_UNITS, Place.UNIT))
    return select(Unit.id, Unit.name).where(Unit.id.in_(list(ids)), kept).order_by(Unit.id)


def named_assignments(actor: Actor, ids: Iterable[int]) -> Select[int, str, int, str]:
    """Assignments by person and task, those whose task the actor may know of: number, person, task, its title."""
    return (
        select(Assignment.id, Assignment.name, Task.id, Task.title)
        .join(Task, Task.id == Assignment.task_id)
        .where(Assignment.id.in_(list(ids)), in_scope(actor))
        .order_by(Assignment.id)
    )


def named_meetings(actor: Actor, ids: Iterable[int]) -> Select[int, str]:
    """Meetings by title, those of campaigns whose meetings the actor holds."""
    held = organised_by(actor).with_only_columns(Campaign.id).order_by(None)
    return (
        select(Meeting.id, Meeting.title)
        .where(Meeting.id.in_(list(ids)), Meeting.campaign_id.in_(held))
        .order_by(Meeting.id)
    )


def named_explanations(actor: Actor, ids: Iterable[int]) -> Select[int, str, int, str]:
    """Explanation requests by indicator and task, those that the actor may know of."""
    return (
        select(ExplanationRequest.id, Indicator.label, Task.id, Task.title)
        .join(Indicator, Indicator.id == ExplanationRequest.indicator_id)
        .join(Task, Task.id == Indicator.task_id)
        .where(ExplanationRequest.id.in_(list(ids)), in_scope(actor, Permission.SEE_REPORT))
        .order_by(ExplanationRequest.id)
    )

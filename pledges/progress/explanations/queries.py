"""Questions about explanation requests."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.progress.explanations.models import ExplanationRequest
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import goes_on, in_scope


def whole() -> Select[ExplanationRequest]:
    """Requests with everything that their page and permissions need, the first to be answered first."""
    task = joinedload(ExplanationRequest.indicator).joinedload(Indicator.task)
    return (
        select(ExplanationRequest)
        .join(ExplanationRequest.indicator)
        .join(Indicator.task)
        .options(
            joinedload(ExplanationRequest.period),
            task.joinedload(Task.lead_unit),
            task.joinedload(Task.campaign).options(joinedload(Campaign.owner), joinedload(Campaign.area)),
            task.selectinload(Task.cooperating),
        )
        .order_by(ExplanationRequest.answer_by, ExplanationRequest.id)
    )


def of_task(task_id: int) -> Select[ExplanationRequest]:
    """Everything that was asked on a task's indicators, oldest first."""
    return (
        whole()
        .where(Indicator.task_id == task_id)
        .order_by(None)
        .order_by(ExplanationRequest.asked_at, ExplanationRequest.id)
    )


def open_of_task(task_id: int) -> Select[ExplanationRequest]:
    """What was asked on a task's indicators and is not ended."""
    return of_task(task_id).where(ExplanationRequest.closed_at.is_(None))


def answer_waits(actor: Actor) -> ColumnElement[bool]:
    """The condition that a unit's answer waits for the actor to take it, while its campaign goes on.

    Asked request by request: as a list of tasks, SQLite would make that of all tasks first.
    """
    of_a_task = (
        select(Indicator.id)
        .join(Indicator.task)
        .where(
            Indicator.id == ExplanationRequest.indicator_id,
            in_scope(actor, Permission.ASK_EXPLANATION),
            goes_on(),
        )
        .correlate(ExplanationRequest)
        .exists()
    )
    answered = ExplanationRequest.answered_at.is_not(None) & ExplanationRequest.closed_at.is_(None)
    return and_(answered, of_a_task)


def answered(actor: Actor) -> Select[ExplanationRequest]:
    """The answers that wait for a leader to take them, the first answered first, while campaigns go on."""
    return (
        whole()
        .where(answer_waits(actor))
        .order_by(None)
        .order_by(ExplanationRequest.answered_at, ExplanationRequest.id)
    )


def overdue(actor: Actor, day: date) -> Select[ExplanationRequest]:
    """What a leader asked, or another leader, and no unit has answered in time, the longest overdue first."""
    return whole().where(
        ExplanationRequest.answered_at.is_(None),
        ExplanationRequest.closed_at.is_(None),
        ExplanationRequest.answer_by < day,
        in_scope(actor, Permission.ASK_EXPLANATION),
        goes_on(),
    )

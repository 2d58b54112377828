"""Questions of what waits: rows of columns, a fixed number whatever waits."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, selectinload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus, works_on
from pledges.core.among import among
from pledges.followups.models import FollowUp
from pledges.progress.calendar import ReportEventKind
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import answer_waits
from pledges.progress.models import ReportEvent, ReportRemark, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import goes_on
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit
from pledges.units.queries import below


def unlocked(task_ids: Iterable[int]) -> Select[int, int, date]:
    """Exceptions that let these tasks be reported on after the lock: period, task, until when."""
    return (
        select(PeriodException.period_id, Task.id, func.coalesce(PeriodException.until, date.min))
        .join(
            Task,
            (PeriodException.task_id == Task.id)
            | (PeriodException.task_id.is_(None) & (PeriodException.unit_id == Task.lead_unit_id)),
        )
        .where(
            among(Task.id, task_ids),
            PeriodException.kind == ExceptionKind.UNLOCKED,
            PeriodException.revoked_at.is_(None),
        )
        .order_by(PeriodException.id, Task.id)
    )


def returns_of_reports(report_ids: Iterable[int]) -> Select[int, ReportEvent]:
    """Which reports were returned, why, by whom and when, with what was remarked on their lines, oldest first."""
    return (
        select(ReportRound.report_id, ReportEvent)
        .join(ReportEvent, ReportEvent.round_id == ReportRound.id)
        .options(selectinload(ReportEvent.remarks).joinedload(ReportRemark.indicator))
        .where(among(ReportRound.report_id, report_ids), ReportEvent.kind == ReportEventKind.RETURNED)
        .order_by(ReportEvent.id)
    )


def _own_units(actor: Actor) -> Select[int]:
    return select(Unit.id).where(below(reach(actor, Permission.ENTER_REPORT, Place.UNIT)))


def to_explain(actor: Actor) -> Select[int, str, date, str, str, str, str]:
    """Questions that the actor's own units have not answered, the first due first.

    Number, question, until when, indicator, task, unit, who asks.
    """
    return (
        select(
            ExplanationRequest.id,
            ExplanationRequest.question,
            ExplanationRequest.answer_by,
            Indicator.label,
            Task.title,
            Unit.short_name,
            ExplanationRequest.asked_by_name,
        )
        .join(Indicator, Indicator.id == ExplanationRequest.indicator_id)
        .join(Task, Task.id == Indicator.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            ExplanationRequest.answered_at.is_(None),
            ExplanationRequest.closed_at.is_(None),
            Task.lead_unit_id.in_(_own_units(actor)),
            goes_on(),
        )
        .order_by(ExplanationRequest.answer_by, ExplanationRequest.id)
    )


def explained(actor: Actor) -> Select[int, str, str, str, datetime | None]:
    """Answers that wait for a leader to take them, oldest first: number, task, indicator, unit, when answered."""
    return (
        select(
            ExplanationRequest.id,
            Task.title,
            Indicator.label,
            Unit.short_name,
            ExplanationRequest.answered_at,
        )
        .join(Indicator, Indicator.id == ExplanationRequest.indicator_id)
        .join(Task, Task.id == Indicator.task_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(answer_waits(actor))
        .order_by(ExplanationRequest.answered_at, ExplanationRequest.id)
    )


def _campaign_goes_on(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    working = [status for status in CampaignStatus if works_on(status)]
    return column.in_(select(Campaign.id).where(Campaign.status.in_(working)))


def to_follow(
    actor: Actor,
) -> Select[int, str, date | None, int | None, str | None, str, str | None, Decision | None]:
    """What the actor answers for, or lies with an own unit and nobody in particular; the first due first.

    Number, words, due day, who answers for it, unit, who wrote it down, task; of an obstacle what was decided.
    """
    return (
        select(
            FollowUp.id,
            FollowUp.text,
            FollowUp.due_on,
            FollowUp.owner_id,
            Unit.short_name,
            FollowUp.made_by_name,
            Task.title,
            Obstacle.decision,
        )
        .outerjoin(Unit, Unit.id == FollowUp.unit_id)
        .outerjoin(Task, Task.id == FollowUp.task_id)
        .outerjoin(Obstacle, Obstacle.follow_up_id == FollowUp.id)
        .where(
            FollowUp.ended_at.is_(None),
            or_(
                FollowUp.owner_id == actor.account_id,
                (FollowUp.owner_id.is_(None) | (Obstacle.decision == Decision.REASSIGN))
                & FollowUp.unit_id.in_(_own_units(actor)),
            ),
            _campaign_goes_on(FollowUp.campaign_id),
        )
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )


def own_due_days(actor: Actor) -> Select[int, str, date, str]:
    """The registered tasks of the actor's own units by their due day: number, title, due day, unit."""
    return (
        select(Task.id, Task.title, Task.due_on, Unit.short_name)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(Task.lead_unit_id.in_(_own_units(actor)), Task.status.in_(sorted(REGISTERED)), goes_on())
        .order_by(Task.due_on, Task.id)
    )

"""Questions of the list of calls: rows of columns, a fixed number whatever is late."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from pledges.accounts.models import Account, Appointment
from pledges.core.among import among
from pledges.core.clock import end_of
from pledges.documents.queries import people_in
from pledges.followups.models import FollowUp
from pledges.followups.queries import whole
from pledges.followups.rules import FollowUpSource
from pledges.progress.explanations.models import ExplanationRequest
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.queries import standing
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Indicator, Task
from pledges.tasks.rules import REGISTERED
from pledges.units.models import Unit


def listed_tasks(campaign_id: int) -> Select[int, int | None, str, int]:
    """The registered tasks of a campaign in the order of its list: id, number, title, lead unit."""
    return (
        select(Task.id, Task.number, Task.title, Task.lead_unit_id)
        .where(Task.campaign_id == campaign_id, Task.status.in_(sorted(REGISTERED)), Task.number.is_not(None))
        .order_by(Task.number, Task.id)
    )


def unanswered(campaign_id: int, by: date, day: date) -> Select[int, date, int, str]:
    """Explanations that a unit owed on a day, due by another: task, until when, unit, indicator; first due first."""
    moment = end_of(day)
    return (
        select(Task.id, ExplanationRequest.answer_by, Task.lead_unit_id, Indicator.label)
        .join(Indicator, Indicator.id == ExplanationRequest.indicator_id)
        .join(Task, Task.id == Indicator.task_id)
        .where(
            Task.campaign_id == campaign_id,
            ExplanationRequest.asked_at <= moment,
            or_(ExplanationRequest.answered_at.is_(None), ExplanationRequest.answered_at > moment),
            or_(ExplanationRequest.closed_at.is_(None), ExplanationRequest.closed_at > moment),
            ExplanationRequest.answer_by <= by,
        )
        .order_by(ExplanationRequest.answer_by, ExplanationRequest.id)
    )


def overdue(campaign_id: int, day: date) -> Select[int | None, str, date | None, FollowUpSource, int]:
    """What lay with a unit past its day on this day, calls apart: unit, words, day, source, id; the first due first."""
    moment = end_of(day)
    return (
        select(FollowUp.unit_id, FollowUp.text, FollowUp.due_on, FollowUp.source, FollowUp.id)
        .where(
            FollowUp.campaign_id == campaign_id,
            FollowUp.unit_id.is_not(None),
            FollowUp.source != FollowUpSource.CALL,
            FollowUp.made_at <= moment,
            or_(FollowUp.ended_at.is_(None), FollowUp.ended_at > moment),
            FollowUp.due_on < day,
        )
        .order_by(FollowUp.due_on, FollowUp.id)
    )


def calls_in(campaign_id: int) -> Select[FollowUp]:
    """Every call of a campaign, the newest first."""
    return (
        select(FollowUp)
        .where(FollowUp.campaign_id == campaign_id, FollowUp.source == FollowUpSource.CALL)
        .order_by(FollowUp.made_at.desc(), FollowUp.id.desc())
    )


def promises_of(campaign_id: int, unit_id: int) -> Select[FollowUp]:
    """The promises of a unit that still stand."""
    return whole().where(
        FollowUp.campaign_id == campaign_id,
        FollowUp.unit_id == unit_id,
        FollowUp.source == FollowUpSource.CALL,
        FollowUp.ended_at.is_(None),
    )


def named_units(unit_ids: Iterable[int]) -> Select[int, str, str, int]:
    """Units by their names, in the order of the official list: id, name, block, position."""
    return (
        select(Unit.id, Unit.name, Unit.block, Unit.position)
        .where(Unit.id.in_(list(unit_ids)))
        .order_by(Unit.position, Unit.id)
    )


def responsible(task_ids: Iterable[int], day: date) -> Select[Assignment]:
    """Who answers for these tasks on the day and may sign in."""
    return (
        standing(day)
        .join(Account, Account.id == Assignment.account_id)
        .where(
            among(Assignment.task_id, task_ids),
            Assignment.duty == Duty.RESPONSIBLE,
            Account.closed_at.is_(None),
        )
    )


def people_by_unit(session: Session, unit_ids: Iterable[int], day: date) -> dict[int, list[Appointment]]:
    """The posts held in each of the units on the day by people whose account is open."""
    people: dict[int, list[Appointment]] = {}
    for held in session.scalars(people_in(unit_ids, day)):
        people.setdefault(held.unit_id, []).append(held)
    return people

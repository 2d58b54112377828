"""Fetching the ledger: a fixed number of queries, whatever the number of tasks and reports."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.progress.calendar import ReportEventKind
from pledges.progress.earlier import amendments_of, earlier_plans
from pledges.progress.exceptions.queries import periods_with_excuses
from pledges.progress.ledger import ExcuseFacts, Ledger, PeriodFacts, RoundFacts, TaskFacts
from pledges.progress.models import Figure, Report, ReportEvent, ReportRound
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.tasks.models import Indicator, Milestone, Task, TaskEvent
from pledges.tasks.queries import in_scope, of_unit_or_helped
from pledges.tasks.rules import TaskEventKind
from pledges.units.models import Unit


def of_campaign(session: Session, campaign_id: int, actor: Actor) -> Ledger:
    """The numbered tasks of a campaign that the actor may know of, with their reports."""
    wanted = (Task.campaign_id == campaign_id) & Task.number.is_not(None) & in_scope(actor)
    return _read(session, campaign_id, wanted)


def of_unit(session: Session, campaign_id: int, unit_id: int, actor: Actor) -> Ledger:
    """The numbered tasks that a unit leads or helps in a campaign, as far as the actor may know of them."""
    wanted = Task.number.is_not(None) & of_unit_or_helped(campaign_id, unit_id) & in_scope(actor)
    return _read(session, campaign_id, wanted)


def of_these(session: Session, campaign_id: int, wanted: ColumnElement[bool]) -> Ledger:
    """The tasks of a campaign that meet a condition, which answers for who may know of them."""
    return _read(session, campaign_id, (Task.campaign_id == campaign_id) & wanted)


def of_task(session: Session, task: Task) -> Ledger:
    """One task with its reports."""
    return _read(session, task.campaign_id, Task.id == task.id)


def _read(session: Session, campaign_id: int, wanted: ColumnElement[bool]) -> Ledger:
    periods, excuses = _periods(session, campaign_id)
    return Ledger(
        tasks=_tasks(session, wanted), periods=periods, rounds=_rounds(session, wanted), excuses=excuses
    )


def _periods(session: Session, campaign_id: int) -> tuple[list[PeriodFacts], list[ExcuseFacts]]:
    """The periods, and who was ever excused from one; one query."""
    periods: dict[int, PeriodFacts] = {}
    excuses: list[ExcuseFacts] = []
    for *period, unit_id, task_id, granted_at, revoked_at, reason in session.execute(
        periods_with_excuses(campaign_id)
    ):
        known = PeriodFacts(*period)
        periods[known.id] = known
        if unit_id is not None:
            until = day_of(revoked_at) if revoked_at else None
            excuses.append(ExcuseFacts(known.id, unit_id, task_id, day_of(granted_at), until, reason))
    return list(periods.values()), excuses


def _tasks(session: Session, wanted: ColumnElement[bool]) -> list[TaskFacts]:
    indicators = _indicators(session, wanted)
    days = _event_days(session, wanted)
    amendments = amendments_of(session, wanted)
    rows = session.execute(
        select(Task.id, Task.start_on, Task.due_on, Unit.id, Unit.valid_from, Unit.valid_to)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(wanted)
        .order_by(Task.number, Task.id)
    )
    found = []
    for number, start_on, due_on, unit_id, unit_from, unit_until in rows:
        plans = indicators.get(number, [])
        cancelled_on = days.get((number, TaskEventKind.CANCELLED))
        plan = TaskPlan(start_on, due_on, tuple(plan for _id, plan in plans), cancelled_on)
        ids = tuple(indicator_id for indicator_id, _plan in plans)
        earlier = earlier_plans(amendments.get(number, ()), ids, cancelled_on)
        approved_on = days.get((number, TaskEventKind.APPROVED))
        found.append(TaskFacts(number, plan, ids, approved_on, earlier, unit_id, unit_from, unit_until))
    return found


def _event_days(session: Session, wanted: ColumnElement[bool]) -> dict[tuple[int, TaskEventKind], date]:
    rows = session.execute(
        select(TaskEvent.task_id, TaskEvent.kind, TaskEvent.at)
        .join(Task, Task.id == TaskEvent.task_id)
        .where(wanted, TaskEvent.kind.in_([TaskEventKind.CANCELLED, TaskEventKind.APPROVED]))
        .order_by(TaskEvent.id)
    )
    return {(task_id, kind): day_of(at) for task_id, kind, at in rows}


def _indicators(session: Session, wanted: ColumnElement[bool]) -> dict[int, list[tuple[int, IndicatorPlan]]]:
    rows = session.execute(
        select(
            Indicator.task_id,
            Indicator.id,
            Indicator.label,
            Indicator.baseline,
            Indicator.target,
            Indicator.measure,
            Indicator.direction,
            Indicator.accumulates,
            Indicator.weight,
            Indicator.measured_from,
        )
        .join(Task)
        .where(wanted)
        .order_by(Indicator.task_id, Indicator.position)
    )
    milestones = _milestones(session, wanted)
    found: dict[int, list[tuple[int, IndicatorPlan]]] = defaultdict(list)
    for row in rows:
        plan = IndicatorPlan(
            label=row.label,
            baseline=row.baseline,
            target=row.target,
            measure=row.measure,
            direction=row.direction,
            accumulates=row.accumulates,
            weight=row.weight,
            measured_from=row.measured_from,
            milestones=tuple(milestones[row.id]),
        )
        found[row.task_id].append((row.id, plan))
    return found


def _milestones(session: Session, wanted: ColumnElement[bool]) -> dict[int, list[tuple[date, Decimal]]]:
    rows = session.execute(
        select(Milestone.indicator_id, Milestone.on, Milestone.value)
        .join(Indicator, Indicator.id == Milestone.indicator_id)
        .join(Task)
        .where(wanted)
        .order_by(Milestone.indicator_id, Milestone.on)
    )
    found: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for indicator_id, on, value in rows:
        found[indicator_id].append((on, value))
    return found


def _rounds(session: Session, wanted: ColumnElement[bool]) -> dict[tuple[int, int], list[RoundFacts]]:
    events: dict[int, dict[ReportEventKind, date]] = defaultdict(dict)
    for round_id, kind, at in session.execute(
        _of_rounds(
            select(ReportEvent.round_id, ReportEvent.kind, ReportEvent.at), ReportEvent.round_id, wanted
        )
    ):
        events[round_id][kind] = day_of(at)
    values: dict[int, dict[int, Decimal]] = defaultdict(dict)
    reached: dict[int, dict[int, date]] = defaultdict(dict)
    for round_id, indicator_id, value, reached_on in session.execute(
        _of_rounds(
            select(Figure.round_id, Figure.indicator_id, Figure.value, Figure.reached_on),
            Figure.round_id,
            wanted,
        )
    ):
        values[round_id][indicator_id] = value
        if reached_on is not None:
            reached[round_id][indicator_id] = reached_on
    found: dict[tuple[int, int], list[RoundFacts]] = defaultdict(list)
    for round_id, number, task_id, period_id in session.execute(
        select(ReportRound.id, ReportRound.number, Report.task_id, Report.period_id)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Task, Task.id == Report.task_id)
        .where(wanted)
        .order_by(Report.id, ReportRound.number)
    ):
        days = events[round_id]
        found[task_id, period_id].append(
            RoundFacts(
                number=number,
                submitted_on=days.get(ReportEventKind.SUBMITTED),
                accepted_on=days.get(ReportEventKind.ACCEPTED),
                returned_on=days.get(ReportEventKind.RETURNED),
                values=values[round_id],
                reached_on=reached[round_id],
            )
        )
    return found


def _of_rounds(statement: Any, round_id: Any, wanted: ColumnElement[bool]) -> Any:
    return (
        statement.join(ReportRound, ReportRound.id == round_id)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Task, Task.id == Report.task_id)
        .where(wanted)
        .order_by(round_id)
    )

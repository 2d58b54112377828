"""Việc của một đơn vị trong phong trào: the tasks that it leads and helps with, and what it still owes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import takes_tasks, works_on
from pledges.campaigns.selection import url_in
from pledges.commitments.standing import NOT_SIGNED, UnitStanding, standing_of
from pledges.core.dates import format_date, format_instant
from pledges.progress import queries, reading
from pledges.progress.calendar import SOONEST, ReportStatus
from pledges.progress.ledger import Ledger
from pledges.progress.rows import PeriodRow, last_words, most_pressing, rows_of
from pledges.progress.states import TaskState
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import of_unit_or_helped, seen_by
from pledges.tasks.registration import RegistrationState, UnitRegistration, registrations
from pledges.tasks.rules import REGISTERED, TaskEventKind, TaskStatus
from pledges.units.models import Unit


@dataclass(frozen=True)
class Gap:
    """Việc còn thiếu: what a unit still owes; `status` gives the words and colour of its tag.

    `url` shows it; `action` at `action_url` does it, for those who may.
    """

    status: Any
    title: str
    url: str = ""
    due: str = ""
    text: str = ""
    reason: str = ""
    action: str = ""
    action_url: str = ""
    hot: bool = False


@dataclass(frozen=True)
class TaskLine:
    """One task, who sent or entered it and when, and how it stands today; no state before it has its number."""

    task: Task
    by_name: str
    at: Any
    sent: bool
    state: TaskState | None


@dataclass(frozen=True)
class UnitWork:
    """Everything that a unit's page says of one campaign."""

    unit: Unit
    registration: UnitRegistration | None
    lower: tuple[UnitRegistration, ...]
    led: tuple[TaskLine, ...]
    helped: tuple[TaskLine, ...]
    gaps: tuple[Gap, ...]
    commitment: UnitStanding | None
    report_url: str = ""
    """Where all its reports of the newest period that asks are written together, for those who may."""


def work_of(session: Session, campaign: Campaign, unit: Unit, actor: Actor, today: date) -> UnitWork:
    """What the unit does and owes, as far as the actor may know; a fixed number of queries."""
    wanted = of_unit_or_helped(campaign.id, unit.id)
    tasks = list(session.scalars(seen_by(actor).where(wanted)))
    ledger = reading.of_unit(session, campaign.id, unit.id, actor)
    lines = [_line(task, ledger, today) for task in tasks if task.status is not TaskStatus.CANCELLED]
    led = tuple(line for line in lines if line.task.lead_unit_id == unit.id)
    found = registrations(session, campaign, campaign.day_within(today))
    own = next((one for one in found if one.unit.id == unit.id), None)
    commitment = standing_of(session, campaign, unit, actor)
    last = last_words(session.execute(queries.words_on_reports(wanted)))
    owed = [
        (line.task, [row for row in rows_of(ledger, line.task.id, today, last) if _presses(row, today)])
        for line in led
        if line.task.status in REGISTERED
    ]
    gaps: list[Gap] = []
    if works_on(campaign.status):
        gaps += _registering(campaign, unit, own, led, actor)
        gaps += [gap for task, rows in owed for gap in _reports(task, rows, actor, today)]
        gaps += _pledging(campaign, commitment)
    return UnitWork(
        unit=unit,
        registration=own,
        lower=tuple(
            one for one in found if one.unit.path != unit.path and one.unit.path.startswith(unit.path)
        ),
        led=led,
        helped=tuple(line for line in lines if line.task.lead_unit_id != unit.id),
        gaps=tuple(gaps),
        commitment=commitment,
        report_url=_together(unit, owed)
        if may(actor, Permission.ENTER_REPORT, campaign.subject_of(unit))
        else "",
    )


def _together(unit: Unit, owed: Iterable[tuple[Task, Sequence[PeriodRow]]]) -> str:
    periods = [row.period for _task, rows in owed for row in rows]
    newest = max(periods, key=lambda period: period.start_on, default=None)
    return url_for("progress.unit_report", unit_id=unit.id, period_id=newest.id) if newest else ""


def _line(task: Task, ledger: Ledger, today: date) -> TaskLine:
    sent = next((event for event in task.events if event.kind is TaskEventKind.SUBMITTED), None)
    state = ledger.standing(task.id, today).state if task.id in ledger.tasks else None
    if sent is None:
        return TaskLine(task, task.entered_by_name, task.entered_at, sent=False, state=state)
    return TaskLine(task, sent.by_name, sent.at, sent=True, state=state)


def _registering(
    campaign: Campaign, unit: Unit, own: UnitRegistration | None, led: Sequence[TaskLine], actor: Actor
) -> Iterator[Gap]:
    """What keeps the unit's registration from being complete: nothing begun, a return, a draft."""
    enters = takes_tasks(campaign.status) and may(actor, Permission.ENTER_TASK, campaign.subject_of(unit))
    if own is not None and own.missing and not led and takes_tasks(campaign.status):
        closes_on = campaign.registration_closes_on
        yield Gap(
            status=RegistrationState.MISSING,
            title=f"{unit.name} chưa đăng ký phần việc nào",
            due=f"hạn {format_date(closes_on)}" if closes_on else "",
            action="Đăng ký" if enters else "",
            action_url=url_in(campaign, "tasks.register"),
            hot=True,
        )
    for line in led:
        if line.task.status is TaskStatus.RETURNED:
            said = _last_return(line.task)
            yield Gap(
                status=line.task.status,
                title=line.task.title,
                url=url_for("progress.task", task_id=line.task.id),
                due=f"{said.by_name}, {format_instant(said.at)}",
                reason=said.reason,
                action="Sửa và gửi lại" if enters else "",
                action_url=url_for("tasks.edit", task_id=line.task.id),
                hot=True,
            )
    for line in led:
        if line.task.status is TaskStatus.DRAFT:
            yield Gap(
                status=line.task.status,
                title=line.task.title,
                url=url_for("progress.task", task_id=line.task.id),
                text=f"Chưa gửi duyệt. {line.by_name} lập lúc {format_instant(line.at)}",
                action="Viết tiếp và gửi" if enters else "",
                action_url=url_for("tasks.edit", task_id=line.task.id),
            )


def _last_return(task: Task) -> TaskEvent:
    return next(event for event in reversed(task.events) if event.kind is TaskEventKind.RETURNED)


def _presses(row: PeriodRow, today: date) -> bool:
    """Whether the report is owed by now, or will be soon."""
    return row.asks and (row.status is not ReportStatus.DUE or row.period.due_on - today <= SOONEST)


def _reports(task: Task, rows: Sequence[PeriodRow], actor: Actor, today: date) -> Iterator[Gap]:
    """The task's report to write first; the others that it owes are named beside."""
    first = most_pressing(rows)
    if first is None:
        return
    others = [row.label for row in reversed(rows) if row is not first]
    reason = first.last.returned_because if first.status is ReportStatus.RETURNED and first.last else ""
    late = f", quá {first.late_by} ngày" if first.period.due_on < today and first.late_by else ""
    yield Gap(
        status=first.status,
        title=f"Báo cáo {first.label}: {task.title}",
        url=url_for("progress.task", task_id=task.id),
        due=f"hạn {format_date(first.period.due_on)}{late}",
        text=f"Còn thiếu cả {', '.join(others)}" if others else "",
        reason=reason,
        action="Báo cáo" if may(actor, Permission.ENTER_REPORT, task.subject()) else "",
        action_url=url_for("progress.report", task_id=task.id, period_id=first.period.id),
        hot=first.status is not ReportStatus.DUE,
    )


def _pledging(campaign: Campaign, commitment: UnitStanding | None) -> Iterator[Gap]:
    if commitment is None or commitment.stage not in NOT_SIGNED:
        return
    opened = commitment.open
    yield Gap(
        status=commitment.stage,
        title=f"Bản cam kết của {commitment.unit.name}",
        url=url_for("commitments.commitment", commitment_id=opened.id) if opened else "",
        text=commitment.words,
        action="Soạn bản cam kết" if commitment.may_prepare else "",
        action_url=url_for("commitments.prepare", campaign_id=campaign.id, unit_id=commitment.unit.id),
    )

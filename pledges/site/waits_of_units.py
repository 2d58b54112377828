"""What waits for those who work and sign for a unit: reports, tasks, commitments."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.commitments.comparison import Renewal, to_renew
from pledges.commitments.queries import signed_units, texts_in_force, units_to_prepare
from pledges.commitments.unit_tasks import tasks_of_units
from pledges.core.dates import format_instant
from pledges.core.numbers import two_digits
from pledges.progress import reading
from pledges.progress.calendar import SOONEST, ReportEventKind, ReportStatus
from pledges.progress.queries import words_on_reports
from pledges.progress.rows import PeriodRow, SaidOfReport, last_words, rows_of
from pledges.site import queries
from pledges.site.waits import FIRST, Kind, Line, Wait, bundle, until
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED, TaskStatus

NOT_PLEDGED = "{} phần việc đã duyệt chưa có trong bản cam kết đã ký"
CHANGED = "{} so với bản cam kết đã ký"


@dataclass(frozen=True)
class OwnTask:
    """A task that one of the person's own units leads."""

    id: int
    campaign_id: int
    status: TaskStatus
    title: str
    unit: str


@dataclass(frozen=True)
class Returned:
    """Why something was returned, by whom and when; what was remarked on its parts."""

    reason: str
    by_name: str
    at: datetime
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Who and when."""
        return f"{self.by_name}, {format_instant(self.at)}"


def of_units(session: Session, actor: Actor, campaigns: Sequence[Campaign], today: date) -> Iterator[Wait]:
    """Reports and tasks of the units that the actor enters for."""
    if not campaigns or not reach(actor, Permission.ENTER_REPORT, Place.UNIT):
        return
    found = session.execute(queries.own_tasks(actor, [one.id for one in campaigns]))
    tasks = [OwnTask(*row) for row in found]
    several = len({task.unit for task in tasks}) > 1
    yield from _tasks(session, tasks, several=several)
    registered = [task for task in tasks if task.status in REGISTERED]
    if registered:
        yield from _reports(session, actor, registered, today, several=several)


def entered_for_others(session: Session, actor: Actor, campaigns: Sequence[Campaign]) -> Iterator[Wait]:
    """Nhập thay: tasks that the actor entered for other units, not sent yet or returned."""
    if not campaigns or not reach(actor, Permission.ENTER_TASK, Place.CAMPAIGN):
        return
    found = session.execute(queries.entered_for_others(actor, [one.id for one in campaigns]))
    yield from _tasks(session, [OwnTask(*row) for row in found], several=True)


def _tasks(session: Session, tasks: Sequence[OwnTask], *, several: bool) -> Iterator[Wait]:
    back = [task.id for task in tasks if task.status is TaskStatus.RETURNED]
    returns = {
        event.task_id: Returned(
            event.own_reason,
            event.by_name,
            event.at,
            tuple((remark.label, remark.words) for remark in event.remarks),
        )
        for event in session.scalars(queries.returns_of_tasks(back))
    }
    for task in tasks:
        if task.status is TaskStatus.RETURNED:
            yield _returned(task, returns[task.id], several=several)
    drafts: dict[int, list[OwnTask]] = defaultdict(list)
    for task in tasks:
        if task.status is TaskStatus.DRAFT:
            drafts[task.campaign_id].append(task)
    for campaign_id, unsent in drafts.items():
        yield from _drafts(campaign_id, unsent, several=several)


def _returned(task: OwnTask, said: Returned, *, several: bool) -> Wait:
    return Wait(
        kind=Kind.RETURNED,
        title=f"Phần việc: {task.title}",
        url=url_for("progress.task", task_id=task.id),
        action="Sửa và gửi lại",
        action_url=url_for("tasks.edit", task_id=task.id),
        due=said.words,
        text=task.unit if several else "",
        reason=said.reason,
        remarks=said.remarks,
        order=(date.min, task.id),
    )


def _drafts(campaign_id: int, drafts: Sequence[OwnTask], *, several: bool) -> Iterator[Wait]:
    """One draft by itself; several in one line, since they can be sent together."""
    if len(drafts) == 1:
        yield Wait(
            kind=Kind.DRAFT,
            title=f"Phần việc: {drafts[0].title}",
            url=url_for("tasks.edit", task_id=drafts[0].id),
            action="Sửa tiếp",
            text=drafts[0].unit if several else "",
            order=(date.max, drafts[0].id),
        )
        return
    lines = [
        Line(task.title, url_for("tasks.edit", task_id=task.id), task.unit if several else "")
        for task in drafts
    ]
    arguments: dict[str, Any] = {ARGUMENT: campaign_id}
    url = url_for("tasks.submit_several", **arguments)
    yield from bundle(Kind.DRAFT, "bản nháp phần việc chưa gửi", lines, url=url, action="Xem, gửi duyệt")


def _reports(
    session: Session, actor: Actor, tasks: Sequence[OwnTask], today: date, *, several: bool
) -> Iterator[Wait]:
    by_campaign: dict[int, list[OwnTask]] = defaultdict(list)
    for task in tasks:
        by_campaign[task.campaign_id].append(task)
    wanted = Task.id.in_([task.id for task in tasks])
    said = session.execute(words_on_reports(wanted)).all()
    last, returns = last_words(said), _returns(said)
    for campaign_id, own in by_campaign.items():
        ledger = reading.of_campaign(session, campaign_id, actor)
        for task in own:
            for row in rows_of(ledger, task.id, today, last):
                wait = _report(task, row, returns.get((task.id, row.period.id)), today, several=several)
                if wait is not None:
                    yield wait


def _returns(said: Sequence[SaidOfReport]) -> dict[tuple[int, int], Returned]:
    """The last return of each report, by task and period."""
    return {
        (task_id, period_id): Returned(reason or "", by_name or "", at)
        for task_id, period_id, _report_id, _number, kind, reason, by_name, at in said
        if kind is ReportEventKind.RETURNED and at is not None
    }


def _report(
    task: OwnTask, row: PeriodRow, returned: Returned | None, today: date, *, several: bool
) -> Wait | None:
    """What the unit owes for the period, if anything that can't wait, or something begun."""
    kind = _kind(row, today)
    if kind is None:
        return None
    begun = row.last is not None and row.last.draft
    again = kind is Kind.RETURNED
    return Wait(
        kind=kind,
        title=f"Báo cáo {row.label}: {task.title}",
        url=url_for("progress.task", task_id=task.id),
        action="Sửa và gửi lại" if again else "Viết tiếp" if begun else "Báo cáo",
        action_url=url_for("progress.report", task_id=task.id, period_id=row.period.id),
        due=returned.words if again and returned else until(row.period.due_on, today),
        text=task.unit if several else "",
        reason=returned.reason if again and returned else "",
        order=(row.period.due_on, task.id),
    )


def _kind(row: PeriodRow, today: date) -> Kind | None:
    if not row.asks:
        return None
    if row.status is ReportStatus.RETURNED:
        return Kind.RETURNED
    if row.status is ReportStatus.OVERDUE:
        return Kind.OVERDUE
    if row.period.due_on - today <= SOONEST:
        return Kind.DUE
    return Kind.DRAFT if row.last is not None else None


def to_prepare(session: Session, actor: Actor, campaigns: Sequence[Campaign], today: date) -> Iterator[Wait]:
    """Units whose tasks are not what they signed, or that signed nothing yet, while nobody has begun a new text."""
    places = (Place.UNIT, Place.CAMPAIGN)
    if not any(chain.from_iterable(reach(actor, Permission.PREPARE_COMMITMENT, place) for place in places)):
        return
    for campaign in campaigns:
        units = list(session.scalars(units_to_prepare(actor, campaign.id)))
        if not units:
            continue
        signed = set(session.scalars(signed_units(campaign.id, today)))
        led = tasks_of_units(session, campaign.id)
        texts = session.scalars(texts_in_force(campaign.id, [unit.id for unit in units]))
        renewals = to_renew(session, texts)
        new, more = [], []
        for unit in units:
            url = url_for("commitments.prepare", campaign_id=campaign.id, unit_id=unit.id)
            if unit.id in signed:
                more.append(
                    Line(
                        unit.name,
                        url,
                        _why_again(renewals.get(unit.id), led[unit.id].counts[TaskStatus.APPROVED]),
                    )
                )
            else:
                new.append(Line(unit.name, url))
        yield from _prepare(campaign, Kind.TO_PREPARE, new, "Soạn bản cam kết của", "chưa có bản cam kết")
        words = "có phần việc mới hoặc đã đổi so với bản cam kết đã ký"
        yield from _prepare(campaign, Kind.TO_ADD, more, "Soạn lại bản cam kết của", words)


def _why_again(renewal: Renewal | None, approved: int) -> str:
    """Why a unit that has signed prepares another text."""
    if renewal is not None and renewal.changed:
        return CHANGED.format(renewal.words)
    return NOT_PLEDGED.format(two_digits(approved))


def _prepare(campaign: Campaign, kind: Kind, lines: Sequence[Line], one: str, several: str) -> Iterator[Wait]:
    """One unit by its name, several as a bundle."""
    if not lines:
        return
    alone = len(lines) == 1
    yield Wait(
        kind=kind,
        title=f"{one} {lines[0].title}" if alone else f"{len(lines)} đơn vị {several}",
        url=lines[0].url if alone else url_for("commitments.listing"),
        action="Soạn" if alone else "Xem danh sách",
        text="; ".join(filter(None, (lines[0].note if alone else "", campaign.title))),
        lines=() if alone else lines[:FIRST],
        left=0 if alone else max(len(lines) - FIRST, 0),
        order=(campaign.starts_on, campaign.id),
    )

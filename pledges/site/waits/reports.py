"""What waits for those who report for a unit: reports that are coming, due, late, returned, or about to be locked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.dates import format_date
from pledges.progress import reading
from pledges.progress.calendar import SOONEST, ReportEventKind, ReportStatus
from pledges.progress.exceptions.rules import locked
from pledges.progress.ledger import PeriodFacts
from pledges.progress.queries import words_on_reports
from pledges.progress.remarks import words_of
from pledges.progress.rows import PeriodRow, SaidOfReport, last_words, rows_of
from pledges.site.waits import queries
from pledges.site.waits.kinds import Kind, Line, Wait, days_left, in_order, until
from pledges.site.waits.tasks import OwnTask, Returned, of_several_units
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED

Owed = tuple[OwnTask, PeriodFacts, Wait]
"""A report that waits: of which task, for which period."""

LOCKED_OUT = "sau ngày {}; lãnh đạo hoặc văn thư phường có thể cho ngoại lệ"

CORRECTING = "chưa gửi; số liệu đã duyệt vẫn được tính"


def to_report(session: Session, actor: Actor, tasks: Sequence[OwnTask], today: date) -> Iterator[Wait]:
    """The reports that the own units owe."""
    registered = [task for task in tasks if task.status in REGISTERED]
    if not registered:
        return
    several = of_several_units(tasks)
    said = session.execute(words_on_reports(Task.id.in_([task.id for task in registered]))).all()
    last, returns = last_words(said), _returns(session, said)
    unlocked = unlocked_for(session, registered)
    by_campaign: dict[int, list[OwnTask]] = defaultdict(list)
    for task in registered:
        by_campaign[task.campaign_id].append(task)
    for campaign_id, own in by_campaign.items():
        ledger = reading.of_campaign(session, campaign_id, actor)
        found: list[Owed] = []
        for task in own:
            for row in rows_of(ledger, task.id, today, last):
                until_day = unlocked.get((row.period.id, task.id))
                kind = _kind(row, today, until_day)
                if kind is not None:
                    due = _due(row, kind, returns.get((task.id, row.period.id)), today, until_day)
                    wait = _report(task, row, kind, due, returns, several=several)
                    found.append((task, row.period, wait))
        yield from _together(found)


def _together(found: Sequence[Owed]) -> Iterator[Wait]:
    """The same waits; where a unit owes several of one period, the gravest leads to the page that holds them all."""
    groups: dict[tuple[int, int], list[Wait]] = defaultdict(list)
    for task, period, wait in found:
        if wait.kind is not Kind.LOCKED_OUT:
            groups[task.unit_id, period.id].append(wait)
    for task, period, wait in found:
        group = groups[task.unit_id, period.id]
        if len(group) > 1 and wait is in_order(group)[0]:
            url = url_for("progress.unit_report", unit_id=task.unit_id, period_id=period.id)
            words = f"Viết cả {len(group)} báo cáo {period.label} của {task.unit} trên một trang"
            yield replace(wait, together=Line(words, url))
        else:
            yield wait


def unlocked_for(session: Session, tasks: Sequence[OwnTask]) -> dict[tuple[int, int], date]:
    """Until when locked periods stand open for these tasks, by an exception of the task or of its unit."""
    found: dict[tuple[int, int], date] = {}
    for period_id, task_id, until_day in session.execute(queries.unlocked([task.id for task in tasks])):
        held = found.get((period_id, task_id))
        found[period_id, task_id] = until_day if held is None else max(held, until_day)
    return found


def _returns(session: Session, said: Sequence[SaidOfReport]) -> dict[tuple[int, int], Returned]:
    """The last return of each report, by task and period: the reason for the whole, and the remarks on lines."""
    reports = {
        report_id: (task_id, period_id)
        for task_id, period_id, report_id, _number, kind, *_rest in said
        if kind is ReportEventKind.RETURNED
    }
    found = {}
    for report_id, event in session.execute(queries.returns_of_reports(reports)) if reports else ():
        labels = {one.indicator_id: one.indicator.label for one in event.remarks}
        verdict = words_of(event, labels)
        found[reports[report_id]] = Returned(verdict.reason, event.by_name, event.at, verdict.remarks)
    return found


def _kind(row: PeriodRow, today: date, unlocked: date | None) -> Kind | None:
    """How a report waits: only what can't wait, or was begun. What a leader returned may be sent after the lock."""
    if not row.asks and not row.correcting:
        return None
    if row.status is ReportStatus.RETURNED:
        return Kind.RETURNED
    if locked(row.period, today, unlocked):
        return Kind.LOCKED_OUT
    if row.correcting:
        return Kind.DRAFT
    if row.status is not ReportStatus.OVERDUE:
        return _coming(row, today)
    last_day = _last_day(row.period, unlocked)
    return Kind.LOCKING if last_day is not None and last_day - today <= SOONEST else Kind.OVERDUE


def _coming(row: PeriodRow, today: date) -> Kind | None:
    """How a report waits that is not late yet; in the days of grace it is due today."""
    if row.period.due_on <= today:
        return Kind.DUE_TODAY
    if row.period.due_on - today <= SOONEST:
        return Kind.DUE
    return Kind.DRAFT if row.last is not None else None


def _last_day(period: PeriodFacts, unlocked: date | None) -> date | None:
    """The last day on which the period can be reported on; None where nothing locks it."""
    if period.locks_after is None:
        return None
    return max(period.locks_after, unlocked or period.locks_after)


def _report(
    task: OwnTask,
    row: PeriodRow,
    kind: Kind,
    due: str,
    returns: Mapping[tuple[int, int], Returned],
    *,
    several: bool,
) -> Wait:
    """What the unit owes for the period."""
    begun = row.last is not None and row.last.draft
    again = row.status is ReportStatus.RETURNED
    returned = returns.get((task.id, row.period.id)) if again else None
    action = "Sửa và gửi lại" if again else "Viết tiếp" if begun else "Báo cáo"
    return Wait(
        kind=kind,
        title=f"{'Đính chính báo cáo' if row.correcting else 'Báo cáo'} {row.label}: {task.title}",
        url=url_for("progress.task", task_id=task.id),
        action="Xem" if kind is Kind.LOCKED_OUT else action,
        action_url=url_for("progress.report", task_id=task.id, period_id=row.period.id),
        due=due,
        text=task.unit if several else "",
        reason=returned.reason if returned else "",
        remarks=returned.remarks if returned else (),
        order=(row.period.due_on, task.id),
    )


def _due(row: PeriodRow, kind: Kind, returned: Returned | None, today: date, unlocked: date | None) -> str:
    """Until when, or since when: of a return by whom, of a period that is locked soon how long it stands open."""
    if kind is Kind.RETURNED and returned is not None:
        return returned.words
    last_day = _last_day(row.period, unlocked)
    if kind is Kind.LOCKED_OUT and last_day is not None:
        return LOCKED_OUT.format(format_date(last_day))
    if row.correcting:
        return CORRECTING
    said = until(row.period.due_on, today, row.period.grace_until)
    if kind is Kind.LOCKING and last_day is not None:
        return f"{said}; khóa sau ngày {format_date(last_day)}, {days_left(last_day, today)}"
    return said

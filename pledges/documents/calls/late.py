"""Danh sách gọi đôn đốc: which units are late or about to be, what about, whom to phone, what they promised before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Role
from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import works_on
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.calls import queries
from pledges.documents.calls.rules import (
    CALL_BEFORE,
    Contact,
    LateItem,
    LateKind,
    LateTask,
    LateUnit,
    PastCall,
)
from pledges.overview import wording
from pledges.progress import reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.states import TaskState
from pledges.tasks.assigning.models import Assignment

CONTACTS = 3
"""So many people of a unit are named at most."""

Items = dict[int, list[LateItem]]
"""What each unit is phoned about."""


def late_units(session: Session, campaign: Campaign, actor: Actor, today: date) -> list[LateUnit]:
    """The units of a campaign that are late or about to be, broken promises first; none of a concluded campaign.

    A fixed number of queries, whatever is late.
    """
    if not works_on(campaign.status):
        return []
    items = _items(session, campaign, actor, today)
    if not items:
        return []
    concerned = [task.id for found in items.values() for item in found for task in item.tasks]
    contacts = _contacts(session, items, concerned, today)
    calls = past_calls(session, campaign.id)
    units = [
        LateUnit(
            number,
            name,
            block,
            position,
            tuple(sorted(items[number], key=_late_first)),
            contacts.get(number, ()),
            tuple(calls.get(number, ())),
        )
        for number, name, block, position in session.execute(queries.named_units(items))
    ]
    return sorted(units, key=lambda unit: unit.order(today))


def owing_units(
    session: Session, campaign: Campaign, actor: Actor, day: date, period_id: int | None = None
) -> list[LateUnit]:
    """What each unit owed on a day, in the order of the official list, without whom to phone; perhaps of one period.

    Of a period there are its reports alone: explanations and promises belong to none.
    """
    if not works_on(campaign.status):
        return []
    items = _items(session, campaign, actor, day, period_id)
    return [
        LateUnit(number, name, block, position, tuple(sorted(items[number], key=_late_first)))
        for number, name, block, position in session.execute(queries.named_units(items))
    ]


def _late_first(item: LateItem) -> tuple[bool, date]:
    return not item.kind.late, item.day


def past_calls(session: Session, campaign_id: int) -> dict[int, list[PastCall]]:
    """The calls of a campaign by unit, the newest first."""
    calls: dict[int, list[PastCall]] = defaultdict(list)
    for one in session.scalars(queries.calls_in(campaign_id)):
        if one.unit_id is not None:
            calls[one.unit_id].append(
                PastCall(
                    one.id,
                    day_of(one.made_at),
                    one.made_by_name,
                    one.spoke_to,
                    one.text,
                    one.due_on,
                    one.open,
                )
            )
    return calls


def _items(
    session: Session, campaign: Campaign, actor: Actor, today: date, period_id: int | None = None
) -> Items:
    tasks: dict[int, LateTask] = {}
    units: dict[int, int] = {}
    for number, position, title, unit_id in session.execute(queries.listed_tasks(campaign.id)):
        tasks[number], units[number] = LateTask(number, position or 0, title), unit_id
    items: Items = defaultdict(list)
    ledger = reading.of_campaign(session, campaign.id, actor)
    periods = [one for one in ledger.periods if period_id in {None, one.id}]
    for unit_id, item in _reports(ledger, periods, tasks, units, today):
        items[unit_id].append(item)
    if period_id is not None:
        return items
    for unit_id, item in _overdue_tasks(ledger, tasks, units, today):
        items[unit_id].append(item)
    for task_id, answer_by, unit_id, indicator in session.execute(
        queries.unanswered(campaign.id, today + CALL_BEFORE, today)
    ):
        if task_id in tasks:
            kind = LateKind.EXPLANATION if answer_by < today else LateKind.SOON
            items[unit_id].append(
                LateItem(kind, f"Giải trình chỉ tiêu {indicator}", answer_by, (tasks[task_id],))
            )
    for owing_id, text, due_on, source, number in session.execute(queries.overdue(campaign.id, today)):
        if owing_id is not None and due_on is not None:
            note = source.label.lower()
            items[owing_id].append(LateItem(LateKind.FOLLOW_UP, text, due_on, note=note, follow_up_id=number))
    return items


def _reports(
    ledger: Ledger,
    periods: Iterable[PeriodFacts],
    tasks: Mapping[int, LateTask],
    units: Mapping[int, int],
    today: date,
) -> Iterator[tuple[int, LateItem]]:
    """The reports that a unit owes: those of one period, of one kind and day, are spoken of together."""
    found_owed = []
    for period in periods:
        for task_id in tasks:
            found = owed(ledger, task_id, period, today) if task_id in ledger.tasks else None
            if found is not None:
                found_owed.append((units[task_id], period.start_on, period, *found, tasks[task_id]))
    found_owed.sort(key=lambda one: (one[0], one[1], one[3].label, one[4], one[5].number, one[5].id))
    for (unit_id, _start, period, kind, day), alike in groupby(found_owed, key=lambda one: one[:5]):
        shut = period.locks_after is not None and period.locks_after < today
        note = (
            f"kỳ đã khóa từ sau ngày {format_date(period.locks_after)}" if shut and period.locks_after else ""
        )
        named = tuple(one[5] for one in alike)
        yield unit_id, LateItem(kind, f"Báo cáo {period.label}", day, named, note)


def _overdue_tasks(
    ledger: Ledger, tasks: Mapping[int, LateTask], units: Mapping[int, int], today: date
) -> Iterator[tuple[int, LateItem]]:
    """Tasks past their own due day with targets not reached: what a unit still has to do, beside its reports."""
    for task_id, task in tasks.items():
        due_on = ledger.tasks[task_id].plan.due_on if task_id in ledger.tasks else today
        if due_on >= today:
            continue
        standing = ledger.standing(task_id, today)
        if standing.state is TaskState.OVERDUE:
            left = "; ".join(wording.result(one) for one in standing.indicators if one.reached_on is None)
            what = f"Hoàn thành phần việc {task.number}, {task.title}"
            yield units[task_id], LateItem(LateKind.TASK, what, due_on, (task,), left)


def owed(ledger: Ledger, task_id: int, period: PeriodFacts, today: date) -> tuple[LateKind, date] | None:
    """How a report is owed, and from which day its lateness counts; None where nobody need ask for it."""
    status = ledger.report_status(task_id, period, today)
    if status is ReportStatus.RETURNED:
        days = [one.returned_on for one in ledger.rounds(task_id, period.id) if one.returned_by(today)]
        return LateKind.RETURNED, max(day for day in days if day is not None)
    if not ledger.expected(task_id, period, today):
        return None
    if status is ReportStatus.OVERDUE:
        return LateKind.OVERDUE, period.due_on
    coming = status is ReportStatus.DUE and period.due_on - today <= CALL_BEFORE
    return (LateKind.SOON, period.due_on) if coming else None


def _contacts(
    session: Session, unit_ids: Iterable[int], task_ids: Sequence[int], today: date
) -> dict[int, tuple[Contact, ...]]:
    """Whom to phone in each unit: who answers for what is late, then who works there, then who leads it."""
    answering: dict[int, list[Assignment]] = defaultdict(list)
    for one in session.scalars(queries.responsible(task_ids, today)):
        answering[one.task.lead_unit_id].append(one)
    people = queries.people_by_unit(session, unit_ids, today)
    return {number: tuple(_of_unit(answering[number], people.get(number, ()))) for number in unit_ids}


def _of_unit(answering: Iterable[Assignment], people: Iterable[Appointment]) -> Iterator[Contact]:
    found: dict[int, Contact] = {}
    for one in answering:
        found.setdefault(
            one.account_id, Contact(one.account.name, one.post, one.account.phone, responsible=True)
        )
    working = [held for held in people if held.role is not Role.ADMINISTRATOR]
    for held in sorted(working, key=lambda one: (one.role is Role.LEADER, one.account.name_sort)):
        found.setdefault(held.account_id, Contact(held.account.name, held.post, held.account.phone))
    reached = [one for one in found.values() if one.phone] or list(found.values())
    yield from reached[:CONTACTS]

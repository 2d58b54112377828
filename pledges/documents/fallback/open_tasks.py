"""Danh mục phần việc đang thực hiện: by unit who answers, what is accepted, and which report is due next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Role
from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.dates import format_date, format_instant
from pledges.documents.calls import queries
from pledges.documents.headings import heading_of
from pledges.documents.sheets.listing import ListSheet
from pledges.documents.sheets.open_tasks import OpenIndicator, OpenTask, OpenUnit, open_tasks_table
from pledges.documents.sheets.paper import Foot
from pledges.overview import wording
from pledges.progress import reading
from pledges.progress.calendar import ReportStatus
from pledges.progress.codes import row_code
from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.states import TaskState

_SENT = frozenset({ReportStatus.SUBMITTED, ReportStatus.ACCEPTED})
_OVER = frozenset({TaskState.EXCEEDED, TaskState.DONE, TaskState.DONE_LATE})
NOBODY, NO_REPORT = "Chưa phân công", "Không còn"
"""What stands where nobody answers, and where no report is to come."""
CONTACTS = 2
"""So many people of a unit are named."""
Listed = tuple[int, int, str]
"""A task of the list: id, number, title."""


def open_units(session: Session, campaign: Campaign, reader: Actor, today: date) -> list[OpenUnit]:
    """The units with work to do, in the order of the official list; a fixed number of queries."""
    ledger = reading.of_campaign(session, campaign.id, reader)
    tasks: dict[int, list[Listed]] = defaultdict(list)
    for number, position, title, unit_id in session.execute(queries.listed_tasks(campaign.id)):
        if number in ledger.tasks and _goes_on(ledger, number, today):
            tasks[unit_id].append((number, position or 0, title))
    answers = _answers(session, [one[0] for found in tasks.values() for one in found], today)
    people = queries.people_by_unit(session, tasks, today)
    return [
        OpenUnit(
            name,
            _contact(people.get(number, ())),
            tuple(_task(ledger, one, answers.get(one[0], NOBODY), today) for one in tasks[number]),
        )
        for number, name, _block, _position in session.execute(queries.named_units(tasks))
    ]


def sheet_of(campaign: Campaign, units: Sequence[OpenUnit], today: date) -> ListSheet:
    """The list as a paper."""
    many = sum(len(unit.tasks) for unit in units)
    return ListSheet(
        heading=heading_of(campaign, today),
        title="Phần việc đang thực hiện",
        abstract=campaign.title,
        opening=(f"Có {many:02} phần việc của {len(units):02} đơn vị.",),
        blocks=(open_tasks_table(units),),
        foot=Foot(illustrative=campaign.illustrative, as_of=f"Số đã duyệt đến {format_instant(clock.now())}"),
    )


def _goes_on(ledger: Ledger, task_id: int, today: date) -> bool:
    """Whether there is something to do: a target that isn't reached, or a report that is asked for."""
    state = ledger.standing(task_id, today).state
    if state is TaskState.CANCELLED:
        return False
    return state not in _OVER or _next(ledger, task_id, today) is not None


def _next(ledger: Ledger, task_id: int, today: date) -> PeriodFacts | None:
    """The first period that a report is still to be sent for, of those that aren't shut."""
    for period in sorted(ledger.periods, key=lambda one: (one.due_on, one.id)):
        shut = period.locks_after is not None and period.locks_after < today
        if (
            not shut
            and ledger.expected(task_id, period, today)
            and ledger.report_status(task_id, period, today) not in _SENT
        ):
            return period
    return None


def _task(ledger: Ledger, one: Listed, answers: str, today: date) -> OpenTask:
    task_id, number, title = one
    found = ledger.standing(task_id, today).indicators
    return OpenTask(
        title=title,
        answers=answers,
        indicators=tuple(
            OpenIndicator(
                row_code(number, at), each.plan.label, wording.target(each.plan), wording.value(each)
            )
            for at, each in enumerate(found, start=1)
        ),
        next_report=_next_words(_next(ledger, task_id, today), today),
        due_on=format_date(ledger.tasks[task_id].plan.due_on),
    )


def _next_words(period: PeriodFacts | None, today: date) -> str:
    if period is None:
        return NO_REPORT
    late = period.days_late(today)
    said = f"{period.label[:1].upper()}{period.label[1:]}, hạn {format_date(period.due_on)}"
    return f"{said}, quá {late} ngày" if late else said


def _answers(session: Session, task_ids: Sequence[int], today: date) -> Mapping[int, str]:
    said: dict[int, str] = {}
    for one in session.scalars(queries.responsible(task_ids, today)):
        said[one.task_id] = _person(one.account.name, one.post, one.account.phone)
    return said


def _contact(people: Sequence[Appointment]) -> str:
    """Whom to phone in a unit: who works there before who leads it, those with a telephone alone."""
    working = [one for one in people if one.role is not Role.ADMINISTRATOR and one.account.phone]
    working.sort(key=lambda one: (one.role is Role.LEADER, one.account.name_sort))
    persons = dict.fromkeys(_person(one.account.name, one.post, one.account.phone) for one in working)
    return "; ".join(list(persons)[:CONTACTS])


def _person(name: str, post: str, phone: str) -> str:
    """A person in a line; an account that is named by its post is named once."""
    return ", ".join(filter(None, (name, "" if name.startswith(post) else post, phone)))

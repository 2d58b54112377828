"""The list of tasks: what is asked of it in the address, and its rows as columns."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.filters import ORDER, WORDS, Question, Wishes, numbered, order, worded
from pledges.index.models import EntryKind
from pledges.index.queries import Among, ranked, records, sign_of_campaign
from pledges.index.rules import Asked
from pledges.tasks.models import Task, cooperation
from pledges.tasks.queries import in_scope, scope_signs
from pledges.tasks.rules import REGISTERED, TaskStatus
from pledges.units.models import Unit
from pledges.units.queries import below

ORDERS = {
    "so": "Số trong danh mục",
    "ten": "Tên phần việc",
    "don-vi": "Đơn vị chủ trì",
    "han": "Hạn hoàn thành",
}
"""The orders of the list, by their word in the address."""
FIRST = "so"
"""The order of an address that asks for none and looks for no words."""


class TaskRole(StrEnum):
    """Vai trò của đơn vị trong phần việc."""

    LEADS = "chu-tri"
    HELPS = "phoi-hop"

    @property
    def label(self) -> str:
        """The role in words."""
        return {TaskRole.LEADS: "Chủ trì", TaskRole.HELPS: "Phối hợp"}[self]


UNIT, ROLE, BLOCK, STATUS, MOVEMENT, DUE = "don-vi", "vai-tro", "khoi", "tinh-trang", "van-dong", "han"


@dataclass(frozen=True)
class Wanted:
    """What the address asks of the list; what it can't mean is left out.

    `role` is that of the unit asked for, or of the actor's own units where none is. `due` is the first day of the month
    in which a task is to be done. Without an order, what is looked for by words comes in the order in which it fits.
    """

    wishes: Wishes

    @classmethod
    def read(cls, arguments: Mapping[str, str], *first: Question) -> "Wanted":
        """The wishes in the arguments of an address; `first` are questions that the page asks before its own."""
        words = Asked.read(arguments.get(WORDS, "")).typed
        given = {**dict(arguments.items()), WORDS: words}
        return cls(Wishes.read(given, "Tìm theo nội dung, đơn vị, số", *first, *_questions(), _order(words)))

    @property
    def asked(self) -> Asked:
        """The words as the search reads them."""
        return Asked.read(self.wishes.words)

    @property
    def by_fit(self) -> bool:
        """Whether what fits best comes first."""
        return bool(self.wishes.words) and not self.wishes[ORDER]

    @property
    def ordered_by(self) -> str:
        """The order in words."""
        return "độ khớp" if self.by_fit else ORDERS[self.wishes[ORDER] or FIRST].lower()

    @property
    def role(self) -> TaskRole | None:
        """The part of the unit in the task."""
        return TaskRole(self.wishes[ROLE]) if self.wishes[ROLE] else None

    @property
    def status(self) -> TaskStatus | None:
        """Where the tasks stand."""
        return TaskStatus(self.wishes[STATUS]) if self.wishes[STATUS] else None

    @property
    def due(self) -> date | None:
        """The first day of the month."""
        return _month(self.wishes[DUE])


def _questions() -> Iterator[Question]:
    """What is asked of the list, what is asked most first."""
    yield numbered(UNIT, "Đơn vị")
    yield Question(STATUS, "Tình trạng", {status.value: status.label for status in TaskStatus})
    yield Question(DUE, "Hạn hoàn thành", {}, takes=_month)
    yield worded(BLOCK, "Khối")
    yield Question(ROLE, "Vai trò đơn vị", {role.value: role.label for role in TaskRole})
    yield numbered(MOVEMENT, "Cuộc vận động", covers=False)


def _order(words: str) -> Question:
    """The orders that can be asked for; the first is that of an address without one."""
    if words:
        return order({"": "Khớp nhất"} | ORDERS)
    return order({"" if name == FIRST else name: label for name, label in ORDERS.items()})


def _month(text: str) -> date | None:
    """The first day of a month written 2024-09."""
    found = re.fullmatch(r"([1-9][0-9]{3})-(0[1-9]|1[0-2])", text, re.ASCII)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _last_day(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def rows(
    actor: Actor, campaign_id: int, wanted: Wanted
) -> Select[int, int | None, str, str, date, TaskStatus, str, str]:
    """The tasks of a campaign that the actor may know of, as asked for; `in_order` puts the best first."""
    statement = (
        select(
            Task.id,
            Task.number,
            Task.title,
            Task.product,
            Task.due_on,
            Task.status,
            Unit.name.label("unit"),
            Unit.short_name.label("unit_short"),
        )
        .join(Task.lead_unit)
        .where(Task.campaign_id == campaign_id, in_scope(actor), *_conditions(actor, wanted))
        .order_by(*_ORDERS[wanted.wishes[ORDER]], Task.number.is_(None), Task.number, Task.id)
    )
    return statement.where(_holds(wanted.asked, campaign_id)) if wanted.wishes.words else statement


_ORDERS: dict[str, tuple[Any, ...]] = {
    "": (),
    "so": (),
    "ten": (Task.title_sort,),
    "don-vi": (Unit.name_sort,),
    "han": (Task.due_on,),
}


def _holds(asked: Asked, campaign_id: int) -> ColumnElement[bool]:
    """The tasks that hold the words, and the one whose number is asked for; none where only signs were typed."""
    if not asked.terms:
        return false()
    held = Task.id.in_(records(asked, EntryKind.TASK, ((sign_of_campaign(campaign_id),),)))
    return held | _numbered(asked)


def _numbered(asked: Asked) -> ColumnElement[bool]:
    numbers = ((Task.number, asked.number), (Task.registration_number, asked.registration))
    return or_(false(), *[column == number for column, number in numbers if number is not None])


def _conditions(actor: Actor, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    wishes = wanted.wishes
    if wishes[UNIT] or wishes[ROLE]:
        yield _of_unit(actor, wanted)
    if wishes[BLOCK]:
        yield Task.lead_unit_id.in_(select(Unit.id).where(Unit.block == wishes[BLOCK]))
    if wanted.status is not None:
        yield Task.status == wanted.status
    if wishes[MOVEMENT]:
        yield Task.movement_id == wishes.number(MOVEMENT)
    if wanted.due is not None:
        yield Task.due_on.between(wanted.due, wanted.due.replace(day=_last_day(wanted.due)))


def _of_unit(actor: Actor, wanted: Wanted) -> ColumnElement[bool]:
    """The tasks that a unit leads or helps with, or only one of both; without a unit, the actor's own."""
    own = {holding.unit_path for holding in actor.holdings}
    unit_id = wanted.wishes.number(UNIT)
    units = select(Unit.id).where(Unit.id == unit_id if unit_id is not None else below(own))
    helped = select(cooperation.c.task_id).where(cooperation.c.unit_id.in_(units))
    by_role = {TaskRole.LEADS: Task.lead_unit_id.in_(units), TaskRole.HELPS: Task.id.in_(helped)}
    return by_role[wanted.role] if wanted.role else or_(*by_role.values())


def best(session: Session, actor: Actor, campaign_id: int, wanted: Wanted) -> list[int]:
    """The numbers of the tasks that hold the words, the best first: the search's own order.

    Of more than it ranks, those that fit best.
    """
    scope = ((sign_of_campaign(campaign_id),), scope_signs(actor))
    law = (Task.campaign_id == campaign_id, in_scope(actor), *_conditions(actor, wanted))
    asked = wanted.asked
    fits = ranked(session, asked, Among(EntryKind.TASK, scope, Task.id, law, Task.id)).fits
    first: Sequence[int] = ()
    if asked.number is not None or asked.registration is not None:
        numbered = select(Task.id).where(*law, _numbered(asked))
        first = session.scalars(numbered.order_by(Task.number.is_(None), Task.id)).all()
    return list(dict.fromkeys([*first, *(fit.record_id for fit in fits)]))


def in_order(session: Session, statement: Any, ids: Sequence[int]) -> list[Any]:
    """The rows of these tasks, in the order of their numbers given."""
    found = {row.id: row for row in session.execute(statement.where(Task.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def due_months(actor: Actor, campaign_id: int) -> Select[date]:
    """The days on which tasks are due that the actor may know of: what to filter by, month by month."""
    return (
        select(Task.due_on)
        .where(Task.campaign_id == campaign_id, in_scope(actor))
        .distinct()
        .order_by(Task.due_on)
    )


def units_at_work(actor: Actor, campaign_id: int) -> Select[int, str, str]:
    """The units that lead or help with tasks that the actor may know of, in the order of the list: to filter by."""
    seen = select(Task.id).where(Task.campaign_id == campaign_id, in_scope(actor))
    led = select(Task.lead_unit_id).where(Task.campaign_id == campaign_id, in_scope(actor))
    helping = select(cooperation.c.unit_id).where(cooperation.c.task_id.in_(seen))
    return (
        select(Unit.id, Unit.name, Unit.block)
        .where(or_(Unit.id.in_(led), Unit.id.in_(helping)))
        .order_by(Unit.position, Unit.id)
    )


def counts(session: Session, actor: Actor, campaign_id: int) -> dict[TaskStatus, int]:
    """How many tasks of each status the actor may know of, in the order of the way; none is left out."""
    found = session.execute(
        select(Task.status, func.count())
        .where(Task.campaign_id == campaign_id, in_scope(actor))
        .group_by(Task.status)
    )
    numbers = {status: number for status, number in found}  # noqa: C416 - a Row is no pair to the type checker
    return {status: numbers[status] for status in TaskStatus if status in numbers}


def registered_counts(campaign_ids: Iterable[int]) -> Select[int, int]:
    """How many tasks stand in the list of each campaign; campaigns without one are left out."""
    return (
        select(Task.campaign_id, func.count())
        .where(Task.campaign_id.in_(campaign_ids), Task.status.in_(REGISTERED))
        .group_by(Task.campaign_id)
    )

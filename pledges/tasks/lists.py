"""The list of tasks: what is asked of it in the address, and its rows as columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.text import clean_line, fold
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import REGISTERED, TaskStatus, titles_close
from pledges.units.models import Unit

ORDERS = {
    "so": "Số trong danh mục",
    "ten": "Tên phần việc",
    "don-vi": "Đơn vị chủ trì",
    "han": "Hạn hoàn thành",
}
"""The orders of the list, by their word in the address."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks of the list; what it can't mean is left out."""

    words: str = ""
    unit_id: int | None = None
    block: str = ""
    status: TaskStatus | None = None
    movement_id: int | None = None
    order: str = "so"

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Wanted":
        """The wishes in the arguments of an address."""
        status, order = arguments.get("tinh-trang", ""), arguments.get("xep", "")
        return cls(
            words=clean_line(arguments.get("q", "")),
            unit_id=_number(arguments.get("don-vi")),
            block=clean_line(arguments.get("khoi", "")),
            status=TaskStatus(status) if status in list(TaskStatus) else None,
            movement_id=_number(arguments.get("van-dong")),
            order=order if order in ORDERS else "so",
        )

    @property
    def narrowed(self) -> bool:
        """Whether some tasks are left out."""
        return bool(self.words or self.unit_id or self.block or self.status or self.movement_id)

    def arguments(self) -> dict[str, str | int]:
        """The wishes as arguments of an address; nothing for what isn't asked."""
        said = {
            "q": self.words,
            "don-vi": self.unit_id,
            "khoi": self.block,
            "tinh-trang": self.status.value if self.status else None,
            "van-dong": self.movement_id,
            "xep": self.order if self.order != "so" else None,
        }
        return {name: value for name, value in said.items() if value}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def rows(
    actor: Actor, campaign_id: int, wanted: Wanted
) -> Select[int, int | None, str, str, date, TaskStatus, str, str]:
    """The tasks of a campaign that the actor may know of, as asked for."""
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
        .where(Task.campaign_id == campaign_id, in_scope(actor))
        .order_by(*_ORDERS[wanted.order], Task.number.is_(None), Task.number, Task.id)
    )
    return statement.where(*_conditions(wanted))


_ORDERS: dict[str, tuple[Any, ...]] = {
    "so": (),
    "ten": (Task.title_sort,),
    "don-vi": (Unit.name_sort,),
    "han": (Task.due_on,),
}


def _conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    if folded := fold(wanted.words):
        yield or_(
            Task.title_fold.contains(folded, autoescape=True),
            Unit.name_fold.contains(folded, autoescape=True),
        )
    if wanted.unit_id is not None:
        yield Task.lead_unit_id == wanted.unit_id
    if wanted.block:
        yield Unit.block == wanted.block
    if wanted.status is not None:
        yield Task.status == wanted.status
    if wanted.movement_id is not None:
        yield Task.movement_id == wanted.movement_id


def lead_units(actor: Actor, campaign_id: int) -> Select[int, str, str]:
    """The lead units of the tasks that the actor may know of, in the order of the official list: what to filter by."""
    return (
        select(Unit.id, Unit.name, Unit.block)
        .where(Unit.id.in_(select(Task.lead_unit_id).where(Task.campaign_id == campaign_id, in_scope(actor))))
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


@dataclass(frozen=True)
class Alike:
    """A task of the campaign with a title close to another's; the id only where the actor may know of it."""

    id: int | None
    title: str
    unit: str


def alike(session: Session, actor: Actor, task: Task) -> list[Alike]:
    """The campaign's other tasks with a title close to this one's: to be pointed out, not forbidden."""
    others = session.execute(
        select(Task.id, Task.title, Task.title_fold, Unit.short_name, in_scope(actor).label("seen"))
        .join(Task.lead_unit)
        .where(Task.campaign_id == task.campaign_id, Task.id != task.id, Task.status != TaskStatus.CANCELLED)
        .order_by(Task.number.is_(None), Task.number, Task.id)
    )
    return [
        Alike(number if seen else None, title if seen else "", unit if seen else "")
        for number, title, folded, unit, seen in others
        if titles_close(task.title_fold, folded)
    ]

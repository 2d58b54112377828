"""Phần việc chờ duyệt: those on which a leader may decide, in the order of sending, as the address narrows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.selection import ARGUMENT
from pledges.core.neighbours import Neighbours, neighbours
from pledges.core.text import clean_line, fold
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import awaiting_approval
from pledges.tasks.rules import TaskEventKind
from pledges.units.models import Unit

_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Sought:
    """Điều kiện lọc hàng chờ: what the address asks of the things that wait; what it can't mean is left out."""

    words: str = ""
    unit_id: int | None = None
    block: str = ""
    campaign_id: int | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Sought":
        """The wishes in the arguments of an address."""
        return cls(
            words=clean_line(arguments.get("q", "")),
            unit_id=number_in(arguments.get("don-vi")),
            block=clean_line(arguments.get("khoi", "")),
            campaign_id=number_in(arguments.get(ARGUMENT)),
        )

    @property
    def narrowed(self) -> bool:
        """Whether some things are left out."""
        return bool(self.arguments())

    def arguments(self) -> dict[str, str | int]:
        """The wishes as arguments of an address; nothing for what isn't asked."""
        said = {
            "q": self.words,
            "don-vi": self.unit_id,
            "khoi": self.block,
            ARGUMENT: self.campaign_id,
        }
        return {name: value for name, value in said.items() if value}

    def fits(self, *, folded: str, unit_id: int, block: str, campaign_id: int) -> bool:
        """Whether something about a task is asked for; `folded` holds the task's and its unit's names."""
        return (
            all(word in folded for word in fold(self.words).split())
            and self.unit_id in {None, unit_id}
            and self.block in {"", block}
            and self.campaign_id in {None, campaign_id}
        )

    def fits_task(self, task: Task) -> bool:
        """Whether something about this task is asked for."""
        return self.fits(
            folded=f"{task.title_fold} {task.lead_unit.name_fold}",
            unit_id=task.lead_unit_id,
            block=task.lead_unit.block,
            campaign_id=task.campaign_id,
        )


def number_in(text: str | None) -> int | None:
    """The number of a record in an address; None for what can be none."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        return None
    return int(text)


def in_turn(actor: Actor) -> Select[int, str, str, str, int, int]:
    """The tasks that wait for the actor, first sent first.

    Columns: id and folded title; the unit's folded name, block and id; the campaign.
    """
    waiting = awaiting_approval(actor).with_only_columns(Task.id).order_by(None)
    return (
        select(Task.id, Task.title_fold, Unit.name_fold, Unit.block, Unit.id, Task.campaign_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .join(TaskEvent, TaskEvent.task_id == Task.id)
        .where(Task.id.in_(waiting), TaskEvent.kind == TaskEventKind.SUBMITTED)
        .group_by(Task.id, Task.title_fold, Unit.name_fold, Unit.block, Unit.id, Task.campaign_id)
        .order_by(func.max(TaskEvent.at), Task.id)
    )


def waiting_ids(session: Session, actor: Actor, sought: Sought) -> list[int]:
    """The ids of the tasks that wait for the actor and are asked for, first sent first."""
    return [
        number
        for number, title, unit, block, unit_id, campaign_id in session.execute(in_turn(actor))
        if sought.fits(folded=f"{title} {unit}", unit_id=unit_id, block=block, campaign_id=campaign_id)
    ]


def around(session: Session, actor: Actor, sought: Sought, task: Task) -> Neighbours | None:
    """Where the task stands among those that wait for the actor; None when it does not wait."""
    return neighbours(waiting_ids(session, actor, sought), task.id)

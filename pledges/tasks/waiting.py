"""Phần việc chờ duyệt: those on which a leader may decide, in the order of sending, as the address narrows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.selection import ARGUMENT
from pledges.core.filters import Wishes, numbered, worded
from pledges.core.neighbours import Neighbours, neighbours
from pledges.core.text import fold
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import awaiting_approval
from pledges.tasks.rules import TaskEventKind
from pledges.units.models import Unit

SEARCH = "Tìm theo tên phần việc, đơn vị"
UNIT, BLOCK = "don-vi", "khoi"
QUESTIONS = (numbered(UNIT, "Đơn vị chủ trì"), worded(BLOCK, "Khối"), numbered(ARGUMENT, "Phong trào"))
"""What can be asked about the tasks of whatever waits."""


@dataclass(frozen=True)
class Sought:
    """Điều kiện lọc hàng chờ: about which tasks the address asks; its wishes may ask for more than that."""

    wishes: Wishes

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Sought":
        """The wishes in the arguments of an address."""
        return cls(Wishes.read(arguments, SEARCH, *QUESTIONS))

    @classmethod
    def everything(cls) -> "Sought":
        """All that waits."""
        return cls.read({})

    def arguments(self) -> dict[str, Any]:
        """What is asked about tasks, as arguments of an address; nothing for what isn't asked."""
        further = {one.name: "" for one in self.wishes.questions if one.name not in _NAMES}
        return self.wishes.arguments(**further)

    def fits(self, *, folded: str, unit_id: int, block: str, campaign_id: int) -> bool:
        """Whether something about a task is asked for; `folded` holds the task's and its unit's names."""
        wishes = self.wishes
        return (
            all(word in folded for word in fold(wishes.words).split())
            and wishes.number(UNIT) in {None, unit_id}
            and wishes[BLOCK] in {"", block}
            and wishes.number(ARGUMENT) in {None, campaign_id}
        )

    def fits_task(self, task: Task) -> bool:
        """Whether something about this task is asked for."""
        return self.fits(
            folded=f"{task.title_fold} {task.lead_unit.name_fold}",
            unit_id=task.lead_unit_id,
            block=task.lead_unit.block,
            campaign_id=task.campaign_id,
        )


_NAMES = frozenset(one.name for one in QUESTIONS)


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

"""Titles close to one another: they are pointed out, not forbidden; of a task that one may not know of, no word.

Among many, the rule is asked only of those that share enough runs of three letters.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit

_CLOSE: Final = 0.8
_LEAST: Final = 8
_RUN: Final = 3
_SHARED: Final = 0.35
"""Titles that are close share far more of the shorter one's runs; a list of 500 would else be compared for seconds."""


def titles_close(one: str, other: str) -> bool:
    """Whether two folded titles may name the same work: alike letter by letter, or one within the other."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LEAST:
        return shorter == longer
    if shorter in longer:
        return True
    if 2 * len(shorter) < _CLOSE * (len(one) + len(other)):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


@dataclass(frozen=True)
class Alike:
    """A task of the campaign with a title close to another's; the id only where the actor may know of it."""

    id: int | None
    title: str
    unit: str


class Titles:
    """Folded titles, each with what is told of it."""

    def __init__(self) -> None:
        self._titles: list[tuple[str, int, Alike, int | None]] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, folded: str, told: Alike, task_id: int | None = None) -> None:
        """Take in one more; `task_id` is that of its task, where it has one."""
        runs = _runs(folded)
        for run in runs:
            self._places[run].append(len(self._titles))
        self._titles.append((folded, len(runs), told, task_id))

    def close_to(self, folded: str, *, but: int | None = None) -> Iterator[Alike]:
        """Those that may name the same work, in the order in which they were added; `but` is the task itself."""
        shared: Counter[int] = Counter()
        runs = _runs(folded)
        for run in runs:
            shared.update(self._places.get(run, ()))
        for place, count in sorted(shared.items()):
            other, size, told, task_id = self._titles[place]
            enough = count >= _SHARED * min(len(runs), size)
            if enough and (but is None or task_id != but) and titles_close(folded, other):
                yield told


def alike_to(session: Session, actor: Actor, task: Task) -> list[Alike]:
    """The campaign's other tasks with a title close to this one's."""
    titles = titles_of(session, actor, [task.campaign_id])[task.campaign_id]
    return list(titles.close_to(task.title_fold, but=task.id))


def titles_of(session: Session, actor: Actor, campaign_ids: Iterable[int]) -> dict[int, Titles]:
    """The titles of each campaign's tasks, in the order of its list; without words for who may not know of the task."""
    found = {campaign_id: Titles() for campaign_id in campaign_ids}
    for row in session.execute(_titled(actor, found)):
        told = Alike(row.id, row.title, row.unit) if row.seen else Alike(None, "", "")
        found[row.campaign_id].add(row.title_fold, told, row.id)
    return found


def _titled(actor: Actor, campaign_ids: Iterable[int]) -> Select[int, int, str, str, str, bool]:
    return (
        select(
            Task.id,
            Task.campaign_id,
            Task.title,
            Task.title_fold,
            Unit.short_name.label("unit"),
            in_scope(actor).label("seen"),
        )
        .join(Task.lead_unit)
        .where(Task.campaign_id.in_(campaign_ids), Task.status != TaskStatus.CANCELLED)
        .order_by(Task.number.is_(None), Task.number, Task.id)
    )


def _runs(folded: str) -> frozenset[str]:
    padded = f" {folded} "
    return frozenset(padded[at : at + _RUN] for at in range(max(len(padded) - _RUN + 1, 1)))

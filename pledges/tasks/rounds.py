"""Các lần gửi: what a unit changed after each return, read from the log."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.audit.queries import history
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.parts import Change, Facts, changes, facts_of, unit_names
from pledges.tasks.remarks import Place, place_label
from pledges.tasks.rules import TaskEventKind
from pledges.units.models import Unit

_RETURNED = f"task.{TaskEventKind.RETURNED}"


@dataclass(frozen=True)
class Answered:
    """A part that was remarked on, or changed: the remark ("" for none), and what became of it."""

    label: str
    remark: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Round:
    """Một lần trả lại: the return, and what the unit changed until the next one."""

    returned: TaskEvent
    changes: tuple[Change, ...]

    @property
    def answers(self) -> list[Answered]:
        """The remarks with their answers, then what was changed beyond."""
        remarks = {(one.part, one.indicator): one.words for one in self.returned.remarks}
        by_place: dict[Place, list[Change]] = {place: [] for place in remarks}
        for change in self.changes:
            by_place.setdefault(change.place, []).append(change)
        return [
            Answered(place_label(*place), remarks.get(place, ""), tuple(found))
            for place, found in by_place.items()
        ]


def rounds(session: Session, task: Task) -> list[Round]:
    """The task's returns, newest first, each with what was changed after it; none without a return.

    The log keeps what every change replaced: from what the task says now each earlier text is put together again.
    """
    returns = [event for event in task.events if event.kind is TaskEventKind.RETURNED]
    if not returns:
        return []
    entries = list(session.scalars(history("task", task.id)))
    stood = list(_stood_at_returns(entries, facts_of(task)))
    names = _names(session, task, stood)
    until = [facts_of(task), *stood]
    found = zip(reversed(returns), stood, until, strict=False)
    return [Round(event, tuple(changes(before, after, names))) for event, before, after in found]


def _stood_at_returns(entries: Iterable[LogEntry], now: Facts) -> Iterator[Facts]:
    """What the task said at each return, the last return first."""
    facts = dict(now)
    for entry in reversed(list(entries)):
        if entry.action == _RETURNED:
            yield dict(facts)
        before: Mapping[str, Any] = json.loads(entry.before)
        facts |= {key: value for key, value in before.items() if key in facts}


def _names(session: Session, task: Task, stood: Iterable[Facts]) -> dict[str, str]:
    """The units named now or earlier, by their codes."""
    known = unit_names(task)
    codes = {code for facts in stood for code in (facts["lead_unit"], *facts["cooperating"])} - known.keys()
    if codes:
        rows = session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes)))
        known |= {code: name for code, name in rows}  # noqa: C416 - a Row is no pair to the type checker
    return known

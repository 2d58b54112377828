"""Comparing what two texts of a unit's commitment pledge, task by task, and who allowed each change.

One comparison for the page, the paper and what a new edition freezes: `compare`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.tasks.amending.changes import Change, changes
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import approved
from pledges.tasks.amending.rules import ChangeKind
from pledges.tasks.amending.sides import Line, lines
from pledges.tasks.amending.texts import without_places
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.parts import Facts
from pledges.tasks.rules import TaskEventKind

WHOLE_TASK = "Cả phần việc"


@dataclass(frozen=True)
class Allowed:
    """Who let a pledge change: by which act, in which post, when and why; `basis` is the paper that asked for it."""

    act: str
    name: str
    post: str
    at: datetime
    reason: str
    basis: str = ""

    @property
    def day(self) -> str:
        """The day, in printed words."""
        return format_date(day_of(self.at))

    @property
    def who(self) -> str:
        """The person with the post; where an account is named by its post, that is said once."""
        return (
            self.name if not self.post or self.name in self.post.split("; ") else f"{self.name}, {self.post}"
        )


@dataclass(frozen=True)
class ComparedTask:
    """A task in both texts: every question side by side, what changed of it, and who allowed that.

    `lines` are all that there is to see; `changes` only what differs, in printed words.
    """

    number: int
    title: str
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]
    allowed: tuple[Allowed, ...]
    added: bool = False
    dropped: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether the task is as it was pledged."""
        return not self.changes

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """The kinds of what changed, each once, in the order of the kinds."""
        return tuple(kind for kind in ChangeKind if any(one.kind is kind for one in self.changes))


@dataclass(frozen=True)
class Comparison:
    """All tasks of both texts, by their numbers."""

    tasks: tuple[ComparedTask, ...]

    @property
    def changed(self) -> tuple[ComparedTask, ...]:
        """Those of which something changed."""
        return tuple(one for one in self.tasks if one.changes)

    def count(self, kind: ChangeKind) -> int:
        """Of how many tasks something changed in this way."""
        return sum(kind in one.kinds for one in self.tasks)

    def frozen(self) -> list[dict[str, Any]]:
        """What changed as plain data in printed words, for a text that is frozen."""
        return [
            {
                "number": one.number,
                "title": one.title,
                "changes": [
                    {"kind": each.kind, "words": each.kind.label, "label": each.label, "before": each.before}
                    | {"after": each.after}
                    for each in one.changes
                ],
                "allowed": [
                    {"act": each.act, "who": each.who, "on": each.day}
                    | {"reason": each.reason, "basis": each.basis}
                    for each in one.allowed
                ],
            }
            for one in self.changed
        ]


def compare(
    session: Session,
    campaign_id: int,
    before: Sequence[Facts],
    after: Sequence[Facts],
    *,
    since: datetime | None,
    until: datetime | None = None,
    acts: "Acts | None" = None,
) -> Comparison:
    """What the tasks of the later text pledge differently from those of the earlier one.

    Both are tasks as contents hold them; `since` and `until` are when the texts were frozen: between them the changes
    were allowed. Three queries when something changed, else none, and none with the `acts` of these tasks at hand.
    """
    was, now = _by_number(before), _by_number(after)
    names = _names([*before, *after])
    found = {number: _changed(was.get(number), now.get(number), names) for number in sorted({*was, *now})}
    if acts is None:
        acts = Acts.read(session, campaign_id, [number for number, one in found.items() if one])
    compared = []
    for number, changed in found.items():
        one, other = was.get(number), now.get(number)
        compared.append(
            ComparedTask(
                number=number,
                title=(other or one or {})["title"],
                lines=tuple(lines(one, other, names)),
                changes=changed,
                allowed=acts.of(number, one, other, since, until) if changed else (),
                added=one is None,
                dropped=other is None,
            )
        )
    return Comparison(tuple(compared))


def _by_number(tasks: Iterable[Facts]) -> dict[int, Facts]:
    return {task["number"]: task for task in tasks}


def _names(tasks: Iterable[Facts]) -> dict[str, str]:
    """The units named in the texts, by their codes, as they were called then."""
    found = {}
    for task in tasks:
        found[task["lead_unit"]] = task["lead_unit_name"]
        found |= dict(zip(task["cooperating"], task["cooperating_names"], strict=True))
    return found


def _changed(was: Facts | None, now: Facts | None, names: Mapping[str, str]) -> tuple[Change, ...]:
    if was is not None and now is not None:
        return tuple(changes(was, now, names))
    if now is not None:
        return (Change(ChangeKind.ADDED, WHOLE_TASK, "", now["title"]),)
    return (Change(ChangeKind.DROPPED, WHOLE_TASK, (was or {})["title"], ""),)


@dataclass(frozen=True)
class Acts:
    """What was allowed of some tasks, by their numbers."""

    events: Mapping[int, Sequence[TaskEvent]]
    amendments: Mapping[int, Sequence[Amendment]]

    @classmethod
    def read(cls, session: Session, campaign_id: int, numbers: Collection[int]) -> "Acts":
        """The acts on these tasks of a campaign; three queries."""
        if not numbers:
            return cls({}, {})
        asked = (
            select(Task)
            .options(selectinload(Task.events))
            .where(Task.campaign_id == campaign_id, Task.number.in_(numbers))
            .order_by(Task.number)
        )
        tasks = {task.id: task for task in session.scalars(asked)}
        by_task: dict[int, list[Amendment]] = {}
        for one in session.scalars(approved(tasks.keys())):
            by_task.setdefault(one.task_id, []).append(one)
        return cls(
            {task.number or 0: task.events for task in tasks.values()},
            {task.number or 0: by_task.get(task.id, []) for task in tasks.values()},
        )

    def of(
        self,
        number: int,
        was: Facts | None,
        now: Facts | None,
        since: datetime | None,
        until: datetime | None,
    ) -> tuple[Allowed, ...]:
        """Who allowed what happened to a task between the two moments."""
        amendments = [
            one for one in self.amendments.get(number, ()) if _between(one.decided_at, since, until)
        ]
        if was is not None and now is not None:
            return tuple(_amended(one) for one in _leading(amendments, was, now))
        kind = TaskEventKind.APPROVED if was is None else TaskEventKind.CANCELLED
        basis = next((one.basis for one in amendments if one.drops), "") if now is None else ""
        last = [event for event in self.events.get(number, ()) if event.kind is kind][-1:]
        return tuple(
            Allowed(kind.label, event.by_name, event.by_post, event.at, event.reason, basis) for event in last
        )


def _leading(amendments: Sequence[Amendment], was: Facts, now: Facts) -> Sequence[Amendment]:
    """Those that lead from the one text to the other: what happened at one moment is told apart by what it said."""
    first = [place for place, one in enumerate(amendments) if same_text(one.before, was)]
    last = [place for place, one in enumerate(amendments) if not one.drops and same_text(one.after, now)]
    chain = amendments[first[0] : last[-1] + 1] if first and last else ()
    return chain or amendments


def same_text(said: Facts, frozen: Facts) -> bool:
    """Whether a task, as a content holds it, says what a proposal says."""
    return all(frozen.get(key) == value for key, value in without_places(said).items())


def _between(at: datetime | None, since: datetime | None, until: datetime | None) -> bool:
    return at is not None and (since is None or at >= since) and (until is None or at <= until)


def _amended(one: Amendment) -> Allowed:
    assert one.decided_at is not None  # noqa: S101 - it was approved
    act = "Duyệt điều chỉnh"
    return Allowed(act, one.decided_by_name, one.decided_by_post, one.decided_at, one.reason, one.basis)

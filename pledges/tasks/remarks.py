"""Ý kiến theo từng mục: what is to be changed in which part of a registration, and how that reads in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pledges.tasks.rules import TaskEventKind, TaskPart, TaskStatus

Place = tuple[TaskPart, int | None]
"""A part of a registration; of the indicators the one at a position."""


class Remarked(Protocol):
    """A remark, in a form or in the database."""

    @property
    def part(self) -> TaskPart:
        """The part that it speaks of."""

    @property
    def indicator(self) -> int | None:
        """The position of the indicator that it speaks of."""

    @property
    def words(self) -> str:
        """What is to be changed."""


class _Event(Protocol):
    @property
    def kind(self) -> TaskEventKind: ...
    @property
    def remarks(self) -> Sequence[Remarked]: ...


class _Returned(Protocol):
    @property
    def status(self) -> TaskStatus: ...
    @property
    def events(self) -> Sequence[_Event]: ...


@dataclass(frozen=True)
class Remark:
    """A remark as a leader writes it."""

    part: TaskPart
    words: str
    indicator: int | None = None


def place_label(part: TaskPart, indicator: int | None = None) -> str:
    """The part as people call it: "Sản phẩm", "Chỉ tiêu 2"."""
    return f"{part.label} {indicator}" if indicator else part.label


def in_one(remarks: Iterable[Remarked]) -> str:
    """All remarks in one line: "Sản phẩm: …; Chỉ tiêu 1: …"."""
    said = (f"{place_label(one.part, one.indicator)}: {one.words.rstrip('.;')}" for one in remarks)
    line = "; ".join(said)
    return f"{line}." if line else ""


def own_reason(reason: str, remarks: Sequence[Remarked]) -> str:
    """The reason for the whole, where one was written beside the remarks."""
    return "" if remarks and reason == in_one(remarks) else reason


def whole_reason(reason: str, remarks: Sequence[Remarked]) -> str:
    """All that was said, for a place that shows one text."""
    return "\n".join(filter(None, (own_reason(reason, remarks), in_one(remarks))))


def remarks_on(task: _Returned) -> Mapping[Place, str]:
    """What the unit has still to answer, by part: the remarks of the last return, while the task lies with its unit."""
    if task.status is not TaskStatus.RETURNED:
        return {}
    last = next(event for event in reversed(task.events) if event.kind is TaskEventKind.RETURNED)
    return {(one.part, one.indicator): one.words for one in last.remarks}

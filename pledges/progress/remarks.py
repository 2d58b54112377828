"""Ý kiến theo từng chỉ tiêu: what a leader who returned a report wants changed in which of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report, ReportEvent, ReportRound

Labels = Mapping[int, str]
"""The names of indicators by their ids, in the order in which they stand in the task."""


@dataclass(frozen=True)
class LineRemark:
    """A remark on one line as a leader writes it."""

    indicator_id: int
    words: str


def labels_of(report: Report) -> dict[int, str]:
    """The names of the task's indicators by their ids."""
    return {one.id: one.label for one in report.task.indicators}


def in_one(remarks: Iterable[LineRemark], labels: Labels) -> str:
    """All remarks in one line, as they are kept: "“Cây xanh trồng mới”: kèm danh sách; …"."""
    ordered = sorted(remarks, key=lambda one: one.indicator_id)
    line = "; ".join(f"“{labels[one.indicator_id]}”: {one.words.rstrip('.;')}" for one in ordered)
    return f"{line}." if line else ""


def last_return(report: Report) -> ReportEvent | None:
    """The return that the unit has still to answer: the last one, while no round was sent after it."""
    events = [event for one in report.rounds for event in one.events]
    last = events[-1] if events else None
    return last if last is not None and last.kind is ReportEventKind.RETURNED else None


def remarks_on(report: Report) -> dict[int, str]:
    """What the unit has still to answer, by indicator: the remarks of the last return, until it sends again."""
    event = last_return(report)
    return {one.indicator_id: one.words for one in event.remarks} if event is not None else {}


def own_reason(event: ReportEvent, labels: Labels) -> str:
    """The reason for the whole, where one was written beside the remarks."""
    known = [LineRemark(one.indicator_id, one.words) for one in event.remarks if one.indicator_id in labels]
    return "" if known and event.reason == in_one(known, labels) else event.reason


@dataclass(frozen=True)
class VerdictWords:
    """What was said with the verdict on a round: the reason for the whole, and (indicator, words) on its lines."""

    event: ReportEvent
    reason: str
    remarks: tuple[tuple[str, str], ...]

    @property
    def returned(self) -> bool:
        """Whether the round was returned."""
        return self.event.kind is ReportEventKind.RETURNED


def verdict_words(one: ReportRound, labels: Labels) -> VerdictWords | None:
    """The verdict on the round in words; None while there is none."""
    event = one.last_event
    if event is None or event.kind is ReportEventKind.SUBMITTED:
        return None
    return words_of(event, labels)


def words_of(event: ReportEvent, labels: Labels) -> VerdictWords:
    """What was said with a verdict."""
    said = {mark.indicator_id: mark.words for mark in event.remarks}
    remarks = tuple((label, said[number]) for number, label in labels.items() if number in said)
    return VerdictWords(event, own_reason(event, labels), remarks)

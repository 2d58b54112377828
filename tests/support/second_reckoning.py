"""How tasks stood on a day, reckoned a second time: from plain events, with none of the product's code.

Written from the rules alone (DOMAIN, "State of a task"), as the hand tables of tests/rules/data were. Where it and the
product differ, one of them is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
BEHIND, AT_RISK = Fraction(7, 10), Fraction(9, 10)


@dataclass(frozen=True)
class Pledged:
    """An indicator as it was pledged."""

    baseline: Fraction
    target: Fraction
    accumulates: bool = True
    down: bool = False
    weight: Fraction = ONE
    measured_from: date | None = None

    def reached_by(self, value: Fraction) -> bool:
        return value <= self.target if self.down else value >= self.target

    def passed_by(self, value: Fraction) -> bool:
        return self.reached_by(value) and value != self.target

    def share(self, value: Fraction | None) -> Fraction:
        if value is None:
            return ZERO
        if self.target == self.baseline:
            return ONE if self.reached_by(value) else ZERO
        return (value - self.baseline) / (self.target - self.baseline)


@dataclass(frozen=True)
class Work:
    """A task as it was pledged."""

    start_on: date
    due_on: date
    pledged: Sequence[Pledged]


@dataclass
class Sent:
    """One round of a report: when it was sent, what was said, and when it was answered."""

    period_due: date
    sent_on: date
    values: Mapping[int, Fraction]
    accepted_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True)
class Found:
    """How a task stands; `values` are those of its indicators, None where nothing counts."""

    state: str
    progress: Fraction | None
    expected: Fraction | None
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True)
class _Part:
    pledged: Pledged
    left_out: bool
    course: list[tuple[date, Fraction]] = field(default_factory=list)

    @property
    def value(self) -> Fraction | None:
        return self.course[-1][1] if self.course else None


def percent(share: Fraction) -> int:
    """A share as pages, papers and books say it: whole per cent, half up."""
    return (share * 200 + 1) // 2


def reckoned(work: Work, rounds: Sequence[Sent], dues: Sequence[date], day: date) -> Found:
    """How the task stood on the day: `rounds` in the order in which they were sent, `dues` the periods' due days."""
    counting = _counting(rounds, day)
    parts = [_part(one, number, counting, day) for number, one in enumerate(work.pledged)]
    counted = [part for part in parts if not part.left_out]
    weight = sum((part.pledged.weight for part in counted), ZERO)
    progress = expected = None
    if counted:
        progress = sum(_capped(p.pledged.share(p.value)) * p.pledged.weight for p in counted) / weight
        expected = sum(_expected(p.pledged, work, day) * p.pledged.weight for p in counted) / weight
    state = _state(work, parts, rounds, dues, day) or _pace(progress, expected)
    return Found(state, progress, expected, tuple(part.value for part in parts))


def _counting(rounds: Sequence[Sent], day: date) -> list[Sent]:
    """Of each period the last round that had been accepted."""
    last: dict[date, Sent] = {}
    for one in rounds:
        if one.accepted_on is not None and one.accepted_on <= day:
            last[one.period_due] = one
    return [last[due] for due in sorted(last)]


def _part(pledged: Pledged, number: int, counting: Sequence[Sent], day: date) -> _Part:
    if pledged.measured_from is not None and day < pledged.measured_from:
        return _Part(pledged, left_out=True)
    said = [one for one in counting if number in one.values]
    total, course = pledged.baseline, []
    for one in (
        sorted(said, key=lambda sent: (sent.sent_on, sent.period_due)) if pledged.accumulates else said
    ):
        total = total + one.values[number] if pledged.accumulates else one.values[number]
        course.append((one.sent_on, total))
    return _Part(pledged, left_out=False, course=course)


def _reached_on(part: _Part, work: Work, day: date) -> date | None:
    value = part.value
    if value is None or not part.pledged.reached_by(value):
        return None
    if part.pledged.target == part.pledged.baseline:
        return work.due_on if day >= work.due_on else None
    return min(_since(part))


def _since(part: _Part) -> Iterator[date]:
    for sent_on, value in reversed(part.course):
        if not part.pledged.reached_by(value):
            return
        yield sent_on


def _state(
    work: Work, parts: Sequence[_Part], rounds: Sequence[Sent], dues: Sequence[date], day: date
) -> str | None:
    reached = [_reached_on(part, work, day) for part in parts]
    if all(reached):
        if max(one for one in reached if one) > work.due_on:
            return "done_late"
        passed = any(part.value is not None and part.pledged.passed_by(part.value) for part in parts)
        return "exceeded" if passed else "done"
    if day > work.due_on:
        return "overdue"
    if day < work.start_on:
        return "not_started"
    asked = [due for due in sorted(dues) if work.start_on <= due < day][-2:]
    came = {one.period_due for one in rounds if one.sent_on <= day}
    if len(asked) > 1 and not came & set(asked):
        return "silent"
    return "not_measurable" if all(part.left_out for part in parts) else None


def _pace(progress: Fraction | None, expected: Fraction | None) -> str:
    if not expected or progress is None:
        return "on_track"
    ratio = progress / expected
    return "behind" if ratio < BEHIND else "at_risk" if ratio < AT_RISK else "on_track"


def _expected(pledged: Pledged, work: Work, day: date) -> Fraction:
    if pledged.target == pledged.baseline:
        return ONE
    return _capped(Fraction((day - work.start_on).days, (work.due_on - work.start_on).days))


def _capped(share: Fraction) -> Fraction:
    return min(max(share, ZERO), ONE)

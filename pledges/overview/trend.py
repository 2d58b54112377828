"""Tiến độ chung so với kế hoạch: the mean of what was accepted and of what was planned, through the campaign.

The table holds exact means at the ends of periods; the lines are for the eye: floats, a step at each day on which
something was accepted, and the plan along every day on which a task begins, ends or passes a milestone. Beside the plan
as amended runs the one that was first signed, in which nothing was put off, lowered or dropped. Of a past day nothing
is drawn that was only decided later.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from pledges.overview.rules import Row
from pledges.progress.ledger import Ledger, TaskFacts
from pledges.progress.means import mean_of
from pledges.progress.rules import Standing, TaskPlan, reckon
from pledges.progress.states import TaskState

_DAY = timedelta(days=1)
_MID_MONTH = 16

Line = tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Point:
    """The means on a day; None where nothing counted yet. `signed` is what the plan as first signed wanted."""

    day: date
    planned: Fraction | None
    reached: Fraction | None
    signed: Fraction | None = None


@dataclass(frozen=True)
class Trend:
    """The points of the table (ends of periods that had fallen due, and the day itself), and the lines of the chart.

    `signed` is empty where nothing was amended or dropped: then the plan is the one that was first signed.
    """

    points: tuple[Point, ...]
    planned: Line
    reached: Line
    signed: Line = ()

    @property
    def amended(self) -> bool:
        """Whether the plan is another than the one first signed."""
        return bool(self.signed)


def trend_of(ledger: Ledger, rows: Sequence[Row], as_of: date, starts_on: date, ends_on: date) -> Trend:
    """The way of the tasks of a board up to the day, and their plan to the campaign's end."""
    if not rows:
        return Trend((), (), ())
    courses = [_Course(ledger, row, as_of) for row in rows]
    days = _samples(starts_on, ends_on, as_of)
    amended = any(course.amended for course in courses)
    return Trend(
        points=tuple(_points(rows, courses, as_of)),
        planned=tuple(_mean_line(days, [course.planned_at(days) for course in courses])),
        reached=tuple(_reached(courses, min(starts_on, as_of), as_of)),
        signed=tuple(_mean_line(days, [course.signed_at(days) for course in courses])) if amended else (),
    )


def _points(rows: Sequence[Row], courses: Sequence["_Course"], as_of: date) -> Iterator[Point]:
    """Means at period ends, from the standings that the cells of the board already hold, and of the day."""
    at: dict[date, list[Standing]] = defaultdict(list)
    for row in rows:
        for shown in row.cells:
            if shown.cell is not None and shown.period.end_on < as_of:
                at[shown.period.end_on].append(shown.cell.standing)
        at[as_of].append(row.standing)
    for day in sorted(at):
        mean = mean_of(at[day])
        signed = [share for course in courses if (share := course.signed_on(day)) is not None]
        yield Point(
            day, mean.expected, mean.progress, sum(signed, Fraction(0)) / len(signed) if signed else None
        )


def _samples(starts_on: date, ends_on: date, as_of: date) -> list[date]:
    """The first and the middle of each month of the campaign, its first and last day, and the day itself."""
    days = {starts_on, ends_on, min(max(as_of, starts_on), ends_on)}
    month = starts_on.replace(day=1)
    while month <= ends_on:
        days |= {day for day in (month, month.replace(day=_MID_MONTH)) if starts_on <= day <= ends_on}
        month = (month + timedelta(days=32)).replace(day=1)
    return sorted(days)


@dataclass
class _Course:
    """One task through time; what was reckoned for its row is used again."""

    ledger: Ledger
    row: Row
    as_of: date
    known: dict[date, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for shown in self.row.cells:
            if shown.cell is not None:
                self.known[shown.cell.standing.as_of] = shown.cell.standing
        self.known[self.as_of] = self.row.standing

    def at(self, day: date) -> Standing:
        """How the task stood on the day, or is to stand by the plan that is known."""
        if day not in self.known:
            if day > self.as_of:
                self.known[day] = reckon(self._plans[0], (), (), day)
            else:
                self.known[day] = self.ledger.standing(self.row.card.id, day)
        return self.known[day]

    def counts_on(self, day: date) -> bool:
        """Whether the task stands in the mean of the day."""
        registered = self.row.facts.registered_on
        return (registered is None or registered <= day) and self.at(day).state is not TaskState.CANCELLED

    @property
    def changes(self) -> list[date]:
        """The days up to the board's on which the task's share of the mean may have changed."""
        facts = self.row.facts
        days = {
            facts.registered_on,
            facts.plan.cancelled_on,
            *self._amended_on,
            *(one.measured_from for plan in self._plans for one in plan.indicators),
        }
        for period in self.ledger.periods:
            days |= {one.accepted_on for one in self.ledger.rounds(facts.id, period.id)}
        return sorted(day for day in days if day is not None and day <= self.as_of)

    def reached_from(self, day: date, until: date) -> float | None:
        """The progress that holds from the day until before the next change; None outside the mean."""
        days = sorted(self.known)
        at = bisect_left(days, day)
        if at < len(days) and days[at] < until:
            day = days[at]
        progress = self.at(day).progress
        return float(progress) if progress is not None and self.counts_on(day) else None

    @property
    def bends(self) -> list[date]:
        """The days between which the task's plan runs straight."""
        amended = {day for on in self._amended_on for day in (on - _DAY, on)}
        return sorted(amended.union(*map(_bends_of, self._plans)))

    @property
    def _facts(self) -> TaskFacts:
        return self.ledger.tasks[self.row.card.id]

    @property
    def _amended_on(self) -> list[date]:
        """The days, up to the board's, on which another plan came to hold."""
        return [one.until for one in self._facts.earlier if one.until <= self.as_of]

    @cached_property
    def _plans(self) -> list[TaskPlan]:
        """The plan that held on the board's day, and those that amendments had replaced by then, the first one last."""
        held = [one.plan for one in self._facts.earlier if one.until <= self.as_of]
        return [replace(one, cancelled_on=None) for one in (self.row.facts.plan, *reversed(held))]

    @property
    def amended(self) -> bool:
        """Whether the task's plan is another than the one first signed, or the task was dropped."""
        return self.row.cancelled or self._plans[0] != self._plans[-1]

    def signed_on(self, day: date) -> Fraction | None:
        """What the plan first signed wants on the day; a task that was dropped later is still wanted."""
        return self._signed_share(day) if self._registered(day) else None

    def signed_at(self, days: Sequence[date]) -> Iterator[float | None]:
        """The same on each of the days, for the line."""
        bends = sorted(_bends_of(self._plans[-1]))
        shares = [self._signed_share(day) for day in bends]
        for day in days:
            yield _between(bends, shares, day) if self._registered(day) else None

    def _signed_share(self, day: date) -> Fraction | None:
        first = self._plans[-1]
        return (self.at(day) if first == self._plans[0] else reckon(first, (), (), day)).expected

    def planned_at(self, days: Sequence[date]) -> Iterator[float | None]:
        """What the plan wants on each of the days; None outside the mean."""
        bends = self.bends
        shares = [self.at(day).expected for day in bends]
        for day in days:
            yield _between(bends, shares, day) if self._listed(day) else None

    def _listed(self, day: date) -> bool:
        cancelled = self.row.facts.plan.cancelled_on
        gone = self.row.cancelled and cancelled is not None and cancelled <= day
        return self._registered(day) and not gone

    def _registered(self, day: date) -> bool:
        registered = self.row.facts.registered_on
        return registered is None or registered <= day


def _bends_of(plan: TaskPlan) -> set[date]:
    """The days between which a plan runs straight."""
    days = {plan.start_on, plan.due_on}
    for one in plan.indicators:
        days |= {day for day, _value in one.milestones}
        if one.measured_from is not None:
            days |= {one.measured_from - _DAY, one.measured_from}
    return days


def _between(days: Sequence[date], shares: Sequence[Fraction | None], day: date) -> float | None:
    """The share on the day along straight lines between the given ones, flat before and after them."""
    at = bisect_left(days, day)
    if at == len(days):
        return None if shares[-1] is None else float(shares[-1])
    later = shares[at]
    if at == 0 or days[at] == day or later is None:
        return None if later is None else float(later)
    earlier = shares[at - 1]
    if earlier is None:
        return None
    passed = (day - days[at - 1]).days / (days[at] - days[at - 1]).days
    return float(earlier) + (float(later) - float(earlier)) * passed


def _mean_line(
    days: Sequence[date], shares: Sequence[Iterator[float | None]]
) -> Iterator[tuple[date, float]]:
    for day, column in zip(days, zip(*shares, strict=True), strict=True):
        counted = [share for share in column if share is not None]
        if counted:
            yield day, sum(counted) / len(counted)


def _reached(courses: Sequence[_Course], first: date, as_of: date) -> Iterator[tuple[date, float]]:
    """The mean as steps: at a change its old and its new height, and its height on the last day."""
    turns: dict[date, list[tuple[int, float | None]]] = defaultdict(list)
    for number, course in enumerate(courses):
        changes = [first, *(day for day in course.changes if day > first)]
        for day, until in zip(changes, [*changes[1:], as_of + _DAY], strict=True):
            turns[day].append((number, course.reached_from(day, until)))
    now: dict[int, float | None] = {}
    height: float | None = None
    for day in sorted(turns):
        now.update(turns[day])
        counted = [share for share in now.values() if share is not None]
        if height is not None:
            yield day, height
        height = sum(counted) / len(counted) if counted else None
        if height is not None:
            yield day, height
    if height is not None:
        yield as_of, height

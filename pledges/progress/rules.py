"""How a task stands on a day: values, progress, expectation, state. Plain Python; time is a parameter.

Every page, paper and spreadsheet gets its figures from `reckon`. Source: DOMAIN section 3, "State of a task".
Ratios are exact `Fraction`s, so that a figure on a border falls on the right side of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, takewhile

from pledges.progress.states import TaskState
from pledges.tasks.rules import Direction

BEHIND_BELOW = Fraction(7, 10)
AT_RISK_BELOW = Fraction(9, 10)
SILENT_PERIODS = 2


@dataclass(frozen=True)
class IndicatorPlan:
    """What was pledged of one indicator; `milestones` are (day, value) points of its plan."""

    label: str
    baseline: Decimal
    target: Decimal
    measure: str
    direction: Direction = Direction.UP
    accumulates: bool = True
    weight: Decimal = Decimal(1)
    measured_from: date | None = None
    milestones: tuple[tuple[date, Decimal], ...] = ()

    @property
    def holds_a_line(self) -> bool:
        """Whether the target is the baseline: a line to hold, not a way to go."""
        return self.target == self.baseline

    def at_target(self, value: Decimal) -> bool:
        """Whether the value is at the target or past it."""
        return value >= self.target if self.direction is Direction.UP else value <= self.target

    def past_target(self, value: Decimal) -> bool:
        """Whether the value is past the target."""
        return value > self.target if self.direction is Direction.UP else value < self.target


@dataclass(frozen=True)
class TaskPlan:
    """What was pledged of a task; `cancelled_on` is the day of the decision."""

    start_on: date
    due_on: date
    indicators: tuple[IndicatorPlan, ...]
    cancelled_on: date | None = None


@dataclass(frozen=True)
class PeriodFigures:
    """What one period's report says: the day it counts from, and a value (or nothing) per indicator, in order.

    `submitted_on` is the day of the round; `reached_on` holds, per indicator, the day the report states for it.
    """

    period_start: date
    submitted_on: date
    values: tuple[Decimal | None, ...]
    reached_on: tuple[date | None, ...] = ()


@dataclass(frozen=True)
class DuePeriod:
    """A period that asks the task for a report: its due day, and whether one was submitted by the day asked."""

    due_on: date
    reported: bool


@dataclass(frozen=True)
class IndicatorStanding:
    """How one indicator stands: `value` is None without a figure; `progress` is uncapped; None when left out."""

    plan: IndicatorPlan
    value: Decimal | None
    progress: Fraction | None
    expected: Fraction | None
    reached_on: date | None
    left_out: bool = False

    @property
    def without_figure(self) -> bool:
        """Whether it counts although nothing has been reported of it."""
        return self.value is None and not self.left_out


@dataclass(frozen=True)
class Standing:
    """How a task stands on a day. `progress` and `expected` are means between 0 and 1; None when nothing counts."""

    as_of: date
    state: TaskState
    progress: Fraction | None
    expected: Fraction | None
    reached_on: date | None
    indicators: tuple[IndicatorStanding, ...] = field(default=())

    @property
    def ratio(self) -> Fraction | None:
        """Progress against expectation; None when nothing is expected yet."""
        if self.progress is None or not self.expected:
            return None
        return self.progress / self.expected

    @property
    def left_out(self) -> tuple[IndicatorPlan, ...]:
        """The indicators that can't be measured yet, by name."""
        return tuple(one.plan for one in self.indicators if one.left_out)

    @property
    def without_figure(self) -> tuple[IndicatorPlan, ...]:
        """The indicators that count as nothing because nothing was reported of them, by name."""
        return tuple(one.plan for one in self.indicators if one.without_figure)

    @property
    def has_figures(self) -> bool:
        """Whether anything that counts has been reported."""
        return any(one.value is not None and not one.left_out for one in self.indicators)


def reckon(
    plan: TaskPlan, figures: Iterable[PeriodFigures], periods: Iterable[DuePeriod], as_of: date
) -> Standing:
    """How the task stands on the day, from the figures that count by then (one per period).

    `periods` are those in which the task was asked for a report and whose due day lies before `as_of`.
    """
    ordered = sorted(figures, key=lambda one: one.period_start)
    indicators = tuple(_indicator(plan, position, ordered, as_of) for position in range(len(plan.indicators)))
    counted = [one for one in indicators if not one.left_out]
    reached_on = _task_reached_on(indicators)
    progress = _mean([(_capped(one.progress), one.plan.weight) for one in counted])
    expected = _mean([(one.expected or Fraction(0), one.plan.weight) for one in counted])
    state = (
        _settled(plan, indicators, reached_on, as_of)
        or (TaskState.SILENT if _silent(periods) else None)
        or (TaskState.NOT_MEASURABLE if not counted else _pace(progress, expected))
    )
    return Standing(as_of, state, progress, expected, reached_on, indicators)


def _settled(
    plan: TaskPlan, indicators: Sequence[IndicatorStanding], reached_on: date | None, as_of: date
) -> TaskState | None:
    """The state by lines 1 to 4 of the rules, which the pace has no say in; None when none of them fits."""
    if plan.cancelled_on is not None and plan.cancelled_on <= as_of:
        return TaskState.CANCELLED
    if reached_on is not None:
        return _done(plan, indicators, reached_on)
    if as_of > plan.due_on:
        return TaskState.OVERDUE
    return TaskState.NOT_STARTED if as_of < plan.start_on else None


def _done(plan: TaskPlan, indicators: Sequence[IndicatorStanding], reached_on: date) -> TaskState:
    if reached_on > plan.due_on:
        return TaskState.DONE_LATE
    passed = any(one.value is not None and one.plan.past_target(one.value) for one in indicators)
    return TaskState.EXCEEDED if passed else TaskState.DONE


def _silent(periods: Iterable[DuePeriod]) -> bool:
    last = sorted(periods, key=lambda one: one.due_on)[-SILENT_PERIODS:]
    return len(last) == SILENT_PERIODS and not any(one.reported for one in last)


def _pace(progress: Fraction | None, expected: Fraction | None) -> TaskState:
    """The state by line 7; where nothing is expected yet, the task is on track."""
    if not expected or progress is None:
        return TaskState.ON_TRACK
    if progress / expected < BEHIND_BELOW:
        return TaskState.BEHIND
    return TaskState.AT_RISK if progress / expected < AT_RISK_BELOW else TaskState.ON_TRACK


def _task_reached_on(indicators: Sequence[IndicatorStanding]) -> date | None:
    days = [one.reached_on for one in indicators]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _indicator(
    plan: TaskPlan, position: int, figures: Sequence[PeriodFigures], as_of: date
) -> IndicatorStanding:
    pledged = plan.indicators[position]
    if pledged.measured_from is not None and as_of < pledged.measured_from:
        return IndicatorStanding(pledged, None, None, None, None, left_out=True)
    course = course_of(pledged, position, figures)
    value = course[-1][1] if course else None
    return IndicatorStanding(
        plan=pledged,
        value=value,
        progress=progress_of(pledged, value),
        expected=_expected(pledged, plan, as_of),
        reached_on=_reached_on(pledged, plan, course, as_of),
    )


def course_of(
    pledged: IndicatorPlan, position: int, figures: Sequence[PeriodFigures]
) -> list[tuple[date, Decimal]]:
    """The value after each report that says something of the indicator, with the day it would count as reached.

    What accumulates grows as its figures are sent, whatever months they are of: a sum is there when the last figure
    that it needs is. Levels follow each other by month.
    """
    course: list[tuple[date, Decimal]] = []
    total = pledged.baseline
    for report in sorted(figures, key=_sending) if pledged.accumulates else figures:
        said = report.values[position] if position < len(report.values) else None
        if said is None:
            continue
        total = total + said if pledged.accumulates else said
        stated = report.reached_on[position] if position < len(report.reached_on) else None
        course.append((stated or report.submitted_on, total))
    return course


def _sending(report: PeriodFigures) -> tuple[date, date]:
    return report.submitted_on, report.period_start


def _reached_on(
    pledged: IndicatorPlan, plan: TaskPlan, course: Sequence[tuple[date, Decimal]], as_of: date
) -> date | None:
    if not course or not pledged.at_target(course[-1][1]):
        return None
    if pledged.holds_a_line:
        return plan.due_on if as_of >= plan.due_on else None
    at_target = takewhile(lambda point: pledged.at_target(point[1]), reversed(course))
    return min(day for day, _value in at_target)


def progress_of(pledged: IndicatorPlan, value: Decimal | None) -> Fraction:
    """How far the value is from baseline to target, uncapped; 0 without a figure."""
    if value is None:
        return Fraction(0)
    if pledged.holds_a_line:
        return Fraction(1) if pledged.at_target(value) else Fraction(0)
    way = Fraction(pledged.target) - Fraction(pledged.baseline)
    return (Fraction(value) - Fraction(pledged.baseline)) / way


def _expected(pledged: IndicatorPlan, plan: TaskPlan, as_of: date) -> Fraction:
    """Where the plan wants the indicator on the day, between 0 and 1."""
    if pledged.holds_a_line:
        return Fraction(1)
    points = _points(pledged, plan)
    if as_of <= points[0][0]:
        return _capped(points[0][1])
    for (day, share), (next_day, next_share) in pairwise(points):
        if as_of <= next_day:
            passed = Fraction((as_of - day).days, (next_day - day).days)
            return _capped(share + (next_share - share) * passed)
    return _capped(points[-1][1])


def _points(pledged: IndicatorPlan, plan: TaskPlan) -> list[tuple[date, Fraction]]:
    """The plan as (day, share) points: from nothing on the start day, along the milestones, to all on the due day."""
    shares = {plan.start_on: Fraction(0), plan.due_on: Fraction(1)}
    shares.update((day, progress_of(pledged, value)) for day, value in pledged.milestones)
    return sorted(shares.items())


def _capped(share: Fraction | None) -> Fraction:
    return min(max(share or Fraction(0), Fraction(0)), Fraction(1))


def _mean(parts: Sequence[tuple[Fraction, Decimal]]) -> Fraction | None:
    weight = sum((Fraction(part[1]) for part in parts), Fraction(0))
    return sum((share * Fraction(part) for share, part in parts), Fraction(0)) / weight if weight else None

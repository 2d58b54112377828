"""What was pledged and reported in a campaign, held in memory, and how everything stood on any day.

Plain Python: built from facts that `reading` fetches in a fixed number of queries. A figure of the past comes from
the events of the past (who accepted what, when), never from today's rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pledges.progress.calendar import Discipline, ReportStatus, expects
from pledges.progress.rules import DuePeriod, PeriodFigures, Standing, TaskPlan, course_of, reckon


@dataclass(frozen=True)
class PeriodFacts:
    """A period of the campaign."""

    id: int
    start_on: date
    end_on: date
    due_on: date


@dataclass(frozen=True)
class RoundFacts:
    """One round of a report: when it was sent, accepted, returned (days in Việt Nam), and what it said."""

    number: int
    submitted_on: date | None
    accepted_on: date | None = None
    returned_on: date | None = None
    values: Mapping[int, Decimal] = field(default_factory=dict)
    reached_on: Mapping[int, date] = field(default_factory=dict)

    def sent_by(self, day: date) -> bool:
        """Whether the round had been sent by the end of the day."""
        return self.submitted_on is not None and self.submitted_on <= day

    def accepted_by(self, day: date) -> bool:
        """Whether the round had been accepted by the end of the day."""
        return self.accepted_on is not None and self.accepted_on <= day

    def returned_by(self, day: date) -> bool:
        """Whether the round had been returned by the end of the day."""
        return self.returned_on is not None and self.returned_on <= day


@dataclass(frozen=True)
class EarlierPlan:
    """A plan that an amendment replaced: it held before the day `until`."""

    until: date
    plan: TaskPlan
    indicator_ids: tuple[int, ...]


@dataclass(frozen=True)
class TaskFacts:
    """A task's plan, the ids of its indicators in the plan's order, and the day it came into the list.

    `earlier` are the plans that amendments replaced, the first one first.
    """

    id: int
    plan: TaskPlan
    indicator_ids: tuple[int, ...]
    registered_on: date | None = None
    earlier: tuple[EarlierPlan, ...] = ()

    def on(self, day: date) -> "TaskFacts":
        """The task by the plan of that day: an amendment counts from the day on which it was allowed."""
        held = next((one for one in self.earlier if day < one.until), None)
        return self if held is None else replace(self, plan=held.plan, indicator_ids=held.indicator_ids)


@dataclass(frozen=True)
class Cell:
    """One task in one period, on a day: the state at the period's end (or that day), and how its report stands.

    `late` tells that the first round came after the due day.
    """

    period: PeriodFacts
    standing: Standing
    status: ReportStatus
    expected: bool
    late: bool

    @property
    def missing(self) -> bool:
        """Whether a report was due and never came."""
        return self.expected and self.status is ReportStatus.OVERDUE

    @property
    def pending(self) -> bool:
        """Whether a report waits for a leader."""
        return self.status is ReportStatus.SUBMITTED


class Ledger:
    """The campaign's plans and reports."""

    def __init__(
        self,
        tasks: Iterable[TaskFacts],
        periods: Iterable[PeriodFacts],
        rounds: Mapping[tuple[int, int], Sequence[RoundFacts]],
    ) -> None:
        """Hold the facts; `rounds` is keyed by (task id, period id)."""
        self.tasks = {task.id: task for task in tasks}
        self.periods = sorted(periods, key=lambda period: period.start_on)
        self._rounds = rounds

    def rounds(self, task_id: int, period_id: int) -> Sequence[RoundFacts]:
        """The rounds of a report, oldest first."""
        return self._rounds.get((task_id, period_id), ())

    def standing(self, task_id: int, as_of: date) -> Standing:
        """How the task stood on the day, from the figures accepted by then."""
        return self._reckon(task_id, as_of, submitted=False)

    def tentative(self, task_id: int, as_of: date) -> Standing:
        """How the task would stand if the figures submitted by the day were accepted."""
        return self._reckon(task_id, as_of, submitted=True)

    def cell(self, task_id: int, period: PeriodFacts, as_of: date) -> Cell:
        """The task in the period, as seen on the day."""
        seen_on = min(period.end_on, as_of)
        sent = [one.submitted_on for one in self.rounds(task_id, period.id) if one.sent_by(as_of)]
        first = min((day for day in sent if day is not None), default=None)
        return Cell(
            period=period,
            standing=self.standing(task_id, seen_on),
            status=self.report_status(task_id, period, as_of),
            expected=self.expected(task_id, period),
            late=first is not None and first > period.due_on,
        )

    def report_status(self, task_id: int, period: PeriodFacts, as_of: date) -> ReportStatus:
        """How the report of the task for the period stood on the day."""
        sent = [one for one in self.rounds(task_id, period.id) if one.sent_by(as_of)]
        if sent:
            last = sent[-1]
            if last.accepted_by(as_of):
                return ReportStatus.ACCEPTED
            return ReportStatus.RETURNED if last.returned_by(as_of) else ReportStatus.SUBMITTED
        if as_of > period.due_on:
            return ReportStatus.OVERDUE
        return ReportStatus.DUE if as_of >= period.start_on else ReportStatus.NOT_YET_DUE

    def values_before(self, task_id: int, period_start: date, as_of: date) -> tuple[Decimal | None, ...]:
        """The value of each indicator before a period, sent figures included; None where nothing was reported."""
        task = self.tasks[task_id]
        earlier = [period for period in self.periods if period.start_on < period_start]
        found = [self._figures(task, period, as_of, submitted=True) for period in earlier]
        figures = [one for one in found if one is not None]
        courses = [course_of(plan, at, figures) for at, plan in enumerate(task.plan.indicators)]
        return tuple(course[-1][1] if course else None for course in courses)

    def expected(self, task_id: int, period: PeriodFacts) -> bool:
        """Whether the task must report for the period."""
        task = self.tasks[task_id].on(period.due_on)
        return expects(
            period.due_on,
            start_on=task.plan.start_on,
            registered_on=task.registered_on,
            cancelled_on=task.plan.cancelled_on,
        )

    def discipline(self, period: PeriodFacts, as_of: date) -> Discipline:
        """How many reports of the period are expected, came by the day, and came on time."""
        expected = [task_id for task_id in self.tasks if self.expected(task_id, period)]
        firsts = [
            min(
                (one.submitted_on for one in self.rounds(task_id, period.id) if one.sent_by(as_of)),
                default=None,
            )  # type: ignore[type-var]
            for task_id in expected
        ]
        received = [day for day in firsts if day is not None]
        return Discipline(
            expected=len(expected),
            received=len(received),
            on_time=sum(day <= period.due_on for day in received),
        )

    def begun(self, as_of: date) -> list[PeriodFacts]:
        """The periods whose due day has passed by the day: the columns of the overview."""
        return [period for period in self.periods if period.due_on < as_of]

    def _reckon(self, task_id: int, as_of: date, *, submitted: bool) -> Standing:
        task = self.tasks[task_id].on(as_of)
        figures = [
            figures
            for period in self.periods
            if (figures := self._figures(task, period, as_of, submitted=submitted)) is not None
        ]
        due = [
            DuePeriod(
                due_on=period.due_on,
                reported=any(one.sent_by(as_of) for one in self.rounds(task_id, period.id)),
            )
            for period in self.periods
            if period.due_on < as_of and self.expected(task_id, period)
        ]
        return reckon(task.plan, figures, due, as_of)

    def _figures(
        self, task: TaskFacts, period: PeriodFacts, as_of: date, *, submitted: bool
    ) -> PeriodFigures | None:
        rounds = self.rounds(task.id, period.id)
        counting = [one for one in rounds if one.accepted_by(as_of)]
        if submitted:
            counting = [
                one for one in rounds if one.sent_by(as_of) and not one.returned_by(as_of)
            ] or counting
        if not counting:
            return None
        last = counting[-1]
        if last.submitted_on is None:
            return None
        return PeriodFigures(
            period_start=period.start_on,
            submitted_on=last.submitted_on,
            values=tuple(last.values.get(number) for number in task.indicator_ids),
            reached_on=tuple(last.reached_on.get(number) for number in task.indicator_ids),
        )

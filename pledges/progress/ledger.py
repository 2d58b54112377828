"""What was pledged and reported in a campaign, held in memory, and how everything stood on any day.

Plain Python: built from facts that `reading` fetches in a fixed number of queries. A figure of the past comes from
the events of the past (who accepted what, when), never from today's rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pledges.campaigns.rules import Cycle
from pledges.progress.calendar import (
    Discipline,
    ReportStatus,
    expects,
    period_label,
    short_period_label,
)
from pledges.progress.rules import DuePeriod, PeriodFigures, Standing, TaskPlan, course_of, reckon


@dataclass(frozen=True)
class PeriodFacts:
    """A period of the campaign: a report is on time until the end of `grace_until`, in Việt Nam."""

    id: int
    start_on: date
    end_on: date
    due_on: date
    grace_until: date
    locks_after: date | None = None
    cycle: Cycle = Cycle.MONTHLY
    name: str = ""

    @property
    def label(self) -> str:
        """The period in words: "tháng 9/2024"."""
        return period_label(self.cycle, self.start_on, self.end_on, self.name)

    @property
    def short_label(self) -> str:
        """The period where the year is plain: "tháng 9"."""
        return short_period_label(self.cycle, self.start_on, self.name)

    def days_late(self, day: date) -> int:
        """How many days after the due day; 0 while a report is on time."""
        return (day - self.due_on).days if day > self.grace_until else 0


@dataclass(frozen=True)
class ExcuseFacts:
    """Miễn báo cáo: a unit, or one task of it, needn't report for a period; with the days of the grant and its end."""

    period_id: int
    unit_id: int
    task_id: int | None
    granted_on: date
    revoked_on: date | None
    reason: str

    def holds(self, task: "TaskFacts", as_of: date) -> bool:
        """Whether the task was excused at the end of the day."""
        meant = self.task_id == task.id if self.task_id is not None else self.unit_id == task.unit_id
        return meant and self.granted_on <= as_of and (self.revoked_on is None or as_of < self.revoked_on)


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

    `earlier` are the plans that amendments replaced, the first one first. The lead unit exists from–to.
    """

    id: int
    plan: TaskPlan
    indicator_ids: tuple[int, ...]
    registered_on: date | None = None
    earlier: tuple[EarlierPlan, ...] = ()
    unit_id: int = 0
    unit_from: date | None = None
    unit_until: date | None = None

    def on(self, day: date) -> "TaskFacts":
        """The task by the plan of that day: an amendment counts from the day on which it was allowed."""
        held = next((one for one in self.earlier if day < one.until), None)
        return self if held is None else replace(self, plan=held.plan, indicator_ids=held.indicator_ids)


@dataclass(frozen=True)
class Cell:
    """One task in one period, on a day: the state at the period's end (or that day), and how its report stands.

    `late` tells that the first round came when it was on time no more; `excused` is why no report is asked for.
    """

    period: PeriodFacts
    standing: Standing
    status: ReportStatus
    expected: bool
    late: bool
    excused: str | None = None

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
        excuses: Iterable[ExcuseFacts] = (),
    ) -> None:
        """Hold the facts; `rounds` is keyed by (task id, period id)."""
        self.tasks = {task.id: task for task in tasks}
        self.periods = sorted(periods, key=lambda period: period.start_on)
        self._rounds = rounds
        self.known: dict[int, dict[date, Standing]] = defaultdict(dict)
        self.excuses: dict[int, list[ExcuseFacts]] = defaultdict(list)
        for excuse in excuses:
            self.excuses[excuse.period_id].append(excuse)

    def rounds(self, task_id: int, period_id: int) -> Sequence[RoundFacts]:
        """The rounds of a report, oldest first."""
        return self._rounds.get((task_id, period_id), ())

    def standing(self, task_id: int, as_of: date) -> Standing:
        """How the task stood on the day, from the figures accepted by then; reckoned once."""
        known = self.known[task_id]
        if as_of not in known:
            known[as_of] = self._reckon(task_id, as_of, submitted=False)
        return known[as_of]

    def tentative(self, task_id: int, as_of: date) -> Standing:
        """How the task would stand if the figures submitted by the day were accepted."""
        return self._reckon(task_id, as_of, submitted=True)

    def cell(self, task_id: int, period: PeriodFacts, as_of: date) -> Cell:
        """The task in the period, as seen on the day."""
        seen_on = min(period.end_on, as_of)
        first = self.first_sent(task_id, period, as_of)
        excused = self.excused(task_id, period, as_of)
        return Cell(
            period=period,
            standing=self.standing(task_id, seen_on),
            status=self.report_status(task_id, period, as_of),
            expected=self.expected(task_id, period, as_of),
            late=excused is None and first is not None and first > period.grace_until,
            excused=excused,
        )

    def first_sent(self, task_id: int, period: PeriodFacts, as_of: date) -> date | None:
        """The day on which the report was first sent, as known on the day; a return makes no report late."""
        sent = [one.submitted_on for one in self.rounds(task_id, period.id) if one.sent_by(as_of)]
        return min((day for day in sent if day is not None), default=None)

    def report_status(self, task_id: int, period: PeriodFacts, as_of: date) -> ReportStatus:
        """How the report of the task for the period stood on the day."""
        sent = [one for one in self.rounds(task_id, period.id) if one.sent_by(as_of)]
        if sent:
            last = sent[-1]
            if last.accepted_by(as_of):
                return ReportStatus.ACCEPTED
            return ReportStatus.RETURNED if last.returned_by(as_of) else ReportStatus.SUBMITTED
        if self.excused(task_id, period, as_of) is not None:
            return ReportStatus.EXCUSED
        if as_of > period.grace_until:
            return ReportStatus.OVERDUE
        return ReportStatus.DUE if as_of >= period.start_on else ReportStatus.NOT_YET_DUE

    def values_before(
        self, task_id: int, period_start: date, as_of: date, *, submitted: bool = True
    ) -> tuple[Decimal | None, ...]:
        """The value of each indicator before a period, with or without sent figures; None where nothing was said."""
        task, periods = self.tasks[task_id], (one for one in self.periods if one.start_on < period_start)
        figures = [one for at in periods if (one := self._figures(task, at, as_of, submitted=submitted))]
        courses = [course_of(plan, at, figures) for at, plan in enumerate(task.plan.indicators)]
        return tuple(course[-1][1] if course else None for course in courses)

    def expected(self, task_id: int, period: PeriodFacts, as_of: date = date.max) -> bool:
        """Whether the task must report for the period, as known on the day; without one, by what is known last."""
        return self._asked(task_id, period) and self.excused(task_id, period, as_of) is None

    def excused(self, task_id: int, period: PeriodFacts, as_of: date) -> str | None:
        """Why the task, which would have to report, needn't, as known on the day; None where nobody excused it."""
        task = self.tasks[task_id]
        excuses = self.excuses.get(period.id, ())
        found = next((one.reason for one in excuses if one.holds(task, as_of)), None)
        return found if found is not None and self._asked(task_id, period) else None

    def discipline(self, period: PeriodFacts, as_of: date) -> Discipline:
        """The numbers of reporting for the period: what is expected, came by the day, and came on time."""
        asked = [task_id for task_id in self.tasks if self._asked(task_id, period)]
        expected = [task_id for task_id in asked if self.excused(task_id, period, as_of) is None]
        firsts = [self.first_sent(task_id, period, as_of) for task_id in expected]
        received = [day for day in firsts if day is not None]
        return Discipline(
            expected=len(expected),
            received=len(received),
            on_time=sum(day <= period.grace_until for day in received),
            excused=len(asked) - len(expected),
        )

    def begun(self, as_of: date) -> list[PeriodFacts]:
        """The periods whose due day has passed by the day: the columns of the overview."""
        return [period for period in self.periods if period.due_on < as_of]

    def _asked(self, task_id: int, period: PeriodFacts) -> bool:
        task = self.tasks[task_id].on(period.due_on)
        return expects(
            period.due_on,
            start_on=task.plan.start_on,
            registered_on=task.registered_on,
            cancelled_on=task.plan.cancelled_on,
            unit_from=task.unit_from,
            unit_until=task.unit_until,
        )

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
            if period.due_on < as_of and self.expected(task_id, period, as_of)
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

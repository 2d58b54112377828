"""Bảng theo dõi: what the whole campaign looks like on a day. Plain Python; page, paper and test read the same board.

Every state, mean and report comes from the campaign's `Ledger`; a figure of the board is a sum over its rows. Shares
are exact `Fraction`s until a page or paper prints them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from pledges.overview.needs import Needy, needy_first, silent_first
from pledges.overview.rules import (
    BoardFacts,
    Group,
    ObstacleFacts,
    Row,
    RowCell,
    TaskCard,
    by_blocks,
    by_units,
    counts_of,
    in_order,
)
from pledges.overview.trend import Trend, trend_of
from pledges.progress import restated
from pledges.progress.calendar import Discipline, ReportStatus
from pledges.progress.ledger import Ledger, PeriodFacts, TaskFacts
from pledges.progress.means import Mean, mean_of
from pledges.progress.states import TaskState
from pledges.tasks.tally import Tally


@dataclass(frozen=True)
class PeriodDiscipline:
    """The reports of one period."""

    period: PeriodFacts
    counts: Discipline


@dataclass(frozen=True)
class Board:
    """Everything the overview says, as of a day. `periods` are those that had fallen due, oldest first.

    `ledger` is what it was built from: for the lines of some of its rows, and for what happened between two days.
    """

    as_of: date
    starts_on: date
    ends_on: date
    whole: bool
    expected_tasks: int
    rows: tuple[Row, ...]
    periods: tuple[PeriodFacts, ...]
    pledging_units: frozenset[int]
    signed_units: frozenset[int]
    ledger: Ledger = field(repr=False, compare=False)

    @cached_property
    def registered(self) -> int:
        """How many tasks stand in the list."""
        return sum(not row.cancelled for row in self.rows)

    @cached_property
    def tally(self) -> Tally:
        """The same, of those that were expected."""
        return Tally(self.registered, self.expected_tasks)

    @cached_property
    def led(self) -> int:
        """How many of them a unit of the reader's leads."""
        return sum(not row.cancelled and row.card.own for row in self.rows)

    @cached_property
    def mean(self) -> Mean:
        """Progress and expectation of all tasks that aren't cancelled."""
        return mean_of(row.standing for row in self.rows)

    @cached_property
    def counts(self) -> tuple[tuple[TaskState, int], ...]:
        """How many tasks are in each state that occurs, in the order of a legend."""
        return counts_of(self.rows)

    @cached_property
    def obstacles(self) -> tuple[ObstacleFacts, ...]:
        """The obstacles without a decision, the oldest first."""
        found = [one for row in self.rows for one in row.obstacles]
        return tuple(sorted(found, key=lambda one: (one.raised_on, one.id)))

    @cached_property
    def oldest_days(self) -> int | None:
        """For how many days the oldest obstacle has waited; None without one."""
        return self.obstacles[0].days(self.as_of) if self.obstacles else None

    @cached_property
    def disciplines(self) -> tuple[PeriodDiscipline, ...]:
        """The reports of each period that had fallen due, oldest first."""
        return tuple(PeriodDiscipline(period, self.discipline(period)) for period in self.periods)

    def discipline(self, period: PeriodFacts) -> Discipline:
        """How many reports of the period are expected, came, and came on time: the sum of its column."""
        asked = [shown for shown in self.column(period) if shown.cell is not None and shown.cell.expected]
        received = [shown.cell for shown in asked if shown.cell is not None and shown.sent_on is not None]
        on_time = sum(not cell.late for cell in received)
        excused = sum(shown.excused is not None for shown in self.column(period))
        return Discipline(len(asked), len(received), on_time, excused)

    def column(self, period: PeriodFacts) -> list[RowCell]:
        """The cells of a period, one a row."""
        return [cell for row in self.rows for cell in row.cells if cell.period.id == period.id]

    @cached_property
    def needs(self) -> tuple[Needy, ...]:
        """Cần quan tâm trước: the tasks that ask for a leader's attention, the gravest first."""
        return needy_first(self.rows, self.as_of)

    @cached_property
    def silent(self) -> tuple[Needy, ...]:
        """Không báo cáo: the tasks of which nothing was heard in the last two periods, the longest silence first."""
        return silent_first(self.rows, self.as_of)

    @cached_property
    def blocks(self) -> tuple[Group, ...]:
        """The tasks by block, in the order of the official list."""
        return by_blocks(self.rows)

    @cached_property
    def units(self) -> tuple[Group, ...]:
        """The tasks by lead unit, in the order of the official list."""
        return by_units(self.rows)

    @cached_property
    def trend(self) -> Trend:
        """The way of all tasks up to the day, and their plan."""
        return trend_of(self.ledger, self.rows, self.as_of, self.starts_on, self.ends_on)

    def part(self, rows: Iterable[Row]) -> "Board":
        """The same board with some of its rows: each of its figures is reckoned as that of the whole."""
        return replace(self, rows=tuple(rows))


def build(facts: BoardFacts) -> Board:
    """The board of the tasks that stood in the list on the day, by block and unit."""
    known = [
        card for card in facts.cards.values() if _registered_by(facts.ledger.tasks[card.id], facts.as_of)
    ]
    periods = tuple(facts.ledger.begun(facts.as_of))
    rows = tuple(_row(facts, card, periods) for card in in_order(known))
    # Whose commitment is signed is for the unit itself and the organisers to know, not for those who help.
    pledging = {row.card.lead.id for row in rows if not row.cancelled and (facts.whole or row.card.own)}
    return Board(
        as_of=facts.as_of,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        whole=facts.whole,
        expected_tasks=facts.expected_tasks,
        rows=rows,
        periods=periods,
        pledging_units=frozenset(pledging),
        signed_units=facts.signed_units & pledging,
        ledger=facts.ledger,
    )


def _registered_by(task: TaskFacts, day: date) -> bool:
    return task.registered_on is None or task.registered_on <= day


def _row(facts: BoardFacts, card: TaskCard, periods: tuple[PeriodFacts, ...]) -> Row:
    ledger, as_of = facts.ledger, facts.as_of
    pending = tuple(
        period
        for period in ledger.periods
        if ledger.report_status(card.id, period, as_of) is ReportStatus.SUBMITTED
    )
    standing = ledger.standing(card.id, as_of)
    # Without a round that waits, the figures submitted are the figures accepted.
    tentative = ledger.tentative(card.id, as_of) if pending else standing
    return Row(
        card=card,
        facts=ledger.tasks[card.id].on(as_of),
        standing=standing,
        tentative=tentative if tentative.state is not standing.state else None,
        cells=tuple(_cell(facts, card.id, period) for period in periods),
        pending=pending,
        obstacles=tuple(one for one in facts.obstacles if one.task_id == card.id),
    )


def _cell(facts: BoardFacts, task_id: int, period: PeriodFacts) -> RowCell:
    ledger, as_of = facts.ledger, facts.as_of
    sent_on = ledger.first_sent(task_id, period, as_of)
    # What fell due after the period's end is asked of a task that was registered between the two days.
    known = _registered_by(ledger.tasks[task_id], max(period.end_on, period.due_on))
    return RowCell(
        period=period,
        cell=ledger.cell(task_id, period, as_of) if known else None,
        report_id=facts.reports.get((task_id, period.id)) if sent_on else None,
        sent_on=sent_on,
        restated=tuple(restated.of_period(ledger, task_id, period, as_of).values()),
    )

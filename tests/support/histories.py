"""Random histories of reports, told through the operations: blanks, falls, returns, corrections, late ones.

The plain events beside are what `second_reckoning` folds; nothing in them comes from the database.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from pledges.core import clock
from pledges.progress import operations as progress
from pledges.progress.models import Period, Report
from pledges.progress.operations import ReportEntry
from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rules import Direction
from tests.support.second_reckoning import Found, Pledged, Sent, Work, reckoned
from tests.support.ward import Ward

START, EARLY, LATE = date(2024, 4, 15), date(2024, 9, 20), date(2024, 12, 31)
MOST_ROUNDS = 4
PLANS = (
    (
        LATE,
        (
            IndicatorEntry("Đường ngõ được bê tông hóa", Decimal(45), "m", weight=Decimal(2)),
            IndicatorEntry("Hộ phân loại rác", Decimal(80), "% hộ", baseline=Decimal(20), accumulates=False),
        ),
    ),
    (
        EARLY,
        (
            IndicatorEntry(
                "Hộ nghèo", Decimal(3), "hộ", baseline=Decimal(12), direction=Direction.DOWN, accumulates=False
            ),
            IndicatorEntry("Điểm rác tự phát", Decimal(0), "điểm", direction=Direction.DOWN),
        ),
    ),
    (
        EARLY,
        (
            IndicatorEntry("Cây được trồng", Decimal(30), "cây"),
            IndicatorEntry(
                "Cây sống", Decimal(90), "% cây", accumulates=False, measured_from=date(2024, 8, 1)
            ),
        ),
    ),
)  # fmt: skip


class History:
    """What happened to three tasks of a ward until now."""

    def __init__(self, ward: Ward, seed: int) -> None:
        self.ward, self.random = ward, Random(seed)  # noqa: S311 - chance, no secret
        self.dues = [one.due_on for one in ward.periods]
        self.works: dict[int, Work] = {}
        self.rounds: dict[int, list[Sent]] = defaultdict(list)
        self._acts: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._reports: dict[tuple[int, int], Report] = {}
        for due_on, entries in PLANS:
            task = ward.task(due_on=due_on, start_on=START, indicators=entries)
            self.works[task.id] = Work(START, due_on, [_pledged(entry) for entry in entries])
            for period in ward.periods:
                self._plan(task, period)
        for at, _number, act in sorted(self._acts, key=lambda one: one[:2]):
            act(at)
        ward.settle()

    def found(self, task_id: int, day: date) -> Found:
        """How the task stood on the day, by the events alone."""
        return reckoned(self.works[task_id], self.rounds[task_id], self.dues, day)

    def days(self, number: int) -> list[date]:
        """Some days since the work began, and today."""
        span = (self.ward.day - START).days
        return [START + timedelta(days=self.random.randrange(span)) for _ in range(number)] + [self.ward.day]

    def _plan(self, task: Task, period: Period) -> None:
        """Think up what happens to one report; one in seven is never sent."""
        random = self.random
        if random.random() < 1 / 7 or period.start_on > self.ward.day:
            return
        at = clock.at(period.due_on + timedelta(days=random.randint(-6, 20)), random.randrange(24), 59)
        for _round in range(random.randint(1, MOST_ROUNDS)):
            values = self._values(task)
            self._tell(at, lambda now, values=values: self._send(task, period, values, now))
            at += timedelta(days=random.randint(0, 8), hours=1)
            if random.random() < 1 / 8:
                return
            accepts = random.random() < 2 / 3
            self._tell(at, lambda now, accepts=accepts: self._answer(task, period, now, accepts=accepts))
            at += timedelta(days=random.randint(0, 20), hours=1)

    def _tell(self, at: datetime, act: Callable[[datetime], None]) -> None:
        if at <= self.ward.now:
            self._acts.append((at, len(self._acts), act))

    def _values(self, task: Task) -> dict[int, Decimal]:
        """A figure for each indicator, or none, or one that falls."""
        found = {}
        for number, one in enumerate(task.indicators):
            if self.random.random() < 1 / 5:
                continue
            reach = max(abs(one.target - one.baseline), Decimal(1))
            share = Decimal(self.random.randint(-10, 45)) / 100
            said = (
                reach * share if one.accumulates else one.baseline + (one.target - one.baseline) * share * 3
            )
            found[number] = said.quantize(Decimal("0.1"))
        return found

    def _send(self, task: Task, period: Period, values: dict[int, Decimal], now: datetime) -> None:
        """A first round, another one after a return, or a correction of what was accepted."""
        ward, by = self.ward, self.ward.actor("officer_kp1")
        report = self._reports.get((task.id, period.id))
        if report is not None and report.last_round.last_event.kind == "accepted":
            progress.begin_correction(ward.session, report, "Đếm lại.", by=by, at=now)
        else:
            report = progress.begin(ward.session, task, period, by=by, at=now)
        said = {task.indicators[number].id: value for number, value in values.items()}
        progress.write(ward.session, report, ReportEntry(said, "Đã làm."), by=by, at=now)
        progress.submit(ward.session, report, by=by, at=now)
        self._reports[task.id, period.id] = report
        plain = {number: Fraction(value) for number, value in values.items()}
        self.rounds[task.id].append(Sent(period.due_on, clock.day_of(now), plain))

    def _answer(self, task: Task, period: Period, now: datetime, *, accepts: bool) -> None:
        report, leader = self._reports[task.id, period.id], self.ward.actor("leader")
        sent = [one for one in self.rounds[task.id] if one.period_due == period.due_on][-1]
        if accepts:
            reviews.accept(self.ward.session, report, by=leader, at=now)
            sent.accepted_on = clock.day_of(now)
        else:
            reviews.send_back(self.ward.session, report, "Đếm lại.", by=leader, at=now)
            sent.returned_on = clock.day_of(now)


def _pledged(entry: IndicatorEntry) -> Pledged:
    return Pledged(
        baseline=Fraction(entry.baseline),
        target=Fraction(entry.target),
        accumulates=entry.accumulates,
        down=entry.direction is Direction.DOWN,
        weight=Fraction(entry.weight),
        measured_from=entry.measured_from,
    )

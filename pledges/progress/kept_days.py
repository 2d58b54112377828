"""Ngày đạt chỉ tiêu giữ lại khi đính chính: saying a figure anew moves no day on which a target counts as reached.

Plain Python over the ledger. What a report states no day for counts from the day it was sent, and a correction is sent
later; so the correction states the day that counted until then, where everybody reads it and the unit may change it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import takewhile

from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.rules import IndicatorPlan, IndicatorStanding


@dataclass(frozen=True)
class KeptDay:
    """The day that a correction of one figure states unless the unit says another.

    `others` is None where the target was there with this figure; else it came with what other reports say, which is
    this much.
    """

    day: date
    others: Decimal | None = None


@dataclass(frozen=True)
class _Said:
    """What counts of the indicator in one period: when it was sent, on which day it would count as reaching."""

    period: PeriodFacts
    sent_on: date
    day: date
    value: Decimal


def kept_days(ledger: Ledger, task_id: int, period: PeriodFacts, as_of: date) -> dict[int, KeptDay]:
    """The days that would move if the accepted report of the period were sent anew, by indicator."""
    facts = ledger.tasks[task_id].on(as_of)
    found = {}
    for number, one in zip(facts.indicator_ids, ledger.standing(task_id, as_of).indicators, strict=True):
        kept = _kept(one, list(_accepted(ledger, task_id, number, as_of)), period, as_of)
        if kept is not None:  # no report may state a day before the work begins
            found[number] = replace(kept, day=max(kept.day, facts.plan.start_on))
    return found


def _kept(one: IndicatorStanding, said: Sequence[_Said], period: PeriodFacts, as_of: date) -> KeptDay | None:
    this = next((each for each in said if each.period == period), None)
    if this is None or one.reached_on is None or one.value is None or one.plan.holds_a_line:
        return None
    rest = [each for each in said if each is not this]
    anew = _at_target(one.plan, [*rest, replace(this, sent_on=as_of, day=as_of)])
    if min((each.day for each in anew), default=as_of) == one.reached_on:
        return None
    if this in _at_target(one.plan, said):
        return KeptDay(one.reached_on)
    return KeptDay(one.reached_on, one.value - this.value)


def _at_target(plan: IndicatorPlan, said: Sequence[_Said]) -> list[_Said]:
    """The reports since the last of which the target has been there, as `rules.course_of` puts them in order."""
    course: list[tuple[_Said, Decimal]] = []
    total = plan.baseline
    for each in sorted(
        said, key=lambda one: (one.sent_on if plan.accumulates else date.min, one.period.start_on)
    ):
        total = total + each.value if plan.accumulates else each.value
        course.append((each, total))
    return [each for each, _total in takewhile(lambda point: plan.at_target(point[1]), reversed(course))]


def _accepted(ledger: Ledger, task_id: int, number: int, as_of: date) -> Iterator[_Said]:
    for period in ledger.periods:
        accepted = [one for one in ledger.rounds(task_id, period.id) if one.accepted_by(as_of)]
        last = accepted[-1] if accepted else None
        if last is not None and last.submitted_on is not None and number in last.values:
            day = last.reached_on.get(number, last.submitted_on)
            yield _Said(period, last.submitted_on, day, last.values[number])

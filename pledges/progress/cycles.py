"""Which periods a campaign has: of weeks, months, quarters, or those that the office set itself. Plain Python."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from pledges.campaigns.rules import Cycle

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3}


class Days(Protocol):
    """Anything that goes from one day to another, both included."""

    @property
    def start_on(self) -> date:
        """The first day."""

    @property
    def end_on(self) -> date:
        """The last day."""


class Held(Days, Protocol):
    """A period that stays as it was announced."""

    @property
    def cycle(self) -> Cycle:
        """How it came to be."""


@dataclass(frozen=True)
class Span:
    """A period as the campaign wants it."""

    start_on: date
    end_on: date
    due_on: date
    grace_until: date
    locks_after: date | None
    cycle: Cycle
    name: str = ""


@dataclass(frozen=True)
class OwnSpan:
    """A period that the office sets itself: its name, its days, and the day its reports are due."""

    name: str
    start_on: date
    end_on: date
    due_on: date


@dataclass(frozen=True)
class Schedule:
    """How a campaign asks for reports: each cycle by a day of the month or week, with grace, locked after so many days.

    `weekday` is 1 for Monday; a quarter's reports are due in its last month; without `locks_after_days` nothing locks.
    """

    cycle: Cycle
    starts_on: date
    ends_on: date
    due_day: int
    weekday: int
    grace_days: int = 0
    locks_after_days: int | None = None

    def spans(self) -> list[Span]:
        """The periods whose due day lies within the campaign; none of its own, which are set one by one."""
        if self.cycle is Cycle.OWN:
            return []
        found = self._weeks() if self.cycle is Cycle.WEEKLY else self._months(_MONTHS[self.cycle])
        return [one for one in found if self.starts_on <= one.due_on <= self.ends_on]

    def own(self, span: OwnSpan) -> Span:
        """A period that the office set, with the grace and the lock of the campaign."""
        return replace(self._span(span.start_on, span.end_on, span.due_on), cycle=Cycle.OWN, name=span.name)

    def _weeks(self) -> Iterator[Span]:
        monday = self.starts_on - timedelta(days=self.starts_on.isoweekday() - 1)
        while monday <= self.ends_on:
            yield self._span(monday, monday + 6 * _DAY, monday + (self.weekday - 1) * _DAY)
            monday += _WEEK

    def _months(self, number: int) -> Iterator[Span]:
        """Spans of so many months, the first of a year in January."""
        first = self.starts_on.replace(month=(self.starts_on.month - 1) // number * number + 1, day=1)
        while first <= self.ends_on:
            following = _later(first, number)
            yield self._span(first, following - _DAY, _later(first, number - 1).replace(day=self.due_day))
            first = following

    def _span(self, start_on: date, end_on: date, due_on: date) -> Span:
        locks = self.locks_after_days
        return Span(
            start_on=start_on,
            end_on=end_on,
            due_on=due_on,
            grace_until=due_on + self.grace_days * _DAY,
            locks_after=None if locks is None else due_on + locks * _DAY,
            cycle=self.cycle,
        )


def _later(first: date, number: int) -> date:
    """The first day of the month that lies so many months after this first day."""
    month = first.month - 1 + number
    return first.replace(year=first.year + month // 12, month=month % 12 + 1)


def beside(wanted: Iterable[Span], held: Sequence[Held], today: date) -> list[Span]:
    """The wanted periods that find room beside those that stay, each from the day after them.

    Where the cycle was changed on the way, nothing is asked for anew of the days that have passed.
    """
    changed = {one.cycle for one in held}
    found = []
    for span in wanted:
        over = [one.end_on for one in held if overlap(one, span)]
        fits = replace(span, start_on=max(over) + _DAY) if over else span
        past = bool(changed - {span.cycle}) and fits.start_on <= today
        if fits.start_on <= min(fits.end_on, fits.due_on) and not past:
            found.append(fits)
    return found


def overlap(one: Days, other: Days) -> bool:
    """Whether two stretches of days share a day."""
    return one.start_on <= other.end_on and other.start_on <= one.end_on

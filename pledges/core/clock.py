"""The only module that asks what time it is.

A day is a day in Việt Nam, whatever the server's zone: what is due on a day is on time until 23:59:59 there.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from flask import current_app, has_app_context

from pledges.core.dates import ZONE

Clock = Callable[[], datetime]


def real() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def standing(day: date) -> Clock:
    """A clock that keeps its day and runs through the hours of it: what a demo instance uses."""

    def clock() -> datetime:
        hours = real().astimezone(ZONE).time()
        return datetime.combine(day, hours, ZONE).astimezone(UTC)

    return clock


def now() -> datetime:
    """The present moment by the application's clock (`CLOCK` in its configuration), aware, in UTC."""
    if has_app_context():
        clock: Clock = current_app.config.get("CLOCK") or real
        return clock()
    return real()


def today() -> date:
    """The present day in Việt Nam."""
    return day_of(now())


def local(moment: datetime) -> datetime:
    """The moment on a wall clock in Việt Nam."""
    return moment.astimezone(ZONE)


def day_of(moment: datetime) -> date:
    """The day in Việt Nam on which the moment falls."""
    return local(moment).date()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment of a wall clock in Việt Nam, in UTC."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last moment of the day in Việt Nam, in UTC."""
    return datetime.combine(day, time.max, ZONE).astimezone(UTC)

"""Tính đến ngày: the day that a page or paper is asked to speak of."""

from dataclasses import dataclass
from datetime import date

from flask import request

from pledges.core import clock
from pledges.core.dates import DateError, format_date, parse_date

ARGUMENT = "den-ngay"


@dataclass(frozen=True)
class AsOf:
    """The day asked for; `error` says why another one is shown than was typed."""

    day: date
    typed: str
    error: str | None = None

    @property
    def argument(self) -> str | None:
        """What links carry on: nothing for today."""
        return self.day.isoformat() if self.day != clock.today() else None


def requested(argument: str = ARGUMENT, default: date | None = None) -> AsOf:
    """The day in the address, without one the default or today; what can't be read is said, not guessed."""
    typed = request.args.get(argument, "").strip()
    today = clock.today()
    if not typed:
        day = default or today
        return AsOf(day, format_date(day))
    try:
        day = parse_date(typed)
    except DateError as error:
        return AsOf(default or today, typed, error.message)
    if day > today:
        return AsOf(today, typed, "Ngày này chưa đến; bảng đang tính đến hôm nay.")
    return AsOf(day, format_date(day))

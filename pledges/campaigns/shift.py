"""Dời ngày: how the days of a campaign move when another follows it. Plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta

_LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class Shift:
    """By whole years where the new campaign begins on the same day of its year, else by days."""

    years: int
    days: int

    @classmethod
    def between(cls, before: date, after: date) -> "Shift":
        """What moves the first day of one campaign to that of another."""
        years = after.year - before.year
        if _in_year(before, after.year) == after:
            return cls(years, 0)
        return cls(0, (after - before).days)

    def moved(self, day: date) -> date:
        """The day of the new campaign that answers to a day of the old one; 29 February becomes 28."""
        if self.years:
            return _in_year(day, day.year + self.years)
        return day + timedelta(days=self.days)

    @property
    def words(self) -> str:
        """How far: "dời về sau 1 năm", "dời về trước 5 ngày", "giữ nguyên ngày"."""
        number, unit = (self.years, "năm") if self.years else (self.days, "ngày")
        if not number:
            return "giữ nguyên ngày"
        return f"dời về {'sau' if number > 0 else 'trước'} {abs(number)} {unit}"


def _in_year(day: date, year: int) -> date:
    if (day.month, day.day) == _LEAP_DAY:
        return date(year, 2, 28) if year % 4 or (year % 100 == 0 and year % 400) else date(year, 2, 29)
    return day.replace(year=year)

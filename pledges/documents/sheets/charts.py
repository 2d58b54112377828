"""Biểu đồ: what a chart says; readable in grey, and in words for those who can't see it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from pledges.core.dates import format_date
from pledges.core.numbers import format_percent

NO_POINT = "chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: ratios, 1 for the whole, None where nothing was reported; the figures beside."""

    label: str
    progress: Fraction | Decimal | None
    expected: Fraction | Decimal | None
    progress_text: str
    expected_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Biểu đồ: progress against plan, by block or unit."""

    title: str
    bars: tuple[Bar, ...]
    progress_title: str = "Thực hiện"
    expected_title: str = "Kế hoạch"

    @property
    def alt(self) -> str:
        """The chart as a sentence."""
        said = (
            f"{bar.label}: {self.progress_title.lower()} {bar.progress_text},"
            f" {self.expected_title.lower()} {bar.expected_text}"
            for bar in self.bars
        )
        return f"Biểu đồ thanh: {self.title}. {'; '.join(said)}."


def going_on(title: str) -> str:
    """The title of what of a chart stands on a later page."""
    return f"{title} (tiếp theo)"


class Stroke(StrEnum):
    """How a line is drawn: told apart without colour."""

    THICK = "thick"
    DASHED = "dashed"
    DOTTED = "dotted"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Line:
    """Một đường: days with ratios, 1 for the whole, a later day behind an earlier; none where nothing is known."""

    label: str
    points: tuple[tuple[date, Fraction | Decimal], ...]
    stroke: Stroke = Stroke.THICK

    def __post_init__(self) -> None:
        """Refuse days out of their order."""
        if any(one[0] >= other[0] for one, other in pairwise(self.points)):
            raise ValueError(f"the days of {self.label} are out of order")

    @property
    def figure(self) -> str:
        """The ratio of the last day as printed; nothing where none is known."""
        return format_percent(self.points[-1][1]) if self.points else ""

    @property
    def said(self) -> str:
        """The line's last figure in words."""
        if not self.points:
            return f"{self.label}: {NO_POINT}"
        return f"{self.label}: {self.figure} (ngày {format_date(self.points[-1][0])})"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Biểu đồ tiến độ theo thời gian: what was reached against the plan, from the first day to the last."""

    title: str
    lines: tuple[Line, ...]
    begins: date
    ends: date

    def __post_init__(self) -> None:
        """Refuse a chart of no lines or no time, and points outside its days."""
        if not self.lines or self.begins >= self.ends:
            raise ValueError("a chart has a line, and ends after it begins")
        days = [day for line in self.lines for day, _ratio in line.points]
        if days and not self.begins <= min(days) <= max(days) <= self.ends:
            raise ValueError("a point lies outside the chart's days")

    @property
    def alt(self) -> str:
        """The chart as a sentence."""
        span = f"từ ngày {format_date(self.begins)} đến ngày {format_date(self.ends)}"
        return f"Biểu đồ đường: {self.title}, {span}. {'; '.join(line.said for line in self.lines)}."

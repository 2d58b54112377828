"""The chart of progress against plan: lines as shares of the campaign's time and of the whole, words for its table."""

from datetime import date, timedelta
from typing import Any

from pledges.core.dates import format_date
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.trend import Line

PLAN, AMENDED_PLAN = "Kế hoạch đã cam kết", "Kế hoạch sau điều chỉnh"
_MOST_TICKS = 6


def chart_of(board: Board) -> dict[str, Any]:
    """What `line_chart` draws of a board, or of a part of it."""
    return _Chart(board).drawn()


class _Chart:
    """Where the days of one campaign stand."""

    def __init__(self, board: Board) -> None:
        self.board = board

    def drawn(self) -> dict[str, Any]:
        """The arguments of the macro, by their names."""
        board, mean, trend = self.board, self.board.mean, self.board.trend
        words = f"đạt {wording.share(mean.progress)}, kế hoạch {wording.share(mean.expected)}"
        ticks = _ticks(board.starts_on, board.ends_on)
        return {
            "plan": self._placed(trend.planned),
            "actual": self._placed(trend.reached),
            "signed": self._placed(trend.signed),
            "plan_label": AMENDED_PLAN if trend.amended else PLAN,
            "ticks": [(self._x(day), f"{day.month}/{day:%y}") for day in ticks],
            "today": {
                "x": self._x(board.as_of),
                "y": mean.progress,
                "label": f"Ngày {format_date(board.as_of)}",
                "words": words,
            },
            "rows": [
                (
                    format_date(one.day),
                    wording.share(one.planned),
                    wording.share(one.reached),
                    wording.share(one.signed),
                )
                for one in trend.points
            ],
        }

    def _placed(self, line: Line) -> list[tuple[float, float]]:
        return [(self._x(day), height) for day, height in line]

    def _x(self, day: date) -> float:
        span = max((self.board.ends_on - self.board.starts_on).days, 1)
        return min(max((day - self.board.starts_on).days / span, 0.0), 1.0)


def _ticks(first: date, last: date) -> list[date]:
    """The beginnings of months, every so many that the labels have room."""
    months: list[date] = []
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months[:: -(-len(months) // _MOST_TICKS)] if months else []

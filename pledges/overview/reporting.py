"""Kỷ luật báo cáo của một kỳ: who was excused, beside those who reported and those who did not."""

from dataclasses import dataclass

from pledges.overview.board import Board
from pledges.overview.rules import Row, RowCell
from pledges.progress.ledger import PeriodFacts


@dataclass(frozen=True)
class Excused:
    """A task that would have to report for a period and needn't, with the reason."""

    row: Row
    shown: RowCell
    reason: str


def excused_of(board: Board, period: PeriodFacts) -> list[Excused]:
    """The tasks that were excused from the period, in the order of the board."""
    return [
        Excused(row, shown, shown.excused)
        for row in board.rows
        for shown in row.cells
        if shown.period.id == period.id and shown.excused is not None
    ]

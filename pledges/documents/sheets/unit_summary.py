"""Bảng tổng hợp theo đơn vị: each unit's tasks by state, its progress, reports and pledge, by block."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pledges.core.numbers import format_percent
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.sheets.tasks import DASH, NO_FIGURE, NO_TASKS

ALL_UNITS = "Tổng cộng"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTally:
    """Kết quả của một đơn vị, một khối, hoặc tất cả: ratios are None where nothing was reported.

    `counts` are the numbers of tasks in the states that the table's titles name; `pledge` says how its pledge stands.
    """

    title: str
    tasks: int
    counts: tuple[int, ...]
    progress: Fraction | Decimal | None
    expected: Fraction | Decimal | None
    reports_asked: int
    reports_received: int
    reports_on_time: int
    pledge: str

    @property
    def figures(self) -> tuple[str, ...]:
        """Everything behind the title, as printed."""
        return (
            str(self.tasks),
            *map(str, self.counts),
            NO_FIGURE if self.progress is None else format_percent(self.progress),
            DASH if self.expected is None else format_percent(self.expected),
            str(self.reports_asked),
            str(self.reports_received),
            str(self.reports_on_time),
            self.pledge,
        )


@dataclass(frozen=True, slots=True)
class BlockTally:
    """Khối: its units, and all of them together."""

    whole: UnitTally
    units: tuple[UnitTally, ...]


def unit_summary(
    state_titles: Sequence[str], blocks: Sequence[BlockTally], whole: UnitTally, reports: str
) -> Table:
    """The units by block, each block with its sums; `reports` is the title above their reports."""
    columns = (
        Column("STT", 11, Align.CENTRE),
        Column("Đơn vị", 58),
        Column("Số phần việc", 15, Align.CENTRE),
        *(
            Column(title, 84 / len(state_titles), Align.CENTRE, "Tình trạng phần việc")
            for title in state_titles
        ),
        Column("Thực hiện", 17, Align.CENTRE, "Tiến độ"),
        Column("Kế hoạch", 17, Align.CENTRE, "Tiến độ"),
        Column("Phải nộp", 14, Align.CENTRE, reports),
        Column("Đã nhận", 14, Align.CENTRE, reports),
        Column("Đúng hạn", 14, Align.CENTRE, reports),
        Column("Cam kết", 19, Align.CENTRE),
    )
    rows: list[Row] = []
    number = 0
    for block in blocks:
        rows.append(_sum_row(block.whole, RowKind.SUBTOTAL))
        for unit in block.units:
            number += 1
            rows.append(Row((str(number), unit.title, *unit.figures)))
    if len(blocks) > 1:
        rows.append(_sum_row(whole, RowKind.TOTAL))
    return Table(columns=columns, rows=tuple(rows), when_empty=NO_TASKS, size=11)


def _sum_row(one: UnitTally, kind: RowKind) -> Row:
    return Row((one.title, "", *one.figures), kind)

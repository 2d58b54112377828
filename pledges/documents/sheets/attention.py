"""Danh sách cần quan tâm: the tasks that ask for a leader's attention, each with its reason, and room for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pledges.core.dates import format_date
from pledges.documents.sheets.paper import Align, Column, Row, Table

NOBODY_ASKS = "Không có phần việc nào cần quan tâm."
NOBODY_SILENT = "Không có phần việc nào."


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionLine:
    """Một phần việc cần quan tâm: why, and what of it waits for a decision, each in a line."""

    number: int
    title: str
    lead: str
    due_on: date
    state: str
    reason: str
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SilentLine:
    """Một phần việc không báo cáo: since which period, for how many."""

    number: int
    title: str
    lead: str
    since: str
    periods: int


ATTENTION_COLUMNS = (
    Column("Số", 9, Align.CENTRE),
    Column("Phần việc", 46),
    Column("Đơn vị chủ trì", 31),
    Column("Thời hạn", 21, Align.CENTRE),
    Column("Tình trạng", 19),
    Column("Lý do", 46),
    Column("Chờ xem xét, quyết định", 64),
    Column("Ý kiến chỉ đạo", 26),
)
"""The last one is empty: for the hand of who leads. Shares are millimetres of a landscape page."""

SILENT_COLUMNS = (
    Column("Số", 9, Align.CENTRE),
    Column("Phần việc", 110),
    Column("Đơn vị chủ trì", 75),
    Column("Không báo cáo từ", 38, Align.CENTRE),
    Column("Số kỳ liên tiếp", 20, Align.CENTRE),
)


def attention_table(lines: Sequence[AttentionLine]) -> Table:
    """The tasks in the order in which they ask for attention, the gravest first."""
    return Table(
        columns=ATTENTION_COLUMNS,
        rows=tuple(
            Row(
                (
                    str(line.number),
                    line.title,
                    line.lead,
                    format_date(line.due_on),
                    line.state,
                    line.reason,
                    "\n".join(line.waiting),
                    "",
                )
            )
            for line in lines
        ),
        when_empty=NOBODY_ASKS,
        size=11,
    )


def silent_table(lines: Sequence[SilentLine]) -> Table:
    """The tasks of which nothing was heard, the longest silence first."""
    return Table(
        columns=SILENT_COLUMNS,
        rows=tuple(
            Row((str(line.number), line.title, line.lead, line.since, str(line.periods))) for line in lines
        ),
        when_empty=NOBODY_SILENT,
        size=11,
    )

"""Phần việc đang thực hiện: by unit who answers, how far it is, what is due next; to work by without the machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pledges.documents.sheets.calls import stacked
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table

OPEN_TASK_COLUMNS = (
    Column("Mã dòng", 14, Align.CENTRE),
    Column("Phần việc", 52),
    Column("Người phụ trách", 36),
    Column("Chỉ tiêu", 44),
    Column("Đăng ký", 26),
    Column("Đã duyệt", 26),
    Column("Báo cáo kế tiếp", 30),
    Column("Hạn phần việc", 19, Align.CENTRE),
)
"""Shares are millimetres of a landscape page."""
NO_OPEN_TASKS = "Không còn phần việc nào đang thực hiện."


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """Một chỉ tiêu: its code, its words, what was pledged, and the accepted figure."""

    code: str
    label: str
    target: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """Một phần việc đang thực hiện: who answers with the work phone, its indicators, and what is due next."""

    title: str
    answers: str
    indicators: tuple[OpenIndicator, ...]
    next_report: str
    due_on: str


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """Đơn vị với các phần việc đang thực hiện; `contact` is whom to phone there."""

    name: str
    contact: str
    tasks: tuple[OpenTask, ...]


def open_tasks_table(units: Iterable[OpenUnit]) -> Table:
    """The list by unit: a line for each indicator."""
    return Table(columns=OPEN_TASK_COLUMNS, rows=tuple(_rows(units)), when_empty=NO_OPEN_TASKS, size=11)


def _rows(units: Iterable[OpenUnit]) -> Iterator[Row]:
    for unit in units:
        said = f"{unit.name}. Gọi: {unit.contact}" if unit.contact else unit.name
        yield Row((said, *[""] * (len(OPEN_TASK_COLUMNS) - 1)), RowKind.GROUP)
        for task in unit.tasks:
            yield _task_row(task)


def _task_row(task: OpenTask) -> Row:
    lines = task.indicators or (OpenIndicator("", "", "", ""),)
    return Row(
        (
            stacked([one.code for one in lines]),
            task.title,
            task.answers,
            stacked([one.label for one in lines]),
            stacked([one.target for one in lines]),
            stacked([one.value for one in lines]),
            task.next_report,
            task.due_on,
        )
    )

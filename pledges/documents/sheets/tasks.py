"""Phần việc on paper: the lines of the annex and of a commitment, figures as figures until printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledges.core.dates import format_date
from pledges.core.numbers import format_number
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.sheets.red import Red

NO_TASKS = "Chưa có phần việc nào."
NO_FIGURE = "Chưa có số liệu"
DASH = "–"
RESTATED = "(*)"
"""Stands beside a result of which a figure changed after acceptance; the note below the list tells how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """Chỉ tiêu: a target, `at_most` where less is better; `result` is None while nothing was reported.

    `restated` says that one of the figures changed after it had been accepted.
    """

    label: str
    target: Decimal
    measure: str
    at_most: bool = False
    result: Decimal | None = None
    restated: bool = False

    @property
    def target_text(self) -> str:
        """The target as printed: 150, or ≤ 0."""
        return f"{'≤ ' * self.at_most}{format_number(self.target)}"

    @property
    def result_text(self) -> str:
        """The result as printed; blank is not zero. One that was restated is marked, in red."""
        said = NO_FIGURE if self.result is None else format_number(self.result)
        return Red(f"{said} {RESTATED}") if self.restated else said


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """Phần việc: money in millions of đồng (triệu đồng), None where none was planned.

    `note` is what stands in the last column: the words of the task's state.
    """

    number: int | None
    title: str
    lead: str
    indicators: tuple[IndicatorLine, ...]
    start_on: date
    due_on: date
    product: str = ""
    cooperating: str = ""
    budget_millions: Decimal | None = None
    social_millions: Decimal | None = None
    note: str = ""

    @property
    def number_text(self) -> str:
        """The number on the list; nothing while there is none."""
        return "" if self.number is None else str(self.number)

    @property
    def dates_text(self) -> str:
        """First and last day, one under the other."""
        return f"{format_date(self.start_on)} {DASH}\n{format_date(self.due_on)}"

    def stacked(self, text: Callable[[IndicatorLine], str]) -> str | tuple[str, ...]:
        """One text of each indicator, for cells that stand one under the other."""
        texts = tuple(text(one) for one in self.indicators)
        return texts if len(texts) > 1 else next(iter(texts), "")


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Khối: the tasks listed under one title, "I. Khối Đảng - chính quyền"."""

    title: str
    tasks: tuple[TaskLine, ...]


def _total(tasks: Sequence[TaskLine], money: Callable[[TaskLine], Decimal | None]) -> str:
    return format_number(sum((money(task) or Decimal(0) for task in tasks), Decimal(0)))


def _money(amount: Decimal | None) -> str:
    return DASH if amount is None else format_number(amount)


LIST_COLUMNS = (
    Column("STT", 9, Align.CENTRE),
    Column("Nội dung phần việc", 40),
    Column("Đơn vị chủ trì", 25),
    Column("Đơn vị phối hợp", 25),
    Column("Nội dung", 32, group="Chỉ tiêu"),
    Column("Mức", 14, Align.RIGHT, group="Chỉ tiêu"),
    Column("ĐVT", 18, Align.CENTRE),
    Column("Thời gian bắt đầu, hoàn thành", 22, Align.CENTRE),
    Column("Ngân sách", 15, Align.RIGHT, group="Kinh phí (triệu đồng)"),
    Column("Xã hội hóa", 15, Align.RIGHT, group="Kinh phí (triệu đồng)"),
    Column("Kết quả", 16, Align.RIGHT),
    Column("Ghi chú", 21),
)
"""Danh mục phần việc (DOMAIN, 6.2); shares are millimetres of a landscape page."""


def _list_row(task: TaskLine) -> Row:
    return Row(
        (
            task.number_text,
            task.title,
            task.lead,
            task.cooperating,
            task.stacked(lambda one: one.label),
            task.stacked(lambda one: one.target_text),
            task.stacked(lambda one: one.measure),
            task.dates_text,
            _money(task.budget_millions),
            _money(task.social_millions),
            task.stacked(lambda one: one.result_text),
            task.note,
        )
    )


def _sum_row(kind: RowKind, label: str, tasks: Sequence[TaskLine]) -> Row:
    money = (
        _total(tasks, lambda task: task.budget_millions),
        _total(tasks, lambda task: task.social_millions),
    )
    return Row((f"{label}: {len(tasks)} phần việc", *("",) * 7, *money, "", ""), kind)


def task_list(groups: Sequence[TaskGroup], size: int = 11) -> Table:
    """Danh mục phần việc đăng ký: grouped, with the sum of each group's rows and of all."""
    rows: list[Row] = []
    for group in groups:
        if not group.tasks:
            continue
        rows.append(Row((group.title, *("",) * 11), RowKind.GROUP))
        rows += [_list_row(task) for task in group.tasks]
        rows.append(_sum_row(RowKind.SUBTOTAL, "Cộng", group.tasks))
    everything = [task for group in groups for task in group.tasks]
    if everything:
        rows.append(_sum_row(RowKind.TOTAL, "Tổng cộng", everything))
    return Table(columns=LIST_COLUMNS, rows=tuple(rows), when_empty=NO_TASKS, size=size)


COMMITTED_COLUMNS = (
    Column("STT", 10, Align.CENTRE),
    Column("Phần việc, sản phẩm", 50),
    Column("Chỉ tiêu cam kết", 40),
    Column("Mức", 16, Align.RIGHT),
    Column("ĐVT", 22, Align.CENTRE),
    Column("Thời gian bắt đầu, hoàn thành", 27, Align.CENTRE),
)
"""A unit's tasks in its commitment; shares are millimetres of a portrait page."""


def committed(tasks: Sequence[TaskLine]) -> Table:
    """Nội dung cam kết: each task with its product, and each of its indicators on a line of its own."""
    rows = tuple(
        Row(
            (
                str(at),
                f"{task.title}\nSản phẩm: {task.product}" if task.product else task.title,
                task.stacked(lambda one: one.label),
                task.stacked(lambda one: one.target_text),
                task.stacked(lambda one: one.measure),
                task.dates_text,
            )
        )
        for at, task in enumerate(tasks, start=1)
    )
    return Table(columns=COMMITTED_COLUMNS, rows=rows, when_empty=NO_TASKS)

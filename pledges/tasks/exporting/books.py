"""The list of tasks as a spreadsheet: what is exported to be read again, and the empty template."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from pledges.core.dates import format_date
from pledges.core.workbooks.books import Book, Column, Kind, Notes, OutSheet
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.importing.reading import EXAMPLE_SHEET, STATUS_HEADING
from pledges.tasks.models import Task
from pledges.tasks.rows import columns
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.lines import TaskLine
from pledges.tasks.rows.writing import COUNTINGS, DIRECTIONS, cells_of

LIST_SHEET: Final = "Danh mục"
BLANK_ROWS: Final = 300
_MOST_MEASURES: Final = 40

_WIDTHS: Final = {
    "number": 6, "lead": 24, "cooperating": 24, "title": 44, "product": 34, "state_funding": 13,
    "social_funding": 13, "movement": 30, "label": 36, "baseline": 11, "target": 11, "measure": 14,
    "direction": 9, "counting": 12, "weight": 10, "milestones": 30,
}  # fmt: skip
_PLAIN_WIDTH: Final = 13
_NUMBERS: Final = columns.QUANTITIES | {"number", "code"}

_GUIDE: Final = (
    "Hướng dẫn điền danh mục phần việc",
    "Mỗi phần việc một dòng ở trang “Danh mục”.",
    "Chỉ tiêu thứ hai, thứ ba của phần việc ghi ở các dòng ngay dưới, để trống các cột của phần việc.",
    "Đơn vị: ghi mã, tên hoặc tên tắt; danh sách ở trang “Đơn vị”. Nhiều đơn vị phối hợp cách nhau bằng dấu chấm phẩy.",
    "Ngày: ghi ngày/tháng/năm, ví dụ 1/4/2024. Số: chỉ ghi con số, đơn vị tính ghi ở cột “Đơn vị tính”.",
    "Cột “Mã phần việc” do phần mềm ghi khi xuất danh mục: còn mã là sửa phần việc đó, không có mã là phần việc mới.",
    "Xóa dòng trong tệp không xóa phần việc. Cột có thể đổi thứ tự hoặc bỏ bớt; cột lạ được bỏ qua.",
    "Điền xong, tải tệp lên ở mục Phần việc, nút “Thêm”, “Nhập từ Excel”: xem trước từng dòng rồi mới ghi.",
)


def list_book(known: Known, tasks: Iterable[Task], measures: Sequence[str]) -> Book:
    """The tasks in their order, a row for each indicator: exported, unchanged, imported again it changes nothing."""
    rows: list[tuple[CellValue, ...]] = []
    for task in tasks:
        for number, row in enumerate(_rows(cells_of(task, known))):
            rows.append((*row, "" if number else task.status.label))
    status = Column(
        STATUS_HEADING, width=16, hint="Phần mềm ghi để biết; sửa ở đây không làm đổi tình trạng phần việc."
    )
    sheet = OutSheet(LIST_SHEET, (*_columns(known, measures), status), tuple(rows), blank_rows=BLANK_ROWS)
    return Book(f"Danh mục phần việc: {known.campaign.title}", (sheet, *_helps(known)))


def template_book(known: Known, measures: Sequence[str]) -> Book:
    """Tệp mẫu: the headings with their hints and lists, an example, and the names that the lists are filled from."""
    said = _columns(known, measures)
    sheet = OutSheet(LIST_SHEET, said, blank_rows=BLANK_ROWS)
    example = OutSheet(EXAMPLE_SHEET, said, tuple(_example(known)))
    return Book(f"Mẫu danh mục phần việc: {known.campaign.title}", (sheet, example, *_helps(known)))


def _rows(line: TaskLine) -> Iterable[tuple[CellValue, ...]]:
    """The rows of a task: its own cells once, in the first."""
    first, *further = line.indicators or (None,)
    beside = first.cells if first else {}
    yield tuple({**line.cells, **beside}.get(one.key) for one in columns.COLUMNS)
    for indicator in further:
        if indicator is not None:
            yield tuple(indicator.cells.get(one.key) for one in columns.COLUMNS)


def _columns(known: Known, measures: Sequence[str]) -> tuple[Column, ...]:
    units = tuple(known.unit_names.written(unit) for unit in known.units if unit.id in known.leads)
    choices = {
        "lead": units,
        "movement": tuple(movement.name for movement in known.movements),
        "measure": tuple(measures[:_MOST_MEASURES]),
        "direction": tuple(DIRECTIONS.values()),
        "counting": tuple(COUNTINGS.values()),
    }
    closed = {"direction", "counting"}
    return tuple(
        Column(
            one.heading,
            width=_WIDTHS.get(one.key, _PLAIN_WIDTH),
            kind=_kind(one.key),
            hint=one.hint,
            choices=choices.get(one.key, ()),
            only_choices=one.key in closed,
        )
        for one in columns.COLUMNS
    )


def _kind(key: str) -> Kind:
    if key in columns.DAYS:
        return Kind.DATE
    return Kind.NUMBER if key in _NUMBERS else Kind.TEXT


def _helps(known: Known) -> tuple[OutSheet | Notes, ...]:
    units = OutSheet(
        "Đơn vị",
        (
            Column("Mã", width=12),
            Column("Tên", width=52),
            Column("Tên tắt", width=20),
            Column("Khối", width=36),
        ),
        tuple((unit.code, unit.name, unit.short_name, unit.block) for unit in known.units),
    )
    campaign = known.campaign
    lines = (
        *_GUIDE,
        f"Phong trào: {campaign.title}, từ {format_date(campaign.starts_on)} đến {format_date(campaign.ends_on)}.",
        *(f"Cuộc vận động: {movement.name}" for movement in known.movements),
    )
    return units, Notes("Hướng dẫn", lines)


def _example(known: Known) -> Iterable[tuple[CellValue, ...]]:
    """One task with two indicators, on days of the campaign and of a unit that is there."""
    leads = [unit for unit in known.units if unit.id in known.leads]
    campaign = known.campaign
    said: dict[str, CellValue] = {
        "number": Decimal(1),
        "lead": known.unit_names.written(leads[0]) if leads else "",
        "cooperating": known.unit_names.written(leads[1]) if len(leads) > 1 else "",
        "title": "Bê tông hóa đường ngõ và phân loại rác tại nguồn",
        "product": "Đường ngõ có biển tên; hộ có thùng phân loại",
        "start_on": campaign.starts_on,
        "due_on": campaign.ends_on,
        "state_funding": Decimal(50),
        "social_funding": Decimal(120),
    }
    first: dict[str, CellValue] = {
        "label": "Đường ngõ được bê tông hóa", "baseline": Decimal(0), "target": Decimal(450), "measure": "m",
        "direction": "tăng", "counting": "số thêm", "weight": Decimal(1),
    }  # fmt: skip
    second: dict[str, CellValue] = {
        "label": "Hộ phân loại rác tại nguồn", "baseline": Decimal(20), "target": Decimal(80), "measure": "% hộ",
        "direction": "tăng", "counting": "mức đạt", "weight": Decimal(1),
    }  # fmt: skip
    yield tuple((said | first).get(one.key) for one in columns.COLUMNS)
    yield tuple(second.get(one.key) for one in columns.COLUMNS)

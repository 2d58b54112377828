"""Lists of tasks in a test's hand: what lines are held against, and sheets of a few cells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pledges.campaigns.models import Campaign, Movement
from pledges.core.workbooks.sheets import Cell, CellValue, Row, Sheet
from pledges.tasks.models import Task
from pledges.tasks.rows.columns import COLUMNS, OF_INDICATOR, OF_TASK
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.lines import IndicatorLine, TaskLine
from pledges.units.models import Unit
from tests.support.campaign_files import FILES, day, rows

HEADINGS = {column.heading: column.key for column in COLUMNS}

SOUND: Mapping[str, CellValue] = {
    "lead": "KP3",
    "title": "Bê tông hóa ngõ tổ 3",
    "product": "Mặt ngõ bê tông hoàn thiện",
    "start_on": "1/4/2024",
    "due_on": "30/9/2024",
    "label": "Chiều dài ngõ",
    "target": "80",
    "measure": "m",
}
"""A row without a fault."""


def spring() -> Campaign:
    return Campaign(
        id=1, code="HK2024", title="Thi đua", starts_on=date(2024, 3, 29), ends_on=date(2025, 6, 30)
    )


def hk_units() -> list[Unit]:
    """The units of the Hà Khánh campaign that take part, as they stand in its file."""
    known = [row for row in rows(FILES / "units.csv") if row["block"]]
    return [
        Unit(
            id=number,
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            block=row["block"],
            position=number,
            path=f"/1/{number}/",
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
        )
        for number, row in enumerate(known, 1)
    ]


def hk_movements() -> list[Movement]:
    names = dict.fromkeys(row["movement"] for row in rows(FILES / "tasks.csv") if row["movement"])
    return [Movement(id=number, position=number, name=name) for number, name in enumerate(names, 1)]


def known(
    units: Sequence[Unit] | None = None,
    *,
    leads: Iterable[str] | None = None,
    tasks: Iterable[Task] = (),
    movements: Sequence[Movement] | None = None,
) -> Known:
    """What lines are held against: the units of Hà Khánh and all that an official may enter, unless told."""
    units = hk_units() if units is None else units
    return Known(
        campaign=spring(),
        units=tuple(units),
        leads=frozenset(unit.id for unit in units if leads is None or unit.code in leads),
        movements=tuple(hk_movements() if movements is None else movements),
        tasks={task.id: task for task in tasks},
    )


def line(row: int = 5, **cells: CellValue) -> TaskLine:
    """A line of one task with one indicator: a sound one, but for the cells that are told."""
    said = {**SOUND, **cells}
    return TaskLine(
        row,
        {key: value for key, value in said.items() if key in OF_TASK},
        (IndicatorLine(row, {key: value for key, value in said.items() if key in OF_INDICATOR}),),
    )


def sheet(*cells: Sequence[Any], first: int = 1) -> Sheet:
    """A sheet of these rows, blank ones left out as a reader of files does."""
    found = [
        Row(number, tuple(value if isinstance(value, Cell) else Cell(value) for value in row))
        for number, row in enumerate(cells, first)
    ]
    return Sheet("Danh mục", tuple(row for row in found if any(cell != Cell() for cell in row.cells)))


def sheet_of(lines: Iterable[TaskLine]) -> Sheet:
    """A sheet with all columns, as an export writes the lines."""
    told: list[tuple[int, Mapping[str, CellValue]]] = []
    for one in lines:
        first = one.indicators[0].cells if one.indicators else {}
        told.append((one.row, {**one.cells, **first}))
        told += [(below.row, below.cells) for below in one.indicators[1:]]
    found = [Row(number, tuple(Cell(cells.get(key)) for key in HEADINGS.values())) for number, cells in told]
    return Sheet("Danh mục", (Row(1, tuple(Cell(words) for words in HEADINGS)), *found))

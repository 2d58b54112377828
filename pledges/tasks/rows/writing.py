"""The way back: a task as the line of a list, so that what is exported reads as the task itself."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pledges.core.dates import DateError, parse_date
from pledges.core.numbers import NumberError, format_input, parse_number
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.indicator_rules import write_milestones
from pledges.tasks.models import Indicator, Task
from pledges.tasks.operations import IndicatorEntry, TaskEntry
from pledges.tasks.rows.cells import parts_of, shown
from pledges.tasks.rows.columns import DAYS, QUANTITIES
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.lines import IndicatorLine, TaskLine
from pledges.tasks.rules import Counting, Direction

DIRECTIONS: Final = {Direction.UP: "tăng", Direction.DOWN: "giảm"}
COUNTINGS: Final = {Counting.ADDED: "số thêm", Counting.LEVEL: "mức đạt"}
"""The words of the sheet, which its drop-down lists offer."""

_EXCEL_DIGITS: Final = 15


def cells_of(task: Task, known: Known, row: int = 1) -> TaskLine:
    """The line that says what the task says, with the rows of its indicators from `row` on."""
    indicators = tuple(
        IndicatorLine(row + step, _indicator_cells(one)) for step, one in enumerate(task.indicators)
    )
    cells: dict[str, CellValue] = {
        "number": None if task.number is None else Decimal(task.number),
        "lead": known.unit_names.written(task.lead_unit),
        "cooperating": "; ".join(known.unit_names.written(unit) for unit in task.cooperating),
        "title": task.title,
        "product": task.product,
        "start_on": task.start_on,
        "due_on": task.due_on,
        "state_funding": _quantity(task.state_funding),
        "social_funding": _quantity(task.social_funding),
        "movement": known.movement_names.written(task.movement) if task.movement else "",
        "code": Decimal(task.id),
    }
    return TaskLine(row, cells, indicators, no_indicators=not indicators)


def _indicator_cells(indicator: Indicator) -> Mapping[str, CellValue]:
    return {
        "label": indicator.label,
        "baseline": _quantity(indicator.baseline),
        "target": _quantity(indicator.target),
        "measure": indicator.measure,
        "direction": DIRECTIONS[indicator.direction],
        "counting": COUNTINGS[Counting.ADDED if indicator.accumulates else Counting.LEVEL],
        "weight": _quantity(indicator.weight),
        "measured_from": indicator.measured_from,
        "milestones": write_milestones([(mark.on, mark.value) for mark in indicator.milestones]),
    }


def _quantity(number: Decimal) -> CellValue:
    """A number, but as text where a spreadsheet would round it."""
    return number if len(number.as_tuple().digits) <= _EXCEL_DIGITS else format_input(number)


def entry_of(task: Task) -> TaskEntry:
    """What was entered of a task, as the operations took it."""
    return TaskEntry(
        title=task.title,
        product=task.product,
        lead_unit=task.lead_unit,
        cooperating=tuple(task.cooperating),
        start_on=task.start_on,
        due_on=task.due_on,
        indicators=tuple(_indicator_entry(one) for one in task.indicators),
        state_funding=task.state_funding,
        social_funding=task.social_funding,
        movement=task.movement,
    )


def _indicator_entry(indicator: Indicator) -> IndicatorEntry:
    return IndicatorEntry(
        label=indicator.label,
        target=indicator.target,
        measure=indicator.measure,
        baseline=indicator.baseline,
        direction=indicator.direction,
        accumulates=indicator.accumulates,
        weight=indicator.weight,
        measured_from=indicator.measured_from,
        milestones=tuple((mark.on, mark.value) for mark in indicator.milestones),
    )


def completed(line: TaskLine, task: Task, known: Known) -> TaskLine:
    """The line, with what its sheet has no columns for as the task says it."""
    written = cells_of(task, known, line.row)
    cells = {**written.cells, **line.cells}
    if not line.indicators and not line.no_indicators:
        return replace(line, cells=cells, indicators=written.indicators)
    of_task = [one.cells for one in written.indicators]
    of_task += [{}] * (len(line.indicators) - len(of_task))
    indicators = tuple(
        replace(row, cells={**there, **row.cells})
        for row, there in zip(line.indicators, of_task, strict=False)
    )
    return replace(line, cells=cells, indicators=indicators)


def says_the_same(line: TaskLine, task: Task, known: Known) -> bool:
    """Whether a completed line says what the export of the task says, cell by cell."""
    written = cells_of(task, known)
    if any(part.faults for part in line.parts) or len(line.indicators) != len(written.indicators):
        return False
    pairs = [(line.cells, written.cells)]
    pairs += [
        (row.cells, there.cells) for row, there in zip(line.indicators, written.indicators, strict=True)
    ]
    return all(
        _same(key, value, there.get(key))
        for said, there in pairs
        for key, value in said.items()
        if key != "number"
    )


def _same(key: str, one: CellValue, other: CellValue) -> bool:
    return one == other or _plain(key, one) == _plain(key, other)


def _plain(key: str, value: CellValue) -> str:
    """A cell in one way of writing, whether it came as text or as a number or day."""
    text = parts_of(value)
    try:
        if key in DAYS:
            return parse_date(text).isoformat()
        return format_input(parse_number(text)) if key in QUANTITIES else shown(value)
    except (DateError, NumberError):
        return text

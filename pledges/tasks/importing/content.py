"""What an uploaded file said, as text for the database and back: sheets, rows, and cells with their fonts."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.core.workbooks.sheets import Cell, CellValue, Row, Sheet

_NUMBER, _DAY = "n", "d"


def packed(sheets: Iterable[Sheet]) -> str:
    """The sheets as JSON; `unpacked` gives equal ones back."""
    said = [
        [
            sheet.name,
            sheet.composed,
            [[row.number, [_pack(cell) for cell in row.cells]] for row in sheet.rows],
        ]
        for sheet in sheets
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Sheet, ...]:
    """The sheets of `packed`."""
    return tuple(
        Sheet(
            name,
            tuple(Row(number, tuple(_unpack(cell) for cell in cells)) for number, cells in rows),
            composed,
        )
        for name, composed, rows in json.loads(text)
    )


def _pack(cell: Cell) -> Any:
    """Bare text where nothing else is to be said: most cells, in a list of ten thousands."""
    if cell == Cell(cell.value) and (cell.value is None or isinstance(cell.value, str)):
        return cell.value
    return [_said(cell.value), cell.font, cell.fault, cell.remark]


def _said(value: CellValue) -> str | dict[str, str] | None:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    return {_NUMBER: str(value)} if isinstance(value, Decimal) else value


def _unpack(said: Any) -> Cell:
    if said is None or isinstance(said, str):
        return Cell(said)
    value, *others = said
    return Cell(_value(value), *others)


def _value(said: Any) -> CellValue:
    if not isinstance(said, dict):
        return None if said is None else str(said)
    return date.fromisoformat(said[_DAY]) if _DAY in said else Decimal(said[_NUMBER])

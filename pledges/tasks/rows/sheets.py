"""A sheet taken apart into the lines of its tasks: below the headings, with what is no task left out and told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pledges.core.text import clean_line
from pledges.core.workbooks.sheets import CellValue, Row, Sheet
from pledges.tasks.rows import kinds
from pledges.tasks.rows.cells import quoted, shown
from pledges.tasks.rows.columns import CODE, COLUMNS, OF_INDICATOR, OF_TASK, heading
from pledges.tasks.rows.findings import is_blank
from pledges.tasks.rows.headings import Header, header_of
from pledges.tasks.rows.lines import Fault, IndicatorLine, Lines, Note, TaskLine

_NO_HEADINGS: Final = (
    "Không tìm thấy dòng tiêu đề của bảng: cần một dòng có các cột như “{}”, “{}”, “{}”. "
    "Đồng chí tải tệp mẫu để xem các cột."
).format(heading("lead"), heading("title"), heading("start_on"))
_ALL: Final = tuple(column.key for column in COLUMNS)


def lines_of(sheet: Sheet) -> Lines:
    """The lines of a sheet: tasks with the indicators below them, and all that the sheet as a whole has wrong."""
    header = header_of(sheet.rows)
    if header is None:
        first = sheet.rows[0].number if sheet.rows else 1
        return Lines(faults=(Fault(first, "title", _NO_HEADINGS),))
    grouping = _Grouping(header)
    for row in sheet.rows[header.after :]:
        grouping.take(row)
    return Lines(
        lines=tuple(grouping.done()),
        unknown_headings=header.unknown,
        faults=tuple(Fault(header.row, key, words) for key, words in header.faults),
        notes=tuple(grouping.notes),
        columns=frozenset(header.keys.values()),
        header=header.row,
    )


@dataclass
class _Grouping:
    """The lines so far, while the rows go by."""

    header: Header
    notes: list[Note] = field(default_factory=list)
    _lines: list[TaskLine] = field(default_factory=list)
    _codes: dict[str, int] = field(default_factory=dict)
    _ended: bool = False
    _begun: bool = False

    def take(self, row: Row) -> None:
        """Take one row into the lines, or leave it out with a note."""
        cells, faults = self._cells(row)
        first, self._begun = not self._begun, True
        if self._blank(row, cells, faults) or self._is_no_task(row, cells, first=first):
            return
        task = {key: value for key, value in cells.items() if key in OF_TASK}
        indicator = {key: value for key, value in cells.items() if key in OF_INDICATOR}
        own = {key: words for key, words in faults.items() if key in OF_TASK}
        others = {key: words for key, words in faults.items() if key in OF_INDICATOR}
        below = IndicatorLine(row.number, indicator, others)
        there = bool(others) or any(not is_blank(value) for value in indicator.values())
        if self._lines and (differing := self._continued(task)) is not None:
            repeats = not is_blank(task.get("title")) and self._said_above(indicator)
            self._continue(below if there and not repeats else None, row.number, {**own, **differing})
            return
        self._lines.append(
            TaskLine(row.number, task, (below,) if there else (), self._once(task, row.number) | own)
        )

    def _cells(self, row: Row) -> tuple[dict[str, CellValue], dict[str, str]]:
        cells: dict[str, CellValue] = {}
        faults: dict[str, str] = {}
        by_key = {key: place for place, key in self.header.keys.items()}
        for key in (key for key in _ALL if key in by_key):
            cell = row.cells[by_key[key]] if by_key[key] < len(row.cells) else None
            cells[key] = None if cell is None else cell.value
            if cell is not None and cell.fault:
                faults[key] = cell.fault
            if cell is not None and cell.remark:
                self.notes.append(Note(row.number, f"{heading(key)}: {cell.remark}"))
        return cells, faults

    def _blank(self, row: Row, cells: Mapping[str, CellValue], faults: Mapping[str, str]) -> bool:
        """Whether nothing stands in the columns of the list; a number alone, as templates have it, is nothing."""
        if faults or any(not is_blank(value) for key, value in cells.items() if key != "number"):
            return False
        number = shown(cells.get("number"))
        if number and not number.replace(".", "").isdecimal():
            return False
        others = [clean_line(str(cell.value)) for cell in row.cells if not is_blank(cell.value)]
        if others and not number:
            self._leave_out(row, f"{quoted(others[0])} không thuộc cột nào của danh mục")
        return True

    def _is_no_task(self, row: Row, cells: Mapping[str, CellValue], *, first: bool) -> bool:
        if first and kinds.numbers_of_columns(cells):
            self._leave_out(row, "Dòng đánh số cột")
        elif self.header.repeated_in(row):
            self._leave_out(row, "Dòng tiêu đề được nhắc lại")
        elif words := kinds.total(cells):
            self._leave_out(row, f"{quoted(words)} là dòng tổng cộng")
            self._ended = True
        elif words := kinds.block(cells):
            self._leave_out(row, f"{quoted(words)} là tên khối, không phải phần việc")
            self._ended = False
        elif words := kinds.foot(cells) or self._words_below(cells):
            self._leave_out(row, f"{quoted(words)} đứng ngoài danh mục")
            self._ended = True
        else:
            return False
        return True

    def _words_below(self, cells: Mapping[str, CellValue]) -> str:
        """What stands below the end of the list: names of those who sign it."""
        if not self._ended or not kinds.beside_the_list(cells) or not is_blank(cells.get("number")):
            return ""
        return next((shown(value) for value in cells.values() if not is_blank(value)), "")

    def _leave_out(self, row: Row, words: str) -> None:
        self.notes.append(Note(row.number, f"{words}: bỏ qua."))

    def _continued(self, cells: Mapping[str, CellValue]) -> dict[str, str] | None:
        """What differs in a row that goes on with the task above it, in words by column; None if it is another task.

        A row goes on when the columns of the task are blank, or say again what stands above.
        """
        above = self._lines[-1]
        said = {key: text for key, value in cells.items() if (text := shown(value))}
        number, before = said.pop("number", ""), shown(above.cells.get("number"))
        if number not in ("", before) and (said or number.isdecimal()):
            return None
        other = {key: text for key, text in said.items() if text != shown(above.cells.get(key))}
        if not other:
            return {}
        if "title" in other or CODE.key in other or not number:
            return None
        return {
            key: f"Số thứ tự {number} là của phần việc ở dòng {above.row}, nhưng {heading(key).lower()} ở đây khác: "
            f"{quoted(text)}."
            for key, text in other.items()
        }

    def _continue(self, below: IndicatorLine | None, row: int, faults: Mapping[str, str]) -> None:
        above = self._lines[-1]
        if below is None and not faults:
            self.notes.append(
                Note(row, f"Dòng nhắc lại phần việc ở dòng {above.row}, không thêm gì: bỏ qua.")
            )
            return
        below = below or IndicatorLine(row, {})
        below = replace(below, faults={**below.faults, **faults})
        self._lines[-1] = replace(above, indicators=(*above.indicators, below))

    def _said_above(self, cells: Mapping[str, CellValue]) -> bool:
        """Whether an indicator of the task above says the same in every cell: its row was pasted twice."""
        said = {key: shown(value) for key, value in cells.items()}
        above = self._lines[-1].indicators
        return any(said == {key: shown(value) for key, value in one.cells.items()} for one in above)

    def _once(self, cells: Mapping[str, CellValue], row: int) -> dict[str, str]:
        code = shown(cells.get(CODE.key))
        before = self._codes.setdefault(code, row)
        if not code or before == row:
            return {}
        return {CODE.key: f"Mã {code} đã có ở dòng {before}; mỗi phần việc chỉ ghi một lần."}

    def done(self) -> list[TaskLine]:
        """The lines; a task says whether its indicators were left blank."""
        columns = OF_INDICATOR & set(self.header.keys.values())
        return [replace(line, no_indicators=bool(columns) and not line.indicators) for line in self._lines]

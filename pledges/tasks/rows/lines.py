"""Lines of a list of tasks: what stands in the cells of one task and of its indicators, before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pledges.core.workbooks.sheets import CellValue


@dataclass(frozen=True)
class IndicatorLine:
    """Dòng chỉ tiêu: the cells of one indicator by the keys of their columns; `row` is that of the sheet.

    `faults` says, by column, what the reader of the file could not read (a formula without its result).
    """

    row: int
    cells: Mapping[str, CellValue]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskLine:
    """Dòng phần việc: the cells of one task by the keys of their columns, with the lines of its indicators.

    The first indicator stands in the task's own row. Indicators whose cells are all blank are not there. A key that
    is missing from `cells` is a column that the sheet does not have: a task that is there already keeps what it says
    of it. It keeps its indicators too when there are none here, unless `no_indicators` says that they were blank.
    """

    row: int
    cells: Mapping[str, CellValue]
    indicators: tuple[IndicatorLine, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    no_indicators: bool = False

    @property
    def parts(self) -> tuple["TaskLine | IndicatorLine", ...]:
        """The line itself, and those of its indicators."""
        return (self, *self.indicators)

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows of the sheet that the task takes."""
        return tuple(dict.fromkeys(part.row for part in self.parts))


@dataclass(frozen=True)
class Fault:
    """Lỗi: what is wrong in a cell, in words; `column` is the key of the column."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Note:
    """Ghi chú: what was made of a row that is no task ("dòng tổng cộng"), in words."""

    row: int
    words: str


@dataclass(frozen=True)
class Lines:
    """A sheet as lines: `columns` are the keys that have a column; unknown headings are ignored, and named.

    `header` is the row of the headings, None when there is none. Faults are those of the sheet as a whole
    (a column that is missing); those of the lines come from `readings.read`.
    """

    lines: tuple[TaskLine, ...] = ()
    unknown_headings: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
    columns: frozenset[str] = field(default_factory=frozenset)
    header: int | None = None

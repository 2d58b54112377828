"""Hàng và cột: a printed table as rows to sort and reckon with; one row for each line of a stack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledges.documents.books.figures import DAY, Figure, figure_of, span_of
from pledges.documents.sheets.paper import Align, Column, Row, RowKind, Table
from pledges.documents.sheets.red import Red

GROUP_TITLE = "Nhóm"
FIRST_DAY, LAST_DAY = "Bắt đầu", "Hoàn thành"
GROUP_SHARE = 30


@dataclass(frozen=True, slots=True)
class Field:
    """Một cột của trang tính: which column of the table it shows, and of a span of days which end."""

    title: str
    group: str
    share: float
    align: Align
    place: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Một hàng của trang tính; `red` are the cells that the paper prints in red."""

    figures: tuple[Figure, ...]
    kind: RowKind
    red: frozenset[int] = frozenset()


def fields_of(table: Table) -> list[Field]:
    """The columns: those of the table, a span of days as two, and the group's title behind the others."""
    fields: list[Field] = []
    for at, column in enumerate(table.columns):
        if _spans(table, at):
            fields += [_end(column, at, end) for end in (0, 1)]
        else:
            fields.append(Field(column.title, column.group, column.share, column.align, at))
    if any(row.kind is RowKind.GROUP for row in table.rows):
        fields.append(Field(GROUP_TITLE, "", GROUP_SHARE, Align.LEFT, len(table.columns)))
    return fields


def _spans(table: Table, at: int) -> bool:
    """Whether a column says nothing but spans of days."""
    said = [row.cells[at] for row in table.rows if row.kind is RowKind.PLAIN and row.cells[at]]
    return bool(said) and all(isinstance(one, str) and span_of(one) for one in said)


def _end(column: Column, at: int, end: int) -> Field:
    title = (FIRST_DAY, LAST_DAY)[end]
    title = f"{column.title}: {title.lower()}" if column.group else title
    return Field(title, column.group or column.title, column.share / 2, Align.CENTRE, at, end)


def lines_of(table: Table, fields: Sequence[Field]) -> Iterator[Line]:
    """The rows; a title of a group stands in its own row and behind each row below it."""
    group = ""
    for row in table.rows:
        if row.kind is RowKind.GROUP:
            group = _joined(row.cells[0])
        for cells in _steps(row, table.columns):
            shown = [_figure((*cells, group)[field.place], field) for field in fields]
            red = [at for at, field in enumerate(fields) if isinstance((*cells, group)[field.place], Red)]
            yield Line(tuple(shown), row.kind, frozenset(red))


def _steps(row: Row, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """The row once for each step of its stacks; amounts that stand for all of them stand once, so sums are true."""
    steps = max((len(cell) for cell in row.cells if isinstance(cell, tuple)), default=1)
    for step in range(steps):
        yield tuple(
            cell[step]
            if isinstance(cell, tuple) and len(cell) == steps
            else ""
            if step and column.align is Align.RIGHT
            else _joined(cell)
            for cell, column in zip(row.cells, columns, strict=True)
        )


def _joined(cell: str | tuple[str, ...]) -> str:
    return cell if isinstance(cell, str) else "\n".join(cell)


def _figure(text: str, field: Field) -> Figure:
    """What stands in a field: figures only where the paper sets figures, not in columns of words."""
    span = span_of(text) if field.end is not None else None
    if span and field.end is not None:
        return Figure(span[field.end], DAY)
    return Figure(text) if field.align is Align.LEFT else figure_of(text)

"""What names the rows and the cells of a table, so that two tables can be held against each other. Plain Python."""

from collections.abc import Mapping

from pledges.documents.sheets.paper import Row, RowKind, Table

Cells = Mapping[str, str]
"""The cells of a row by the titles of their columns."""


def named_rows(table: Table) -> dict[str, Cells]:
    """The rows by what names them: the number and the title of a task, the first text of any other row.

    A subtotal is named by its group as well: each group has one. Of rows of one name each later one is numbered.
    """
    titles = [f"{one.group}: {one.title}" if one.group else one.title for one in table.columns]
    found: dict[str, Cells] = {}
    group = ""
    for row in table.rows:
        name = _name(row)
        if row.kind is RowKind.GROUP:
            group = name
        elif row.kind is RowKind.SUBTOTAL:
            name = f"{name.partition(':')[0]} ({group})"
        elif row.kind is RowKind.TOTAL:
            name = name.partition(":")[0]
        unique, count = name, 1
        while unique in found:
            count += 1
            unique = f"{name} ({count})"
        found[unique] = dict(zip(titles, map(_cell, row.cells), strict=True))
    return found


def _name(row: Row) -> str:
    texts = [_cell(cell) for cell in row.cells]
    if texts[0].isdigit() and len(texts) > 1:
        return f"{texts[0]}. {texts[1]}"
    return next((text for text in texts if text), "")


def _cell(cell: str | tuple[str, ...]) -> str:
    return cell.replace("\n", " ") if isinstance(cell, str) else "; ".join(cell)

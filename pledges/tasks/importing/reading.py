"""Which sheet of a file holds the list, and what a file must have before anything is asked about it."""

from collections.abc import Iterable, Sequence
from typing import Final

from pledges.core.numbers import format_number
from pledges.core.text import fold
from pledges.core.workbooks.letters import modernised
from pledges.core.workbooks.reading import read
from pledges.core.workbooks.sheets import Sheet, Unreadable
from pledges.tasks.rows.sheets import lines_of

MOST_TASKS: Final = 500
"""Tasks that are taken at once: the whole list is written in one breath, while others wait."""
EXAMPLE_SHEET: Final = "Ví dụ"
"""The sheet of the template that shows how it is filled; no list, however often it is sent back."""
STATUS_HEADING: Final = "Tình trạng"
"""Told in an export, not obeyed in an import."""

_NO_LINES = (
    "Tệp có các cột của danh mục nhưng chưa có phần việc nào: điền mỗi phần việc một dòng rồi tải lên lại."
)
_EMPTY = "Tệp không có nội dung nào."


def read_file(filename: str, data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file that somebody sent; raises `Unreadable` for one that can't be read or holds no list."""
    sheets = read(filename, data)
    if not sheets:
        raise Unreadable(_EMPTY)
    found = [lines_of(modernised(sheet)) for sheet in lists_in(sheets)]
    if not any(lines.lines for lines in found):
        lacking = [fault.words for lines in found if lines.header is None for fault in lines.faults]
        raise Unreadable(lacking[0] if lacking else _NO_LINES)
    most = max(len(lines.lines) for lines in found)
    if most > MOST_TASKS:
        raise Unreadable(
            f"Danh sách có {format_number(most)} phần việc; mỗi lần nhập nhiều nhất {MOST_TASKS}. "
            "Đồng chí tách thành nhiều tệp."
        )
    return sheets


def lists_in(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets that may hold the list: those with tasks, else those with its headings, else all."""
    if len(sheets) == 1:
        return tuple(sheets)
    found = [(sheet, lines_of(modernised(sheet))) for sheet in _without_example(sheets)]
    filled = tuple(sheet for sheet, lines in found if lines.lines)
    headed = tuple(sheet for sheet, lines in found if lines.header is not None)
    return filled or headed or tuple(sheets)


def _without_example(sheets: Sequence[Sheet]) -> Iterable[Sheet]:
    return [sheet for sheet in sheets if fold(sheet.name) != fold(EXAMPLE_SHEET)]

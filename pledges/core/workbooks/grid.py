"""Lưới ô: the rows of one sheet of a .xlsx file, as they pass by."""

import re
from typing import Final

from pledges.core.workbooks.formats import cell_of, iso_cell
from pledges.core.workbooks.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS
from pledges.core.workbooks.package import BROKEN, TOO_MUCH, Attributes
from pledges.core.workbooks.sheets import Cell, Row, Sheet, Unreadable, too_many_columns, too_many_rows
from pledges.core.workbooks.styles import Style, whole
from pledges.core.workbooks.texts import Text, Texts, text_of

_NO_RESULT: Final = (
    "Ô có công thức nhưng tệp không lưu kết quả. Hãy mở tệp bằng Excel, bấm lưu, rồi tải lên lại; "
    "hoặc gõ thẳng giá trị vào ô."
)
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_AREA: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_EMPTY: Final = Cell()
_PLAIN: Final = Style()
_LAST_ROW: Final = 1_048_576
_LETTERS: Final = 26
_LONGEST_ERROR: Final = 20
_MOST_MERGED: Final = MOST_ROWS * MOST_COLUMNS


def _index(letters: str) -> int:
    """Return the index of the column that Excel calls ``letters``: 0 for A."""
    index = 0
    for letter in letters:
        index = index * _LETTERS + ord(letter) - ord("A") + 1
    return index - 1


class Grid(Texts):
    """Walks through the part of a sheet; ``sheet`` is what it held.

    A row or a cell that doesn't say where it is follows the one before. Texts within cells are collected as
    those of the shared table are.
    """

    def __init__(self, name: str, styles: list[Style], shared: list[Text], *, from_1904: bool) -> None:
        """Begin a sheet whose cells point to ``styles`` and ``shared`` texts, in the calendar of the book."""
        super().__init__()
        self._name = name
        self._styles = styles
        self._shared = shared
        self._from_1904 = from_1904
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merged: list[tuple[int, ...]] = []
        self._loose = 0
        self._number = self._column = 0
        self._type, self._style = "", _PLAIN
        self._formula = self._takes = False
        self._value: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element."""
        if tag == "c":
            self._enter_cell(attributes)
        elif tag == "v":
            self._takes = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._enter_row(attributes.get("r"))
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        else:
            super().start(tag, attributes)

    def characters(self, content: str) -> None:
        """Take a piece of a value, or of a text."""
        if self._takes:
            self._value.append(content)
        else:
            super().characters(content)

    def end(self, tag: str) -> None:
        """Leave an element."""
        if tag == "v":
            self._takes = False
        elif tag == "c":
            self._leave_cell()
        else:
            super().end(tag)

    def _enter_row(self, place: str | None) -> None:
        number = self._number + 1 if place is None else whole(place)
        if not self._number < number <= _LAST_ROW:
            raise Unreadable(BROKEN)
        self._number, self._column = number, -1

    def _enter_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(place)
            if found is None or int(found[2]) != self._number:
                raise Unreadable(BROKEN)
            self._column = _index(found[1])
        style = whole(attributes.get("s", "0"))
        self._style = self._styles[style] if 0 <= style < len(self._styles) else _PLAIN
        self._type = attributes.get("t", "n")
        self._formula = False
        self._value.clear()
        self.texts.clear()

    def _leave_cell(self) -> None:
        cell, loose = self._cell("".join(self._value))
        if cell.value is None and not cell.fault:
            return
        if self._column >= MOST_COLUMNS:
            raise Unreadable(too_many_columns(self._name, self._number))
        if self._number not in self._rows and len(self._rows) == MOST_ROWS:
            raise Unreadable(too_many_rows(self._name))
        self._rows.setdefault(self._number, {})[self._column] = cell
        self._loose += loose

    def _cell(self, raw: str) -> tuple[Cell, bool]:
        """Return the cell that ends here, and whether its accents were loose."""
        font = self._style.font
        if self._type in ("s", "inlineStr", "str"):
            text = self._text(raw)
            return Cell(text.words if text.words.strip() else None, text.font or font), text.loose
        raw = raw.strip()
        if not raw:
            return Cell(None, font, fault=_NO_RESULT if self._formula else ""), False
        if self._type == "b":
            return Cell("TRUE" if raw == "1" else "FALSE", font), False
        if self._type == "e":
            return Cell(
                text_of(raw).words, font, fault=f"Ô bị lỗi {raw[:_LONGEST_ERROR]} trong Excel."
            ), False
        if self._type == "d":
            return iso_cell(raw, font), False
        return cell_of(raw, self._style.shape, font, from_1904=self._from_1904), False

    def _text(self, raw: str) -> Text:
        if self._type == "s":
            index = whole(raw.strip() or "-")
            if not 0 <= index < len(self._shared):
                raise Unreadable(BROKEN)
            return self._shared[index]
        if len(raw) > LONGEST_TEXT:
            raise Unreadable(TOO_MUCH)
        return self.texts[-1] if self.texts else text_of(raw)

    def _merge(self, area: str) -> None:
        found = _AREA.fullmatch(area)
        if found is None or len(self._merged) == _MOST_MERGED:
            raise Unreadable(BROKEN)
        self._merged.append((int(found[2]), int(found[4]), _index(found[1]), _index(found[3])))

    def _clear_merged(self) -> None:
        """Empty the cells that a merged one hides. Work is bounded: areas can't overlap in sound files."""
        left = _MOST_MERGED
        for top, bottom, first, last in self._merged:
            for number in range(top, min(bottom, self._number) + 1):
                row = self._rows.get(number, {})
                hidden = [column for column in row if first <= column <= last]
                left -= 1 + len(hidden)
                for column in hidden:
                    if (number, column) != (top, first):
                        del row[column]
                if left < 0:
                    raise Unreadable(BROKEN)

    def sheet(self) -> Sheet:
        """Return the sheet, without empty rows and without empty cells at the end of rows."""
        self._clear_merged()
        rows = tuple(
            Row(number, tuple(cells.get(column, _EMPTY) for column in range(max(cells) + 1)))
            for number, cells in self._rows.items()
            if cells
        )
        return Sheet(self._name, rows, self._loose)

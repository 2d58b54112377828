"""Chữ cũ: the cells of a sheet that are written in an old Vietnamese encoding, before and after."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from pledges.core.legacy import (
    Encoding,
    beyond_western,
    converted,
    could_be,
    encoding_of,
    encoding_of_font,
    makes_sense,
)
from pledges.core.workbooks.sheets import Cell, Row, Sheet


@dataclass(frozen=True, slots=True)
class Suspect:
    """Ô nghi dùng bảng mã cũ: a cell, by the number of its row and the index of its column (0 is A).

    ``before`` is what it says as it stands, ``after`` what it would say in Unicode.
    """

    row: int
    column: int
    before: str
    after: str
    encoding: Encoding


def suspects(sheet: Sheet) -> list[Suspect]:
    """Return the cells that are written in an old encoding, row by row.

    A cell is known by its font or its words (``encoding_of``). Where several are known by their words alone
    and all are in the same encoding, cells too short to tell ("cã", có) are taken for the same, unless
    some text of the sheet can only be Unicode. Of a font that also holds such text nothing is certain any more:
    where it isn't installed, people type Unicode into old templates without seeing it.
    """
    distinct = {(text, font) for _, _, text, font in _texts(sheet)}
    doubted = {encoding_of_font(font) for text, font in distinct if beyond_western(text)}
    known = {(text, font): _encoding(text, font, doubted) for text, font in distinct}
    common = _common(known)
    found = []
    for row, column, text, font in _texts(sheet):
        encoding = known[text, font]
        if encoding is None and common and encoding_of_font(font) is None and could_be(text, common):
            encoding = common
        if encoding is not None:
            found.append(Suspect(row, column, text, converted(text, encoding, font), encoding))
    return found


def modernised(sheet: Sheet) -> Sheet:
    """Return ``sheet`` with all its ``suspects`` in Unicode; the cells keep the fonts they came in."""
    after = {(suspect.row, suspect.column): suspect.after for suspect in suspects(sheet)}
    rows = tuple(
        Row(row.number, tuple(_with(cell, after.get((row.number, i))) for i, cell in enumerate(row.cells)))
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _with(cell: Cell, text: str | None) -> Cell:
    return cell if text is None else replace(cell, value=text)


def _encoding(text: str, font: str, doubted: Collection[Encoding | None]) -> Encoding | None:
    """Return the encoding of a cell; in a font that is doubted, its words come before the font."""
    found = encoding_of(text, font)
    if found is None or encoding_of_font(font) not in doubted:
        return found
    return encoding_of(text) or (None if makes_sense(text) else found)


def _common(known: Mapping[tuple[str, str], Encoding | None]) -> Encoding | None:
    """Return the one encoding that the words of texts in no old font speak for, if nothing contradicts."""
    unsigned = {text: encoding for (text, font), encoding in known.items() if encoding_of_font(font) is None}
    encodings = set(unsigned.values()) - {None}
    if len(encodings) != 1 or any(map(beyond_western, unsigned)):
        return None
    return encodings.pop()


def _texts(sheet: Sheet) -> Iterator[tuple[int, int, str, str]]:
    """Yield row number, column index, text and font of the cells whose text may be in an old encoding."""
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            if isinstance(cell.value, str) and (cell.font or not cell.value.isascii()):
                yield row.number, column, cell.value, cell.font

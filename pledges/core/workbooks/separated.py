"""Tệp .csv: text whose cells are parted by a sign, in whatever encoding and with whatever sign it was saved.

Excel in a Vietnamese Windows writes semicolons and, unless told otherwise, the old Windows code page.
All cells are text: what "1.234" means is for whoever knows the column.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import Final

from pledges.core.legacy import Encoding, converted
from pledges.core.syllables import is_syllable
from pledges.core.workbooks.limits import LONGEST_LINE, LONGEST_TEXT, MOST_COLUMNS, MOST_LINES, MOST_ROWS
from pledges.core.workbooks.sheets import Cell, Row, Sheet, Unreadable, too_many_columns, too_many_rows
from pledges.core.workbooks.texts import composed

_NOT_TEXT: Final = (
    "Tệp tên là .csv nhưng bên trong không phải văn bản đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx, "
    "rồi tải tệp mới lên."
)
_TOO_LONG: Final = (
    "Tệp .csv có một dòng dài quá mức. Hãy mở bằng Excel, lưu lại thành .xlsx, rồi tải tệp mới lên."
)

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ACCENTED_WORD: Final = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_EMPTY: Final = Cell()
_SAMPLE: Final = 50_000
_SEPARATORS: Final = ";\t,"
_NAMED_SEPARATOR: Final = re.compile("sep=(.)\r?\n?", re.IGNORECASE)
_TRIED_ROWS: Final = 20


def sheet_of(name: str, data: bytes) -> Sheet:
    """Return the one sheet of a .csv file, called ``name``; raise ``Unreadable``.

    Rows are counted as Excel shows them: a cell of several lines stands in one row.
    """
    text = _decoded(data)
    if _CONTROLS.search(text):
        raise Unreadable(_NOT_TEXT)
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise Unreadable(too_many_rows(name))
    separator, body = _separator(text)
    rows, loose = [], 0
    for number, fields in enumerate(_records(body, separator), start=1):
        while fields and not fields[-1].strip():
            fields.pop()
        if len(fields) > MOST_COLUMNS:
            raise Unreadable(too_many_columns(name, number))
        texts = [composed(field) for field in fields]
        loose += sum(text.loose for text in texts)
        if texts:
            cells = tuple(Cell(text.words) if text.words.strip() else _EMPTY for text in texts)
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS:
            raise Unreadable(too_many_rows(name))
    return Sheet(name, tuple(rows), loose)


def _decoded(data: bytes) -> str:
    """Return the text of ``data``: UTF-16 with its mark, UTF-8, else a code page of Windows."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _of_code_page(data)


def _of_code_page(data: bytes) -> str:
    """Return the text that makes the most sense: the Vietnamese code page's, or the Western one's.

    The Western one is also how text for TCVN3 and VNI fonts stands in files.
    """
    vietnamese, western = _by_code_page(data, "cp1258"), _by_code_page(data, "cp1252")
    readings = [
        (_sense(composed(vietnamese[:_SAMPLE]).words), vietnamese),
        (_sense(western[:_SAMPLE]), western),
        *((_sense(converted(western[:_SAMPLE], encoding)), western) for encoding in Encoding),
    ]
    best = max(readings, key=lambda reading: reading[0])[1]
    if not best:
        raise Unreadable(_NOT_TEXT)
    return best


def _by_code_page(data: bytes, page: str) -> str:
    """Return the text of ``data`` in a code page, empty if it has bytes that the page hasn't."""
    try:
        return data.decode(page)
    except UnicodeDecodeError:
        return ""


def _sense(text: str) -> float:
    """Return the share of the accented words that are Vietnamese syllables; -1 of no text."""
    words = _ACCENTED_WORD.findall(text)
    if not words:
        return 0 if text else -1
    return sum(map(is_syllable, words)) / len(words)


def _separator(text: str) -> tuple[str, str]:
    """Return the sign that parts the cells, and the text without a first line that only names it.

    Of the signs it is the one that parts every one of the first rows, and most often.
    """
    named = _NAMED_SEPARATOR.match(text)
    if named is not None:
        return named[1], text[named.end() :]
    return max(_SEPARATORS, key=lambda sign: _parted(text, sign)), text


def _parted(text: str, sign: str) -> tuple[int, int, int]:
    """Return how many cells ``sign`` makes of the first rows, at least and at most, and how often it stands."""
    counts: list[int] = []
    with suppress(Unreadable):  # a row that can't be read is told of when the sign is chosen
        counts.extend(len(fields) for fields in islice(_records(text, sign), _TRIED_ROWS) if fields)
    return min(counts, default=1), max(counts, default=1), text[:LONGEST_LINE].count(sign)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the cells of each row; raise ``Unreadable`` where quotation marks don't fit."""
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(_quotes(number)) from None
        if any(len(field) > LONGEST_TEXT for field in fields):
            raise Unreadable(_TOO_LONG)
        yield fields


def _quotes(number: int) -> str:
    return (
        f"Dòng {number} của tệp .csv có dấu ngoặc kép mở mà không đóng, hoặc đóng giữa ô. "
        "Hãy mở bằng Excel, lưu lại thành .xlsx, rồi tải tệp mới lên."
    )


def _lines(text: str) -> Iterator[str]:
    for line in StringIO(text, newline=""):
        if len(line) > LONGEST_LINE:
            raise Unreadable(_TOO_LONG)
        yield line

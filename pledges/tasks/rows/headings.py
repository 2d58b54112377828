"""The headings of a sheet: where they stand, which column each names, and what is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pledges.core.legacy import converted, encoding_of_font
from pledges.core.text import clean_line, fold
from pledges.core.workbooks.sheets import Cell, Row, column_letters
from pledges.tasks.rows.columns import CODE, COLUMNS, heading, is_canonical, recognised

_SEARCHED: Final = 40
"""Rows from the top in which the headings are looked for: a title, an office's name and blanks may stand above."""
_FEWEST: Final = 2
_SAID_AGAIN: Final = 3
_FUNDING: Final = ("state_funding", "social_funding")
_IN_BRACKETS: Final = re.compile(r"[(\[](.*?)[)\]]")
_OTHER_MONEY: Final = re.compile(r"dong|vnd|nghin|ngan|ty")
_MILLION: Final = re.compile(r"tri?eu|\btr|million")
_MONEY_ABOVE: Final = re.compile(
    r"\(?\s*(?:don vi tinh|dvt|don vi)\s*:?\s*((?:1000 |nghin |ngan |ty )?dong)\s*\)?"
)
_NOT_MILLIONS: Final = (
    "tính theo đơn vị tiền khác; danh mục ghi kinh phí bằng triệu đồng, đồng chí đổi số rồi sửa tiêu đề."
)


@dataclass(frozen=True)
class Header:
    """The headings: the row they stand in (the last, of two), the rows they take, and the columns by position."""

    row: int
    after: int
    keys: Mapping[int, str]
    texts: Mapping[int, str]
    unknown: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()

    def repeated_in(self, row: Row) -> bool:
        """Whether a row further down says the headings again, as lists do that were printed page by page."""
        said = (
            cell.value
            for place, cell in enumerate(row.cells)
            if isinstance(cell.value, str) and clean_line(cell.value) == self.texts.get(place)
        )
        return len(list(islice(said, _SAID_AGAIN))) == _SAID_AGAIN


def texts_of(row: Row) -> dict[int, str]:
    """What stands in a row as text, by position, blanks left out; headings in an old font as they are meant."""
    texts = {place: _text(cell) for place, cell in enumerate(row.cells)}
    return {place: text for place, text in texts.items() if text}


def _text(cell: Cell) -> str:
    text = clean_line(cell.value) if isinstance(cell.value, str) else ""
    encoding = encoding_of_font(cell.font)
    if encoding is None or not text or recognised(text):
        return text
    meant = converted(text, encoding, cell.font)
    return meant if recognised(meant) else text


def keys_in(row: Row) -> dict[int, str]:
    """The columns that a row names, by position."""
    named = {place: recognised(text) for place, text in texts_of(row).items()}
    return {place: column.key for place, column in named.items() if column is not None}


def header_of(rows: Sequence[Row]) -> Header | None:
    """The headings, found by the row that names the most columns; a second row may name more of them."""
    counts = [len(set(keys_in(row).values())) for row in rows[:_SEARCHED]]
    if not counts or max(counts) < _FEWEST:
        return None
    first = last = counts.index(max(counts))
    if first and _completes(rows[first - 1], rows[first]):
        first -= 1
    if last + 1 < len(rows) and _completes(rows[last + 1], rows[last]) and _only_headings(rows[last + 1]):
        last += 1
    texts: dict[int, str] = {}
    for row in rows[first : last + 1]:
        texts |= texts_of(row)
    keys, doubled = _columns(texts)
    unknown = tuple(dict.fromkeys(text for place, text in texts.items() if place not in keys))
    faults = [*_doubled(doubled), *_missing(keys), *_money(texts, keys, rows[:first])]
    return Header(rows[last].number, last + 1, keys, texts, unknown, tuple(faults))


def _completes(row: Row, other: Row) -> bool:
    """Whether a row names columns that the other does not."""
    return bool(set(keys_in(row).values()) - set(keys_in(other).values()))


def _only_headings(row: Row) -> bool:
    filled = sum(cell.value is not None for cell in row.cells)
    return filled == len(keys_in(row))


def _columns(texts: Mapping[int, str]) -> tuple[dict[int, str], dict[str, list[int]]]:
    """The key of each position, and keys that several claim alike; the very heading goes before other names."""
    claims: dict[str, list[int]] = defaultdict(list)
    for place, text in sorted(texts.items()):
        if column := recognised(text):
            claims[column.key].append(place)
    for key, places in claims.items():
        claims[key] = [place for place in places if is_canonical(texts[place])] or places
    keys = {places[0]: key for key, places in claims.items()}
    return keys, {key: places for key, places in claims.items() if len(places) > 1}


def _doubled(doubled: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    return [
        (
            key,
            f"Cột “{heading(key)}” có nhiều lần (cột {', '.join(map(column_letters, places))}): chỉ để lại một cột.",
        )
        for key, places in doubled.items()
    ]


def _missing(keys: Mapping[int, str]) -> list[tuple[str, str]]:
    """The columns that a list can't do without; one of tasks that have a code may leave out what it keeps."""
    there = set(keys.values())
    if CODE.key in there:
        return []
    return [
        (column.key, f"Thiếu cột “{column.heading}”.")
        for column in COLUMNS
        if column.required and column.key not in there
    ]


def _money(texts: Mapping[int, str], keys: Mapping[int, str], above: Sequence[Row]) -> list[tuple[str, str]]:
    """Columns of funding that are counted in something else than million đồng."""
    lines = [fold(text) for row in above for text in texts_of(row).values()]
    general = next((match[1] for line in lines if (match := _MONEY_ABOVE.fullmatch(line))), "")
    found = []
    for place, key in keys.items():
        if key not in _FUNDING:
            continue
        own = " ".join(_IN_BRACKETS.findall(fold(texts[place])))
        if _OTHER_MONEY.search(own or general) and not _MILLION.search(own or general):
            found.append((key, f"Cột “{texts[place]}” {_NOT_MILLIONS}"))
    return found

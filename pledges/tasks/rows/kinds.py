"""Rows of a list that are no tasks: totals, names of blocks, numbers of columns, signatures below the table."""

import re
from collections.abc import Mapping
from typing import Final

from pledges.core.text import fold
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.rows.cells import shown
from pledges.tasks.rows.columns import DAYS, OF_INDICATOR
from pledges.tasks.rows.findings import is_blank

Cells = Mapping[str, CellValue]

_NAMES: Final = ("number", "lead", "cooperating", "title", "product", "movement")
_FUNDING: Final = ("state_funding", "social_funding")
_TOTAL: Final = re.compile(
    r"(?:tong cong|tong so|tong kinh phi|tong khoi|tong muc|cong khoi|cong muc|cong chung)\b.*|cong|tong"
)
_NUMERAL: Final = re.compile(r"(?:[IVXL]+|[A-ZĐ])\s*[.)]?")
_BLOCK: Final = re.compile(r"(?:[IVXL]+|[A-ZĐ])\s*[.\-–—)/:]\s*\S.*|[Kk]hối\s.*|KHỐI\s.*")
_FOOT: Final = re.compile(
    r"nguoi (?:lap|tong hop|ky)\b.*|noi nhan\b.*|(?:tm|kt|tl)\..*|thu truong\b.*|(?:pho )?chu tich|xac nhan cua.*"
    r"|\(ky.*|(?:.*, ?)?ngay\b.{0,9}\bthang\b.{0,9}\bnam\b.*"
)
_COLUMN_NUMBER: Final = re.compile(r"\(?\d{1,2}\)?")
_FEWEST_NUMBERS: Final = 3
_MOST_SIGNERS: Final = 3


def numbers_of_columns(cells: Cells) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    texts = [text for value in cells.values() if (text := shown(value))]
    return len(texts) >= _FEWEST_NUMBERS and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


def total(cells: Cells) -> str | None:
    """The words of a row of totals; None for any other row."""
    names = _names(cells)
    if not names or _any(cells, DAYS | {"code"}):
        return None
    alone = len(names) == 1 or "number" in names
    first = next(iter(names.values()))
    return first if alone and _TOTAL.fullmatch(fold(first).rstrip(" :.")) else None


def block(cells: Cells) -> str | None:
    """The words of a row that names a block of units, with its subtotals if it has them; None for any other row."""
    if _any(cells, DAYS | OF_INDICATOR | {"code"}):
        return None
    names = _names(cells)
    number = names.pop("number", "")
    if len(names) > 1:
        return None
    words = next(iter(names.values()), "")
    if number and words and _NUMERAL.fullmatch(number):
        return f"{number} {words}"
    lone = words or number
    return lone if not (words and number) and _BLOCK.fullmatch(lone) else None


def foot(cells: Cells) -> str | None:
    """The words of a row with signatures, recipients or the day of the paper; None for any other row.

    They stand below the table in whatever column there was room.
    """
    texts = [text for value in cells.values() if (text := shown(value))]
    if len(texts) > _MOST_SIGNERS:
        return None
    return next((text for text in texts if _FOOT.fullmatch(fold(text))), None)


def beside_the_list(cells: Cells) -> bool:
    """Whether a row has nothing that a task or an indicator must have: what stands below a table does not."""
    return not _any(cells, DAYS | OF_INDICATOR | {*_FUNDING, "code"})


def _names(cells: Cells) -> dict[str, str]:
    return {key: text for key in _NAMES if isinstance(cells.get(key), str) and (text := shown(cells[key]))}


def _any(cells: Cells, keys: frozenset[str]) -> bool:
    return any(not is_blank(cells.get(key)) for key in keys)

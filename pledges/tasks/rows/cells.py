"""Reading one cell of a list of tasks: what is written there as text, number, day, direction or way of counting."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from pledges.core.dates import FIRST_YEAR, LAST_YEAR, DateError, format_date, parse_date
from pledges.core.numbers import AmbiguousNumber, NumberError, format_input, format_number, parse_number
from pledges.core.text import clean_line, clean_text, fold, with_vietnamese_d
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.rows.findings import NO, YES, Choice, Findings, Place
from pledges.tasks.rules import Counting, Direction, is_percent

_QUOTED: Final = 60

_MONTH_FIRST: Final = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})")
_SHORT_YEAR: Final = re.compile(r"(\d{1,2}\s*([/.-])\s*\d{1,2}\s*\2\s*)(\d{2})")
_IN_WORDS: Final = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]00:00(:00(\.0+)?)?Z?")
_EXCEL_BEGINS: Final = date(1899, 12, 30)
_MEASURED: Final = re.compile(r"(\D?[\d\s.,]*\d)\s*([^\W\d].*|%.*)")
_MILLIONS: Final = re.compile(r"([\d.,\s]+?)\s*(trieu|tr|trd)(\s*dong)?\.?")

_DIRECTIONS: Final = (
    (Direction.UP, ("tang", "len", "up", "cang cao", "cao hon", "↑", "≥", ">", "+")),
    (Direction.DOWN, ("giam", "xuong", "down", "cang thap", "thap hon", "↓", "≤", "<", "-")),
)
_COUNTINGS: Final = {
    Counting.ADDED: (
        "so them",
        "them",
        "so tang them",
        "so phat sinh",
        "phat sinh trong ky",
        "so trong ky",
        "cong don",
        "co",
        "yes",
        "true",
        "added",
        "x",
        "1",
    ),
    Counting.LEVEL: (
        "muc dat",
        "muc",
        "so dat",
        "khong cong don",
        "khong",
        "no",
        "false",
        "level",
        "0",
    ),
}
_BY_WORDS: Final = {words: counting for counting, known in _COUNTINGS.items() for words in known}
_TO_DATE: Final = "luy ke"
_SO_FAR: Final = re.compile(r"\s*\([^)]*\)|\s+(?:trong|den cuoi|den|cua) (?:ky|thang).*")


def shown(value: CellValue) -> str:
    """What a cell holds, as one line of text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format_input(value)
    return format_date(value) if isinstance(value, date) else clean_line(with_vietnamese_d(value))


def quoted(value: CellValue) -> str:
    """What a cell holds between quotation marks, for a sentence about it; long text is cut."""
    text = shown(value)
    return f"“{text}”" if len(text) <= _QUOTED else f"“{text[:_QUOTED].rstrip()}…”"


def text_of(place: Place, found: Findings, longest: int) -> str:
    """The text of a cell, cleaned; complains of one that is too long."""
    text = shown(place.value)
    if len(text) > longest:
        found.complain(place, f"Dài quá {longest} chữ (đang có {len(text)}); hãy viết gọn lại.")
    return text


def parts_of(value: CellValue) -> str:
    """What a cell holds, with its lines kept apart."""
    return clean_text(with_vietnamese_d(value)) if isinstance(value, str) else shown(value)


def number_of(place: Place, found: Findings, *, measure: str = "") -> Decimal | None:
    """The number of a cell, None if it is blank or can't be read; its own measure may stand behind it ("450 m²").

    Asks about 1.234, complains of everything else that is no number.
    """
    if place.blank:
        return None
    if isinstance(place.value, date):
        found.complain(place, f"Ô này là ngày {format_date(place.value)}, không phải con số.")
        return None
    text = _bare(shown(place.value), measure)
    try:
        return parse_number(text)
    except AmbiguousNumber as doubt:
        return _either(place, found, doubt)
    except NumberError as error:
        found.complain(place, _refused(text, error))
        return None


def _bare(text: str, measure: str) -> str:
    """The number without its own measure: what is said twice says nothing else."""
    match = _MEASURED.fullmatch(text)
    if match and fold(match[2]) in {fold(measure), *(["%"] if is_percent(measure) else [])}:
        return match[1]
    return text


def _either(place: Place, found: Findings, doubt: AmbiguousNumber) -> Decimal | None:
    thousands, decimal = doubt.readings
    answer = found.ask(
        place,
        f"number {doubt.text}",
        f"{quoted(doubt.text)} là số nào?",
        (
            Choice(format_input(thousands), f"{format_number(thousands)} (dấu ngăn cách hàng nghìn)"),
            Choice(format_input(decimal), f"{format_number(decimal)} (dấu thập phân)"),
        ),
    )
    return None if answer is None else parse_number(answer)


def _refused(text: str, error: NumberError) -> str:
    millions = _MILLIONS.fullmatch(fold(text))
    if millions:
        return f"{quoted(text)}: cột đã ghi đơn vị, đồng chí chỉ nhập con số, ví dụ {millions[1].strip()}."
    return f"{quoted(text)}: {error.message}"


def day_of(place: Place, found: Findings) -> date | None:
    """The day of a cell, None if it is blank or can't be read.

    Asks about a day that makes sense with the month first, and about a year of two digits.
    """
    value = place.value
    if place.blank:
        return None
    if isinstance(value, date):
        return _within_years(place, found, value)
    if isinstance(value, Decimal):
        found.complain(place, _no_day(value))
        return None
    text = shown(value)
    plain = _MIDNIGHT.sub(r"\1", text)
    if words := _IN_WORDS.fullmatch(fold(plain).replace(",", "")):
        plain = "/".join(words.groups())
    try:
        return parse_date(plain)
    except DateError as error:
        return _meant_day(place, found, plain, error)


def _within_years(place: Place, found: Findings, day: date) -> date | None:
    try:
        return parse_date(format_date(day))
    except DateError as error:
        found.complain(place, error.message)
        return None


def _no_day(value: Decimal) -> str:
    """Excel keeps a day as a number of days: one that lost its format is told which it may be."""
    words = f"Ô này là số {format_input(value)}, không phải ngày; hãy viết ngày/tháng/năm"
    if value == value.to_integral_value() and FIRST_YEAR < 1900 + value / 366 < LAST_YEAR:
        return f"{words}, ví dụ {format_date(_EXCEL_BEGINS + timedelta(days=int(value)))}."
    return f"{words}, ví dụ 29/3/2024."


def _meant_day(place: Place, found: Findings, text: str, error: DateError) -> date | None:
    meant = _guess(text)
    if meant is None:
        found.complain(place, f"{quoted(text)}: {error.message}")
        return None
    answer = found.ask(
        place,
        f"day {text}",
        f"{quoted(text)} có phải là ngày {format_date(meant)} không?",
        (Choice(YES, f"Đúng, là ngày {format_date(meant)}"), Choice(NO, "Không phải")),
    )
    if answer == NO:
        found.complain(place, f"{quoted(text)}: {error.message}")
    return meant if answer == YES else None


def _guess(text: str) -> date | None:
    """The day that is likely meant: with the month first, or in this century."""
    other = text
    if turned := _MONTH_FIRST.fullmatch(text):
        other = f"{turned[3]}/{turned[1]}/{turned[4]}"
    elif short := _SHORT_YEAR.fullmatch(text):
        other = f"{short[1]}20{short[3]}"
    try:
        return parse_date(other)
    except DateError:
        return None


def direction_of(place: Place, found: Findings) -> Direction | None:
    """The direction of a cell: up if it is blank, None if it can't be read."""
    text = fold(shown(place.value))
    if not text:
        return Direction.UP
    for direction, beginnings in _DIRECTIONS:
        if text.startswith(beginnings):
            return direction
    found.complain(place, f"{quoted(place.value)}: ghi “tăng” hoặc “giảm”.")
    return None


def counting_of(place: Place, found: Findings, *, percent: bool) -> Counting | None:
    """What a figure of a period says: a blank cell means a level for a share, else what was added.

    Asks about "lũy kế": some write so that figures add up, others that each is the sum so far.
    """
    text = _SO_FAR.sub("", fold(shown(place.value)))
    if not text:
        return Counting.LEVEL if percent else Counting.ADDED
    if text.startswith(_TO_DATE):
        choices = tuple(Choice(one.value, one.label) for one in Counting)
        answer = found.ask(place, "to date", f"{quoted(place.value)}: mỗi kỳ báo cáo ghi số nào?", choices)
        return None if answer is None else Counting(answer)
    counting = _BY_WORDS.get(text)
    if counting is None:
        found.complain(place, f"{quoted(place.value)}: ghi “số thêm” hoặc “mức đạt”.")
    return counting

"""What a row of indicators must say, wherever it is entered: in the form, in the grid, in a file."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from pledges.core.dates import DateError, format_date, parse_date
from pledges.core.numbers import NumberError, format_input, parse_number
from pledges.tasks.rules import Direction, is_percent, target_problem

MOST_INDICATORS: Final = 20
"""Indicators that one task may have."""

LONGEST: Final = {"title": 300, "product": 500, "label": 300, "measure": 60, "milestones": 1000}
"""Letters that a text may have, by field."""

EXAMPLE: Final = "31/12/2024: 0; 26/3/2025: 1"
"""How milestones are written: day, colon, value; parted by semicolons or in lines of their own."""

Milestones = tuple[tuple[date, Decimal], ...]

_PARTS: Final = re.compile(r"[;\n]")


def row_problems(
    *,
    label: str,
    baseline: Decimal | None,
    target: Decimal | None,
    measure: str,
    direction: Direction | None,
    accumulates: bool,
    weight: Decimal | None,
) -> Iterator[tuple[str, str]]:
    """What is wrong with an indicator, as (field, words); None is what is missing or could not be read."""
    if not label:
        yield "label", "Nhập nội dung chỉ tiêu: đo cái gì."
    if target is None:
        yield "target", "Nhập con số phải đạt."
    if not measure:
        yield "measure", "Nhập đơn vị tính, ví dụ m, cây, hộ, % hồ sơ."
    if weight is None or weight <= 0:
        yield "weight", "Trọng số phải là số lớn hơn 0."
    if target is None or baseline is None or direction is None:
        return
    if is_percent(measure) and accumulates:
        yield "counting", "Tỷ lệ phần trăm là mức đạt đến cuối kỳ, không cộng dồn từng kỳ."
    words = target_problem(
        direction=direction, baseline=baseline, target=target, measure=measure, accumulates=False
    )
    if words:
        yield "target", words


def measuring_problem(measured_from: date | None, due_on: date | None) -> str | None:
    """Why the day of measuring makes the task one that can't be done in time, in words; None when it doesn't."""
    if measured_from is None or due_on is None or measured_from <= due_on:
        return None
    return f"Sau thời hạn hoàn thành phần việc ({format_date(due_on)})."


def milestones_problem(milestones: Milestones, start_on: date | None, due_on: date | None) -> str | None:
    """Which milestone lies outside the task's time, in words; None when none does."""
    first, last = start_on or date.min, due_on or date.max
    outside = [on for on, _value in milestones if not first <= on <= last]
    return f"Mốc {format_date(outside[0])} nằm ngoài thời gian của phần việc." if outside else None


def write_milestones(milestones: Sequence[tuple[date, Decimal]]) -> str:
    """The milestones as they are typed: "31/12/2024: 0; 26/3/2025: 1"."""
    return "; ".join(f"{format_date(on)}: {format_input(value)}" for on, value in milestones)


def read_milestones(text: str) -> Milestones:
    """The milestones of a line, oldest first; raises `ValueError` with a Vietnamese message that names the part."""
    found: dict[date, Decimal] = {}
    for part in filter(None, (piece.strip() for piece in _PARTS.split(text))):
        on, value = _read_milestone(part)
        if on in found:
            raise ValueError(f"Ngày {format_date(on)} được ghi hai lần.")
        found[on] = value
    return tuple(sorted(found.items()))


def _read_milestone(part: str) -> tuple[date, Decimal]:
    day, colon, value = part.partition(":")
    if not colon:
        raise ValueError(f"Chưa đọc được “{part}”: viết ngày, dấu hai chấm, con số; ví dụ {EXAMPLE}.")
    try:
        return parse_date(day), parse_number(value)
    except (DateError, NumberError) as error:
        raise ValueError(f"Ở mốc “{part}”: {error.message}") from None

"""Reading what a task costs: million đồng, as the headings say, and not the đồng that a list of its own may count."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from pledges.core.numbers import NumberError, format_input, format_number, parse_number
from pledges.tasks.models import Task
from pledges.tasks.rows.cells import number_of
from pledges.tasks.rows.findings import NO, YES, Choice, Findings, Place, key_of
from pledges.tasks.rules import funding_doubtful, funding_problem

_MILLION: Final = Decimal(1_000_000)
_COLUMNS: Final = ("state_funding", "social_funding")
_IN_DONG: Final = "in dong"


def funding_of(place: Place, found: Findings) -> Decimal:
    """The million đồng of a cell, 0 if it is blank or can't be read; asks about an amount that looks like đồng."""
    amount = number_of(place, found) or Decimal(0)
    if words := funding_problem(amount):
        found.complain(place, words)
    if not funding_doubtful(amount) or found.answers.get(_kept(place.column, amount)) == YES:
        return amount
    return _in_dong(place, found, amount)


def _in_dong(place: Place, found: Findings, amount: Decimal) -> Decimal:
    """The amount, once it was said what it counts: one answer serves the column, which counts one thing."""
    shown = format_number(amount)
    millions = (amount / _MILLION).normalize()
    answer = found.ask(
        place,
        _IN_DONG,
        f"{shown} triệu đồng là quá lớn. Cột này đang ghi bằng đồng phải không?",
        (
            Choice(YES, f"Đúng, là đồng: {shown} đồng là {format_number(millions)} triệu đồng"),
            Choice(NO, f"Không, đúng là {shown} triệu đồng"),
        ),
    )
    if answer != YES:
        return amount
    try:
        return parse_number(format_input(millions))
    except NumberError as error:
        found.complain(place, f"{shown} đồng đổi ra triệu đồng: {error.message}")
        return amount


def confirmed(task: Task) -> Mapping[str, str]:
    """The answers that a task stands for: what was kept is not asked about again."""
    amounts = ((column, getattr(task, column)) for column in _COLUMNS)
    return {_kept(column, amount): YES for column, amount in amounts if funding_doubtful(amount)}


def _kept(column: str, amount: Decimal) -> str:
    return key_of(column, f"million {format_input(amount)}")

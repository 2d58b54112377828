"""Câu hỏi về số liệu khác thường: a figure that falls, jumps, or passes the target is asked about, never forbidden.

Plain Python: the form, the page before sending and the review all ask the same. static/js/report.js asks it while the
figure is typed.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from statistics import median_low

from pledges.core.numbers import format_number
from pledges.progress.rules import IndicatorPlan
from pledges.tasks.rules import Direction

JUMP = 10
"""So many times the usual is asked about: a digit too many, or two figures run into one."""


class Doubt(StrEnum):
    """Điều khác thường ở một số liệu."""

    FALL = "fall"
    JUMP = "jump"
    OVER = "over"

    @property
    def label(self) -> str:
        """What the unit confirmed, in words."""
        return {
            Doubt.FALL: "số liệu lùi so với kỳ trước",
            Doubt.JUMP: f"số liệu gấp {JUMP} lần mức thường hoặc hơn",
            Doubt.OVER: "vượt 100% chỉ tiêu",
        }[self]


def usual(said: Iterable[Decimal | None]) -> Decimal | None:
    """What a period usually adds: the middle one of the earlier figures that aren't zero, by size."""
    sizes = [abs(one) for one in said if one]
    return median_low(sizes) if sizes else None


def doubts(
    plan: IndicatorPlan, before: Decimal | None, said: Decimal | None, usually: Decimal | None = None
) -> tuple[Doubt, ...]:
    """What is unusual about a figure, after the value before its period and what a period `usually` adds."""
    if said is None:
        return ()
    found = []
    if _falls(plan, before, said):
        found.append(Doubt.FALL)
    if _jumps(plan, before, said, usually):
        found.append(Doubt.JUMP)
    if _passes(plan, before, said):
        found.append(Doubt.OVER)
    return tuple(found)


def _falls(plan: IndicatorPlan, before: Decimal | None, said: Decimal) -> bool:
    """Whether what was reached is taken back: less was added than nothing, or the level went the wrong way."""
    if plan.accumulates:
        return said < 0
    if before is None:
        return False
    return said < before if plan.direction is Direction.UP else said > before


def _jumps(plan: IndicatorPlan, before: Decimal | None, said: Decimal, usually: Decimal | None) -> bool:
    """Whether the figure is ten times the usual: what a period adds, or the level before."""
    compared = usually if plan.accumulates else before
    return bool(compared) and abs(said) >= JUMP * abs(compared or Decimal(0))


def _passes(plan: IndicatorPlan, before: Decimal | None, said: Decimal) -> bool:
    """Whether this very figure takes the value past the target; a line to hold has nothing beyond it."""
    start = plan.baseline if before is None else before
    value = start + said if plan.accumulates else said
    return not plan.holds_a_line and plan.past_target(value) and not plan.past_target(start)


def question(
    doubt: Doubt,
    plan: IndicatorPlan,
    before: Decimal | None,
    said: Decimal,
    usually: Decimal | None = None,
) -> str:
    """What the unit is asked, with the figures that raise the question."""
    if doubt is Doubt.FALL and plan.accumulates:
        return f"Số liệu kỳ này làm giảm {_amount(-said, plan)} so với các kỳ trước."
    if doubt is Doubt.FALL:
        way = "giảm" if plan.direction is Direction.UP else "tăng"
        return f"Mức đạt {way} so với kỳ trước: {_amount(before or Decimal(0), plan)} thành {_amount(said, plan)}."
    if doubt is Doubt.JUMP and plan.accumulates:
        return f"Số liệu gấp {JUMP} lần mức thường mỗi kỳ ({_amount(usually or Decimal(0), plan)}) hoặc hơn."
    if doubt is Doubt.JUMP:
        return f"Mức đạt gấp {JUMP} lần kỳ trước ({_amount(before or Decimal(0), plan)}) hoặc hơn."
    return f"Số liệu vượt 100% chỉ tiêu đăng ký ({_amount(plan.target, plan)})."


def _amount(value: Decimal, plan: IndicatorPlan) -> str:
    return f"{format_number(value)} {plan.measure}"


def stored(answered: Sequence[Doubt]) -> str:
    """The answered questions as a figure keeps them."""
    return " ".join(answered)


def read(text: str) -> frozenset[Doubt]:
    """The questions that a figure keeps as answered."""
    return frozenset(Doubt(word) for word in text.split() if word in set(Doubt))

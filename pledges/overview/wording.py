"""How the overview's figures and reasons read, on a page and on paper: the only place where its shares are rounded."""

from decimal import Decimal
from fractions import Fraction

from pledges.core.dates import format_date
from pledges.core.numbers import format_number, format_percent, places_to_follow, rounded
from pledges.progress.ledger import PeriodFacts
from pledges.progress.means import Mean
from pledges.progress.rules import IndicatorPlan, IndicatorStanding
from pledges.tasks.rules import Direction

NOTHING = "–"
TODAY = "hôm nay"
NO_FIGURE = "chưa có số liệu"

MARKS = {
    "late": "báo cáo muộn",
    "pending": "báo cáo chờ duyệt",
    "missing": "không có báo cáo",
    "excused": "được miễn báo cáo",
    "restated": "số liệu đã đổi sau khi duyệt",
}
"""The marks of a report in the grid, in words: on pages, in the key and in the spreadsheet."""


def share(ratio: Fraction | None) -> str:
    """A share as printed: 83%; a dash where nothing counts."""
    return NOTHING if ratio is None else format_percent(ratio)


def of_mean(mean: Mean) -> str:
    """The mean inside a sentence; where nothing was reported it says that, and never a dash."""
    if mean.progress is None or not mean.with_figures:
        return "chưa có số liệu báo cáo"
    return f"đạt {share(mean.progress)}, kế hoạch đến cùng ngày là {share(mean.expected)}"


def divided(above: Fraction, below: Fraction | int) -> tuple[str, str]:
    """Two shares that are divided by each other, as exact as the reader needs to find the same: 42,6% and 30,4%."""
    places = places_to_follow(above, below)
    return format_percent(above, places), format_percent(below, places)


def percent(ratio: Fraction | None) -> Decimal | None:
    """The same as a number for a spreadsheet: 83; nothing where nothing counts."""
    return None if ratio is None else rounded(ratio * 100, 0)


def points(step: Fraction | None) -> str:
    """By how much a share grew: +12%, −3%, 0%; a dash where one of the days has none."""
    if step is None:
        return NOTHING
    shown = format_percent(abs(step))
    return shown if shown == "0%" else f"{'+' if step > 0 else '−'}{shown}"


def quantity(value: Decimal, measure: str) -> str:
    """A number with its unit of measure: 172 triệu đồng, 99% hồ sơ."""
    number = format_number(value)
    return f"{number}{measure}" if measure.startswith("%") else f"{number} {measure}"


def target(plan: IndicatorPlan) -> str:
    """The target with its unit; what should go down is said so."""
    most = "không quá " if plan.direction is Direction.DOWN else ""
    return most + quantity(plan.target, plan.measure)


def value(one: IndicatorStanding) -> str:
    """The value of an indicator with its unit; blank is not zero, and a day to be measured from is named."""
    if one.left_out and one.plan.measured_from is not None:
        return f"đo được từ {format_date(one.plan.measured_from)}"
    return NO_FIGURE if one.value is None else quantity(one.value, one.plan.measure)


def result(one: IndicatorStanding) -> str:
    """An indicator in a sentence: "hộ tham gia mô hình 4/5 hộ", "kết quả trả đúng hạn 99%, chỉ tiêu 100%"."""
    plan, label = one.plan, lower_first(one.plan.label)
    if one.value is None:
        return f"{label} {value(one)}"
    if plan.measure.startswith("%"):
        most = "không quá " if plan.direction is Direction.DOWN else ""
        return f"{label} {format_number(one.value)}%, chỉ tiêu {most}{format_number(plan.target)}%"
    if plan.direction is Direction.UP and plan.accumulates and not plan.baseline:
        return f"{label} {format_number(one.value)}/{target(plan)}"
    return f"{label} {value(one)}, chỉ tiêu {target(plan)}"


def lower_first(label: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def month(period: PeriodFacts) -> str:
    """The period in words: "tháng 9/2024"."""
    return period.label


def short_month(period: PeriodFacts) -> str:
    """The period where the year is plain: "tháng 9"."""
    return period.short_label

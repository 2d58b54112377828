"""Cách tính: how each figure of a task's standing comes about, in one line with the numbers put in.

Words for `rules.reckon`, from the same facts: the value out of the accepted reports, progress out of value and target,
the plan out of the days or the milestones, and the mean of the indicators by their weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledges.core.dates import format_date
from pledges.core.numbers import format_number, format_percent
from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.rules import IndicatorPlan, IndicatorStanding, Standing, TaskPlan

MINUS = "−"


@dataclass(frozen=True)
class Formula:
    """Cách tính một chỉ tiêu: value, progress and plan of the day, each in words."""

    label: str
    value: str
    progress: str
    planned: str


def of_task(ledger: Ledger, task_id: int, as_of: date) -> list[Formula]:
    """The formulas of the task's indicators on the day, in their order."""
    task, standing = ledger.tasks[task_id].on(as_of), ledger.standing(task_id, as_of)
    return [
        Formula(
            label=one.plan.label,
            value=_value(one, _accepted(ledger, task_id, number, as_of)),
            progress=_progress(one),
            planned=_planned(one, task.plan, as_of),
        )
        for number, one in zip(task.indicator_ids, standing.indicators, strict=True)
    ]


def mean_words(standing: Standing) -> tuple[str, str] | None:
    """Progress and plan of the task as means of its indicators by weight; None where only one counts."""
    counted = [one for one in standing.indicators if not one.left_out]
    if len(counted) < 2 or standing.progress is None or standing.expected is None:  # noqa: PLR2004 - no mean of one
        return None
    reached = [_share(one.progress) for one in counted]
    planned = [one.expected or Fraction(0) for one in counted]
    weights = [one.plan.weight for one in counted]
    return _mean(reached, weights, standing.progress), _mean(planned, weights, standing.expected)


def _mean(shares: Sequence[Fraction], weights: Sequence[Decimal], mean: Fraction) -> str:
    if len(set(weights)) == 1:
        said = " + ".join(format_percent(share) for share in shares)
        return f"({said}) / {len(shares)} = {format_percent(mean)}"
    said = " + ".join(
        f"{format_number(weight)} × {format_percent(share)}"
        for weight, share in zip(weights, shares, strict=True)
    )
    return f"({said}) / {format_number(sum(weights, Decimal(0)))} = {format_percent(mean)}"


def _share(progress: Fraction | None) -> Fraction:
    """Progress as it counts in the mean: between 0 and 1."""
    return min(max(progress or Fraction(0), Fraction(0)), Fraction(1))


def _accepted(
    ledger: Ledger, task_id: int, indicator_id: int, as_of: date
) -> list[tuple[PeriodFacts, Decimal]]:
    """What counts of the indicator on the day, by period: the round accepted last."""
    found = []
    for period in ledger.periods:
        accepted = [one for one in ledger.rounds(task_id, period.id) if one.accepted_by(as_of)]
        if accepted and indicator_id in accepted[-1].values:
            found.append((period, accepted[-1].values[indicator_id]))
    return found


def _value(one: IndicatorStanding, accepted: Sequence[tuple[PeriodFacts, Decimal]]) -> str:
    plan = one.plan
    if one.left_out and plan.measured_from is not None:
        return f"đo được từ {format_date(plan.measured_from)}, trước ngày đó để ngoài phép tính"
    if one.value is None:
        return "chưa có số liệu được duyệt"
    if not plan.accumulates:
        return f"{format_number(one.value)} {plan.measure}, theo báo cáo {accepted[-1][0].label}"
    said = "".join(f" {_signed(value)} ({period.short_label})" for period, value in accepted)
    return f"{format_number(plan.baseline)} (hiện trạng){said} = {format_number(one.value)} {plan.measure}"


def _signed(value: Decimal) -> str:
    return f"{MINUS} {format_number(-value)}" if value < 0 else f"+ {format_number(value)}"


def _progress(one: IndicatorStanding) -> str:
    plan = one.plan
    if one.left_out:
        return "để ngoài phép tính"
    if one.value is None:
        return "chưa có số liệu, tính là 0%"
    if plan.holds_a_line:
        held = plan.at_target(one.value)
        return "giữ được mức cần giữ: 100%" if held else "không giữ được mức cần giữ: 0%"
    base = format_number(plan.baseline)
    reached = _less(format_number(one.value), base)
    whole = _less(format_number(plan.target), base)
    return f"{reached} / {whole} = {format_percent(one.progress or Fraction(0))}"


def _less(value: str, base: str) -> str:
    return value if base == "0" else f"({value} {MINUS} {base})"


def _planned(one: IndicatorStanding, task: TaskPlan, as_of: date) -> str:
    plan = one.plan
    if one.left_out or one.expected is None:
        return "để ngoài phép tính"
    share = format_percent(one.expected)
    if plan.holds_a_line:
        return "mức cần giữ: luôn 100%"
    if plan.milestones:
        return f"theo mốc {_milestones(plan)}: {share}"
    if as_of < task.start_on:
        return f"bắt đầu ngày {format_date(task.start_on)}: {share}"
    if as_of >= task.due_on:
        return f"đã đến hạn {format_date(task.due_on)}: {share}"
    passed, whole = (as_of - task.start_on).days, (task.due_on - task.start_on).days
    return f"đã qua {passed} / {whole} ngày = {share}"


def _milestones(plan: IndicatorPlan) -> str:
    marks = sorted(plan.milestones)
    return ", ".join(f"{format_date(day)}: {format_number(value)}" for day, value in marks)

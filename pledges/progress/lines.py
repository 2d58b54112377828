"""One indicator in one period's report: what stood before, what is said now, what that makes, what is wrong.

Plain Python: the form, the page before sending and the pages of what was sent all show these lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledges.core.refusal import Refused
from pledges.progress.rules import IndicatorPlan, progress_of


@dataclass(frozen=True)
class Line:
    """Một dòng số liệu. `before` is the value before the period, `said` what the report says (None: not reported)."""

    indicator_id: int
    plan: IndicatorPlan
    before: Decimal | None
    said: Decimal | None = None
    reached_on: date | None = None

    @property
    def value(self) -> Decimal | None:
        """The value at the period's end: before and said together where it accumulates, else the newest level."""
        if self.said is None:
            return self.before
        if not self.plan.accumulates:
            return self.said
        return (self.plan.baseline if self.before is None else self.before) + self.said

    @property
    def progress(self) -> Fraction | None:
        """How far the value is from baseline to target, uncapped; None without a figure."""
        return None if self.value is None else progress_of(self.plan, self.value)

    @property
    def at_target(self) -> bool:
        """Whether the value is at the target or past it."""
        return self.value is not None and self.plan.at_target(self.value)

    def measurable(self, day: date) -> bool:
        """Whether the indicator can be measured by the day."""
        return self.plan.measured_from is None or self.plan.measured_from <= day


def lines_of(
    plans: Sequence[tuple[int, IndicatorPlan]],
    before: Sequence[Decimal | None],
    said: Mapping[int, Decimal],
    reached_on: Mapping[int, date],
) -> list[Line]:
    """The lines of a report in the order of the indicators; `said` and `reached_on` are keyed by indicator id."""
    return [
        Line(number, plan, value, said.get(number), reached_on.get(number))
        for (number, plan), value in zip(plans, before, strict=True)
    ]


def problem_with_day(line: Line, *, start_on: date, today: date) -> str | None:
    """Why the day that the report states for reaching the target can't be, in words; None when it can."""
    if line.reached_on is None:
        return None
    if line.said is None:
        return "Đã ghi ngày đạt chỉ tiêu nhưng chưa có số liệu của kỳ này."
    if not line.at_target:
        return "Số liệu chưa đạt chỉ tiêu nên chưa có ngày đạt; để trống ô này."
    if line.reached_on > today:
        return "Ngày đạt chỉ tiêu không thể ở sau hôm nay."
    if line.reached_on < start_on:
        return "Ngày đạt chỉ tiêu ở trước ngày bắt đầu phần việc."
    return None


def problems_with_words(lines: Sequence[Line], narrative: str, *, today: date) -> Iterator[str]:
    """What the words of a report must explain before it is sent and don't: figures that fall, and blanks.

    A blank is "not reported", which is no zero, and a negative correction is legal; both need the narrative.
    An indicator that can't be measured yet may stay blank without a word.
    """
    if narrative:
        return
    for line in lines:
        if line.said is not None and line.said < 0 and line.plan.accumulates:
            yield f"“{line.plan.label}” giảm so với kỳ trước: đồng chí ghi rõ lý do."
        elif line.said is None and line.measurable(today):
            yield f"“{line.plan.label}” chưa có số liệu: đồng chí ghi rõ vì sao chưa báo cáo."
    if all(line.said is None for line in lines) and not any(line.measurable(today) for line in lines):
        yield "Chưa có số liệu nào: đồng chí ghi tình hình thực hiện trong kỳ."


class ReportIncomplete(Refused):
    """A report that can't be sent as it is; the message is for the user."""


def check(lines: Sequence[Line], narrative: str, *, start_on: date, today: date) -> None:
    """Accept a report for sending, or raise `ReportIncomplete` with the first thing that is missing."""
    wrong = [words for line in lines if (words := problem_with_day(line, start_on=start_on, today=today))]
    for words in [*wrong, *problems_with_words(lines, narrative, today=today)]:
        raise ReportIncomplete(words)

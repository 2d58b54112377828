"""One indicator in one period's report: what stood before, what is said now, what that makes, what is wrong.

Plain Python: the form, the page before sending and the pages of what was sent all show these lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledges.core.numbers import format_number
from pledges.core.refusal import Refused
from pledges.progress.rules import IndicatorPlan, progress_of
from pledges.progress.sanity import Doubt, doubts, question


@dataclass(frozen=True)
class Line:
    """Một dòng số liệu. `before` is the value before the period, `said` what the report says (None: not reported).

    `usually` is what a period adds as a rule, `planned` where the plan wants the indicator today (None: it counts not
    yet), `affirmed` holds the questions that the unit answered with "đúng như vậy". `kept` is the day of reaching that
    a correction keeps, `others` what other reports say where the target came only with them (`kept_days`);
    `accepted` is what `before` would be without figures that wait.
    """

    indicator_id: int
    plan: IndicatorPlan
    before: Decimal | None
    said: Decimal | None = None
    reached_on: date | None = None
    usually: Decimal | None = None
    planned: Fraction | None = None
    affirmed: frozenset[Doubt] = frozenset()
    kept: date | None = None
    others: Decimal | None = None
    accepted: Decimal | None = None

    @property
    def waiting(self) -> str:
        """How much of what stood before nobody has accepted yet, in words; "" where all of it counts."""
        if self.before is None or self.before == self.accepted:
            return ""
        counted = self.plan.baseline if self.accepted is None else self.accepted
        if not self.plan.accumulates or self.before <= counted:
            return "chờ duyệt"
        return f"trong đó {format_number(self.before - counted)} {self.plan.measure} chờ duyệt"

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

    @property
    def keeps_its_day(self) -> bool:
        """Whether the stated day is the one that counted before a correction."""
        return self.reached_on is not None and self.reached_on == self.kept

    @property
    def reached_with_others(self) -> bool:
        """Whether the day that counted still can, since what is said brings the target together with other reports."""
        if self.said is None or self.others is None or not self.keeps_its_day:
            return False
        return self.plan.at_target(self.others + self.said)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is unusual about the figure."""
        return doubts(self.plan, self.before, self.said, self.usually)

    @property
    def questions(self) -> list[str]:
        """What the unit is asked about the figure, in words."""
        if self.said is None:
            return []
        return [question(one, self.plan, self.before, self.said, self.usually) for one in self.doubts]

    @property
    def open_questions(self) -> list[str]:
        """What the unit is asked and has not answered, in words."""
        return self.questions if set(self.doubts) - self.affirmed else []

    @property
    def confirmed(self) -> str:
        """What the unit confirmed of an unusual figure, in words; "" when there was nothing to confirm."""
        words = [one.label for one in Doubt if one in self.affirmed]
        return f"Đơn vị đã xác nhận: {'; '.join(words)}." if words else ""

    def measurable(self, day: date) -> bool:
        """Whether the indicator can be measured by the day."""
        return self.plan.measured_from is None or self.plan.measured_from <= day


@dataclass(frozen=True)
class Around:
    """What stands beside a figure: what a period usually adds, where the plan wants the indicator today.

    For a correction, the day of reaching that it keeps, and what others say, as in a `Line`; what was accepted before.
    """

    usually: Decimal | None = None
    planned: Fraction | None = None
    kept: date | None = None
    others: Decimal | None = None
    accepted: Decimal | None = None


def lines_of(
    plans: Sequence[tuple[int, IndicatorPlan]],
    before: Sequence[Decimal | None],
    said: Mapping[int, Decimal],
    reached_on: Mapping[int, date],
    affirmed: Mapping[int, frozenset[Doubt]] | None = None,
    around: Sequence[Around] = (),
) -> list[Line]:
    """The lines of a report in the order of the indicators; what was said is keyed by indicator id.

    `around` holds, in the same order, what stands beside a figure and is not said by it.
    """
    beside = around or [Around()] * len(plans)
    answered = affirmed or {}
    return [
        Line(
            indicator_id=number,
            plan=plan,
            before=value,
            said=said.get(number),
            reached_on=reached_on.get(number),
            usually=other.usually,
            planned=other.planned,
            affirmed=answered.get(number, frozenset()),
            kept=other.kept,
            others=other.others,
            accepted=other.accepted,
        )
        for (number, plan), value, other in zip(plans, before, beside, strict=True)
    ]


def problem_with_day(line: Line, *, start_on: date, today: date) -> str | None:
    """Why the day that the report states for reaching the target can't be, in words; None when it can."""
    if line.reached_on is None:
        return None
    if line.said is None:
        return "Đã ghi ngày đạt chỉ tiêu nhưng chưa có số liệu của kỳ này."
    if not line.at_target and not line.reached_with_others:
        return "Số liệu chưa đạt chỉ tiêu nên chưa có ngày đạt; để trống ô này."
    if line.reached_on > today:
        return "Ngày đạt chỉ tiêu không thể ở sau hôm nay."
    if line.reached_on < start_on:
        return "Ngày đạt chỉ tiêu ở trước ngày bắt đầu phần việc."
    return None


def problems_with_words(
    lines: Sequence[Line], narrative: str, *, today: date, blanks_meant: bool = False
) -> Iterator[str]:
    """What the words of a report must explain before it is sent and don't: figures that fall, and blanks.

    A blank is "not reported", which is no zero, and a negative correction is legal; both need the narrative, a blank
    only while nobody has said that it is meant (hoàn thành). An indicator that can't be measured yet may stay blank
    without a word.
    """
    if narrative:
        return
    for line in lines:
        if line.said is not None and line.said < 0 and line.plan.accumulates:
            yield f"“{line.plan.label}” giảm so với kỳ trước: đồng chí ghi rõ lý do."
        elif line.said is None and line.measurable(today) and not blanks_meant:
            yield f"“{line.plan.label}” chưa có số liệu: đồng chí ghi rõ vì sao chưa báo cáo."
    nothing = all(line.said is None for line in lines) and not any(line.measurable(today) for line in lines)
    if nothing and not blanks_meant:
        yield "Chưa có số liệu nào: đồng chí ghi tình hình thực hiện trong kỳ."


class ReportIncomplete(Refused):
    """A report that can't be sent as it is; the message is for the user."""


def shortcomings(
    lines: Sequence[Line], narrative: str, *, start_on: date, today: date, blanks_meant: bool = False
) -> list[str]:
    """Everything that keeps a report from being sent, in words; empty when it can be."""
    wrong = [words for line in lines if (words := problem_with_day(line, start_on=start_on, today=today))]
    asked = [
        f"“{line.plan.label}”: {' '.join(line.open_questions)} Đồng chí sửa, hoặc đánh dấu “Đúng như vậy”."
        for line in lines
        if line.open_questions
    ]
    unsaid = problems_with_words(lines, narrative, today=today, blanks_meant=blanks_meant)
    return [*wrong, *unsaid, *asked]


def check(
    lines: Sequence[Line], narrative: str, *, start_on: date, today: date, blanks_meant: bool = False
) -> None:
    """Accept a report for sending, or raise `ReportIncomplete` with the first thing that is missing."""
    found = shortcomings(lines, narrative, start_on=start_on, today=today, blanks_meant=blanks_meant)
    for words in found:
        raise ReportIncomplete(words)

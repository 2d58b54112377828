"""What a correction changes of what was accepted: its figures, and whether it says anything else at all."""

from datetime import date
from decimal import Decimal

from pledges.core.numbers import format_number
from pledges.progress.models import Report, ReportRound


def accepted_before(report: Report, one: ReportRound) -> ReportRound | None:
    """The accepted round that this one corrects; None where it corrects nothing."""
    if not one.correction:
        return None
    found = [other for other in report.rounds if other.number < one.number and other.accepted]
    return found[-1] if found else None


def says_the_same(report: Report, one: ReportRound) -> bool:
    """Whether a correction changes no figure and no words of what was accepted."""
    before = accepted_before(report, one)
    return before is not None and _said(before) == _said(one)


def words_on(before: ReportRound, one: ReportRound, indicator_id: int) -> str:
    """What the correction makes of an accepted figure: "đã duyệt 40 → đính chính 38"; "" where it stays."""
    was, now = _value(before, indicator_id), _value(one, indicator_id)
    return "" if was == now else f"đã duyệt {_told(was)} → đính chính {_told(now)}"


def _value(one: ReportRound, indicator_id: int) -> Decimal | None:
    return next((figure.value for figure in one.figures if figure.indicator_id == indicator_id), None)


def _told(value: Decimal | None) -> str:
    return "chưa báo cáo" if value is None else format_number(value)


def _said(one: ReportRound) -> tuple[dict[int, tuple[Decimal, date | None]], list[str]]:
    figures = {figure.indicator_id: (figure.value, figure.reached_on) for figure in one.figures}
    return figures, [one.narrative, one.obstacle, one.next_step]

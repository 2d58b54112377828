"""What is to be known of the lines of a round beside their figures: what it said before, and what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pledges.core.numbers import format_number
from pledges.progress import restated
from pledges.progress.calendar import ReportEventKind
from pledges.progress.corrected import accepted_before, words_on
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.ledger import Ledger
from pledges.progress.models import Report, ReportRound


@dataclass(frozen=True)
class LineNotes:
    """Of one line: that it changed after acceptance, what the round before said, and what its return remarked.

    `corrected` is what a correction makes of an accepted figure. Each is "" where there is nothing to tell;
    `asked` holds number and status of each explanation request.
    """

    restated: str = ""
    corrected: str = ""
    said_before: str = ""
    remark: str = ""
    asked: tuple[tuple[int, str], ...] = ()


def notes_on(
    report: Report,
    one: ReportRound,
    changed: Mapping[int, str],
    asked: Iterable[ExplanationRequest] = (),
    day: date = date.max,
) -> dict[int, LineNotes]:
    """The notes on the lines of a round by indicator; `changed` are the words on what was accepted before.

    Explanation requests are told as they stand on the day.
    """
    before, counting = _round_before(report, one), accepted_before(report, one)
    requests: dict[int, list[tuple[int, str]]] = {}
    for request in asked:
        requests.setdefault(request.indicator_id, []).append((request.id, request.status(day).label))
    found = {}
    for indicator in report.task.indicators:
        number = indicator.id
        notes = LineNotes(
            restated=changed.get(number, ""),
            corrected=words_on(counting, one, number) if counting is not None else "",
            said_before=_said_before(before if before is not counting else None, one, number),
            remark=_remark(before, number) if before is not None else "",
            asked=tuple(requests.get(number, ())),  # nosec B113 # a dict of what was asked, not the library
        )
        if notes != LineNotes():
            found[number] = notes
    return found


def restated_words(ledger: Ledger, report: Report, day: date) -> dict[int, str]:
    """What had changed by the day in the report after it was accepted, in words by indicator."""
    period = next(one for one in ledger.periods if one.id == report.period_id)
    changed = restated.of_period(ledger, report.task_id, period, day)
    return {number: f"{restated.SIGN} {one.words}" for number, one in changed.items()}


def _round_before(report: Report, one: ReportRound) -> ReportRound | None:
    sent = [other for other in report.rounds if other.submitted_at is not None and other.number < one.number]
    return sent[-1] if sent else None


def _said_before(before: ReportRound | None, one: ReportRound, indicator_id: int) -> str:
    if before is None:
        return ""
    was, now = (
        next((figure.value for figure in other.figures if figure.indicator_id == indicator_id), None)
        for other in (before, one)
    )
    if was == now:
        return ""
    told = "chưa báo cáo" if was is None else format_number(was)
    return f"Lần {before.number} ghi: {told}"


def _remark(before: ReportRound, indicator_id: int) -> str:
    returns: Sequence[str] = [
        remark.words
        for event in before.events
        if event.kind is ReportEventKind.RETURNED
        for remark in event.remarks
        if remark.indicator_id == indicator_id
    ]
    return returns[-1] if returns else ""

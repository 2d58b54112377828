"""A task's reports by period, as lists show them: how each stands, and what may be done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pledges.progress.calendar import ReportEventKind, ReportStatus
from pledges.progress.ledger import Ledger, PeriodFacts


@dataclass(frozen=True)
class LastWord:
    """The newest round of a report and what happened to it last; `kind` is None while it is a draft.

    `returned_because` is the reason of the last return, which stays in sight while the next round is written.
    """

    report_id: int
    round: int
    kind: ReportEventKind | None
    reason: str | None
    by_name: str | None
    at: datetime | None
    returned_because: str = ""

    @property
    def draft(self) -> bool:
        """Whether a round is being written."""
        return self.kind is None


@dataclass(frozen=True)
class PeriodRow:
    """One task in one period, on a day."""

    task_id: int
    period: PeriodFacts
    status: ReportStatus
    expected: bool
    late_by: int
    last: LastWord | None
    excused: str | None = None
    """Why no report is asked for, where somebody excused the task."""

    @property
    def label(self) -> str:
        """The period in words."""
        return self.period.label

    @property
    def sent(self) -> bool:
        """Whether a round was ever sent: then there is something to look at."""
        return self.status in {ReportStatus.SUBMITTED, ReportStatus.RETURNED, ReportStatus.ACCEPTED}

    @property
    def asks(self) -> bool:
        """Whether the unit has something to do: write, go on writing, or send again."""
        return self.status in _ASKING and (self.expected or self.last is not None)

    @property
    def open(self) -> bool:
        """Whether a report may be written at all."""
        return self.status in _ASKING or self.correcting

    @property
    def correcting(self) -> bool:
        """Đang đính chính: whether figures that were accepted are being said anew; the accepted ones still count."""
        return self.status is ReportStatus.ACCEPTED and self.last is not None and self.last.draft


_ASKING = frozenset({ReportStatus.DUE, ReportStatus.OVERDUE, ReportStatus.RETURNED})
_FIRST = (
    ReportStatus.RETURNED,
    ReportStatus.OVERDUE,
    ReportStatus.DUE,
    ReportStatus.SUBMITTED,
    ReportStatus.ACCEPTED,
)


def rows_of(
    ledger: Ledger, task_id: int, day: date, last: Mapping[tuple[int, int], LastWord]
) -> list[PeriodRow]:
    """The task in every period begun by the day, newest first; `last` is keyed by (task id, period id)."""
    return [
        PeriodRow(
            task_id=task_id,
            period=period,
            status=ledger.report_status(task_id, period, day),
            expected=ledger.expected(task_id, period, day),
            late_by=_late_by(ledger, task_id, period, day),
            last=last.get((task_id, period.id)),
            excused=ledger.excused(task_id, period, day),
        )
        for period in reversed(ledger.periods)
        if period.start_on <= day
    ]


def _late_by(ledger: Ledger, task_id: int, period: PeriodFacts, day: date) -> int:
    """Days between the due day and the first round sent, or the day itself while nothing was sent; 0 in time."""
    return period.days_late(ledger.first_sent(task_id, period, day) or day)


def most_pressing(rows: Iterable[PeriodRow]) -> PeriodRow | None:
    """The report to write first: a returned one, else the oldest overdue, else the one that is due."""
    asking = [row for row in rows if row.asks]
    return min(asking, key=lambda row: (pressing(row), row.period.start_on), default=None)


def pressing(row: PeriodRow) -> int:
    """How much the row asks to be dealt with: 0 most."""
    return _FIRST.index(row.status) if row.status in _FIRST else len(_FIRST)


SaidOfReport = tuple[int, int, int, int, ReportEventKind | None, str | None, str | None, datetime | None]
"""A row of `queries.words_on_reports`."""


def last_words(found: Iterable[SaidOfReport]) -> dict[tuple[int, int], LastWord]:
    """The newest word on each report, by task and period; the rows come oldest first."""
    last: dict[tuple[int, int], LastWord] = {}
    for task_id, period_id, report_id, number, kind, reason, by_name, at in found:
        before = last.get((task_id, period_id))
        because = before.returned_because if before else ""
        if kind is ReportEventKind.RETURNED:
            because = reason or ""
        last[task_id, period_id] = LastWord(report_id, number, kind, reason, by_name, at, because)
    return last

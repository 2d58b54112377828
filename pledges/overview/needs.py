"""Cần quan tâm trước: which tasks ask for a leader's attention, in which order, and the reason in figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pledges.core.numbers import two_digits
from pledges.overview import wording
from pledges.overview.rules import Row
from pledges.progress.ledger import PeriodFacts
from pledges.progress.rules import SILENT_PERIODS, IndicatorStanding
from pledges.progress.states import NEEDS_ATTENTION, TaskState


@dataclass(frozen=True)
class Needy:
    """A task that asks for attention on a day."""

    row: Row
    as_of: date

    @property
    def state(self) -> TaskState:
        """The state on the day."""
        return self.row.state

    @property
    def days_overdue(self) -> int:
        """For how many days the task has been past its due day; 0 before it."""
        return max((self.as_of - self.row.due_on).days, 0)

    @property
    def gap(self) -> Fraction:
        """How far progress lies behind expectation, as a share of the whole."""
        standing = self.row.standing
        return (standing.expected or Fraction(0)) - (standing.progress or Fraction(0))

    @property
    def waited(self) -> int | None:
        """For how many days its oldest obstacle has waited for a decision; None without one."""
        return max((one.days(self.as_of) for one in self.row.obstacles), default=None)

    @property
    def silent_since(self) -> tuple[PeriodFacts, int] | None:
        """The first of the periods in a row, up to the last one due, without a report; and how many they are."""
        run: list[PeriodFacts] = []
        for shown in reversed(self.row.cells):
            if shown.cell is None or not shown.cell.expected:
                continue
            if not shown.cell.missing:
                break
            run.append(shown.period)
        return (run[-1], len(run)) if run else None

    @property
    def silence(self) -> str:
        """Since when nothing was heard; nothing where the last report came."""
        if self.silent_since is None:
            return ""
        first, count = self.silent_since
        return f"Không báo cáo từ {wording.short_month(first)} ({count} kỳ liên tiếp)."

    @property
    def rule(self) -> str:
        """The rule that put the task here; of one that its state doesn't, each that does."""
        if self.state in NEEDS_ATTENTION:
            return self.state.rule
        said = ["Có vướng mắc chờ quyết định."] if self.row.obstacles else []
        if self.row.tentative is not None and self.row.tentative.state in NEEDS_ATTENTION:
            said.append("Số liệu đã gửi, nếu được duyệt, làm tình trạng xấu đi.")
        return " ".join(said)

    @property
    def worst(self) -> tuple[int, IndicatorStanding] | None:
        """The indicator that lies furthest behind its plan, with its number; None when all are reached."""
        pairs = zip(self.row.facts.indicator_ids, self.row.standing.indicators, strict=True)
        open_ones = [(number, one) for number, one in pairs if one.reached_on is None and not one.left_out]
        return max(open_ones, key=lambda pair: _gap(pair[1]), default=None)

    def reason(self, until: str) -> str:
        """Why the task stands here, in figures; `until` names the day: `wording.TODAY`, or "ngày 31/7/2024"."""
        said = [self._reason(until if until == wording.TODAY else f"{until} là")]
        if missing := self.row.standing.without_figure:
            said.append(f"Chưa có số liệu: {'; '.join(wording.lower_first(one.label) for one in missing)}.")
        if self.row.tentative is not None:
            said.append(f"Nếu duyệt số đã gửi: {self.row.tentative.state.label.lower()}.")
        return " ".join(said)

    def _reason(self, until: str) -> str:
        if self.state is TaskState.OVERDUE:
            unreached = [one for one in self.row.standing.indicators if one.reached_on is None]
            named = "; ".join(wording.result(one) for one in unreached if not one.without_figure)
            return f"Quá hạn {self.days_overdue} ngày{': ' + named if named else ''}."
        if self.state is TaskState.SILENT and self.silence:
            return self.silence
        standing = self.row.standing
        if standing.progress is None:
            return f"{self.state.label}."
        reached, planned = wording.share(standing.progress), wording.share(standing.expected)
        return f"{self.state.label}: đạt {reached}, kế hoạch đến {until} {planned}."

    @property
    def decision_asked(self) -> str | None:
        """What a leader is asked to decide, with the days it has waited; None without an obstacle."""
        if self.waited is None:
            return None
        count = len(self.row.obstacles)
        days = f"{self.waited} ngày" if self.waited else "từ hôm nay"
        if count > 1:
            return f"{two_digits(count)} vướng mắc chờ quyết định, lâu nhất {days}"
        return f"Vướng mắc chờ quyết định {days}"

    @property
    def review_asked(self) -> str | None:
        """Which reports wait for review; None without one."""
        if not self.row.pending:
            return None
        return f"Báo cáo {', '.join(wording.short_month(one) for one in self.row.pending)} chờ duyệt"


def silent_first(rows: Iterable[Row], as_of: date) -> tuple[Needy, ...]:
    """The tasks not reached yet whose last two periods that fell due have no report, the longest silence first.

    Some of them are in a graver state than silent; they are silent all the same.
    """
    open_rows = (row for row in rows if not row.cancelled and row.standing.reached_on is None)
    found = [
        (since[1], one)
        for one in (Needy(row, as_of) for row in open_rows)
        if (since := one.silent_since) is not None and since[1] >= SILENT_PERIODS
    ]
    return tuple(one for _count, one in sorted(found, key=lambda pair: (-pair[0], pair[1].row.card.number)))


def _gap(one: IndicatorStanding) -> Fraction:
    return (one.expected or Fraction(0)) - (one.progress or Fraction(0))


def needy_first(rows: Iterable[Row], as_of: date) -> tuple[Needy, ...]:
    """The tasks that ask for attention: by the gravity of the state, then by how far they lie behind.

    Beside those in a grave state: those with an obstacle that waits, and those that submitted figures would put
    into a grave state.
    """
    found = [Needy(row, as_of) for row in rows if _asks(row)]
    return tuple(
        sorted(
            found,
            key=lambda one: (one.state.gravity, -one.days_overdue, -one.gap, one.row.card.number),
        )
    )


def _asks(row: Row) -> bool:
    if row.cancelled:
        return False
    worse = row.tentative is not None and row.tentative.state in NEEDS_ATTENTION
    return row.state in NEEDS_ATTENTION or bool(row.obstacles) or worse

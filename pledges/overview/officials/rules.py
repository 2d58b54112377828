"""Kết quả theo người phụ trách: from the ledger alone, as of a day. Plain Python.

Source: NĐ 335/2025/NĐ-CP asks that officials are assessed by the number, quality and time of the work assigned to
them; the formula is the product's own, and stands in `FORMULA` as the page says it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from pledges.progress.ledger import Ledger, PeriodFacts
from pledges.progress.rules import Standing
from pledges.progress.states import TaskState

FORMULA = (
    (
        "Phần việc được giao: phần việc mà người đó là người phụ trách ít nhất một ngày trong khoảng thời gian xem, "
        "đã vào danh mục và chưa hủy."
    ),
    (
        "Kết quả của mỗi phần việc xét đến ngày cuối của khoảng thời gian; nếu người đó đã thôi phụ trách trước "
        "thì xét đến ngày cuối còn phụ trách. Chỉ tính số liệu đã được duyệt đến ngày ấy."
    ),
    (
        "Hoàn thành đúng hạn: mọi chỉ tiêu đạt từ ngày hạn trở về trước. Hoàn thành muộn: đạt sau hạn; số ngày chậm "
        "tính từ ngày hạn đến ngày đạt chỉ tiêu cuối cùng. Quá hạn: qua hạn mà còn chỉ tiêu chưa đạt; số ngày chậm "
        "tính từ ngày hạn đến ngày xét."
    ),
    (
        "Tỷ lệ hoàn thành = số phần việc hoàn thành (đúng hạn và muộn) chia cho số phần việc được giao. Tỷ lệ đúng "
        "hạn = số phần việc hoàn thành đúng hạn chia cho số phần việc đã hoàn thành hoặc đã quá hạn."
    ),
    (
        "Báo cáo phải nộp: của những kỳ có ngày đến hạn trong khoảng thời gian xem, khi người đó đang phụ trách; "
        "kỳ được miễn không tính. Đúng hạn là gửi lần đầu không muộn hơn ngày hạn, "
        "kể cả những ngày được gia hạn của kỳ."
    ),
)
"""How the figures come about, as the page and the spreadsheet say it."""

_DAY = timedelta(days=1)
_IN_TIME = frozenset({TaskState.DONE, TaskState.EXCEEDED})


class Outcome(StrEnum):
    """Kết quả của một phần việc được giao."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    GOING_ON = "going_on"

    @property
    def label(self) -> str:
        """The outcome in the office's words."""
        return {
            Outcome.IN_TIME: "Hoàn thành đúng hạn",
            Outcome.LATE: "Hoàn thành muộn",
            Outcome.OVERDUE: "Quá hạn, chưa xong",
            Outcome.GOING_ON: "Còn trong hạn",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            Outcome.IN_TIME: "good",
            Outcome.LATE: "sent",
            Outcome.OVERDUE: "back",
            Outcome.GOING_ON: "draft",
        }[self]


@dataclass(frozen=True)
class Span:
    """Khoảng thời gian xem: both days included; `until` is not after the day on which it is asked."""

    since: date
    until: date


@dataclass(frozen=True)
class Charge:
    """Somebody's duty in a task, as it was assigned: `until_on` is the first day without it, None while it goes on."""

    account_id: int
    name: str
    name_sort: str
    post: str
    task_id: int
    number: int
    title: str
    unit: str
    from_on: date
    until_on: date | None

    def last_day(self, span: Span) -> date:
        """The last day of the span on which the duty was held."""
        return span.until if self.until_on is None else min(span.until, self.until_on - _DAY)

    def within(self, span: Span) -> bool:
        """Whether it was held on a day of the span."""
        return self.from_on <= self.last_day(span) and self.last_day(span) >= span.since

    def up_to(self, day: date) -> "Charge":
        """The duty as it stood on the day: it went on, whenever it ended afterwards."""
        goes_on = self.until_on is not None and self.until_on > day
        return replace(self, until_on=None) if goes_on else self

    def holds(self, day: date) -> bool:
        """Whether it was held on the day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class Work:
    """One task that somebody answered for, judged on a day; `due_on` is its own due day then."""

    charge: Charge
    day: date
    due_on: date
    standing: Standing
    reports_due: int
    reports_in_time: int
    reports_received: int

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        if self.standing.state in _IN_TIME:
            return Outcome.IN_TIME
        if self.standing.state is TaskState.DONE_LATE:
            return Outcome.LATE
        return Outcome.OVERDUE if self.standing.state is TaskState.OVERDUE else Outcome.GOING_ON

    @property
    def days_late(self) -> int:
        """Days between the due day and the last indicator's reaching its target, or the day; 0 in time."""
        if self.outcome is Outcome.LATE and self.standing.reached_on is not None:
            return (self.standing.reached_on - self.due_on).days
        return (self.day - self.due_on).days if self.outcome is Outcome.OVERDUE else 0


@dataclass(frozen=True)
class Official:
    """A person with the tasks answered for, in the order of the list; the figures are counts and sums over them."""

    account_id: int
    name: str
    name_sort: str
    works: tuple[Work, ...]

    @property
    def posts(self) -> str:
        """The posts in which the person answered for them."""
        return "; ".join(dict.fromkeys(one.charge.post for one in self.works if one.charge.post != self.name))

    @property
    def units(self) -> str:
        """The lead units of the tasks."""
        return "; ".join(dict.fromkeys(one.charge.unit for one in self.works))

    def count(self, *outcomes: Outcome) -> int:
        """How many of the tasks came out so."""
        return sum(one.outcome in outcomes for one in self.works)

    @property
    def assigned(self) -> int:
        """How many tasks were assigned."""
        return len(self.works)

    @cached_property
    def done(self) -> int:
        """How many of them are done."""
        return self.count(Outcome.IN_TIME, Outcome.LATE)

    @property
    def days_late(self) -> int:
        """The days late of all tasks together."""
        return sum(one.days_late for one in self.works)

    @property
    def rate(self) -> Fraction | None:
        """The share of the assigned tasks that are done."""
        return Fraction(self.done, self.assigned) if self.assigned else None

    @property
    def rate_in_time(self) -> Fraction | None:
        """The share in time of those that are done or overdue; None where none is yet."""
        judged = self.done + self.count(Outcome.OVERDUE)
        return Fraction(self.count(Outcome.IN_TIME), judged) if judged else None

    @property
    def reports_due(self) -> int:
        """How many reports were to be sent."""
        return sum(one.reports_due for one in self.works)

    @property
    def reports_received(self) -> int:
        """How many of them were sent."""
        return sum(one.reports_received for one in self.works)

    @property
    def reports_in_time(self) -> int:
        """How many of them were in time."""
        return sum(one.reports_in_time for one in self.works)


def officials_of(ledger: Ledger, charges: Iterable[Charge], span: Span) -> list[Official]:
    """Everybody who answered for a task within the span, by given name; who did so twice, with a gap, once."""
    held: dict[tuple[int, int], list[Charge]] = defaultdict(list)
    for charge in charges:
        if charge.within(span):
            held[charge.account_id, charge.task_id].append(charge.up_to(span.until))
    works: dict[int, list[Work]] = defaultdict(list)
    for (account_id, _task_id), of_task in held.items():
        work = _work(ledger, of_task, span)
        if work is not None:
            works[account_id].append(work)
    found = [
        Official(number, of[0].charge.name, of[0].charge.name_sort, tuple(of)) for number, of in works.items()
    ]
    return sorted(found, key=lambda one: (one.name_sort, one.account_id))


def _work(ledger: Ledger, held: Sequence[Charge], span: Span) -> Work | None:
    """The task as it was judged; None for one that wasn't in the list by then, or was cancelled."""
    charge = max(held, key=lambda one: one.last_day(span))
    day = charge.last_day(span)
    facts = ledger.tasks[charge.task_id].on(day)
    standing = ledger.standing(charge.task_id, day)
    listed = facts.registered_on is None or facts.registered_on <= day
    if not listed or standing.state is TaskState.CANCELLED:
        return None
    due = [one for one in ledger.periods if _owed(ledger, held, one, span)]
    sent = [(one, ledger.first_sent(charge.task_id, one, span.until)) for one in due]
    return Work(
        charge=charge,
        day=day,
        due_on=facts.plan.due_on,
        standing=standing,
        reports_due=len(due),
        reports_received=sum(first is not None for _one, first in sent),
        reports_in_time=sum(first is not None and first <= one.grace_until for one, first in sent),
    )


def _owed(ledger: Ledger, held: Sequence[Charge], period: PeriodFacts, span: Span) -> bool:
    """Whether the person had to send the report: it fell due while the duty was held, and can be late by now."""
    if not (span.since <= period.due_on <= span.until and any(one.holds(period.due_on) for one in held)):
        return False
    task_id = held[0].task_id
    if not ledger.expected(task_id, period, span.until):
        return False
    return ledger.first_sent(task_id, period, span.until) is not None or period.grace_until < span.until

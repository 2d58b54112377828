"""Periods and what a report of one is: when it is due, late, expected. Plain Python; time is a parameter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from pledges.campaigns.rules import Cycle
from pledges.core.dates import format_date, format_month
from pledges.core.refusal import Refused
from pledges.units.rules import alive

SOONEST = timedelta(days=10)
"""A period that its due day comes within so many days is shown as coming."""


class ReportEventKind(StrEnum):
    """What happened to a report."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReportStatus(StrEnum):
    """Tình trạng báo cáo của một phần việc trong một kỳ: computed."""

    NOT_YET_DUE = "not_yet_due"
    DUE = "due"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """How a page colours the status."""
        return _TONES[self]


_LABELS = {
    ReportStatus.NOT_YET_DUE: "Chưa đến hạn",
    ReportStatus.DUE: "Đến hạn",
    ReportStatus.OVERDUE: "Quá hạn, chưa có báo cáo",
    ReportStatus.EXCUSED: "Được miễn báo cáo",
    ReportStatus.SUBMITTED: "Chờ duyệt",
    ReportStatus.RETURNED: "Bị trả lại",
    ReportStatus.ACCEPTED: "Đã duyệt",
}
_TONES = {
    ReportStatus.NOT_YET_DUE: "draft",
    ReportStatus.DUE: "sent",
    ReportStatus.OVERDUE: "back",
    ReportStatus.EXCUSED: "draft",
    ReportStatus.SUBMITTED: "sent",
    ReportStatus.RETURNED: "back",
    ReportStatus.ACCEPTED: "good",
}


class StepRefused(Refused):
    """A step that the report's status does not allow; the message is for the user."""


_ROMAN = ("I", "II", "III", "IV")


def quarter_of(day: date) -> str:
    """The quarter of a day as it is written: "I" to "IV"."""
    return _ROMAN[(day.month - 1) // 3]


def period_label(cycle: Cycle, start_on: date, end_on: date, name: str = "") -> str:
    """A period in words: "tháng 9/2024", "quý III/2024", "tuần 2/9/2024 đến 8/9/2024"; an own one by its name."""
    if cycle is Cycle.MONTHLY:
        return format_month(start_on)
    if cycle is Cycle.QUARTERLY:
        return f"quý {quarter_of(start_on)}/{start_on.year}"
    if cycle is Cycle.WEEKLY:
        return f"tuần {format_date(start_on)} đến {format_date(end_on)}"
    return name


def short_period_label(cycle: Cycle, start_on: date, name: str = "") -> str:
    """A period where the year is plain: "tháng 9", "quý III", "tuần 2/9"; an own one by its name."""
    if cycle is Cycle.MONTHLY:
        return f"tháng {start_on.month}"
    if cycle is Cycle.QUARTERLY:
        return f"quý {quarter_of(start_on)}"
    if cycle is Cycle.WEEKLY:
        return f"tuần {start_on.day}/{start_on.month}"
    return name


def column_label(cycle: Cycle, start_on: date, place: int) -> str:
    """A period at the head of a narrow column: "T9", "QIII", "2/9"; an own one by its place: "K2"."""
    return {
        Cycle.MONTHLY: f"T{start_on.month}",
        Cycle.QUARTERLY: f"Q{quarter_of(start_on)}",
        Cycle.WEEKLY: f"{start_on.day}/{start_on.month}",
        Cycle.OWN: f"K{place}",
    }[cycle]


def expects(
    period_due_on: date,
    *,
    start_on: date,
    registered_on: date | None = None,
    cancelled_on: date | None = None,
    unit_from: date | None = None,
    unit_until: date | None = None,
) -> bool:
    """Whether a task must report for a period, unless it is excused.

    By the due day it has begun, stands in the list (`registered_on`; None: it always did), and isn't cancelled; and
    its unit (which exists from–to, both days included) exists on that day.
    """
    listed = registered_on is None or registered_on <= period_due_on
    goes_on = cancelled_on is None or cancelled_on > period_due_on
    return start_on <= period_due_on and listed and goes_on and alive(unit_from, unit_until, period_due_on)


@dataclass(frozen=True)
class Discipline:
    """Kỷ luật báo cáo of a period: how many reports are expected, came, and came on time; the excused are none of them.

    The rates are exact shares of what is expected; None where nothing is.
    """

    expected: int
    received: int
    on_time: int
    excused: int = 0

    @property
    def rate(self) -> Fraction | None:
        """The share of the expected reports that came."""
        return Fraction(self.received, self.expected) if self.expected else None

    @property
    def rate_on_time(self) -> Fraction | None:
        """The share of the expected reports that came on time."""
        return Fraction(self.on_time, self.expected) if self.expected else None

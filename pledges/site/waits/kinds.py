"""What waits for a person: its kinds from the gravest on, and how a page shows one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from pledges.core.dates import format_date

FIRST = 3
"""So many of a bundle are named."""


class Kind(Enum):
    """Loại việc đang chờ, gravest first: words, tone, and whether it is urgent."""

    LOCKING = ("Sắp khóa", "back", True)
    RETURNED = ("Bị trả lại", "back", True)
    OVERDUE = ("Quá hạn", "back", True)
    EXPLAIN_LATE = ("Quá hạn giải trình", "back", True)
    DECLINED = ("Từ chối ký", "back", True)
    OBSTACLE = ("Chờ quyết định", "back", True)
    FOLLOW_UP_LATE = ("Quá hẹn", "back", True)
    TO_SIGN = ("Chờ đồng chí ký", "sent", True)
    SUBMITTED = ("Trình ký", "sent", True)
    DUE_TODAY = ("Hạn hôm nay", "warn", True)
    TO_EXPLAIN = ("Chờ giải trình", "sent", False)
    TO_REVIEW = ("Duyệt báo cáo", "sent", False)
    TO_APPROVE = ("Duyệt phần việc", "sent", False)
    TO_AMEND = ("Duyệt điều chỉnh", "sent", False)
    EXPLAINED = ("Đã giải trình", "sent", False)
    TO_CALL = ("Cần gọi đôn đốc", "warn", False)
    LOCKED_OUT = ("Đã khóa kỳ", "off", False)
    DATA_LATE = ("Quá hạn trả lời", "back", True)
    DATA_ASKED = ("Yêu cầu dữ liệu cá nhân", "warn", True)
    LOCKED = ("Đang bị khóa", "back", False)
    DUE = ("Đến hạn", "warn", False)
    FOLLOW_UP = ("Việc theo dõi", "warn", False)
    STALE = ("Phải chốt lại", "warn", False)
    TO_PREPARE = ("Chưa có cam kết", "warn", False)
    TO_ADD = ("Chưa có trong cam kết", "warn", False)
    SIGNATURES = ("Chờ chữ ký", "sent", False)
    TO_ISSUE = ("Chờ phát hành", "sent", False)
    DRAFT = ("Bản nháp", "draft", False)

    def __init__(self, label: str, tone: str, hot: bool) -> None:  # noqa: FBT001
        """Read the line: words, the name of its colours, urgency."""
        self.label = label
        self.tone = tone
        self.hot = hot

    @property
    def gravity(self) -> int:
        """0 is the gravest."""
        return list(Kind).index(self)


@dataclass(frozen=True)
class Line:
    """One of several things in a bundle: what it is, where it is done, what else there is to say."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Wait:
    """Something that waits for me: `url` shows it, `action` at `action_url` (or `url`) does it.

    `order` puts waits of one kind in order; `lines` are the first of a bundle, `left` counts those not named;
    `remarks` are pairs of a part and what is to be changed there. `together` leads to where it is done at once with
    others of its kind.
    """

    kind: Kind
    title: str
    url: str
    action: str
    action_url: str = ""
    due: str = ""
    text: str = ""
    reason: str = ""
    remarks: Sequence[tuple[str, str]] = field(default=())
    order: tuple[date, int] = (date.min, 0)
    lines: Sequence[Line] = field(default=())
    left: int = 0
    together: Line | None = None

    @property
    def count(self) -> int:
        """How many things it stands for."""
        return len(self.lines) + self.left or 1


def in_order(waits: Sequence[Wait]) -> list[Wait]:
    """The gravest kind first; within a kind what is due first."""
    return sorted(waits, key=lambda one: (one.kind.gravity, one.order))


def bundle(
    kind: Kind, words: str, lines: Sequence[Line], *, url: str, action: str, order: date = date.min
) -> Iterator[Wait]:
    """One wait for several things of a kind; nothing when there is none."""
    if lines:
        yield Wait(
            kind=kind,
            title=f"{len(lines)} {words}",
            url=url,
            action=action,
            lines=lines[:FIRST],
            left=max(len(lines) - FIRST, 0),
            order=(order, 0),
        )


def days_left(day: date, today: date) -> str:
    """How long it is to a day: "còn 10 ngày"; on the day itself that it is the last."""
    days = (day - today).days
    return f"còn {days} ngày" if days else "hôm nay là ngày cuối"


def until(due_on: date, today: date, grace_until: date | None = None) -> str:
    """How a due day stands to today: "đến hạn 25/10/2024, còn 10 ngày"; in the days of grace it says until when."""
    days = (due_on - today).days
    if days >= 0:
        return f"đến hạn {format_date(due_on)}, {days_left(due_on, today)}"
    if grace_until is not None and today <= grace_until:
        return f"hạn {format_date(due_on)}, gia hạn đến {format_date(grace_until)}, {days_left(grace_until, today)}"
    return f"hạn {format_date(due_on)}, quá {-days} ngày"


def since(day: date, today: date) -> str:
    """For how long something has waited: "22/9/2024, đã 23 ngày"."""
    days = (today - day).days
    return f"{format_date(day)}, đã {days} ngày" if days else "hôm nay"

"""The way of a task into the campaign, folded from its events, and what a task must say."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pledges.core.dates import format_date
from pledges.core.refusal import Refused

_WHOLE: Final = Decimal(100)


class TaskEventKind(StrEnum):
    """What happened to a task."""

    DRAFTED = "drafted"
    EDITED = "edited"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    COMMITTED = "committed"
    RELEASED = "released"
    AMENDED = "amended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The event in the words of the timeline."""
        return _EVENTS[self][0]

    @property
    def tone(self) -> str:
        """How the timeline colours the event."""
        return _EVENTS[self][1]


_EVENTS = {
    TaskEventKind.DRAFTED: ("Lập phần việc", "draft"),
    TaskEventKind.EDITED: ("Sửa nội dung", "draft"),
    TaskEventKind.SUBMITTED: ("Gửi duyệt", "sent"),
    TaskEventKind.RETURNED: ("Trả lại", "back"),
    TaskEventKind.APPROVED: ("Duyệt vào danh mục", "good"),
    TaskEventKind.COMMITTED: ("Đưa vào bản cam kết đã ký", "good"),
    TaskEventKind.RELEASED: ("Bản cam kết trở lại chờ ký", "draft"),
    TaskEventKind.AMENDED: ("Duyệt điều chỉnh, chờ ký lại cam kết", "sent"),
    TaskEventKind.CANCELLED: ("Hủy phần việc", "off"),
}


class TaskStatus(StrEnum):
    """Where a task stands on its way; whether it is late is computed, never typed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    COMMITTED = "committed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """How a page colours the status."""
        return _TONES[self]


_LABELS = {
    TaskStatus.DRAFT: "Bản nháp",
    TaskStatus.SUBMITTED: "Chờ duyệt",
    TaskStatus.RETURNED: "Bị trả lại",
    TaskStatus.APPROVED: "Đã duyệt",
    TaskStatus.COMMITTED: "Đã ký cam kết",
    TaskStatus.CANCELLED: "Đã hủy",
}
_TONES = {
    TaskStatus.DRAFT: "draft",
    TaskStatus.SUBMITTED: "sent",
    TaskStatus.RETURNED: "back",
    TaskStatus.APPROVED: "good",
    TaskStatus.COMMITTED: "good",
    TaskStatus.CANCELLED: "off",
}

MOVES: dict[TaskStatus, dict[TaskEventKind, TaskStatus]] = {
    TaskStatus.DRAFT: {
        TaskEventKind.SUBMITTED: TaskStatus.SUBMITTED,
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.SUBMITTED: {
        TaskEventKind.RETURNED: TaskStatus.RETURNED,
        TaskEventKind.APPROVED: TaskStatus.APPROVED,
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.RETURNED: {
        TaskEventKind.SUBMITTED: TaskStatus.SUBMITTED,
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.APPROVED: {
        TaskEventKind.COMMITTED: TaskStatus.COMMITTED,
        TaskEventKind.AMENDED: TaskStatus.APPROVED,
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.COMMITTED: {
        TaskEventKind.RELEASED: TaskStatus.APPROVED,
        TaskEventKind.AMENDED: TaskStatus.APPROVED,
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.CANCELLED: {},
}

CONTENT = frozenset({TaskEventKind.DRAFTED, TaskEventKind.EDITED})
"""Events that change what a task says, and not where it stands."""

AUTHORING = CONTENT | {TaskEventKind.SUBMITTED}
"""Events whose people stand behind what a task says: they do not decide on it."""

EDITABLE = frozenset({TaskStatus.DRAFT, TaskStatus.RETURNED})
"""Statuses in which the unit may change what it registers."""

REGISTERED = frozenset({TaskStatus.APPROVED, TaskStatus.COMMITTED})
"""Statuses of tasks that stand in the campaign's list."""


class StepRefused(Refused):
    """A step that the task's status does not allow; the message is for the user."""


def after(status: TaskStatus, kind: TaskEventKind) -> TaskStatus:
    """The status after an event; raises `StepRefused` when it can't happen now."""
    try:
        return MOVES[status][kind]
    except KeyError:
        raise StepRefused(
            f"Phần việc đang ở bước “{status.label.lower()}” nên không thực hiện được việc này."
        ) from None


def fold(kinds: Iterable[TaskEventKind]) -> TaskStatus:
    """The status that the events, in their order, lead to; a task begins as a draft."""
    status = TaskStatus.DRAFT
    for kind in kinds:
        if kind not in CONTENT:
            status = after(status, kind)
    return status


class TaskPart(StrEnum):
    """Mục của phiếu đăng ký: a part of a registration that a leader can remark on."""

    TITLE = "title"
    PRODUCT = "product"
    LEAD_UNIT = "lead_unit"
    COOPERATING = "cooperating"
    DATES = "dates"
    INDICATORS = "indicators"
    FUNDING = "funding"
    MOVEMENT = "movement"

    @property
    def label(self) -> str:
        """The part in the words of the form."""
        return _PARTS[self]


_PARTS = {
    TaskPart.TITLE: "Tên phần việc",
    TaskPart.PRODUCT: "Sản phẩm",
    TaskPart.LEAD_UNIT: "Đơn vị chủ trì",
    TaskPart.COOPERATING: "Đơn vị phối hợp",
    TaskPart.DATES: "Thời gian",
    TaskPart.INDICATORS: "Chỉ tiêu",
    TaskPart.FUNDING: "Kinh phí",
    TaskPart.MOVEMENT: "Cuộc vận động",
}


class Direction(StrEnum):
    """Which way an indicator should go: up (≥ target) or down (≤ target)."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        """The direction in words."""
        return {
            Direction.UP: "Tăng lên (đạt từ chỉ tiêu trở lên)",
            Direction.DOWN: "Giảm xuống (không vượt chỉ tiêu)",
        }[self]


class Counting(StrEnum):
    """Cách ghi số liệu mỗi kỳ: what a figure of one period says."""

    ADDED = "added"
    LEVEL = "level"

    @property
    def label(self) -> str:
        """The way in words."""
        return {Counting.ADDED: "Số thêm trong kỳ (cộng dồn)", Counting.LEVEL: "Mức đạt đến cuối kỳ"}[self]

    @property
    def accumulates(self) -> bool:
        """Whether the figures of the periods add up."""
        return self is Counting.ADDED


def is_percent(measure: str) -> bool:
    """Whether a measure is a share: "% hồ sơ"."""
    return measure.startswith("%")


def is_line_to_hold(baseline: Decimal, target: Decimal) -> bool:
    """Whether the target is where the indicator stands already: to be asked about, since it asks for no progress."""
    return baseline == target


def is_over_the_whole(measure: str, *values: Decimal) -> bool:
    """Whether a share lies over 100%: to be asked about, since only some shares can ("110% dự toán")."""
    return is_percent(measure) and any(value > _WHOLE for value in values)


def target_problem(
    *, direction: Direction, baseline: Decimal, target: Decimal, measure: str, accumulates: bool
) -> str | None:
    """Why baseline and target don't go together, in words; None when they do."""
    if direction is Direction.UP and target < baseline:
        return "Chỉ tiêu thấp hơn hiện trạng; nếu phải giảm, đồng chí chọn chiều “giảm xuống”."
    if direction is Direction.DOWN and target > baseline:
        return "Chỉ tiêu cao hơn hiện trạng; nếu phải tăng, đồng chí chọn chiều “tăng lên”."
    if is_percent(measure) and accumulates:
        return "Tỷ lệ phần trăm là mức đạt đến cuối kỳ, không cộng dồn từng kỳ."
    return None


def date_problems(
    *, start_on: date | None, due_on: date | None, campaign_starts_on: date, campaign_ends_on: date
) -> dict[str, str]:
    """Why the dates of a task don't fit into its campaign, in words by field; None is what could not be read."""
    found = {}
    if start_on is not None and start_on < campaign_starts_on:
        found["start_on"] = f"Trước ngày bắt đầu phong trào ({format_date(campaign_starts_on)})."
    if due_on is not None and due_on > campaign_ends_on:
        found["due_on"] = f"Sau ngày kết thúc phong trào ({format_date(campaign_ends_on)})."
    return found


def order_problem(start_on: date | None, due_on: date | None) -> str | None:
    """Why the two dates don't follow each other, in words; None when they do, or when one could not be read."""
    if start_on is None or due_on is None or due_on > start_on:
        return None
    return "Thời hạn hoàn thành phải sau ngày bắt đầu."


def funding_problem(amount: Decimal | None) -> str | None:
    """Why a task can't have this funding, in words; None when it can."""
    return "Kinh phí không âm được." if amount is not None and amount < 0 else None


def funding_doubtful(amount: Decimal | None) -> bool:
    """Whether it looks like đồng and not like million đồng: no ward's task costs 100 tỷ, no sum in đồng is smaller."""
    return amount is not None and amount >= Decimal(100_000)


def editing_problem(status: TaskStatus) -> str | None:
    """Why what a task says can't be changed any more, in words; None when it can."""
    if status in EDITABLE:
        return None
    return f"Phần việc đang ở bước “{status.label.lower()}” nên không sửa được nữa."


def content_problems(*, product: str, indicators: int) -> dict[str, str]:
    """What a draft still lacks before leaders can decide on it, in words by field; empty when nothing."""
    found = {}
    if not product:
        found["product"] = "Chưa có sản phẩm: làm xong thì có gì để đếm, để nghiệm thu?"
    if not indicators:
        found["indicators"] = "Cần ít nhất một chỉ tiêu đo được, có số và đơn vị tính."
    return found


def unit_problem(name: str, *, alive_at_start: bool, alive_at_end: bool) -> str | None:
    """Why a unit can't carry the task through, in words; None when it exists on both days."""
    if not alive_at_start:
        return f"{name} chưa có hoặc không còn vào ngày bắt đầu phần việc."
    if not alive_at_end:
        return f"{name} không còn hoạt động vào ngày hoàn thành phần việc."
    return None

"""The way of a task into the campaign, folded from its events, and what a task must say."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pledges.core.refusal import Refused


class TaskEventKind(StrEnum):
    """What happened to a task."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    COMMITTED = "committed"
    CANCELLED = "cancelled"


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
        TaskEventKind.CANCELLED: TaskStatus.CANCELLED,
    },
    TaskStatus.COMMITTED: {TaskEventKind.CANCELLED: TaskStatus.CANCELLED},
    TaskStatus.CANCELLED: {},
}

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
        raise StepRefused(f"Phần việc đang ở bước “{status.label.lower()}” nên không thực hiện được việc này.") from None


def fold(kinds: Iterable[TaskEventKind]) -> TaskStatus:
    """The status that the events, in their order, lead to; a task begins as a draft."""
    status = TaskStatus.DRAFT
    for kind in kinds:
        if kind is not TaskEventKind.DRAFTED:
            status = after(status, kind)
    return status


class Direction(StrEnum):
    """Which way an indicator should go: up (≥ target) or down (≤ target)."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        """The direction in words."""
        return {Direction.UP: "Tăng lên (đạt từ chỉ tiêu trở lên)", Direction.DOWN: "Giảm xuống (không vượt chỉ tiêu)"}[
            self
        ]


def target_problem(
    *, direction: Direction, baseline: Decimal, target: Decimal, measure: str, accumulates: bool
) -> str | None:
    """Why baseline and target don't go together, in words; None when they do."""
    if direction is Direction.UP and target < baseline:
        return "Chỉ tiêu thấp hơn hiện trạng; nếu phải giảm, đồng chí chọn chiều “giảm xuống”."
    if direction is Direction.DOWN and target > baseline:
        return "Chỉ tiêu cao hơn hiện trạng; nếu phải tăng, đồng chí chọn chiều “tăng lên”."
    if measure.startswith("%") and accumulates:
        return "Tỷ lệ phần trăm là mức đạt đến cuối kỳ, không cộng dồn từng kỳ."
    return None


def dates_problem(start_on: date, due_on: date, campaign_starts_on: date, campaign_ends_on: date) -> str | None:
    """Why the dates of a task don't fit, in words; None when they do."""
    if due_on <= start_on:
        return "Thời hạn hoàn thành phải sau ngày bắt đầu."
    if start_on < campaign_starts_on:
        return f"Ngày bắt đầu trước khi phong trào bắt đầu ({campaign_starts_on:%d/%m/%Y})."
    if due_on > campaign_ends_on:
        return f"Thời hạn sau ngày kết thúc phong trào ({campaign_ends_on:%d/%m/%Y})."
    return None

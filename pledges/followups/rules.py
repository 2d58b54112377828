"""Where a follow-up comes from and how it ends. Plain Python."""

from datetime import date
from enum import StrEnum

from pledges.core.dates import format_date
from pledges.core.refusal import Refused


class FollowUpSource(StrEnum):
    """Nguồn của việc cần theo dõi."""

    MEETING = "meeting"
    OBSTACLE = "obstacle"
    CALL = "call"
    OWN = "own"

    @property
    def label(self) -> str:
        """The source in the office's words."""
        return {
            FollowUpSource.MEETING: "Kết luận cuộc họp",
            FollowUpSource.OBSTACLE: "Quyết định về vướng mắc",
            FollowUpSource.CALL: "Hẹn khi gọi đôn đốc",
            FollowUpSource.OWN: "Việc tự ghi",
        }[self]


class FollowUpEnd(StrEnum):
    """Việc cần theo dõi kết thúc ra sao."""

    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The end in the office's words."""
        return {FollowUpEnd.DONE: "Đã xong", FollowUpEnd.DROPPED: "Không làm nữa"}[self]


def check_text(text: str) -> None:
    """Refuse a follow-up that says nothing."""
    if not text.strip():
        raise Refused("Ghi việc phải làm.")


def check_place(*, own_task: bool, own_unit: bool) -> None:
    """Refuse a task of another campaign, and a unit outside the campaign's area."""
    if not own_task:
        raise Refused("Phần việc này thuộc phong trào khác.")
    if not own_unit:
        raise Refused("Đơn vị này không thuộc phạm vi phong trào.")


def check_day(due_on: date | None, decided_on: date | None) -> None:
    """Refuse a day before the one on which it was decided; None is not asked about."""
    if due_on is not None and decided_on is not None and due_on < decided_on:
        raise Refused(f"Hạn phải từ ngày ghi việc ({format_date(decided_on)}) trở đi.")


def check_meeting(source: FollowUpSource, *, given: bool, same_campaign: bool, closed: bool) -> None:
    """Refuse a decision without its meeting, of another campaign's, or of one that has ended."""
    if (source is FollowUpSource.MEETING) != given:
        raise Refused("Kết luận cuộc họp phải ghi ở trang của cuộc họp.")
    if not same_campaign:
        raise Refused("Cuộc họp này thuộc phong trào khác.")
    if closed:
        raise Refused("Cuộc họp đã kết thúc; việc mới ghi ở trang việc cần theo dõi.")


def check_call(source: FollowUpSource, *, unit: bool, spoke_to: str) -> None:
    """Refuse a call of which nobody knows whom it reached."""
    if source is FollowUpSource.CALL and not (unit and spoke_to.strip()):
        raise Refused("Ghi rõ đơn vị và người đã nghe máy.")


def check_open(ended_as: FollowUpEnd | None) -> None:
    """Refuse to touch what has ended."""
    if ended_as is not None:
        raise Refused(f"Việc này đã kết thúc: {ended_as.label.lower()}.")


def check_end(how: FollowUpEnd, outcome: str) -> None:
    """Refuse to drop something without saying why."""
    if how is FollowUpEnd.DROPPED and not outcome.strip():
        raise Refused("Ghi lý do không làm nữa.")


def check_meeting_day(held_on: date, starts_on: date) -> None:
    """Refuse a meeting before its campaign began."""
    if held_on < starts_on:
        raise Refused(f"Ngày họp phải từ ngày bắt đầu phong trào ({format_date(starts_on)}) trở đi.")


def check_meeting_open(*, closed: bool) -> None:
    """Refuse to change a meeting that has ended."""
    if closed:
        raise Refused("Cuộc họp đã kết thúc.")


class Standing(StrEnum):
    """Tình trạng của việc cần theo dõi on a day."""

    OVERDUE = "qua-han"
    OPEN = "dang-lam"
    DONE = "da-xong"
    DROPPED = "khong-lam"

    @property
    def label(self) -> str:
        """The standing in the office's words."""
        return {
            Standing.OVERDUE: "Quá hạn",
            Standing.OPEN: "Đang theo dõi",
            Standing.DONE: "Đã xong",
            Standing.DROPPED: "Không làm nữa",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return {
            Standing.OVERDUE: "back",
            Standing.OPEN: "sent",
            Standing.DONE: "good",
            Standing.DROPPED: "off",
        }[self]


def standing_of(due_on: date | None, ended_as: FollowUpEnd | None, on: date) -> Standing:
    """How a follow-up stands on the day."""
    if ended_as is not None:
        return Standing.DONE if ended_as is FollowUpEnd.DONE else Standing.DROPPED
    return Standing.OVERDUE if due_on is not None and due_on < on else Standing.OPEN

"""The way of a campaign: its kinds, its steps, and when units may still register.

Source: Luật Thi đua, khen thưởng 06/2022/QH15, Điều 16-17; the steps are practice.
"""

from enum import StrEnum

from pledges.core.refusal import Refused


class CampaignKind(StrEnum):
    """Hình thức tổ chức phong trào thi đua (Luật 06/2022/QH15, Điều 16)."""

    REGULAR = "regular"
    THEMATIC = "thematic"

    @property
    def label(self) -> str:
        """The kind in the law's words."""
        return {CampaignKind.REGULAR: "Thường xuyên", CampaignKind.THEMATIC: "Theo chuyên đề"}[self]


class Cycle(StrEnum):
    """Chu kỳ báo cáo: how often the units of a campaign report."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    OWN = "own"

    @property
    def label(self) -> str:
        """The cycle in the office's words."""
        return {
            Cycle.WEEKLY: "Hằng tuần",
            Cycle.MONTHLY: "Hằng tháng",
            Cycle.QUARTERLY: "Hằng quý",
            Cycle.OWN: "Theo các kỳ tự đặt",
        }[self]


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
"""The days of a week; Monday is the first (1)."""


def weekday_label(number: int) -> str:
    """A day of the week, by its number from 1 on."""
    return WEEKDAYS[number - 1]


def asking_words(cycle: Cycle, due_day: int, weekday: int) -> str:
    """By when reports are asked for: "ngày 25 hằng tháng", "Thứ Sáu hằng tuần"."""
    return {
        Cycle.WEEKLY: f"{weekday_label(weekday)} hằng tuần",
        Cycle.MONTHLY: f"ngày {due_day} hằng tháng",
        Cycle.QUARTERLY: f"ngày {due_day} tháng cuối quý",
        Cycle.OWN: "hạn của từng kỳ",
    }[cycle]


class CampaignStatus(StrEnum):
    """Bước của phong trào; each step is an act of a named person, on a date, in the log."""

    DRAFT = "draft"
    LAUNCHED = "launched"
    REGISTERING = "registering"
    LIST_CLOSED = "list_closed"
    RUNNING = "running"
    INTERIM_REVIEW = "interim_review"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"

    @property
    def label(self) -> str:
        """The step in the office's words."""
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """What follows from the step, said before it is taken."""
        return _MEANINGS.get(self, "")

    @property
    def tone(self) -> str:
        """How a page colours the step."""
        return "good" if self in OPEN else "draft" if self is CampaignStatus.DRAFT else "off"


_LABELS = {
    CampaignStatus.DRAFT: "Đang chuẩn bị",
    CampaignStatus.LAUNCHED: "Đã phát động",
    CampaignStatus.REGISTERING: "Đang nhận đăng ký",
    CampaignStatus.LIST_CLOSED: "Đã chốt danh mục",
    CampaignStatus.RUNNING: "Đang thực hiện",
    CampaignStatus.INTERIM_REVIEW: "Đang sơ kết",
    CampaignStatus.CONCLUDED: "Đã tổng kết",
    CampaignStatus.ARCHIVED: "Đã lưu trữ",
}

_MEANINGS = {
    CampaignStatus.LAUNCHED: "Phong trào được công bố với các đơn vị; các kỳ báo cáo được lập.",
    CampaignStatus.REGISTERING: "Các đơn vị đăng ký phần việc vào danh mục.",
    CampaignStatus.LIST_CLOSED: "Danh mục được chốt; phần việc đăng ký sau đó là đăng ký bổ sung.",
    CampaignStatus.RUNNING: "Các đơn vị thực hiện và báo cáo tiến độ theo kỳ.",
    CampaignStatus.INTERIM_REVIEW: "Đơn vị tổ chức sơ kết; việc thực hiện và báo cáo vẫn tiếp tục.",
    CampaignStatus.CONCLUDED: "Phong trào được tổng kết; không nhận đăng ký phần việc nữa.",
    CampaignStatus.ARCHIVED: "Hồ sơ được lưu trữ; không chuyển bước nữa.",
}

OPEN = frozenset(
    {
        CampaignStatus.LAUNCHED,
        CampaignStatus.REGISTERING,
        CampaignStatus.LIST_CLOSED,
        CampaignStatus.RUNNING,
        CampaignStatus.INTERIM_REVIEW,
    }
)
"""Steps in which the campaign's work goes on."""

MOVES: dict[CampaignStatus, tuple[CampaignStatus, ...]] = {
    CampaignStatus.DRAFT: (CampaignStatus.LAUNCHED,),
    CampaignStatus.LAUNCHED: (CampaignStatus.REGISTERING,),
    CampaignStatus.REGISTERING: (CampaignStatus.LIST_CLOSED,),
    CampaignStatus.LIST_CLOSED: (CampaignStatus.RUNNING, CampaignStatus.REGISTERING),
    CampaignStatus.RUNNING: (CampaignStatus.INTERIM_REVIEW, CampaignStatus.CONCLUDED),
    CampaignStatus.INTERIM_REVIEW: (CampaignStatus.RUNNING, CampaignStatus.CONCLUDED),
    CampaignStatus.CONCLUDED: (CampaignStatus.ARCHIVED,),
    CampaignStatus.ARCHIVED: (),
}


class MoveRefused(Refused):
    """A step that does not follow the present one; the message is for the user."""


def check_move(now: CampaignStatus, to: CampaignStatus) -> None:
    """Accept the step or raise `MoveRefused`."""
    if to not in MOVES[now]:
        raise MoveRefused(
            f"Phong trào “{now.label.lower()}” không chuyển thẳng sang “{to.label.lower()}” được."
        )


def works_on(status: CampaignStatus) -> bool:
    """Whether reports, commitments and the campaign's own facts may still change: until it is concluded."""
    return status in OPEN or status is CampaignStatus.DRAFT


def check_works(status: CampaignStatus) -> None:
    """Accept a change within a campaign or raise `MoveRefused`."""
    if not works_on(status):
        raise MoveRefused(f"Phong trào {status.label.lower()} nên không sửa, gửi hay duyệt được nữa.")


def takes_tasks(status: CampaignStatus) -> bool:
    """Whether units may register tasks: before the launch too, and later as a supplement, until it is concluded."""
    return works_on(status)


def takes_late_tasks_only(status: CampaignStatus) -> bool:
    """Whether the list is closed, so that a registration is a supplement (đăng ký bổ sung)."""
    return status in {CampaignStatus.LIST_CLOSED, CampaignStatus.RUNNING, CampaignStatus.INTERIM_REVIEW}

"""The way of an amendment: proposed, then returned, approved or withdrawn; and the kinds of what it changes."""

from datetime import date
from decimal import Decimal
from enum import StrEnum


class AmendmentStatus(StrEnum):
    """Where a proposed amendment stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return {
            AmendmentStatus.PROPOSED: "Đề nghị điều chỉnh, chờ duyệt",
            AmendmentStatus.RETURNED: "Không đồng ý điều chỉnh",
            AmendmentStatus.APPROVED: "Đã duyệt điều chỉnh",
            AmendmentStatus.WITHDRAWN: "Đã rút đề nghị",
        }[self]

    @property
    def tone(self) -> str:
        """How a page colours the status."""
        return {
            AmendmentStatus.PROPOSED: "sent",
            AmendmentStatus.RETURNED: "back",
            AmendmentStatus.APPROVED: "good",
            AmendmentStatus.WITHDRAWN: "off",
        }[self]


class ChangeKind(StrEnum):
    """Loại điều chỉnh: what becomes of a pledge; whether a target is raised or lowered goes by what it demands."""

    ADDED = "added"
    DROPPED = "dropped"
    RAISED = "raised"
    LOWERED = "lowered"
    PUSHED_OUT = "pushed_out"
    BROUGHT_FORWARD = "brought_forward"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return _KINDS[self][0]

    @property
    def sign(self) -> str:
        """The sign beside the words, so that colour alone says nothing."""
        return _KINDS[self][1]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return _KINDS[self][2]


_KINDS = {
    ChangeKind.ADDED: ("Thêm", "+", "good"),
    ChangeKind.DROPPED: ("Bỏ", "−", "back"),
    ChangeKind.RAISED: ("Nâng yêu cầu", "↑", "good"),
    ChangeKind.LOWERED: ("Hạ yêu cầu", "↓", "back"),
    ChangeKind.PUSHED_OUT: ("Lùi ngày", "»", "warn"),
    ChangeKind.BROUGHT_FORWARD: ("Sớm hơn", "«", "sent"),
    ChangeKind.REWORDED: ("Sửa nội dung", "~", "draft"),
}


def kind_of_value(before: Decimal, after: Decimal, *, falls: bool) -> ChangeKind:
    """What becomes of a value that should be reached: where it should fall, less demands more."""
    return ChangeKind.RAISED if (after > before) is not falls else ChangeKind.LOWERED


def kind_of_day(before: date, after: date) -> ChangeKind:
    """What becomes of a day."""
    return ChangeKind.PUSHED_OUT if after > before else ChangeKind.BROUGHT_FORWARD


def removal_problem(label: str) -> str:
    """Why an indicator with figures is not dropped, and what to do instead."""
    return (
        f"Chỉ tiêu “{label}” đã có số liệu báo cáo nên không bỏ được: đồng chí giữ chỉ tiêu này và hạ mức phải đạt, "
        "hoặc đề nghị bỏ cả phần việc."
    )


def meaning_problem(label: str) -> str:
    """Why the measure of an indicator with figures stays, and what to do instead."""
    return (
        f"Chỉ tiêu “{label}” đã có số liệu báo cáo nên không đổi được đơn vị tính, chiều và cách ghi mỗi kỳ: "
        "số đã báo cáo sẽ mang nghĩa khác. Đồng chí thêm chỉ tiêu mới nếu cần đo khác đi."
    )


UNCHANGED = "Nội dung chưa có gì khác với phần việc hiện nay; đồng chí sửa chỗ cần điều chỉnh rồi xem lại."
STALE = (
    "Phần việc đã thay đổi sau khi đơn vị đề nghị nên không duyệt được nữa; đồng chí không đồng ý kèm lý do "
    "để đơn vị đề nghị lại theo nội dung hiện nay."
)
ALREADY = "Phần việc đang có một đề nghị điều chỉnh chờ duyệt; mỗi lúc chỉ có một đề nghị."


def ended_words(status: AmendmentStatus) -> str:
    """Why nothing more is decided on an amendment."""
    return f"Đề nghị này đã kết thúc: {status.label.lower()}."

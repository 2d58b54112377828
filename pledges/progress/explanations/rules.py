"""The way of an explanation request: asked, answered in writing, taken or withdrawn. Plain Python."""

from datetime import date
from enum import StrEnum

from pledges.core.refusal import Refused


class ExplanationRefused(Refused):
    """A step that the request does not allow any more; the message is for the user."""


class ExplanationStatus(StrEnum):
    """Tình trạng của một yêu cầu giải trình: computed."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The status in the office's words."""
        return _FACES[self][0]

    @property
    def tone(self) -> str:
        """How a page colours it."""
        return _FACES[self][1]


_FACES = {
    ExplanationStatus.WAITING: ("Chờ đơn vị giải trình", "sent"),
    ExplanationStatus.OVERDUE: ("Quá hạn, chưa giải trình", "back"),
    ExplanationStatus.ANSWERED: ("Đã giải trình, chờ lãnh đạo nhận", "sent"),
    ExplanationStatus.TAKEN: ("Đã nhận giải trình", "good"),
    ExplanationStatus.WITHDRAWN: ("Đã rút yêu cầu", "off"),
}


def status_of(*, answer_by: date, answered: bool, closed: bool, day: date) -> ExplanationStatus:
    """Where the request stands on the day: an answer is in time until the end of the day by which it is asked."""
    if closed:
        return ExplanationStatus.TAKEN if answered else ExplanationStatus.WITHDRAWN
    if answered:
        return ExplanationStatus.ANSWERED
    return ExplanationStatus.OVERDUE if day > answer_by else ExplanationStatus.WAITING


def check_answer_by(answer_by: date, today: date) -> None:
    """Accept a day by which to answer, or raise `ExplanationRefused`."""
    if answer_by < today:
        raise ExplanationRefused("Ngày phải trả lời không thể ở trước hôm nay.")


def check_answerable(*, answered_by: str, closed_by: str) -> None:
    """Accept an answer, or raise `ExplanationRefused`: each request is answered once."""
    if closed_by:
        raise ExplanationRefused(f"{closed_by} đã kết thúc yêu cầu này nên không cần giải trình nữa.")
    if answered_by:
        raise ExplanationRefused(f"{answered_by} đã gửi giải trình cho yêu cầu này.")


def check_closable(*, answered: bool, closed_by: str, note: str) -> None:
    """Accept its end, or raise `ExplanationRefused`: without an answer the note says why it is withdrawn."""
    if closed_by:
        raise ExplanationRefused(f"{closed_by} đã kết thúc yêu cầu này.")
    if not answered and not note:
        raise ExplanationRefused("Đơn vị chưa giải trình: đồng chí ghi vì sao rút yêu cầu.")

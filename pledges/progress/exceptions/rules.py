"""What an exception from a period allows. Plain Python."""

from datetime import date
from enum import StrEnum
from typing import Protocol


class ExceptionKind(StrEnum):
    """Ngoại lệ của một kỳ báo cáo."""

    UNLOCKED = "unlocked"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        """The exception in the office's words."""
        return {
            ExceptionKind.UNLOCKED: "Cho báo cáo sau khi khóa",
            ExceptionKind.EXCUSED: "Miễn báo cáo",
        }[self]


class Lockable(Protocol):
    """A period, which may lock."""

    @property
    def locks_after(self) -> date | None:
        """The last day on which everybody may report; None for always."""


def locked(period: Lockable, day: date, until: date | None = None) -> bool:
    """Whether nobody may report on the period on the day; `until` is the last day of an exception."""
    if period.locks_after is None or day <= period.locks_after:
        return False
    return until is None or day > until


def wrong_until(until: date | None, period: Lockable, today: date) -> str:
    """What is wrong with the last day of an exception from the lock, in words; "" for nothing."""
    if period.locks_after is None:
        return "Kỳ này không khóa nên không cần ngoại lệ."
    if until is None:
        return "Nhập ngày cuối cùng được báo cáo."
    if until < today:
        return "Ngày này đã qua."
    if until <= period.locks_after:
        return "Đến ngày này kỳ chưa khóa nên không cần ngoại lệ."
    return ""

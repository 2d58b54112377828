"""What an exception from a period allows. Plain Python."""

from enum import StrEnum


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

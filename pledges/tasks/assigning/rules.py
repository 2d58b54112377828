"""The duties that a person can have in a task. Plain Python."""

from enum import StrEnum


class Duty(StrEnum):
    """Phân công: what somebody does for a task."""

    RESPONSIBLE = "responsible"
    SUPERVISING = "supervising"

    @property
    def label(self) -> str:
        """The duty in the office's words."""
        return {Duty.RESPONSIBLE: "Người phụ trách", Duty.SUPERVISING: "Lãnh đạo theo dõi"}[self]

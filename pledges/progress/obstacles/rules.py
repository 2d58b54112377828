"""What a leader can decide on an obstacle. Plain Python."""

from enum import StrEnum


class Decision(StrEnum):
    """Quyết định về vướng mắc."""

    HELP = "help"
    EXTEND = "extend"
    REASSIGN = "reassign"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """The decision in the office's words."""
        return {
            Decision.HELP: "Hỗ trợ",
            Decision.EXTEND: "Gia hạn",
            Decision.REASSIGN: "Giao đơn vị khác",
            Decision.REFUSE: "Không chấp thuận",
        }[self]

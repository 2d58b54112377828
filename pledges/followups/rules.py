"""Where a follow-up comes from and how it ends. Plain Python."""

from enum import StrEnum


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

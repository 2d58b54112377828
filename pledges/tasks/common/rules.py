"""What a common task may be. Plain Python."""

from pledges.core.refusal import Refused
from pledges.tasks.rules import TaskStatus

GROUPED = frozenset({TaskStatus.SUBMITTED, TaskStatus.APPROVED, TaskStatus.COMMITTED})
"""Tasks that can be put into a common task: those that leaders have seen and nobody cancelled."""

NAME_TAKEN = "Phong trào đã có phần việc chung tên này."
NOTHING = "Chưa đánh dấu phần việc nào."
MOVED = "Có phần việc vừa được người khác gắn hoặc tách; đồng chí xem lại danh sách rồi bấm lại."


def check_free(*, taken: bool) -> None:
    """Refuse a name that another common task of the campaign has."""
    if taken:
        raise Refused(NAME_TAKEN)


def check_all(wanted: int, done: int) -> None:
    """Refuse a step with several tasks that no longer fits all of them."""
    if not wanted:
        raise Refused(NOTHING)
    if done < wanted:
        raise Refused(MOVED)

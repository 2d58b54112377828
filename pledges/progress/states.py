"""The eleven states of a task, with the word, the sign and the line of the rule that gives each.

Source: DOMAIN, "State of a task": the first line that fits decides.
"""

from enum import StrEnum


class TaskState(StrEnum):
    """Tình trạng phần việc: computed for a day, never typed."""

    CANCELLED = "cancelled"
    EXCEEDED = "exceeded"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    NOT_STARTED = "not_started"
    SILENT = "silent"
    NOT_MEASURABLE = "not_measurable"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"

    @property
    def label(self) -> str:
        """The state in words."""
        return _FACES[self][0]

    @property
    def sign(self) -> str:
        """The sign that tells the state without colour."""
        return _FACES[self][1]

    @property
    def tone(self) -> str:
        """The style class of the state."""
        return _FACES[self][2]

    @property
    def rule(self) -> str:
        """The line of the rules that gives the state, for "vì sao?"."""
        return _RULES[self]

    @property
    def gravity(self) -> int:
        """How much the state asks for a leader's attention: 0 is the gravest."""
        return GRAVITY.index(self)


_FACES = {
    TaskState.EXCEEDED: ("Vượt chỉ tiêu", "★", "xs"),
    TaskState.DONE: ("Hoàn thành", "✓", "dn"),
    TaskState.DONE_LATE: ("Hoàn thành muộn", "✓", "dl"),
    TaskState.ON_TRACK: ("Đúng tiến độ", "●", "ok"),
    TaskState.AT_RISK: ("Có nguy cơ", "▲", "rk"),
    TaskState.BEHIND: ("Chậm", "▼", "bh"),
    TaskState.OVERDUE: ("Quá hạn", "■", "od"),
    TaskState.SILENT: ("Không báo cáo", "○", "sl"),
    TaskState.NOT_STARTED: ("Chưa bắt đầu", "–", "ns"),
    TaskState.NOT_MEASURABLE: ("Chưa đo được", "?", "nm"),
    TaskState.CANCELLED: ("Đã hủy", "×", "cx"),
}

_RULES = {
    TaskState.CANCELLED: "Dòng 1: phần việc đã hủy theo quyết định.",
    TaskState.EXCEEDED: "Dòng 2: mọi chỉ tiêu đã đạt trong hạn, có chỉ tiêu vượt.",
    TaskState.DONE: "Dòng 2: mọi chỉ tiêu đã đạt trong hạn.",
    TaskState.DONE_LATE: "Dòng 2: mọi chỉ tiêu đã đạt, nhưng chỉ tiêu cuối cùng đạt sau hạn.",
    TaskState.OVERDUE: "Dòng 3: đã qua thời hạn mà còn chỉ tiêu chưa đạt.",
    TaskState.NOT_STARTED: "Dòng 4: chưa đến ngày bắt đầu.",
    TaskState.SILENT: "Dòng 5: hai kỳ đến hạn gần nhất không có báo cáo.",
    TaskState.NOT_MEASURABLE: "Dòng 6: chưa có chỉ tiêu nào đến ngày đo được.",
    TaskState.BEHIND: "Dòng 7: tiến độ dưới 0,70 lần kế hoạch đến ngày xem.",
    TaskState.AT_RISK: "Dòng 7: tiến độ từ 0,70 đến dưới 0,90 lần kế hoạch đến ngày xem.",
    TaskState.ON_TRACK: "Dòng 7: tiến độ từ 0,90 lần kế hoạch đến ngày xem trở lên.",
}

GRAVITY = (
    TaskState.OVERDUE,
    TaskState.BEHIND,
    TaskState.SILENT,
    TaskState.AT_RISK,
    TaskState.NOT_MEASURABLE,
    TaskState.ON_TRACK,
    TaskState.NOT_STARTED,
    TaskState.DONE_LATE,
    TaskState.DONE,
    TaskState.EXCEEDED,
    TaskState.CANCELLED,
)
"""The states from the gravest on."""

NEEDS_ATTENTION = frozenset({TaskState.OVERDUE, TaskState.BEHIND, TaskState.SILENT, TaskState.AT_RISK})
"""The states that stand in a leader's list of what needs attention."""

IN_ORDER = (
    TaskState.EXCEEDED,
    TaskState.DONE,
    TaskState.DONE_LATE,
    TaskState.ON_TRACK,
    TaskState.AT_RISK,
    TaskState.BEHIND,
    TaskState.OVERDUE,
    TaskState.SILENT,
    TaskState.NOT_STARTED,
    TaskState.NOT_MEASURABLE,
    TaskState.CANCELLED,
)
"""The states in the order of a legend: the best first."""

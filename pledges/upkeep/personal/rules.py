"""How long what is kept of persons, and by when their requests are answered: data with dates and sources.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15. What nobody has held against the decree that guides the law is marked `unsure`
and shown as such: whoever has read it changes a line here, and no code.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pledges.core.refusal import Refused

LONG_AGO = date(1900, 1, 1)
HIDDEN = "(đã xóa)"
"""What the log says in the place of a value that was removed."""


class RequestRefused(Refused):
    """A request can't be answered like this; the message is for the user."""


class RequestKind(StrEnum):
    """Loại yêu cầu về dữ liệu cá nhân."""

    CORRECTION = "correction"
    DELETION = "deletion"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return {RequestKind.CORRECTION: "Chỉnh sửa", RequestKind.DELETION: "Xóa"}[self]


class RequestOutcome(StrEnum):
    """Kết quả giải quyết yêu cầu."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The outcome in the office's words."""
        return {
            RequestOutcome.DONE: "Đã thực hiện",
            RequestOutcome.PARTLY: "Thực hiện một phần",
            RequestOutcome.REFUSED: "Không thực hiện được",
        }[self]


@dataclass(frozen=True)
class Deadline:
    """Thời hạn giải quyết yêu cầu: from which day on, how long, by which rule; `unsure` where nobody has checked it."""

    since: date
    within: timedelta
    source: str
    unsure: bool = False


DEADLINES = (
    Deadline(LONG_AGO, timedelta(hours=72), "Nghị định 13/2023/NĐ-CP (từ 01/7/2023)"),
    Deadline(
        date(2026, 1, 1),
        timedelta(hours=72),
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; giữ mức 72 giờ của quy định trước",
        unsure=True,
    ),
)
"""The oldest first."""


def deadline_on(day: date) -> Deadline:
    """The rule that holds on a day."""
    return next(one for one in reversed(DEADLINES) if one.since <= day)


CONTACT_MONTHS = 12
"""So many months after an account was closed its telephone and e-mail are due for removal."""


def contact_due_before(now: datetime) -> datetime:
    """Accounts that were closed up to then should have no telephone and e-mail any more."""
    year, month = divmod(now.year * 12 + now.month - 1 - CONTACT_MONTHS, 12)
    day = now.day
    while True:
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            day -= 1

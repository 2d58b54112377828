"""When a ceremony takes ticks, and what is proposed when one is opened."""

from collections.abc import Iterable
from datetime import date

from pledges.commitments.rules import StepRefused
from pledges.core.dates import format_date

MISTAKE = "Đánh dấu nhầm tại lễ ký"
"""The reason that an undone tick carries."""
ANOTHER_NAMED = (
    "Bản cam kết ghi người ký là {}. Người khác ký thay thì cần giấy ủy quyền; người giữ chức vụ đã đổi thì "
    "thu hồi bản chốt rồi ghi lại người ký."
)
MOST_ATTENDEES = 100_000


class CeremonyRefused(StepRefused):
    """What a ceremony does not allow now; the message is for the user."""


def proposed_day(launched_on: date | None, frozen_on: Iterable[date], today: date) -> date:
    """The day of the launch, unless some text was frozen only after it: nobody signs before there is a text."""
    newest = max(frozen_on, default=None)
    if launched_on is None or (newest is not None and newest > launched_on):
        return today
    return launched_on


def check_ticks(held_on: date, today: date, *, still_open: bool) -> None:
    """Raise `CeremonyRefused` before the day of the ceremony and once it is closed."""
    if not still_open:
        raise CeremonyRefused(
            "Lễ ký đã kết thúc nên không đánh dấu thêm được; ghi chữ ký ở trang của bản cam kết."
        )
    if held_on > today:
        raise CeremonyRefused(f"Lễ ký ghi ngày {format_date(held_on)}, chưa đến ngày nên chưa đánh dấu được.")


def check_frozen_by(unit: str, frozen_on: date | None, held_on: date) -> None:
    """Raise `CeremonyRefused` for a text that was frozen after the day of the ceremony."""
    if frozen_on is not None and frozen_on > held_on:
        raise CeremonyRefused(
            f"Bản cam kết của {unit} chốt ngày {format_date(frozen_on)}, sau ngày lễ ký {format_date(held_on)}; "
            "đồng chí sửa ngày của lễ ký hoặc ghi chữ ký ở trang của bản cam kết."
        )

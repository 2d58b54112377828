"""The duties that a person can have in a task. Plain Python."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledges.access.roles import Role
from pledges.core.dates import format_date
from pledges.core.refusal import Refused


class Duty(StrEnum):
    """Phân công: what somebody does for a task."""

    RESPONSIBLE = "responsible"
    SUPERVISING = "supervising"

    @property
    def label(self) -> str:
        """The duty in the office's words."""
        return {Duty.RESPONSIBLE: "Người phụ trách", Duty.SUPERVISING: "Lãnh đạo theo dõi"}[self]


class AssignmentRefused(Refused):
    """Somebody can't be given a duty, or relieved of it, like this; the message is for the user."""


@dataclass(frozen=True)
class Place:
    """Where a task lies: the paths of its lead unit, of the unit that organises its campaign, and of the area."""

    lead: str
    organiser: str
    area: str


def fits(duty: Duty, place: Place, role: Role, held_at: str) -> bool:
    """Whether who holds a post with the role, at the unit of the path, can have the duty.

    Responsible is somebody of the lead unit; a leader of the organising unit, or of one above it in the area,
    supervises.
    """
    if duty is Duty.RESPONSIBLE:
        return held_at == place.lead and role is not Role.ADMINISTRATOR
    return role is Role.LEADER and place.organiser.startswith(held_at) and held_at.startswith(place.area)


def who_fits(duty: Duty) -> str:
    """Who can have the duty, in words."""
    return {
        Duty.RESPONSIBLE: "người đang giữ chức vụ ở đơn vị chủ trì",
        Duty.SUPERVISING: "lãnh đạo của đơn vị tổ chức phong trào",
    }[duty]


def check_fits(duty: Duty, place: Place, role: Role, held_at: str, name: str) -> None:
    """Refuse whoever can't have the duty."""
    if not fits(duty, place, role, held_at):
        raise AssignmentRefused(f"{name} không nhận được: {duty.label.lower()} phải là {who_fits(duty)}.")


def check_from(from_on: date, starts_on: date, latest: date | None) -> None:
    """Refuse a day before the campaign, and one on which another is known to have had the duty after it began."""
    if from_on < starts_on:
        raise AssignmentRefused(f"Ngày phân công phải từ ngày bắt đầu phong trào ({format_date(starts_on)}).")
    if latest is not None and from_on < latest:
        raise AssignmentRefused(
            f"Đã có phân công tính từ ngày {format_date(latest)}; phân công mới phải từ ngày đó trở đi."
        )


def check_until(from_on: date, until_on: date, *, ended: bool) -> None:
    """Refuse to end what has ended, or before it began."""
    if ended:
        raise AssignmentRefused("Phân công này đã kết thúc.")
    if until_on < from_on:
        raise AssignmentRefused(f"Ngày thôi phải từ ngày được phân công ({format_date(from_on)}) trở đi.")

"""The four roles, and what a person is when acting: an actor with the posts held today."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Vai trò: what an appointment lets a person do in its unit and below."""

    OFFICER = "officer"
    LEADER = "leader"
    CLERK = "clerk"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role in the office's words."""
        return _LABELS[self]


_LABELS = {
    Role.OFFICER: "Cán bộ",
    Role.LEADER: "Lãnh đạo",
    Role.CLERK: "Văn thư",
    Role.ADMINISTRATOR: "Quản trị",
}


@dataclass(frozen=True)
class Holding:
    """Chức vụ đang giữ: a role held in a unit on the day of the act; it reaches down the unit's tree."""

    role: Role
    unit_id: int
    unit_path: str
    post: str

    def reaches(self, path: str) -> bool:
        """Whether the unit of the path is this unit or one below it."""
        return path.startswith(self.unit_path)


@dataclass(frozen=True)
class Actor:
    """The person who acts, with every post held on that day."""

    account_id: int
    name: str
    holdings: tuple[Holding, ...] = field(default_factory=tuple)

    @property
    def post(self) -> str:
        """The posts, as a log entry keeps them: "Bí thư Đảng ủy; Chủ tịch UBND phường"."""
        return "; ".join(dict.fromkeys(holding.post for holding in self.holdings))

    def roles(self) -> set[Role]:
        """The roles held in any unit."""
        return {holding.role for holding in self.holdings}


NOBODY = Actor(0, "Hệ thống")
"""Who the log names when no person acted (set-up, scheduled work)."""

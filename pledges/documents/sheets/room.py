"""Chỗ trên giấy: a page that begins anew, and lines that a hand writes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewPage:
    """Trang mới: what follows begins on a page of its own; `bookmark` is its line in the outline."""

    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class RuledLines:
    """Dòng kẻ để ghi: room for a hand, so many lines of it."""

    count: int

    def __post_init__(self) -> None:
        """Refuse room for nothing."""
        if self.count < 1:
            raise ValueError("ruled lines are at least one")

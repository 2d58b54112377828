"""Biển tên: place cards for a hall, folded so that the name is read from both sides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """Một biển tên: the unit in large letters, below it the person and the post; either may be unknown."""

    unit: str
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCards:
    """Biển tên của một buổi lễ, in the order in which the units are called up."""

    name: str
    author: str
    cards: tuple[PlaceCard, ...]

    def __post_init__(self) -> None:
        """Refuse a sheet of nothing."""
        if not self.cards:
            raise ValueError("there is at least one card")

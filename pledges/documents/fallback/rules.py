"""What goes into the pack for the day without power, and when. Plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta

from pledges.documents.sheets.pack import Bound

NAME = "Tập dự phòng khi mất điện"
NEAR = timedelta(days=14)
"""The papers of a ceremony go along from so many days before it."""


@dataclass(frozen=True)
class Part:
    """Một phần của tập: what the cover says of it, and its papers."""

    name: str
    about: str
    papers: tuple[Bound, ...]


@dataclass(frozen=True)
class Counted:
    """What of a campaign is in a pack: for its cover, and for the log."""

    units: int = 0
    phones: int = 0


def is_near(held_on: date | None, today: date) -> bool:
    """Whether a ceremony is held so soon that its papers are needed."""
    return held_on is not None and today <= held_on <= today + NEAR


def bookmark(code: str, words: str, *, several: bool) -> str:
    """The words of a bookmark: among several campaigns its campaign comes first."""
    return f"{code}: {words}" if several else words

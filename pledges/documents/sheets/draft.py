"""Dự thảo: what fills itself in a document, piece by piece, before a clerk writes between the pieces."""

from dataclasses import dataclass, field

from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import (
    Annex,
    Closing,
    Foot,
    Heading,
    Paragraph,
    Section,
    Table,
    Title,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Phần tự điền: a sentence, table or chart that the figures write; its `key` stays the same over refreshes.

    The key of what is said of a task or unit names it ("notable:12"), so that prose stays with what it is about.
    """

    key: str
    block: Paragraph | Table | BarChart | LineChart


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Mục của văn bản: its headings, and what fills itself below them.

    `title` names it in the editor; `empty` is printed where there is neither a piece nor prose.
    """

    key: str
    title: str
    headings: tuple[Section, ...] = ()
    pieces: tuple[Piece, ...] = ()
    empty: str = ""

    def __post_init__(self) -> None:
        """Refuse two pieces of one key: prose would not know where it belongs."""
        if len({piece.key for piece in self.pieces}) < len(self.pieces):
            raise ValueError(f"two pieces of one key in {self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Nội dung tự điền: a whole document as the figures alone would write it; `bases` without closing marks."""

    heading: Heading
    title: Title
    slots: tuple[Slot, ...]
    closing: Closing
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    foot: Foot = field(default_factory=Foot)

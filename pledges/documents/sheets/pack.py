"""Tập văn bản: several papers bound into one file, each as it would be printed alone."""

from dataclasses import dataclass

from pledges.documents.sheets.paper import Sheet


@dataclass(frozen=True, slots=True)
class Bound:
    """One paper of a pack, with the words of its bookmark."""

    bookmark: str
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The papers in their order; `name` and `author` are those of the file."""

    name: str
    author: str
    papers: tuple[Bound, ...]

    def __post_init__(self) -> None:
        """Refuse a pack of nothing: a file without pages is none."""
        if not self.papers:
            raise ValueError("a pack holds at least one paper")

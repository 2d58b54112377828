"""What evidence a report must show, and what is missing of it. Plain Python."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

MOST = 20
"""Files that one rule may ask for."""
LONGEST = 120
"""Letters of what a rule says of its files."""


class ProofKind(StrEnum):
    """Loại minh chứng."""

    PHOTO = "photo"
    DOCUMENT = "document"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return {ProofKind.PHOTO: "ảnh", ProofKind.DOCUMENT: "danh sách, văn bản"}[self]


class Asked(Protocol):
    """What a rule asks for: how many files of a kind, and of what ("trước và sau"); the words may be empty."""

    @property
    def kind(self) -> ProofKind:
        """Photos or documents."""

    @property
    def number(self) -> int:
        """How many."""

    @property
    def label(self) -> str:
        """Of what."""


def kind_of(media_type: str) -> ProofKind:
    """What a file counts as: a picture is a photo, everything else that is taken a document."""
    return ProofKind.PHOTO if media_type.startswith("image/") else ProofKind.DOCUMENT


def wanted(rules: Iterable[Asked]) -> list[str]:
    """What is asked for, in words: "2 ảnh (trước và sau)"."""
    return [_counted(rule.number, rule.kind, [rule.label]) for rule in rules]


def missing(rules: Iterable[Asked], media_types: Iterable[str]) -> list[str]:
    """What files of these types lack of what is asked for, in words: "còn thiếu 1 ảnh (trước và sau)"."""
    return list(_missing(list(rules), [kind_of(one) for one in media_types]))


def _missing(rules: list[Asked], there: list[ProofKind]) -> Iterator[str]:
    for kind in ProofKind:
        asked = [rule for rule in rules if rule.kind is kind]
        short = sum(rule.number for rule in asked) - there.count(kind)
        if short > 0:
            yield f"còn thiếu {_counted(short, kind, [rule.label for rule in asked])}"


def _counted(number: int, kind: ProofKind, labels: Iterable[str]) -> str:
    said = "; ".join(label for label in labels if label)
    return f"{number} {kind.label}" + (f" ({said})" if said else "")

"""Văn bản đã phát hành: the very bytes that were frozen, bound or put side by side; nothing is drawn anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pledges.documents.packs.offering import said_of
from pledges.documents.packs.papers import AT_A_TIME, Source
from pledges.documents.packs.queries import issued_these
from pledges.files.operations import FileMissing, content_of


@dataclass(frozen=True)
class Frozen:
    """An issued document: its words, and its bytes; without them `missing` says why."""

    name: str
    content: bytes
    missing: str = ""


def frozen_of(source: Source, files: Path) -> Iterator[Frozen]:
    """The documents in the order of the register; one at a time is held in memory."""
    for at in range(0, len(source.asked.items), AT_A_TIME):
        numbers = source.asked.items[at : at + AT_A_TIME]
        by_id = {one.id: one for one in source.session.scalars(issued_these(source.actor, numbers))}
        for number in numbers:
            if number in by_id:
                found = by_id[number]
                yield _frozen(said_of(found), found.file.sha256 if found.file else "", files)
        source.session.expunge_all()


def _frozen(name: str, sha256: str, files: Path) -> Frozen:
    try:
        return Frozen(name, content_of(files, sha256))
    except FileMissing as missing:
        return Frozen(name, b"", str(missing))

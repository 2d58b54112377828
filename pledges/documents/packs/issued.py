"""Văn bản đã phát hành: the very bytes that were frozen, bound or put side by side; nothing is drawn anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pledges.access.roles import Actor
from pledges.documents.issuing.kept import PrintLost, note_lost, print_of
from pledges.documents.models import Document
from pledges.documents.packs.offering import said_of
from pledges.documents.packs.papers import AT_A_TIME, Source
from pledges.documents.packs.queries import issued_these


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
                yield _frozen(by_id[number], files, source.actor)
        source.session.expunge_all()


def _frozen(document: Document, files: Path, actor: Actor) -> Frozen:
    try:
        return Frozen(said_of(document), print_of(document, files))
    except PrintLost as lost:
        note_lost(document.id, lost, by=actor)
        return Frozen(said_of(document), b"", str(lost))

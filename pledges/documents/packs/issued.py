"""Văn bản đã phát hành: the very bytes that were frozen, joined or put side by side; nothing is drawn anew.

A sheet before one that was replaced or withdrawn says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pledges.documents.issuing.kept import PrintLost, note_lost, print_of
from pledges.documents.issuing.rules import with_fate
from pledges.documents.models import Document
from pledges.documents.packs.covers import cover_of
from pledges.documents.packs.offering import holds, said_of
from pledges.documents.packs.papers import AT_A_TIME, Source
from pledges.documents.packs.queries import issued_these
from pledges.documents.sheets.paper import Ready


@dataclass(frozen=True)
class Frozen:
    """An issued document: its words, and its bytes; without them `missing` says why.

    `cover` is the sheet before one that no longer holds.
    """

    name: str
    content: bytes
    missing: str = ""
    cover: Ready | None = None


def frozen_of(source: Source, files: Path) -> Iterator[Frozen]:
    """The documents in the order of the register; one at a time is held in memory."""
    for at in range(0, len(source.asked.items), AT_A_TIME):
        numbers = source.asked.items[at : at + AT_A_TIME]
        by_id = {one.id: one for one in source.session.scalars(issued_these(source.actor, numbers))}
        for number in numbers:
            if number in by_id:
                yield _frozen(by_id[number], source, files)
        source.session.expunge_all()


def _frozen(document: Document, source: Source, files: Path) -> Frozen:
    name = with_fate(said_of(document), document.status)
    try:
        content = print_of(document, files)
    except PrintLost as lost:
        note_lost(document.id, lost, by=source.actor)
        return Frozen(name, b"", str(lost))
    if holds(document):
        return Frozen(name, content)
    author = source.campaign.owner.name
    return Frozen(name, content, cover=cover_of(source.session, document, author, source.asked.today))

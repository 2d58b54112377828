"""From what filled itself, and what was written between, to a paper: the one place where the two meet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from pledges.documents.sheets.draft import Filled, Slot
from pledges.documents.sheets.gaps import GAPS, with_gaps
from pledges.documents.sheets.paper import Block, Paper, Paragraph
from pledges.documents.sheets.wording import end_mark, ended, listed


class Written(Protocol):
    """What was written behind a piece, or at the head of a slot."""

    @property
    def text(self) -> str:
        """The prose: each line is a paragraph."""
        ...

    @property
    def printed(self) -> bool:
        """Whether the piece itself is printed."""
        ...


Prose = Mapping[tuple[str, str], Written]
"""Prose by slot and key; the key of a slot's head is empty."""


def composed(filled: Filled, prose: Prose, *, behind: Sequence[Block] = (), **changes: Any) -> Paper:
    """The paper: every slot in its order, prose behind its piece; `changes` take the place of what filled itself.

    Prose whose piece is gone stands at the end of its slot, that of a slot that is gone at the end of all: nothing
    that somebody wrote is left out. `behind` is what comes after all of it. A slot that says nothing says so in its
    own words; without such words it is left out with its headings.
    """
    filled = with_gaps(filled, prose)
    body = [block for slot in filled.slots for block in _slot(slot, prose)]
    known = {GAPS, *(slot.key for slot in filled.slots)}
    for (slot_key, _key), said in prose.items():
        if slot_key not in known:
            body += paragraphs(said.text)
    body += behind
    facts: dict[str, Any] = {
        "heading": filled.heading,
        "title": filled.title,
        "addressees": filled.addressees,
        "bases": listed(filled.bases),
        "closing": filled.closing,
        "foot": filled.foot,
        "annexes": filled.annexes,
    }
    facts |= changes
    return Paper(body=ended(tuple(body), end_mark(facts["heading"].style)) if body else (), **facts)


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Prose as it is printed: each line is a paragraph, lines left blank only part them."""
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def left_over(slot: Slot, prose: Prose) -> list[str]:
    """The keys of prose in a slot whose pieces are gone."""
    known = {"", *(piece.key for piece in slot.pieces)}
    return [key for slot_key, key in prose if slot_key == slot.key and key not in known]


def _slot(slot: Slot, prose: Prose) -> Iterator[Block]:
    said = list(_said(slot, prose))
    if not said and slot.empty:
        said = [Paragraph(slot.empty)]
    if said:
        yield from slot.headings
        yield from said


def _said(slot: Slot, prose: Prose) -> Iterator[Block]:
    yield from _prose(slot, "", prose)
    for piece in slot.pieces:
        said = prose.get((slot.key, piece.key))
        if said is None or said.printed:
            yield piece.block
        yield from _prose(slot, piece.key, prose)
    for key in left_over(slot, prose):
        yield from _prose(slot, key, prose)


def _prose(slot: Slot, key: str, prose: Prose) -> Iterator[Block]:
    said = prose.get((slot.key, key))
    return paragraphs(said.text if said is not None else "")

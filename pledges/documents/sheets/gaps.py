"""Chỗ điền: a blank inside a sentence that fills itself, and the words that a clerk puts in its place.

What nobody wrote down of a ceremony stands as dots in its minutes. The words are kept as prose under a slot of their
own, so that they are saved, kept and shown as all prose is; they are printed where the dots stand, and nowhere else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from pledges.core.text import clean_line
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import Closing, Paragraph, SigningSide

GAPS = "gaps"
"""The slot under which the words of gaps are kept."""
UNKNOWN, HOUR, COUNT = "……………………", "…… giờ ……", "……"
"""The dots that stand for a name, for a time and for a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Một chỗ điền: what it is called and how it is written; in which piece of which slot it stands, as which dots.

    What `signs` names a person, who signs on the left.
    """

    key: str
    label: str
    hint: str
    slot: str
    blank: str = UNKNOWN
    signs: bool = False


ALL = (
    Gap(key="began", label="Giờ bắt đầu", hint="Ví dụ: 8 giờ 00", slot="facts", blank=HOUR),
    Gap(key="chair", label="Người chủ trì", hint="Họ tên - chức vụ", slot="facts"),
    Gap(key="secretary", label="Thư ký", hint="Họ tên - chức vụ", slot="facts", signs=True),
    Gap(key="attendance", label="Số đại biểu", hint="Ví dụ: 85", slot="facts", blank=COUNT),
    Gap(key="ended", label="Giờ kết thúc", hint="Ví dụ: 11 giờ 30", slot="end", blank=HOUR),
)


class Words(Protocol):
    """What was written for a gap."""

    @property
    def text(self) -> str:
        """One line."""
        ...


Written = Mapping[tuple[str, str], Words]


def open_gaps(filled: Filled) -> tuple[Gap, ...]:
    """The gaps of a document that nothing filled."""
    texts = {
        (slot.key, piece.key): piece.block.text
        for slot in filled.slots
        for piece in slot.pieces
        if isinstance(piece.block, Paragraph)
    }
    return tuple(gap for gap in ALL if gap.blank in texts.get((gap.slot, gap.key), ""))


def with_gaps(filled: Filled, prose: Written) -> Filled:
    """The document with what was written in the place of its dots; a gap that filled itself keeps what it says."""
    said = {(gap.slot, gap.key): (gap, _words(gap, prose)) for gap in open_gaps(filled)}
    if not any(words for _gap, words in said.values()):
        return filled
    slots = tuple(replace(slot, pieces=tuple(_pieces(slot, said))) for slot in filled.slots)
    signer = next((words for gap, words in said.values() if gap.signs and words), "")
    return replace(filled, slots=slots, closing=_signed(filled.closing, signer))


def _words(gap: Gap, prose: Written) -> str:
    found = prose.get((GAPS, gap.key))
    words = clean_line(found.text).rstrip(" .;") if found is not None else ""
    return f"{int(words):02}" if gap.blank == COUNT and words.isdecimal() else words


def _pieces(slot: Slot, said: Mapping[tuple[str, str], tuple[Gap, str]]) -> Iterator[Piece]:
    for piece in slot.pieces:
        gap, words = said.get((slot.key, piece.key), (None, ""))
        if gap is not None and words and isinstance(piece.block, Paragraph):
            yield replace(piece, block=Paragraph(piece.block.text.replace(gap.blank, words, 1)))
        else:
            yield piece


def _signed(closing: Closing, words: str) -> Closing:
    """The person named signs on the left, where nobody's name stands yet."""
    left, name = closing.left, words.partition(" - ")[0].partition(",")[0].strip()
    if not name or not isinstance(left, SigningSide) or not left.signatures or left.signatures[0].name:
        return closing
    first, *rest = left.signatures
    return replace(closing, left=SigningSide((replace(first, name=name), *rest), left.title))

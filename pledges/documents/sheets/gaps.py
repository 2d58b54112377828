"""Chỗ điền: a blank inside a sentence that fills itself, and the words that a clerk puts in its place.

What nobody wrote down of a ceremony stands as dots in its minutes. The words are kept as prose under a slot of their
own, so that they are saved, kept and shown as all prose is; they are printed where the dots stand, and nowhere else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Protocol

from pledges.core.text import clean_line
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import Closing, Paragraph, SigningSide

GAPS = "gaps"
"""The slot under which the words of gaps are kept."""
UNKNOWN, HOUR, COUNT = "……………………", "…… giờ ……", "……"
"""The dots that stand for a name, for a time and for a number."""
NO_HOUR = "Ghi giờ và phút, ví dụ 8 giờ 00 hoặc 8:00."
NO_COUNT = "Ghi số người bằng chữ số, từ 1 đến 9999, ví dụ 85."
_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2}) ?(?:h|g|:|giờ)(?: ?(?P<minute>[0-9]{1,2}))?(?: ?(?:phút|p|'))?", re.IGNORECASE
)
_COUNT = re.compile(r"0*[1-9][0-9]{0,3}")


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


def time_in(words: str) -> time | None:
    """The time of day that somebody wrote: "8 giờ 00", "8:00", "8h30"; none where it is no time."""
    found = _HOUR.fullmatch(clean_line(words).rstrip(" .;"))
    if found is None:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError:
        return None


def refused(gap: Gap, words: str) -> str:
    """Why words can't stand in place of these dots; empty if they can, and when there are none."""
    words = clean_line(words).rstrip(" .;")
    if words and gap.blank == HOUR and time_in(words) is None:
        return NO_HOUR
    if words and gap.blank == COUNT and not _COUNT.fullmatch(words):
        return NO_COUNT
    return ""


def _words(gap: Gap, prose: Written) -> str:
    """The words as they are printed, the office's way; what was kept before it was looked at stays as it is."""
    found = prose.get((GAPS, gap.key))
    words = clean_line(found.text).rstrip(" .;") if found is not None else ""
    if gap.blank == HOUR and (at := time_in(words)) is not None:
        return f"{at.hour} giờ {at.minute:02}"
    return f"{int(words):02}" if gap.blank == COUNT and _COUNT.fullmatch(words) else words


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

"""The groups of what is found, and what may have been meant where nothing is."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

from pledges.index.rules import Asked, Term


class Group(StrEnum):
    """Nhóm kết quả: the kinds as people tell them apart, in the order of the page."""

    TASKS = "phan-viec"
    UNITS = "don-vi"
    PEOPLE = "nguoi"
    PAPERS = "van-ban"
    CAMPAIGNS = "phong-trao"

    @property
    def label(self) -> str:
        """The group in words."""
        return {
            Group.TASKS: "Phần việc",
            Group.UNITS: "Đơn vị",
            Group.PEOPLE: "Người",
            Group.PAPERS: "Văn bản",
            Group.CAMPAIGNS: "Phong trào",
        }[self]


_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX: Final = re.compile(r"([a-z]*?[aeiouyw][a-z]*?)([sfrxj]?)")
_VNI: Final = re.compile(r"[a-z]+[a-z1-9]*[1-9][a-z1-9]*")


def as_meant(typed: str) -> str:
    """What was typed with the Vietnamese keyboard off ("dduwowngf", "d9u7o7ng2"), as it was meant to be read.

    Words that can't have been meant so stay as they are.
    """
    return " ".join(_of_telex(word) or _of_vni(word) or word for word in typed.casefold().split())


def _of_telex(word: str) -> str | None:
    found = _TELEX.fullmatch(word)
    if found is None:
        return None
    letters, tone = found.groups()
    letters = letters.replace("dd", "đ").replace("uow", "ươ").replace("w", _HORN)
    letters = re.sub(r"([aeo])\1", rf"\1{_CIRCUMFLEX}", letters)
    letters = letters.replace(f"a{_HORN}", f"a{_BREVE}").replace(f"uo{_HORN}", "ươ")
    if _HORN in re.sub(f"[ou]{_HORN}", "", letters):
        return None
    read = _with_tone(letters, _TELEX_TONES.get(tone, ""))
    return read if read != word else None


def _of_vni(word: str) -> str | None:
    if not _VNI.fullmatch(word) or not re.search("[aeiouy]", word):
        return None
    tone = next((_VNI_TONES[char] for char in word if char in _VNI_TONES), "")
    letters = re.sub(r"[1-5]", "", word).replace("d9", "đ").replace("9", "")
    for digit, mark in (("6", _CIRCUMFLEX), ("7", _HORN), ("8", _BREVE)):
        letters = letters.replace(digit, mark)
    return _with_tone(letters, tone)


def _with_tone(letters: str, tone: str) -> str:
    """The tone on the last vowel that has a mark, else on the first vowel: readable, and found wherever it stands."""
    letters = unicodedata.normalize("NFC", letters)
    places = [number for number, char in enumerate(letters) if char in "âăêôơư"] or [
        number for number, char in enumerate(letters) if char in "aeiouy"
    ][:1]
    if not places or not tone:
        return letters
    at = places[-1]
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])


MOST_LEFT_OUT: Final = 4
"""Of more words it isn't tried which one is too many."""


def with_one_less(asked: Asked) -> list[tuple[str, Asked]]:
    """The same without one of its words, each with the word left out."""
    if not 1 < len(asked.terms) <= MOST_LEFT_OUT:
        return []
    return [(term.typed, _without(asked, term)) for term in asked.terms]


def _without(asked: Asked, left_out: Term) -> Asked:
    kept = " ".join(_typed(term) for term in asked.terms if term is not left_out)
    return Asked.read(kept)


def _typed(term: Term) -> str:
    return term.typed if len(term.folded) == 1 else f'"{term.typed}"'

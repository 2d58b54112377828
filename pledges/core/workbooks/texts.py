"""Chữ trong ô: the texts of a .xlsx file, which may be made of runs in several fonts."""

import re
from dataclasses import dataclass
from typing import Final

from pledges.core.text import is_piled, nfc
from pledges.core.workbooks.limits import LONGEST_TEXT
from pledges.core.workbooks.package import TOO_MUCH, Attributes, Elements
from pledges.core.workbooks.sheets import Unreadable

# Excel writes what XML can't hold, a carriage return mostly, as _x000D_.
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
# Latin letters, Vietnamese ones, and signs; nearly all texts are made of these alone.
_WITHOUT_MARKS: Final = re.compile("[\x00-\u02ff\u1e00-\u20cf\u2100-\u2bff]*")
_SURROGATES: Final = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Text:
    """Chữ: a text, the font of most of its letters if it names one, and whether its accents were loose."""

    words: str = ""
    font: str = ""
    loose: bool = False


def text_of(raw: str, font: str = "") -> Text:
    """Return ``raw``, as the file writes it, with its letters composed."""
    return composed(_ESCAPED.sub(_unescaped, raw), font)


def composed(plain: str, font: str = "") -> Text:
    """Return ``plain`` with its letters composed; raise ``Unreadable`` if marks are piled up on one.

    Composing sorts the marks of a letter: those of one full cell would take more than a second.
    """
    if plain.isascii():
        return Text(plain, font)
    if _WITHOUT_MARKS.fullmatch(plain) is None and is_piled(plain):
        raise Unreadable(TOO_MUCH)
    words = nfc(plain)
    return Text(words, font, words != plain)


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return "\N{REPLACEMENT CHARACTER}" if code in _SURROGATES else chr(code)


class Texts(Elements):
    """Walks through rich texts: si in the table of shared texts, is in a cell.

    ``texts`` are those passed so far. The phonetic guides of East Asian texts (rPh) are left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self._runs: dict[str, int] = {}
        self._words: list[str] = []
        self._length = 0
        self._font = ""
        self._guide = False
        self._collects = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an element of a text."""
        if tag in ("si", "is"):
            self._runs, self._words, self._length, self._font = {}, [], 0, ""
        elif tag == "r":
            self._font = ""
        elif tag == "rFont":
            self._font = attributes.get("val", "")
        elif tag == "rPh":
            self._guide = True
        elif tag == "t":
            self._collects = not self._guide

    def characters(self, content: str) -> None:
        """Take a piece of the text; raise ``Unreadable`` if it grows longer than Excel allows."""
        if not self._collects:
            return
        self._length += len(content)
        if self._length > LONGEST_TEXT:
            raise Unreadable(TOO_MUCH)
        self._words.append(content)
        self._runs[self._font] = self._runs.get(self._font, 0) + len(content)

    def end(self, tag: str) -> None:
        """Leave an element of a text."""
        if tag == "t":
            self._collects = False
        elif tag == "rPh":
            self._guide = False
        elif tag in ("si", "is"):
            font = max(self._runs, key=self._runs.__getitem__, default="")
            self.texts.append(text_of("".join(self._words), font))

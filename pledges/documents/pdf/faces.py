"""The faces of printed papers: loaded once, and only with every Vietnamese letter in them.

A face that lacks a letter would print boxes without an error, so a folder of faces is checked before it is
first used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from pledges.documents.layouts import Weight
from pledges.paths import STATIC

FOLDER = STATIC / "fonts"

_FILES: Mapping[Weight, tuple[str, str]] = {
    Weight.REGULAR: ("LiberationSerif-Regular.ttf", "times.ttf"),
    Weight.BOLD: ("LiberationSerif-Bold.ttf", "timesbd.ttf"),
    Weight.ITALIC: ("LiberationSerif-Italic.ttf", "timesi.ttf"),
    Weight.BOLD_ITALIC: ("LiberationSerif-BoldItalic.ttf", "timesbi.ttf"),
}
_REMEMBERED_WORDS = 50_000


def _vietnamese_letters() -> frozenset[str]:
    """The 146 that Vietnamese marks (vowels with every tone, and đ), and the other letters of ASCII."""
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    marked = {normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    plain = set("abcdefghijklmnopqrstuvwxyz")
    return frozenset(letter for low in marked | plain for letter in (low, low.upper()))


VIETNAMESE_LETTERS = _vietnamese_letters()


class FacesUnfitError(Exception):
    """A folder of faces that can't print papers; the message is a sentence for the administrator."""


@dataclass(slots=True)
class Face:
    """One cut: its name in a PDF, and the widths of its characters in thousandths of the size."""

    name: str
    widths: Mapping[int, float]
    known: set[str] = field(default_factory=set)
    _words: dict[str, float] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(character) in self.widths

    def width(self, text: str, size: float) -> float:
        """The width of a text in points. Words come again and again, so their widths are remembered."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) >= _REMEMBERED_WORDS:
                self._words.clear()
            known = self._words[text] = sum(self.widths[ord(character)] for character in text) / 1000
        return known * size


Faces = Mapping[Weight, Face]


def _file(folder: Path, names: tuple[str, ...]) -> Path:
    present = {path.name.lower(): path for path in folder.iterdir()} if folder.is_dir() else {}
    for name in names:
        if name.lower() in present:
            return present[name.lower()]
    raise FacesUnfitError(f"Thư mục phông chữ {folder} không có tệp {' hoặc '.join(names)}.")


def _load(path: Path, name: str) -> Face:
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise FacesUnfitError(f"Không đọc được tệp phông chữ {path}: {error}.") from error
    widths = {code: font.face.charWidths[code] for code, glyph in font.face.charToGlyph.items() if glyph}
    missing = sorted(letter for letter in VIETNAMESE_LETTERS if ord(letter) not in widths)
    if missing:
        raise FacesUnfitError(
            f"Tệp phông chữ {path} thiếu {len(missing)} chữ cái tiếng Việt ({' '.join(missing[:10])}…), "
            "không dùng để in văn bản được. Hãy chọn phông chữ Times New Roman hoặc Liberation Serif 2."
        )
    pdfmetrics.registerFont(font)
    return Face(name, widths)


@lru_cache(maxsize=8)
def load(folder: Path = FOLDER) -> Faces:
    """The four cuts in a folder; raises FacesUnfitError if one is missing, broken or short of a letter."""
    faces = {}
    for weight, names in _FILES.items():
        path = _file(folder, names)
        faces[weight] = _load(path, f"{path}")
    regular, bold, italic, bold_italic = (faces[weight].name for weight in _FILES)
    pdfmetrics.registerFontFamily(regular, regular, bold, italic, bold_italic)
    return faces

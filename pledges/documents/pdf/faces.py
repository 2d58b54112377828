"""The faces of printed papers: loaded once, and only with every Vietnamese letter in them.

A face that lacks a letter would print boxes without an error, so a folder of faces is checked before it is
first used.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pledges.documents.layouts import Weight
from pledges.documents.pdf.embedding import ALWAYS, VIETNAMESE_LETTERS, Codes
from pledges.documents.pdf.file import File
from pledges.documents.pdf.sfnt import Metrics, Sfnt
from pledges.paths import STATIC

FOLDER = STATIC / "fonts"

_FILES: Mapping[Weight, tuple[str, str]] = {
    Weight.REGULAR: ("LiberationSerif-Regular.ttf", "times.ttf"),
    Weight.BOLD: ("LiberationSerif-Bold.ttf", "timesbd.ttf"),
    Weight.ITALIC: ("LiberationSerif-Italic.ttf", "timesi.ttf"),
    Weight.BOLD_ITALIC: ("LiberationSerif-BoldItalic.ttf", "timesbi.ttf"),
}
_REMEMBERED_WORDS = 50_000
_UPRIGHT, _ITALIC = 6, 70
"""What a PDF says of a face: that it has serifs, its own characters, and if it is slanted."""


class FacesUnfitError(Exception):
    """A folder of faces that can't print papers; the message is a sentence for the administrator."""


class _Written(dict[int, str]):
    """How characters stand in a page's operators: two bytes each, those that have a meaning there escaped."""

    def __init__(self, codes: Codes) -> None:
        super().__init__()
        self.codes = codes

    def __missing__(self, character: int) -> str:
        code = self.codes[_AS_SPACE.get(character, character)]
        pair = (chr(code >> 8), chr(code & 0xFF))
        written = self[character] = "".join(_ESCAPED.get(byte, byte) for byte in pair)
        return written


class _Widths(dict[int, float]):
    """How wide characters are, in thousandths of the size: measured when first asked for."""

    def __init__(self, sfnt: Sfnt, glyphs: Mapping[int, int]) -> None:
        super().__init__()
        self.sfnt, self.glyphs = sfnt, glyphs

    def __missing__(self, character: int) -> float:
        advance, _ = self.sfnt.measure(self.glyphs[_AS_SPACE.get(character, character)])
        wide = self[character] = advance * 1000 / self.sfnt.em
        return wide


_ESCAPED = {"(": "\\(", ")": "\\)", "\\": "\\\\", "\r": "\\r", "\n": "\\n"}
FIRM = "\N{NO-BREAK SPACE}"
_AS_SPACE = {ord(FIRM): ord(" ")}
"""A firm space holds words together while lines are broken; printed, it is a space."""


@dataclass(slots=True, eq=False)
class Face:
    """One cut: its name among a page's faces, the glyphs and the widths of its characters."""

    key: str
    glyphs: Mapping[int, int]
    widths: Mapping[int, float]
    metrics: Metrics
    codes: Codes
    known: set[str] = field(default_factory=set)
    usual: frozenset[str] = ALWAYS | {FIRM}
    table: Mapping[int, str] = field(init=False)
    space: str = field(init=False)
    _words: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to remember how characters are written."""
        self.table = _Written(self.codes)
        self.space = " ".translate(self.table)

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(character) in self.glyphs

    def width(self, text: str, size: float) -> float:
        """The width of a text in points. Words come again and again, so their widths are remembered."""
        known = self._words.get(text)
        if known is None:
            if len(self._words) >= _REMEMBERED_WORDS:
                self._words.clear()
            widths = self.widths
            known = self._words[text] = sum([widths[ord(character)] for character in text]) / 1000
        return known * size

    def embed(self, file: File, rare: Iterable[int]) -> int:
        """Write into a file what it carries of the face; the number under which pages find it."""
        carried, metrics = self.codes.embedded(frozenset(rare)), self.metrics
        program = file.streamed(f"/Length1 {carried.length}", carried.program)
        characters = file.streamed("", carried.characters)
        box = " ".join(map(str, metrics.box))
        descriptor = file.held(
            f"<</Type/FontDescriptor/FontName/{carried.name}/Flags {_ITALIC if metrics.slant else _UPRIGHT}"
            f"/FontBBox[{box}]/ItalicAngle {metrics.slant:.2f}/Ascent {metrics.ascent}/Descent {metrics.descent}"
            f"/CapHeight {metrics.cap_height}/StemV {metrics.weight // 5}/FontFile2 {program} 0 R>>"
        )
        cut = file.held(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{carried.name}/CIDToGIDMap/Identity/W{carried.widths}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R>>"
        )
        return file.held(
            f"<</Type/Font/Subtype/Type0/BaseFont/{carried.name}/Encoding/Identity-H"
            f"/DescendantFonts[{cut} 0 R]/ToUnicode {characters} 0 R>>"
        )


Faces = Mapping[Weight, Face]


def _file(folder: Path, names: tuple[str, ...]) -> Path:
    present = {path.name.lower(): path for path in folder.iterdir()} if folder.is_dir() else {}
    for name in names:
        if name.lower() in present:
            return present[name.lower()]
    raise FacesUnfitError(f"Thư mục phông chữ {folder} không có tệp {' hoặc '.join(names)}.")


def _load(path: Path, key: str) -> Face:
    try:
        sfnt = Sfnt(path.read_bytes())
        glyphs = sfnt.characters()
        missing = sorted(letter for letter in VIETNAMESE_LETTERS if ord(letter) not in glyphs)
        if missing:
            raise FacesUnfitError(
                f"Tệp phông chữ {path} thiếu {len(missing)} chữ cái tiếng Việt ({' '.join(missing[:10])}…), "
                "không dùng để in văn bản được. Hãy chọn phông chữ Times New Roman hoặc Liberation Serif 2."
            )
        codes = Codes(sfnt, glyphs)
        codes.embedded(frozenset())
        return Face(key, glyphs, _Widths(sfnt, glyphs), sfnt.metrics, codes)
    except (ValueError, struct.error, IndexError, KeyError, OSError) as error:
        raise FacesUnfitError(f"Không đọc được tệp phông chữ {path}: {error}.") from error


@lru_cache(maxsize=8)
def load(folder: Path = FOLDER) -> Faces:
    """The four cuts in a folder; raises FacesUnfitError if one is missing, broken or short of a letter."""
    return {
        weight: _load(_file(folder, names), f"F{at}") for at, (weight, names) in enumerate(_FILES.items())
    }

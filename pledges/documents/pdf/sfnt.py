"""Reading a TrueType face: its tables, which glyph shows a character, how wide and of what parts each is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from struct import unpack_from
from typing import Any

_KINDS = (b"\x00\x01\x00\x00", b"true")
_CHARACTERS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Tables of characters by platform and encoding, those that know the most first."""
_POSTSCRIPT_NAME = 6
_SEGMENTS, _GROUPS = 4, 12
_FAR = 0xFFFF

WORDS, SCALE, MORE, TWO_SCALES, MATRIX, INSTRUCTED = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
"""Flags of a glyph's part: how long its record is, whether another follows, whether instructions end them all."""


class FontUnreadableError(ValueError):
    """A file is no face of outlines that could be printed with; the message is a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF says of a face, in thousandths of the size."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    slant: float
    weight: int


class Sfnt:
    """The tables of one face."""

    def __init__(self, data: bytes) -> None:
        if data[:4] not in _KINDS:
            raise FontUnreadableError("tệp không phải phông chữ TrueType")
        self.data = data
        (count,) = unpack_from(">H", data, 4)
        records = (unpack_from(">4sLLL", data, 12 + 16 * at) for at in range(count))
        self._tables = {tag: (start, length) for tag, _, start, length in records}
        self.em: int = self.read("H", b"head", 18)[0]
        self._long: int = self.read("h", b"head", 50)[0]
        self.glyphs: int = self.read("H", b"maxp", 4)[0]
        self._measured: int = self.read("H", b"hhea", 34)[0]

    def table(self, tag: bytes) -> bytes:
        """A whole table."""
        start, length = self._place(tag)
        return self.data[start : start + length]

    def _place(self, tag: bytes) -> tuple[int, int]:
        try:
            return self._tables[tag]
        except KeyError:
            raise FontUnreadableError(f"thiếu bảng {tag.decode('ascii', 'replace').strip()}") from None

    def read(self, form: str, tag: bytes, at: int) -> tuple[Any, ...]:
        """Numbers of a table."""
        start, length = self._place(tag)
        if at >= length:
            raise FontUnreadableError(f"bảng {tag.decode('ascii', 'replace').strip()} bị hỏng")
        return unpack_from(f">{form}", self.data, start + at)

    def measure(self, glyph: int) -> tuple[int, int]:
        """The advance of a glyph, and how far its ink is from its left, in the face's own units."""
        if glyph < self._measured:
            advance, left = self.read("Hh", b"hmtx", 4 * glyph)
            return advance, left
        return self.read("H", b"hmtx", 4 * self._measured - 4)[0], 0

    def outline(self, glyph: int) -> bytes:
        """The record of a glyph; empty for a space."""
        start, _ = self._place(b"glyf")
        form, long, times = ("2L", 4, 1) if self._long else ("2H", 2, 2)
        first, last = self.read(form, b"loca", glyph * long)
        return self.data[start + first * times : start + last * times]

    def characters(self) -> Mapping[int, int]:
        """Which glyph shows which character; those without a glyph left out."""
        (count,) = self.read("H", b"cmap", 2)
        records = [self.read("HHL", b"cmap", 4 + 8 * at) for at in range(count)]
        places = {(platform, encoding): at for platform, encoding, at in records}
        for kind in _CHARACTERS:
            if kind in places:
                (form,) = self.read("H", b"cmap", places[kind])
                if form == _GROUPS:
                    return dict(self._groups(places[kind]))
                if form == _SEGMENTS:
                    return self._segments(places[kind])
        raise FontUnreadableError("không có bảng ký tự Unicode")

    def _groups(self, at: int) -> Iterator[tuple[int, int]]:
        (count,) = self.read("L", b"cmap", at + 12)
        for group in range(count):
            first, last, glyph = self.read("LLL", b"cmap", at + 16 + 12 * group)
            yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)

    def _segments(self, at: int) -> dict[int, int]:
        (double,) = self.read("H", b"cmap", at + 6)
        count = double // 2
        lasts = self.read(f"{count}H", b"cmap", at + 14)
        firsts = self.read(f"{count}H", b"cmap", at + 16 + double)
        deltas = self.read(f"{count}H", b"cmap", at + 16 + 2 * double)
        offsets = self.read(f"{count}H", b"cmap", at + 16 + 3 * double)
        shown: dict[int, int] = {}
        for segment, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
            codes = range(first, min(last, _FAR - 1) + 1)
            if offsets[segment]:
                place = at + 16 + 3 * double + 2 * segment + offsets[segment]
                found = self.read(f"{len(codes)}H", b"cmap", place)
                shown.update(
                    (code, (glyph + delta) & _FAR) for code, glyph in zip(codes, found, strict=True) if glyph
                )
            else:
                shown.update(zip(codes, [(code + delta) & _FAR for code in codes], strict=True))
        return {code: glyph for code, glyph in shown.items() if glyph}

    @property
    def name(self) -> str:
        """The name of the face in PDFs."""
        _, count, texts = self.read("HHH", b"name", 0)
        start, _ = self._place(b"name")
        for at in range(count):
            platform, _, _, kind, length, offset = self.read("6H", b"name", 6 + 12 * at)
            if kind == _POSTSCRIPT_NAME:
                written = self.data[start + texts + offset : start + texts + offset + length]
                return written.decode("latin-1" if platform == 1 else "utf-16-be")
        raise FontUnreadableError("không có tên")

    @property
    def metrics(self) -> Metrics:
        """What a PDF says of the face."""

        def scaled(number: int) -> int:
            return round(number * 1000 / self.em)

        left, bottom, right, top = (scaled(side) for side in self.read("4h", b"head", 36))
        ascent, descent = (scaled(side) for side in self.read("2h", b"hhea", 4))
        (weight,) = self.read("H", b"OS/2", 4)
        version, capitals = *self.read("H", b"OS/2", 0), ascent
        if version >= 2:  # noqa: PLR2004 - since then the table says how tall capitals are
            capitals = scaled(self.read("h", b"OS/2", 88)[0])
        (slant,) = self.read("l", b"post", 4)
        return Metrics((left, bottom, right, top), ascent, descent, capitals, slant / 65536, weight)


def parts(outline: bytes) -> list[tuple[int, int]]:
    """The parts of a glyph that is made of others: where the number of each stands, and the number."""
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return []
    found, at, flags = [], 10, MORE
    while flags & MORE:
        flags, glyph = unpack_from(">HH", outline, at)
        found.append((at + 2, glyph))
        at += record_length(flags)
    return found


def record_length(flags: int) -> int:
    """How long the record of a part is."""
    length = 8 if flags & WORDS else 6
    return length + (2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0)

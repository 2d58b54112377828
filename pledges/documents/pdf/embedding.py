"""What a PDF carries of a face: the letters that Vietnamese papers use, and any other that a paper needs.

Each character has a code that depends on the face alone, so that a text is written the same way in each document.
Those of Vietnamese papers have the first codes, and stand in each file: they are made ready once, and a document
that needs no others costs nothing more. The glyphs' programs for coarse screens are left out.
"""

import re
import sys
from array import array
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from struct import pack, unpack_from
from typing import NamedTuple
from unicodedata import normalize
from zlib import compress, crc32

from pledges.documents.pdf.sfnt import INSTRUCTED, FontUnreadableError, Sfnt, parts

_TAG, LEVEL = 6, 6
_MOST_RANGES = 100
_SHORT, _FOUR = 0x20000, 4
_MAGIC = 0xB1B0AFBA
_WHOLE = 0xFFFFFFFF
_MOST_CODES = 0xFFFF
"""A code takes two bytes."""


def _vietnamese_letters() -> frozenset[str]:
    """The 146 that Vietnamese marks (vowels with every tone, and đ), and the other letters of ASCII."""
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    marked = {normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} | {"đ"}
    plain = set("abcdefghijklmnopqrstuvwxyz")
    return frozenset(letter for low in marked | plain for letter in (low, low.upper()))


VIETNAMESE_LETTERS = _vietnamese_letters()
ALWAYS = VIETNAMESE_LETTERS | {chr(code) for code in range(0x20, 0x7F)} | set("–—…“”‘’·•≤≥±×²³°§")
"""What a file carries of each face it uses."""


class Embedded(NamedTuple):
    """A face as a file carries it: its name there, and its program, widths and characters ready to be written."""

    name: str
    program: bytes
    """Compressed; `length` bytes long when it isn't."""
    length: int
    widths: str
    characters: bytes
    """Compressed."""


class Codes:
    """The codes of a face, and what is embedded for them."""

    def __init__(self, sfnt: Sfnt, glyphs: Mapping[int, int]) -> None:
        self._sfnt, self._of = sfnt, glyphs
        self._usual = sorted(ord(character) for character in ALWAYS if ord(character) in glyphs)
        self._codes = dict(zip(self._usual, range(1, len(self._usual) + 1), strict=True))
        if self.usual + len(glyphs) - len(self._usual) + sfnt.glyphs > _MOST_CODES:
            raise FontUnreadableError("có quá nhiều chữ để đưa vào một tệp PDF")
        self.embedded = lru_cache(maxsize=32)(self._embedded)

    def __getitem__(self, character: int) -> int:
        """The code of a character that the face has."""
        return self._codes.get(character) or self._rare[character]

    @cached_property
    def _made(self) -> list[int]:
        """The glyphs of which those of the usual characters are made."""
        return self._made_of(self._of[character] for character in self._usual)

    @property
    def usual(self) -> int:
        """How many codes stand in each file; greater ones are rare."""
        return 1 + len(self._usual) + len(self._made)

    @cached_property
    def _rare(self) -> dict[int, int]:
        return {code: self.usual + at for at, code in enumerate(sorted(self._of.keys() - self._codes.keys()))}

    @cached_property
    def _characters(self) -> dict[int, int]:
        """Which character a code stands for."""
        return {
            code: character
            for characters in (self._codes, self._rare)
            for character, code in characters.items()
        }

    @cached_property
    def _glyphs(self) -> list[int]:
        """Which glyph a code stands for; behind the characters' each glyph has a code, as a part of others."""
        known = (self._of[character] for character in (*self._usual, *self._rare))
        glyphs = [0, *known, *range(self._sfnt.glyphs)]
        glyphs[1 + len(self._usual) : 1 + len(self._usual)] = self._made
        return glyphs

    @cached_property
    def _slots(self) -> dict[int, int]:
        """The code of a glyph as a part of others."""
        slots = dict(
            zip(range(self._sfnt.glyphs), range(self.usual + len(self._rare), 1 << 17), strict=False)
        )
        return slots | {glyph: 1 + len(self._usual) + at for at, glyph in enumerate(self._made)}

    def _made_of(self, glyphs: Iterable[int]) -> list[int]:
        """The glyphs of which others are made, and those of which they are."""
        found: dict[int, None] = {}
        waiting = list(glyphs)
        while waiting:
            new = {part: None for glyph in waiting for _, part in parts(self._sfnt.outline(glyph))}
            waiting = [part for part in new if part not in found]
            found |= new
        return list(found)

    def _embedded(self, rare: frozenset[int]) -> Embedded:
        """The face with the usual codes and some rare ones."""
        codes = [*range(self.usual), *sorted(self._with_parts(rare))]
        last = codes[-1] + 1
        outlines, measures = [b""] * last, [bytes(4)] * last
        widths = [0] * last
        for code in codes:
            glyph = self._glyphs[code]
            advance, left = self._sfnt.measure(glyph)
            outlines[code], measures[code] = self._outline(glyph), pack(">Hh", advance, left)
            widths[code] = round(advance * 1000 / self._sfnt.em)
        program = self._program(outlines, measures)
        name = re.sub("[^A-Za-z0-9-]", "", self._sfnt.name)
        named = "".join(chr(65 + crc32(bytes([at]) + program) % 26) for at in range(_TAG))
        spoken = [code for code in codes if code in self._characters]
        return Embedded(
            f"{named}+{name}",
            compress(program, LEVEL),
            len(program),
            f"[0[{' '.join(map(str, widths))}]]",
            compress(self._spoken(spoken), LEVEL),
        )

    def _with_parts(self, rare: Iterable[int]) -> set[int]:
        made = self._made_of(self._glyphs[code] for code in rare)
        return {*rare, *(self._slots[glyph] for glyph in made if self._slots[glyph] >= self.usual)}

    def _outline(self, glyph: int) -> bytes:
        """A glyph whose parts go by their codes, without its program for coarse screens."""
        outline = bytearray(self._sfnt.outline(glyph))
        if not outline:
            return b""
        (contours,) = unpack_from(">h", outline)
        if contours >= 0:
            at = 10 + 2 * contours
            (length,) = unpack_from(">H", outline, at)
            outline[at : at + 2 + length] = bytes(2)
        else:
            made = parts(bytes(outline))
            for at, part in made:
                (flags,) = unpack_from(">H", outline, at - 2)
                outline[at - 2 : at + 2] = pack(">HH", flags & ~INSTRUCTED, self._slots[part])
        return bytes(outline) + bytes(-len(outline) % _FOUR)

    def _program(self, outlines: list[bytes], measures: list[bytes]) -> bytes:
        places = [0, *accumulate(map(len, outlines))]
        short = places[-1] < _SHORT
        head = bytearray(self._sfnt.table(b"head"))
        head[8:12] = bytes(4)
        head[50:52] = pack(">h", not short)
        counted = pack(">H", len(outlines))
        most = self._sfnt.table(b"maxp")
        return _bound(
            {
                b"glyf": b"".join(outlines),
                b"head": bytes(head),
                b"hhea": self._sfnt.table(b"hhea")[:34] + counted,
                b"hmtx": b"".join(measures),
                b"loca": pack(
                    f">{len(places)}{'H' if short else 'L'}",
                    *(place // 2 if short else place for place in places),
                ),
                b"maxp": most[:4] + counted + most[6:],
            }
        )

    def _spoken(self, codes: list[int]) -> bytes:
        """Which character each code stands for, as readers and searchers ask it."""
        pairs = [
            f"<{code:04X}><{chr(self._characters[code]).encode('utf-16-be').hex().upper()}>" for code in codes
        ]
        blocks = [pairs[at : at + _MOST_RANGES] for at in range(0, len(pairs), _MOST_RANGES)]
        lines = ("\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks)
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def",
                "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
                "1 begincodespacerange <0000><FFFF> endcodespacerange",
                *lines,
                "endcmap CMapName currentdict /CMap defineresource pop end end",
            )
        ).encode()


def _bound(tables: Mapping[bytes, bytes]) -> bytes:
    """Tables put together into a face."""
    count = len(tables)
    power = count.bit_length() - 1
    head = pack(">4sHHHH", b"\x00\x01\x00\x00", count, 16 << power, power, 16 * count - (16 << power))
    at = len(head) + 16 * count
    bodies = [table + bytes(-len(table) % _FOUR) for table in tables.values()]
    for (tag, table), body in zip(tables.items(), bodies, strict=True):
        head += pack(">4sLLL", tag, _sum(body), at, len(table))
        at += len(body)
    whole = bytearray(head + b"".join(bodies))
    place = len(head) + len(bodies[0]) + 8  # in the second table, head
    whole[place : place + 4] = pack(">L", (_MAGIC - _sum(bytes(whole))) & _WHOLE)
    return bytes(whole)


def _sum(data: bytes) -> int:
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & _WHOLE

"""A PDF written from its beginning to its end: what is finished goes into the file and leaves memory."""

import sys
from array import array
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from typing import BinaryIO
from zlib import compress

LEVEL = 4
"""How hard to press: twice as fast as the usual, and a twentieth larger."""
_HELD = 250
"""How many small objects are compressed together."""
_FREE = 0xFFFF
_PLACED, _PACKED = 1 << 56, 2 << 56
"""Kinds of places in the table of objects: in the file, in a stream of objects."""


def text(words: str) -> str:
    """A text as a PDF's object."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def day(on: date) -> str:
    """The beginning of a day in Việt Nam as a PDF's object."""
    return f"(D:{on:%Y%m%d}000000+07'00')"


class File:
    """Objects on their way into a file. Numbers may be given out before what they stand for is known."""

    def __init__(self, into: BinaryIO) -> None:
        self._into, self._at = into, 0
        self._places = array("Q", [_FREE])
        self._held: list[tuple[int, str]] = []
        self._digest = blake2b(digest_size=16)
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, content: bytes) -> None:
        self._into.write(content)
        self._digest.update(content)
        self._at += len(content)

    def number(self) -> int:
        """A number for an object."""
        self._places.append(0)
        return len(self._places) - 1

    def numbers(self, count: int) -> range:
        """Numbers for some objects, one after the other."""
        first = len(self._places)
        self._places.extend([0] * count)
        return range(first, first + count)

    def hold(self, number: int, body: str) -> None:
        """An object that is no stream; goes into the file with its neighbours."""
        self._held.append((number, body))
        if len(self._held) >= _HELD:
            self._pack()

    def hold_all(self, objects: Iterable[tuple[int, str]]) -> None:
        """Some objects that are no streams."""
        self._held += objects
        if len(self._held) >= _HELD:
            self._pack()

    def held(self, body: str) -> int:
        """The number of a new object."""
        number = self.number()
        self.hold(number, body)
        return number

    def _pack(self) -> None:
        """Put the held objects into a stream of objects."""
        number = self.number()
        heads, at, places = [], 0, self._places
        for index, (of, body) in enumerate(self._held):
            heads.append(f"{of} {at}")
            at += len(body) + 1
            places[of] = _PACKED | number << 16 | index
        head, bodies = " ".join(heads), "\n".join([body for _, body in self._held])
        entries = f"/Type/ObjStm/N {len(self._held)}/First {len(head) + 1}"
        self._held = []
        self.stream(number, entries, compress(f"{head}\n{bodies}".encode("ascii"), LEVEL))

    def stream(self, number: int, entries: str, data: bytes, *, compressed: bool = True) -> None:
        """A stream; `data` is what stands in the file."""
        self._places[number] = _PLACED | self._at << 16
        packed = "/Filter/FlateDecode" if compressed else ""
        head = f"{number} 0 obj\n<<{entries}{packed}/Length {len(data)}>>stream\n"
        self._write(b"".join((head.encode("ascii"), data, b"\nendstream\nendobj\n")))

    def streamed(self, entries: str, data: bytes, *, compressed: bool = True) -> int:
        """The number of a new stream."""
        number = self.number()
        self.stream(number, entries, data, compressed=compressed)
        return number

    def close(self, root: int, info: int) -> None:
        """Write the table of objects: without it the file is none."""
        if self._held:
            self._pack()
        number = self.number()
        self._places[number] = _PLACED | self._at << 16
        start, mark = self._at, self._digest.hexdigest()
        places = self._places
        if sys.byteorder == "little":
            places.byteswap()
        entries = (
            f"/Type/XRef/Size {len(places)}/W[1 5 2]/Root {root} 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]"
        )
        data = compress(places.tobytes(), LEVEL)
        head = f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(data)}>>stream\n"
        self._write(b"".join((head.encode("ascii"), data, b"\nendstream\nendobj\n")))
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))


def references(numbers: Iterable[int]) -> str:
    """Objects named one after the other."""
    return " ".join([f"{number} 0 R" for number in numbers])

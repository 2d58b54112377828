"""HEIC photos: the items of Exif and XMP are written over with zeros, in place, so that nothing else moves.

The way up is a property of the picture there, not of its Exif. Source: ISO/IEC 14496-12 (meta, iinf, iloc).
"""

import struct
from collections.abc import Iterator

_TELLING = frozenset({b"Exif", b"mime"})
_NAMED = 2
"""The version of an item's entry from which it names its kind."""
_MOST = 10_000
"""Boxes in a row, items and their pieces: a phone makes a few hundred; a file that says more is made to hurt."""
_MOST_TELLING = 100
"""Pieces that tell: a phone makes two or three, and each may claim the whole file."""


def blanked(content: bytes) -> bytes:
    """The photo without what it tells of person, place and device."""
    plain = bytearray(content)
    try:
        pieces = list(_telling(content))
        _bounded(len(pieces), _MOST_TELLING)
        for start, size in pieces:
            plain[start : start + size] = bytes(len(plain[start : start + size]))
    except (struct.error, IndexError):
        return bytes(plain[:12])  # nobody can tell what lies where: nothing of it is given away
    return bytes(plain)


def _bounded(number: int, most: int) -> int:
    if number > most:
        raise IndexError
    return number


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: kind, and where the body begins and ends."""
    left = _MOST
    while at + 8 <= end:
        left -= 1
        if not left:
            raise IndexError
        size, kind = struct.unpack_from(">I4s", content, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", content, at + 8)[0], 16
        stop = at + size if size else end
        yield kind, at + head, min(stop, end)
        at = max(stop, at + head)


def _telling(content: bytes) -> Iterator[tuple[int, int]]:
    """Where the items lie that tell: start and size."""
    whole = {kind: (start, end) for kind, start, end in _boxes(content, 0, len(content))}
    start, end = whole.get(b"meta", (0, 0))
    inner = {kind: (at, stop) for kind, at, stop in _boxes(content, start + 4, end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise IndexError
    items = set(_items(content, *inner[b"iinf"]))
    yield from _extents(content, inner[b"iloc"][0], items, inner.get(b"idat", (0, 0))[0])


def _items(content: bytes, at: int, end: int) -> Iterator[int]:
    """The numbers of the items that tell."""
    for kind, start, _stop in _boxes(content, at + (6 if content[at] == 0 else 8), end):
        if kind == b"infe" and content[start] >= _NAMED:
            wide = content[start] > _NAMED
            number = struct.unpack_from(">I" if wide else ">H", content, start + 4)[0]
            name = start + (10 if wide else 8)
            if content[name : name + 4] in _TELLING:
                yield number


def _extents(content: bytes, at: int, items: set[int], idat: int) -> Iterator[tuple[int, int]]:
    version, sizes = content[at], struct.unpack_from(">H", content, at + 4)[0]
    of_offset, of_length, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide, at = (4 if version > 1 else 2), at + 6
    left = _MOST

    def take(size: int) -> int:
        nonlocal at
        if at + size > len(content):
            raise IndexError
        at += size
        return int.from_bytes(content[at - size : at])

    for _item in range(_bounded(take(wide), left)):
        number = take(wide)
        within = version > 0 and take(2) & 15 == 1
        take(2)
        base = take(of_base) + (idat if within else 0)
        extents = _bounded(take(2), left)
        left -= extents
        for _extent in range(extents):
            if version > 0:
                take(of_index)
            offset, length = take(of_offset), take(of_length)
            if number in items:
                yield base + offset, length or len(content)

"""A PDF that `file.py` wrote, read back object by object, so that its pages can stand in another file as they are."""

import re
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol
from zlib import decompress
from zlib import error as PackedWrongError  # noqa: N812 - it is lower case there

REFERENCE = re.compile(r"(\d+) 0 R\b")
_BEGIN = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_TAIL = 64
_TABLE = re.compile(
    rb"\d+ 0 obj\n<</Type/XRef/Size (\d+)/W\[1 5 2\]/Root (\d+) 0 R/Info \d+ 0 R"
    rb"/ID\[<\w+><\w+>\]/Filter/FlateDecode/Length (\d+)>>stream\n"
)
_STREAM = re.compile(rb"\d+ 0 obj\n<<([^\n]*?)/Length (\d+)>>stream\n")
_PACKED_IN = re.compile(r"/Type/ObjStm/N \d+/First (\d+)")
_PAGE = re.compile(r"<</Type/Page/Parent \d+ 0 R(.*?)/StructParents (\d+)/Tabs/S>>")
_KIDS = re.compile(r"/Kids\[([^]]*)]")
_NUMBERED = re.compile(r"(\d+) (\d+) 0 R")
_IN_FILE, _IN_STREAM = 1, 2


class NotOursError(ValueError):
    """The file was not written by `file.py`, or was changed since: nothing is known of how its objects lie."""


class Leaf(NamedTuple):
    """A page: its number, what it says (but of where it hangs), and the elements of its marks, one after the other."""

    number: int
    said: str
    holders: tuple[int, ...] = ()


class Stream(NamedTuple):
    """A stream as it stands in its file."""

    entries: str
    data: bytes


class Readable(Protocol):
    """A file whose objects are asked for by their numbers."""

    @property
    def top(self) -> int:
        """The topmost element of its tree; 0 where nothing tells what its parts are."""
        ...

    def leaves(self) -> Iterator[Leaf]:
        """Its pages in their order."""
        ...

    def found(self, number: int) -> str | Stream:
        """An object."""
        ...


class Reread:
    """The objects of a file of ours. Raises `NotOursError`."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._packed: dict[int, list[str]] = {}
        try:
            self._places, root = self._table()
            self._catalogue = self._text(root)
            self._tree = self._text(_named(self._catalogue, "StructTreeRoot"))
            self.top = _named(self._tree, "K")
        except (IndexError, ValueError, PackedWrongError) as error:
            raise NotOursError(str(error)) from error

    def leaves(self) -> Iterator[Leaf]:
        """The pages in their order."""
        try:
            yield from self._leaves()
        except (IndexError, KeyError, PackedWrongError) as error:
            raise NotOursError(str(error)) from error

    def found(self, number: int) -> str | Stream:
        """An object; of a stream what stands in the file."""
        place = self._places[number]
        kind, at, index = place >> 56, place >> 16 & 0xFFFFFFFFFF, place & 0xFFFF
        if kind == _IN_STREAM:
            return self._unpacked(at)[index]
        if kind != _IN_FILE:
            raise NotOursError(f"no object {number}")
        head = _STREAM.match(self._content, at)
        if head is None:
            raise NotOursError(f"object {number} is no stream")
        return Stream(head[1].decode("ascii"), self._content[head.end() : head.end() + int(head[2])])

    def _table(self) -> tuple["array[int]", int]:
        """Where each object lies, and which is the root."""
        end = _END.search(self._content, max(len(self._content) - _TAIL, 0))
        head = _TABLE.match(self._content, int(end[1])) if end else None
        if head is None or not self._content.startswith(_BEGIN):
            raise NotOursError("another's beginning or end")
        size, root, length = map(int, head.groups())
        places = array("Q", decompress(self._content[head.end() : head.end() + length]))
        if sys.byteorder == "little":
            places.byteswap()
        if len(places) != size:
            raise NotOursError("another's table of objects")
        return places, root

    def _unpacked(self, number: int) -> list[str]:
        """The objects of a stream of objects."""
        if number not in self._packed:
            packed = self.found(number)
            first = _PACKED_IN.search(packed.entries) if isinstance(packed, Stream) else None
            if first is None or not isinstance(packed, Stream):
                raise NotOursError(f"object {number} holds no objects")
            whole, begin = decompress(packed.data).decode("ascii"), int(first[1])
            starts = [begin + int(at) for at in whole[:begin].split()[1::2]]
            self._packed[number] = [
                whole[one : other - 1] for one, other in pairwise([*starts, len(whole) + 1])
            ]
        return self._packed[number]

    def _text(self, number: int) -> str:
        found = self.found(number)
        if not isinstance(found, str):
            raise NotOursError(f"object {number} is a stream")
        return found

    def _leaves(self) -> Iterator[Leaf]:
        holders = dict(self._holders(_named(self._tree, "ParentTree")))
        for number in self._hanging(_named(self._catalogue, "Pages")):
            page = _PAGE.fullmatch(self._text(number))
            if page is None:
                raise NotOursError(f"page {number} is another's")
            held = REFERENCE.findall(self._text(holders[int(page[2])]))
            yield Leaf(number, page[1], tuple(map(int, held)))

    def _hanging(self, number: int) -> Iterator[int]:
        """The numbers of the pages below a branch."""
        kids = _KIDS.search(self._text(number))
        if kids is None:
            yield number
            return
        for kid in REFERENCE.findall(kids[1]):
            yield from self._hanging(int(kid))

    def _holders(self, number: int) -> Iterator[tuple[int, int]]:
        """By the keys of pages the lists of the elements that hold their marks."""
        said = self._text(number)
        kids = _KIDS.search(said)
        for kid in REFERENCE.findall(kids[1]) if kids else ():
            yield from self._holders(int(kid))
        if kids is None:
            yield from ((int(key), int(held)) for key, held in _NUMBERED.findall(said.partition("/Nums[")[2]))


def _named(said: str, key: str) -> int:
    """The object that an object names by a key."""
    found = re.search(rf"/{key} (\d+) 0 R", said)
    if found is None:
        raise NotOursError(f"no /{key}")
    return int(found[1])

"""Files joined into one: their pages as they are, each file a part of one tree, what they share carried once.

Nothing is drawn anew and no stream is unpacked. Of each file only its outline and the places of its objects stay in
memory.
"""

import re
from collections import deque
from collections.abc import Iterable
from hashlib import blake2b
from typing import BinaryIO
from zlib import compress

from pledges.documents.pdf import catalogue
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.catalogue import Ends
from pledges.documents.pdf.file import LEVEL, File, references, text
from pledges.documents.pdf.foreign import Foreign
from pledges.documents.pdf.marks import Tree
from pledges.documents.pdf.reread import REFERENCE, Leaf, NotOursError, Readable, Reread, Stream

_CONTENTS = re.compile(r"/Contents ?(\[[^]]*]|\d+ 0 R)")
_A4 = "/MediaBox[0 0 595.28 841.89]"


def opened(content: bytes) -> tuple[Readable, list[Leaf]]:
    """A file and its pages: as one of ours, else in the general way. Raises `UnjoinableError`."""
    try:
        own = Reread(content)
        return own, list(own.leaves())
    except NotOursError:
        other = Foreign(content)
        return other, list(other.leaves())


class Joint:
    """A file that grows by whole files. `duplex` puts a blank page where one would begin on a back."""

    def __init__(self, into: BinaryIO, *, duplex: bool = False) -> None:
        self._file = file = File(into)
        self._tree = Tree(file)
        self._catalogue, self._pages, self._top = file.numbers(3)
        self._duplex = duplex
        self._known = True
        self._shared: dict[bytes, int] = {}
        self._branches: list[int] = []
        self._counts: list[int] = []
        self._parts: list[int] = []
        self._outline: list[tuple[str, int]] = []

    def add(self, bookmark: str, content: bytes, *, behind: bool = False) -> None:
        """One more file under its bookmark; one `behind` another goes on with it. Raises `UnjoinableError`."""
        source, leaves = opened(content)
        file = self._file
        new = {leaf.number: number for leaf, number in zip(leaves, file.numbers(len(leaves)), strict=True)}
        if self._duplex and self._counts and self._counts[-1] % 2:
            self._add_blank()
        if not behind:
            self._outline.append((bookmark, new[leaves[0].number]))
            self._counts.append(0)
        self._parts.append(self._part(source, bookmark, new))
        self._hang(source, leaves, new)
        self._known = self._known and source.top > 0

    def close(self, named: Named) -> int:
        """Write what all share; the number of pages. Raises ValueError for a file of nothing."""
        if not self._counts:
            raise ValueError("a file holds at least one paper")
        file, count = self._file, sum(self._counts)
        file.hold(self._pages, f"<</Type/Pages/Kids[{references(self._branches)}]/Count {count}>>")
        file.hold(self._top, f"<</S/Document/P {self._tree.root} 0 R/K[{references(self._parts)}]>>")
        self._tree.close(self._top)
        ends = Ends(
            self._catalogue, self._pages, self._tree.root, self._outline, self._counts, known=self._known
        )
        catalogue.close(file, ends, named)
        return count

    def _part(self, source: Readable, bookmark: str, new: dict[int, int]) -> int:
        """The elements of a file as a part of the whole; the part's number."""
        file, part = self._file, self._file.number()
        kids = ""
        if source.top:
            said = source.found(source.top)
            kids = str(said).partition("/K")[2].removesuffix(">>")
            new[source.top] = part
        waiting = deque[int]()
        written = f"/K{self._renumbered(kids, new, waiting)}" if kids else ""
        file.hold(part, f"<</S/Part/P {self._top} 0 R/T{text(bookmark)}{written}>>")
        while waiting:
            old = waiting.popleft()
            file.hold(new[old], self._renumbered(str(source.found(old)), new, waiting))
        return part

    def _renumbered(self, said: str, new: dict[int, int], waiting: deque[int]) -> str:
        """An object that names others by their numbers here; those without one get theirs and wait to be written."""
        file = self._file

        def number(found: re.Match[str]) -> str:
            old = int(found[1])
            if old not in new:
                new[old] = file.number()
                waiting.append(old)
            return f"{new[old]} 0 R"

        return REFERENCE.sub(number, said)

    def _hang(self, source: Readable, leaves: Iterable[Leaf], new: dict[int, int]) -> None:
        """The pages of a file as a branch of the tree of pages."""
        branch, kids = self._file.number(), []
        carrying = _Carrying(self._file, source, new, self._shared)
        for leaf in leaves:
            contents = _CONTENTS.search(leaf.said)
            for old in REFERENCE.findall(contents[1] if contents else ""):
                carrying.carry(int(old), shared=False)
            said = carrying.renumbered(leaf.said)
            kids.append(new[leaf.number])
            self._page(new[leaf.number], branch, said, [new[holder] for holder in leaf.holders])
        self._branch(branch, kids)

    def _add_blank(self) -> None:
        """An empty page, which belongs to the paper before it."""
        content = self._file.streamed("", compress(b"", LEVEL))
        page, branch = self._file.numbers(2)
        self._page(page, branch, f"{_A4}/Contents {content} 0 R/Resources<<>>", ())
        self._branch(branch, [page])

    def _page(self, number: int, branch: int, said: str, holders: Iterable[int]) -> None:
        key = self._tree.key()
        self._file.hold(number, f"<</Type/Page/Parent {branch} 0 R{said}/StructParents {key}/Tabs/S>>")
        self._tree.page(holders)

    def _branch(self, number: int, kids: list[int]) -> None:
        self._file.hold(
            number,
            f"<</Type/Pages/Parent {self._pages} 0 R/Kids[{references(kids)}]/Count {len(kids)}>>",
        )
        self._branches.append(number)
        self._counts[-1] += len(kids)


class _Carrying:
    """What pages need (contents, faces) on its way from one file into another."""

    def __init__(self, file: File, source: Readable, new: dict[int, int], shared: dict[bytes, int]) -> None:
        self._file, self._source, self._new, self._shared = file, source, new, shared
        self._open: set[int] = set()

    def renumbered(self, said: str) -> str:
        """An object that names others, which are carried before it."""
        return REFERENCE.sub(lambda found: f"{self.carry(int(found[1]))} 0 R", said)

    def carry(self, old: int, *, shared: bool = True) -> int:
        """The number that an object has here; one that an earlier file brought is not brought again."""
        if old in self._new:
            return self._new[old]
        if old in self._open:  # a circle: somewhere in it a number is given before the object is known
            self._new[old] = self._file.number()
            return self._new[old]
        self._open.add(old)
        found = self._source.found(old)
        if isinstance(found, Stream):
            found = found._replace(entries=self.renumbered(found.entries))
        else:
            found = self.renumbered(found)
        self._open.remove(old)
        self._new[old] = self._written(found, self._new.get(old, 0), shared=shared)
        return self._new[old]

    def _written(self, found: str | Stream, number: int, *, shared: bool) -> int:
        mark = b""
        if shared and not number:
            mark = _mark(found)
            if mark in self._shared:
                return self._shared[mark]
        number = number or self._file.number()
        if isinstance(found, Stream):
            self._file.stream(number, found.entries, found.data, compressed=False)
        else:
            self._file.hold(number, found)
        if mark:
            self._shared[mark] = number
        return number


def _mark(found: str | Stream) -> bytes:
    """What objects that say the same have in common."""
    digest = blake2b(digest_size=16)
    if isinstance(found, Stream):
        digest.update(found.data)
        digest.update(b"stream ")
        found = found.entries
    digest.update(found.encode("ascii"))
    return digest.digest()

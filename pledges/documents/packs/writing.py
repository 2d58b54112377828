"""Writing a pack: into one PDF or a ZIP, paper by paper, whatever the papers are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pledges.core import clock
from pledges.core.downloads import plain_name
from pledges.documents.packs import evidence, signed
from pledges.documents.packs.issued import Frozen, frozen_of
from pledges.documents.packs.papers import Source, papers_of
from pledges.documents.packs.rules import Binding, PackKind
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.foreign import UnjoinableError
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pdf.joining import Joint
from pledges.documents.pdf.pack import bind
from pledges.documents.sheets.pack import Bound

MISSING_NAME = "van-ban-thieu.txt"
_LONGEST = 80
Told = Callable[[int], None]
"""Hears how many papers are done; what it raises stops the work."""


class Unprintable(Exception):
    """A paper can't be printed, or isn't there; the message is a sentence that names it."""


@dataclass(frozen=True)
class Order:
    """A pack to be written: its kind, how it is bound, its name, from what, and where things lie."""

    kind: PackKind
    binding: Binding
    name: str
    source: Source
    files: Path
    fonts: Path | None = None


def write(order: Order, into: BinaryIO, told: Told) -> int:
    """Write the pack; how many pieces it has, 0 for nothing to bind. Raises `Unprintable` and what `told` raises."""
    if order.kind is PackKind.EVIDENCE:
        return evidence.write(order.source, order.files, into, told)
    if order.source.asked.signed is not None:
        return signed.write(order.source, order.files, order.fonts, into, told)
    if order.kind is PackKind.ISSUED:
        return _issued(order, into, told)
    papers = _Watched(papers_of(order.kind, order.source))
    try:
        return (
            _zipped(order, papers, into, told)
            if order.binding is Binding.ZIP
            else _bound(order, papers, into, told)
        )
    except GlyphMissingError as missing:
        raise Unprintable(f"{papers.name}: {missing}") from missing


class _Watched:
    """Papers one after the other, and the name of the last one taken."""

    def __init__(self, papers: Iterable[Bound]) -> None:
        self.papers, self.name, self.number = iter(papers), "", 0

    def __iter__(self) -> Iterator[Bound]:
        """Give them on."""
        for number, one in enumerate(self.papers, start=1):
            self.number, self.name = number, one.bookmark
            yield one


def _bound(order: Order, papers: _Watched, into: BinaryIO, told: Told) -> int:
    author = order.source.campaign.owner.name
    named = Named(order.name, author, order.name)
    try:
        bind(papers, into, named, fonts=order.fonts, duplex=order.source.asked.duplex, on_paper=told)
    except ValueError:
        if papers.number:
            raise
    return papers.number


def _zipped(order: Order, papers: _Watched, into: BinaryIO, told: Told) -> int:
    with ZipFile(into, "w") as archive:
        for one in papers:
            _put(archive, _numbered(papers.number, one.bookmark), draw(one.sheet, order.fonts))
            told(papers.number)
    return papers.number


def _issued(order: Order, into: BinaryIO, told: Told) -> int:
    """What was issued, as it was frozen: a print stops where one is missing, an archive says which are."""
    found = _told_of(frozen_of(order.source, order.files), told)
    if order.binding is Binding.ZIP:
        return _archive(found, into)
    return _joined(order, found, into)


def _joined(order: Order, found: Iterable[Frozen], into: BinaryIO) -> int:
    """The kept pages one after the other; how many pieces."""
    joint, count = Joint(into, duplex=order.source.asked.duplex), 0
    for one in found:
        if one.missing:
            raise Unprintable(f"{one.name}: {one.missing}")
        if one.cover is not None:
            joint.add(one.name, draw(one.cover, order.fonts))
        try:
            joint.add(one.name, one.content, behind=one.cover is not None)
        except UnjoinableError as error:
            raise Unprintable(f"{one.name}: {error}") from error
        count += 1
    if count:
        author = order.source.campaign.owner.name
        joint.close(Named(order.name, author, order.name, order.source.asked.today))
    return count


def _told_of(found: Iterable[Frozen], told: Told) -> Iterator[Frozen]:
    for number, one in enumerate(found, start=1):
        yield one
        told(number)


def _archive(found: Iterable[Frozen], into: BinaryIO) -> int:
    number, missing = 0, []
    with ZipFile(into, "w") as archive:
        for number, one in enumerate(found, start=1):
            if one.missing:
                missing.append(f"{one.name}: {one.missing}\r\n")
            else:
                _put(archive, _numbered(number, one.name), one.content)
        if missing:
            _put(archive, MISSING_NAME, "".join(missing).encode("utf-8-sig"))
    return number


def _numbered(number: int, name: str) -> str:
    """A name in the archive that keeps the order, without accents."""
    return f"{number:03}-{plain_name(name.replace('.', ' '))[:_LONGEST].rstrip('-')}.pdf"


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    info = ZipInfo(name, clock.local(clock.now()).timetuple()[:6])
    info.external_attr, info.compress_type = 0o644 << 16, ZIP_STORED  # a PDF is packed already
    archive.writestr(info, content)

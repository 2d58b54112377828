"""Binding PDFs that exist: their pages as they are, a bookmark for each, and blank backs to print on both sides."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO

_A4 = (0, 0, 595.2756, 841.8898)


class Merged:
    """A PDF that grows by whole papers: each one's tree of pages becomes a branch of one tree."""

    def __init__(self, title: str, language: str = "vi-VN") -> None:
        from pyhanko.pdf_utils import generic, writer  # noqa: PLC0415 - a third of a second, for one kind of pack

        words: Any = generic
        files: Any = writer
        self._words = words
        self._file = files.PdfFileWriter(init_page_tree=False, info=self._dictionary(Title=self._text(title)))
        self._kids = words.ArrayObject()
        self._tree = self._dictionary(Type=self._name("Pages"), Kids=self._kids)
        self._root = self._file.add_object(self._tree)
        self._file.root[self._name("Pages")] = self._root
        self._file.root[self._name("Lang")] = self._text(language)
        self._bookmarks: list[tuple[str, Any]] = []
        self.pages = 0

    def add(self, name: str, content: bytes) -> None:
        """One more paper, under its bookmark."""
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - as above

        read: Any = PdfFileReader(BytesIO(content), strict=False)
        branch = self._file.import_object(read.root.raw_get("/Pages"))
        self._hang(branch)
        first = branch
        while "/Kids" in first.get_object():
            first = first.get_object()["/Kids"].raw_get(0)
        self._bookmarks.append((name, first))

    def add_blank(self) -> None:
        """An empty page."""
        content = self._file.add_object(self._words.StreamObject(stream_data=b""))
        page = self._dictionary(
            Type=self._name("Page"),
            MediaBox=self._words.ArrayObject(map(self._words.FloatObject, _A4)),
            Resources=self._words.DictionaryObject(),
            Contents=content,
        )
        self._hang(self._file.add_object(page))

    def write(self, into: BinaryIO) -> None:
        """Write the file."""
        self._tree[self._name("Count")] = self._words.NumberObject(self.pages)
        self._file.root[self._name("Outlines")] = self._outline()
        self._file.root[self._name("PageMode")] = self._name("UseOutlines")
        self._file.write(into)

    def _hang(self, branch: Any) -> None:
        node = branch.get_object()
        node[self._name("Parent")] = self._root
        self._kids.append(branch)
        self.pages += int(node.get("/Count", 1))

    def _outline(self) -> Any:
        top = self._dictionary(Type=self._name("Outlines"))
        place = self._file.add_object(top)
        lines = [
            self._dictionary(
                Title=self._text(name), Parent=place, Dest=self._words.ArrayObject([page, self._name("Fit")])
            )
            for name, page in self._bookmarks
        ]
        places = [self._file.add_object(line) for line in lines]
        for at, line in enumerate(lines):
            if at:
                line[self._name("Prev")] = places[at - 1]
            if at + 1 < len(lines):
                line[self._name("Next")] = places[at + 1]
        top[self._name("First")], top[self._name("Last")] = places[0], places[-1]
        top[self._name("Count")] = self._words.NumberObject(len(lines))
        return place

    def _dictionary(self, **entries: Any) -> Any:
        return self._words.DictionaryObject({self._name(name): value for name, value in entries.items()})

    def _name(self, name: str) -> Any:
        return self._words.pdf_name(f"/{name}")

    def _text(self, text: str) -> Any:
        return self._words.pdf_string(text)


def merge(papers: Iterable[tuple[str, bytes]], into: BinaryIO, title: str, *, duplex: bool = False) -> int:
    """Write the pages of all papers one after the other; how many pages there are.

    `duplex` puts a blank page before a paper that would begin on the back of another's last page. Raises ValueError
    if there is no paper.
    """
    made: Merged | None = None
    for name, content in papers:
        if made is None:
            made = Merged(title)
        if duplex and made.pages % 2:
            made.add_blank()
        made.add(name, content)
    if made is None:
        raise ValueError("a file holds at least one paper")
    made.write(into)
    return made.pages

"""Several papers as one PDF, each as it would be printed alone; the same papers give the same bytes."""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.draw import part_of
from pledges.documents.pdf.faces import FOLDER, load
from pledges.documents.pdf.pages import Book
from pledges.documents.sheets.pack import Bound, Pack


def pack(bound: Pack, fonts: Path | None = None, *, duplex: bool = False) -> bytes:
    """The papers one after the other, each numbered from 1 with its own foot, and a bookmark for each.

    Raises as `draw` does.
    """
    output = BytesIO()
    bind(bound.papers, output, Named(bound.name, bound.author, bound.name), fonts=fonts, duplex=duplex)
    return output.getvalue()


def bind(
    papers: Iterable[Bound],
    into: BinaryIO,
    named: Named,
    *,
    fonts: Path | None = None,
    duplex: bool = False,
    on_paper: Callable[[int], None] | None = None,
) -> int:
    """Write the papers into a file one after the other; the number of its pages.

    A paper is asked for when the one before is in the file, and leaves memory when it is written.
    `duplex` puts a blank page before a paper that would begin on the back of another's last page. `on_paper` is
    told how many are done; what it raises stops the file, which then is none. Raises as `draw` does, and
    ValueError if there is no paper.
    """
    faces = load(fonts or FOLDER)
    book = Book(into, faces, many=True, duplex=duplex)
    done = 0
    for done, one in enumerate(papers, start=1):
        paper = one.sheet.paper()
        if named.dated is None:
            named = named._replace(dated=paper.heading.ruled_on)
        book.add(part_of(paper, faces, one.bookmark))
        if on_paper is not None:
            on_paper(done)
    if not done:
        raise ValueError("a file holds at least one paper")
    return book.close(named)

"""`pack(papers) -> bytes`: several papers as one PDF; the same papers give the same bytes."""

from pathlib import Path

from pledges.documents.pdf.draw import one_at_a_time, part_of
from pledges.documents.pdf.faces import FOLDER, load
from pledges.documents.pdf.pages import Named, printed
from pledges.documents.sheets.pack import Pack


def pack(bound: Pack, fonts: Path | None = None) -> bytes:
    """The papers one after the other, each numbered from 1 with its own foot, and a bookmark for each.

    Raises as `draw` does.
    """
    with one_at_a_time:
        faces = load(fonts or FOLDER)
        parts = [part_of(one.sheet.paper(), faces, one.bookmark) for one in bound.papers]
        return printed(parts, Named(bound.name, bound.author, bound.name), faces).content

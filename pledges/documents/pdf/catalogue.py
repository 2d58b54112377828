"""The end of a file: what all its pages share, and what it says of itself as a whole."""

from collections.abc import Sequence
from typing import NamedTuple

from pledges.documents.pdf.archive import LANGUAGE, Named, described, intent
from pledges.documents.pdf.file import File
from pledges.documents.pdf.outline import labelled, outlined


class Ends(NamedTuple):
    """What hangs on the catalogue: the trees of pages and of elements, and the bookmarks.

    `labels` tells how many pages each paper of a pack has. Not `known` is a file some of whose pages are another's: it
    isn't told that it is for archives, nor that every word is marked.
    """

    catalogue: int
    pages: int
    tree: int
    bookmarks: Sequence[tuple[str, int]] = ()
    labels: Sequence[int] = ()
    known: bool = True


def close(file: File, ends: Ends, named: Named) -> None:
    """Write the catalogue and the file's end."""
    info, metadata = described(file, named, archival=ends.known)
    suspects = "" if ends.known else "/Suspects true"
    file.hold(
        ends.catalogue,
        f"<</Type/Catalog/Version/1.7/Pages {ends.pages} 0 R/Lang({LANGUAGE})/MarkInfo<</Marked true{suspects}>>"
        f"/StructTreeRoot {ends.tree} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
        f"{intent(file)}{metadata}{labelled(ends.labels)}{outlined(file, ends.bookmarks)}>>",
    )
    file.close(ends.catalogue, info)

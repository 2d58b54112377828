"""The outline of a file: bookmarks one after the other, each leading to a page; and what pages are called."""

from collections.abc import Sequence
from itertools import accumulate

from pledges.documents.pdf.file import File, text


def outlined(file: File, bookmarks: Sequence[tuple[str, int]]) -> str:
    """Write the bookmarks, words and page of each; what the catalogue says of them."""
    if not bookmarks:
        return ""
    root, *lines = file.numbers(len(bookmarks) + 1)
    for at, (words, page) in enumerate(bookmarks):
        near = f"/Prev {lines[at - 1]} 0 R" * (at > 0)
        near += f"/Next {lines[at] + 1} 0 R" * (at < len(lines) - 1)
        file.hold(lines[at], f"<</Title{text(words)}/Parent {root} 0 R/Dest[{page} 0 R/Fit]{near}>>")
    file.hold(root, f"<</Type/Outlines/First {lines[0]} 0 R/Last {lines[-1]} 0 R/Count {len(lines)}>>")
    return f"/Outlines {root} 0 R/PageMode/UseOutlines"


def labelled(counts: Sequence[int]) -> str:
    """What the catalogue says of the names of pages in a pack: "2-3" is the third page of the second paper."""
    if not counts:
        return ""
    starts = accumulate(counts[:-1], initial=0)
    said = " ".join(f"{start}<</S/D/P({paper}-)>>" for paper, start in enumerate(starts, start=1))
    return f"/PageLabels<</Nums[{said}]>>"

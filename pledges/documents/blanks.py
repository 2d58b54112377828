"""Chỗ để trống: what a paper leaves to a pen; it is asked about before somebody signs, since it may be forgotten."""

import re
from collections.abc import Iterator

from pledges.documents.sheets.paper import (
    Block,
    Paper,
    Paragraph,
    Recipients,
    Section,
    SigningSide,
    Table,
)

_DOTS = re.compile(r"…{2,}|\.{4,}|_{3,}")
_SHOWN = 90


def blanks_of(paper: Paper) -> tuple[str, ...]:
    """Every place of a paper that stands as dots, and every signature without a name; each named once, in order."""
    return tuple(dict.fromkeys((*_texts(paper), *_names(paper))))


def _texts(paper: Paper) -> Iterator[str]:
    closing = paper.closing
    lists = (one for one in (closing.left, closing.below) if isinstance(one, Recipients))
    said = [paper.title.abstract, *paper.addressees, *paper.bases]
    for blocks in (paper.body, *(annex.body for annex in paper.annexes)):
        said += [text for block in blocks for text in _of_block(block)]
    said += [line for one in lists for line in one.lines]
    return (f"“{_short(text)}”" for text in said if _DOTS.search(text))


def _of_block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Section):
        yield block.text
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from (cell,) if isinstance(cell, str) else cell


def _names(paper: Paper) -> Iterator[str]:
    for side in (paper.closing.left, paper.closing.right):
        if isinstance(side, SigningSide):
            for one in side.signatures:
                if not one.name.strip():
                    yield f"họ tên dưới “{', '.join(filter(None, (one.on_behalf, *one.posts)))}”"


def _short(text: str) -> str:
    line = " ".join(text.split()).removesuffix("./.").rstrip(" .;")
    return line if len(line) <= _SHOWN else line[:_SHOWN].rpartition(" ")[0] + "…"

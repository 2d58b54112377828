"""Writing the pack: a paper that can't be printed is left out and named; the others go out all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pledges.core.clock import day_of
from pledges.documents.fallback.composing import Gathered, bound
from pledges.documents.fallback.rules import NAME
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.pdf.pack import bind
from pledges.documents.sheets.pack import Bound


def write(gathered: Sequence[Gathered], at: datetime, into: BinaryIO, fonts: Path | None = None) -> int:
    """Write everything into one PDF; the number of its pages. Raises GlyphMissingError where a cover can't be drawn."""
    left_out: list[str] = []
    author = gathered[0].campaign.owner.name
    named = Named(NAME, author, NAME, day_of(at))
    while True:
        taken: list[Bound] = []
        try:
            return bind(_watched(bound(gathered, at, left_out), taken), into, named, fonts=fonts)
        except GlyphMissingError:
            if not any(paper is taken[-1] for one in gathered for part in one.parts for paper in part.papers):
                raise
            gathered = [_without(one, taken[-1]) for one in gathered]
            left_out.append(f"{taken[-1].bookmark} (có ký tự mà phông chữ không có)")
            into.seek(0)
            into.truncate()


def _watched(papers: Sequence[Bound], taken: list[Bound]) -> Iterator[Bound]:
    for one in papers:
        taken.append(one)
        yield one


def _without(gathered: Gathered, paper: Bound) -> Gathered:
    parts = [
        replace(part, papers=tuple(one for one in part.papers if one is not paper)) for part in gathered.parts
    ]
    return replace(gathered, parts=[part for part in parts if part.papers])

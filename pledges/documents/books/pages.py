"""Trang tính của một văn bản: its tables in their order, each with a name and the lines above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pledges.documents.sheets.chart_tables import table_of
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import Block, Paper, Paragraph, Section, Table

LONGEST_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_NUMERAL: Final = re.compile(r"(?:[IVXLC]+[.-]|[0-9]+\.|[a-zđ]\)) ")
_RESERVED: Final = "history"
TEXT = "Văn bản"
_OF_A_CHART: Final = re.compile(r" thực hiện| so với kế hoạch")
"""What the titles of charts share: without it a short name tells one from another."""


@dataclass(frozen=True, slots=True)
class TablePage:
    """Một trang: a table, what stands above it, how its paper lies, and the chart that its figures make."""

    name: str
    above: tuple[str, ...]
    table: Table
    landscape: bool
    chart: BarChart | LineChart | None = None


def pages_of(paper: Paper) -> list[TablePage]:
    """A page for each table and chart."""
    pages: list[TablePage] = []
    names: set[str] = set()
    for above, blocks, landscape, part in _parts(paper):
        title = part
        for block in blocks:
            if isinstance(block, Section):
                title = block.text
            elif isinstance(block, Table):
                said = (*above, title) if title != part else above
                pages.append(TablePage(_named(title, names), said, block, landscape))
            elif isinstance(block, BarChart | LineChart):
                said, name = (*above, block.title), _named(_OF_A_CHART.sub("", block.title), names)
                pages.append(TablePage(name, said, table_of(block), landscape=False, chart=block))
    return pages


def _parts(paper: Paper) -> Iterator[tuple[tuple[str, ...], Sequence[Block], bool, str]]:
    """The main part and the annexes: the lines above, the blocks, how the page lies, and the part's name."""
    about = paper.title.about or paper.title.abstract
    head = tuple(line for line in (paper.author, paper.title.kind, about, _numbered(paper)) if line)
    yield head, paper.body, paper.landscape, paper.title.kind or TEXT
    for annex in paper.annexes:
        lines = (paper.author, annex.title, annex.attached_to)
        yield tuple(line for line in lines if line), annex.body, annex.landscape, annex.label


def _numbered(paper: Paper) -> str:
    said = (paper.heading.number, paper.heading.place_and_date)
    return "; ".join(line for line in said if line)


def remarks(paper: Paper) -> tuple[str, ...]:
    """What each page says of its figures: their day, and that they are made up."""
    made_up = "Dữ liệu minh họa" * paper.foot.illustrative
    return tuple(line for line in (paper.foot.as_of, made_up) if line)


def text_of(paper: Paper) -> tuple[str, ...]:
    """All sentences of a paper that has no tables."""
    said = [block.text for part in _bodies(paper) for block in part if isinstance(block, Paragraph | Section)]
    to = [f"Kính gửi: {line}" for line in paper.addressees]
    return (*to, *paper.bases, *said)


def _bodies(paper: Paper) -> Iterator[Sequence[Block]]:
    yield paper.body
    yield from (annex.body for annex in paper.annexes)


def _named(title: str, names: set[str]) -> str:
    """A name that Excel takes and no other page has: the heading without its numeral, cut between words."""
    bare = _FORBIDDEN.sub(" ", _NUMERAL.sub("", title, count=1))
    bare = " ".join(bare.split()).strip("' ") or TEXT
    at, name = 1, _cut(bare, LONGEST_NAME)
    while name.lower() in names or name.lower() == _RESERVED:
        at += 1
        mark = f" ({at})"
        name = _cut(bare, LONGEST_NAME - len(mark)) + mark
    names.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    whole = text[: most + 1].rsplit(" ", 1)[0]
    return (whole if len(whole) <= most else text[:most]).rstrip("' ")

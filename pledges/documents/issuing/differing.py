"""What one paper says otherwise than another: block by block, word by word, in tables row by row and cell by cell.

Plain Python over papers as they were frozen: the same two papers differ in the same way for ever.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from pledges.documents.issuing.changes import (
    CellChange,
    Differences,
    Mark,
    Part,
    Passage,
    TableChanges,
    Words,
)
from pledges.documents.sheets.charts import BarChart
from pledges.documents.sheets.paper import (
    Annex,
    Block,
    Closing,
    Level,
    Paper,
    Paragraph,
    Recipients,
    Section,
    SigningSide,
    Table,
)
from pledges.documents.sheets.rows import Cells, named_rows

_TOKEN = re.compile(r"\s+|\d+(?:[/.,-]\d+)*%?|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_TABLE = "Bảng"
_LEVELS = tuple(Level)
"""The levels of headings, the highest first."""
_ALIKE = 0.6
"""Two paragraphs that share less are not one that was changed, but one that went and one that came."""


def differences(before: Paper, after: Paper) -> Differences:
    """What the later paper says otherwise; seals at the foot are left out, for they always differ."""
    was, now = _parts(before), _parts(after)
    parts = []
    for title in _order(list(was), list(now)):
        items = tuple(_items(was.get(title, ()), now.get(title, ())))
        if items:
            parts.append(Part(title, items))
    return Differences(tuple(parts))


def _order(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """The titles of the later paper, and those that went where they stood."""
    for tag, first, last, other_first, other_last in SequenceMatcher(
        None, was, now, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield from (title for title in was[first:last] if title not in now)
        yield from now[other_first:other_last]


def _parts(paper: Paper) -> dict[str, list[Block]]:
    head = [
        paper.heading.number,
        paper.heading.place_and_date,
        *paper.heading.superior,
        *paper.heading.issuer,
    ]
    found: dict[str, list[Block]] = {
        "Phần đầu": [Paragraph(text) for text in head if text],
        "Tên loại, trích yếu": [Paragraph(paper.name)],
        "Kính gửi": [Paragraph(text) for text in paper.addressees],
        "Căn cứ": [Paragraph(text) for text in paper.bases],
    }
    _by_heading(paper.body, "Mở đầu", found)
    for annex in paper.annexes:
        _by_heading(_annexed(annex), annex.label, found)
    found["Chữ ký, nơi nhận"] = [Paragraph(text) for text in _closing(paper.closing)]
    return found


def _annexed(annex: Annex) -> Sequence[Block]:
    return (Paragraph(annex.title), Paragraph(annex.attached_to), *annex.body)


def _by_heading(body: Iterable[Block], title: str, found: dict[str, list[Block]]) -> None:
    """The blocks below each heading; one of a lower level stands behind the heading above it."""
    above: list[Section] = []
    for block in body:
        if isinstance(block, Section):
            above = [one for one in above if _LEVELS.index(one.level) < _LEVELS.index(block.level)]
            above.append(block)
            title = " › ".join(one.text for one in above)
            found.setdefault(title, [])
        else:
            found.setdefault(title, []).append(block)


def _closing(closing: Closing) -> Iterator[str]:
    for side in (closing.left, closing.right, closing.below):
        if isinstance(side, Recipients):
            yield from side.lines
        elif isinstance(side, SigningSide):
            for one in side.signatures:
                yield ", ".join(filter(None, (side.title, one.on_behalf, *one.posts, one.name)))


def _items(was: Sequence[Block], now: Sequence[Block]) -> Iterator[Passage | TableChanges]:
    keys = [_key(block) for block in was], [_key(block) for block in now]
    for tag, first, last, other_first, other_last in SequenceMatcher(
        None, *keys, autojunk=False
    ).get_opcodes():
        gone, came = was[first:last], now[other_first:other_last]
        if tag == "equal":
            for one, other in zip(gone, came, strict=True):
                yield _compared(one, other)
        else:
            yield from _paired(gone, came)


def _key(block: Block) -> str:
    """What tells a block from others of its part: a paragraph by its words, a table by its columns."""
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Table):
        return "table: " + " | ".join(column.title for column in block.columns)
    return f"{type(block).__name__}: {getattr(block, 'title', '')}"


def _paired(gone: Sequence[Block], came: Sequence[Block]) -> Iterator[Passage | TableChanges]:
    """Blocks that are alike stand for each other, the likest first; the others came, or went."""
    likeness = sorted(
        (
            (_likeness(one, other), -at, -place)
            for at, one in enumerate(gone)
            for place, other in enumerate(came)
        ),
        reverse=True,
    )
    twins: dict[int, int] = {}
    for alike, at, place in likeness:
        if alike >= _ALIKE and -place not in twins and -at not in twins.values():
            twins[-place] = -at
    for place, other in enumerate(came):
        yield _compared(gone[twins[place]], other) if place in twins else _alone(other, Mark.ADDED)
    yield from (_alone(one, Mark.DROPPED) for at, one in enumerate(gone) if at not in twins.values())


def _likeness(one: Block, other: Block) -> float:
    """The share of words that two paragraphs have in common, wherever these stand."""
    if isinstance(one, Paragraph) and isinstance(other, Paragraph):
        was, now = Counter(_WORD.findall(one.text)), Counter(_WORD.findall(other.text))
        return 2 * (was & now).total() / max(was.total() + now.total(), 1)
    return float(type(one) is type(other) and not isinstance(one, Paragraph))


def _alone(block: Block, mark: Mark) -> Passage | TableChanges:
    if isinstance(block, Table):
        rows = tuple(map(_row_words, named_rows(block).values()))
        return TableChanges(_TABLE, (), *((rows, ()) if mark is Mark.ADDED else ((), rows)))
    return Passage((Words(mark, _text_of(block)),))


def _text_of(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return str(getattr(block, "alt", ""))


def _compared(one: Block, other: Block) -> Passage | TableChanges:
    if isinstance(one, Table) and isinstance(other, Table):
        return _tables(one, other)
    if isinstance(one, BarChart) and isinstance(other, BarChart):
        return _charts(one, other)
    return Passage(tuple(words_between(_text_of(one), _text_of(other))))


def words_between(before: str, after: str) -> Iterator[Words]:
    """Both texts as one, each word with what became of it; what went stands before what came.

    A blank between two changed words is changed with them, so that a name is one run and not three.
    """
    was, now = _TOKEN.findall(before), _TOKEN.findall(after)
    dropped, added = "", ""
    for tag, first, last, other_first, other_last in SequenceMatcher(
        None, was, now, autojunk=False
    ).get_opcodes():
        gone, came = "".join(was[first:last]), "".join(now[other_first:other_last])
        if tag != "equal" or (gone.isspace() and dropped and added):
            dropped, added = dropped + gone, added + came
            continue
        yield from _changed(dropped, added)
        yield Words(Mark.SAME, gone)
        dropped, added = "", ""
    yield from _changed(dropped, added)


def _changed(dropped: str, added: str) -> Iterator[Words]:
    if dropped:
        yield Words(Mark.DROPPED, dropped)
    if added:
        yield Words(Mark.ADDED, added)


def _tables(one: Table, other: Table) -> TableChanges:
    """Row by row, and cell by cell under its column's title: a column may have come, or gone, meanwhile."""
    was, now = named_rows(one), named_rows(other)
    cells = tuple(
        CellChange(key, title, was[key].get(title, ""), row.get(title, ""))
        for key, row in now.items()
        if key in was
        for title in dict.fromkeys((*row, *was[key]))
        if was[key].get(title, "") != row.get(title, "")
    )
    return TableChanges(
        _TABLE,
        cells,
        tuple(_row_words(row) for key, row in now.items() if key not in was),
        tuple(_row_words(row) for key, row in was.items() if key not in now),
    )


def _row_words(row: Cells) -> str:
    return " · ".join(cell for cell in row.values() if cell.strip())


def _charts(one: BarChart, other: BarChart) -> TableChanges:
    """A chart's figures, bar by bar."""
    was, now = ({bar.label: bar for bar in chart.bars} for chart in (one, other))
    pairs = (
        (label, title, before, after)
        for label, bar in now.items()
        if label in was
        for title, before, after in (
            (other.progress_title, was[label].progress_text, bar.progress_text),
            (other.expected_title, was[label].expected_text, bar.expected_text),
        )
    )
    return TableChanges(
        f"Biểu đồ: {other.title}",
        tuple(CellChange(*pair) for pair in pairs if pair[2] != pair[3]),
        tuple(label for label in now if label not in was),
        tuple(label for label in was if label not in now),
    )

"""Số liệu đã đổi: what a refresh changes, sentence by sentence and cell by cell. Plain Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledges.core.numbers import two_digits
from pledges.documents.drafting.rules import Prose
from pledges.documents.issuing.changes import Words
from pledges.documents.issuing.differing import words_between
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import Annex, Block, Paragraph, RowKind, Table
from pledges.documents.sheets.rows import Cells, named_rows

Places = Mapping[tuple[str, str], Prose]
_Rows = Mapping[str, Cells]


class Turn(StrEnum):
    """What becomes of a piece or a row."""

    CHANGED = "changed"
    CAME = "came"
    GONE = "gone"

    @property
    def label(self) -> str:
        """What becomes of it, in the office's words."""
        return {Turn.CHANGED: "Đổi", Turn.CAME: "Mới có", Turn.GONE: "Không còn"}[self]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a table: what names it, and the cells that changed (column, was, now)."""

    turn: Turn
    name: str
    cells: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A piece that changes: a sentence with its words, or a table with its rows, or what a chart is called.

    `prose` is what was written behind it, where the piece itself goes.
    """

    place: str
    turn: Turn
    was: str = ""
    now: str = ""
    rows: tuple[RowChange, ...] = ()
    prose: str = ""

    @property
    def words(self) -> tuple[Words, ...]:
        """Both sentences as one, each word with what became of it."""
        return tuple(words_between(self.was, self.now))


def changes_of(was: Filled, now: Filled, prose: Places | None = None) -> tuple[Change, ...]:
    """What a refresh changes, in the order of the document; nothing where every figure is the same."""
    return (*_in_slots(was, now, prose or {}), *_in_annexes(was.annexes, now.annexes))


def _in_slots(was: Filled, now: Filled, prose: Places) -> Iterator[Change]:
    before, after = _slots(was), _slots(now)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        title = _title(old or new)
        known = {piece.key: piece for piece in old.pieces} if old is not None else {}
        present = {piece.key: piece for piece in new.pieces} if new is not None else {}
        for piece in present.values():
            yield from _piece(title, known.get(piece.key), piece)
        for piece in known.values():
            if piece.key not in present:
                said = prose.get((key, piece.key))
                yield Change(
                    title, Turn.GONE, was=_said(piece.block), prose=said.text if said is not None else ""
                )


def _slots(filled: Filled) -> dict[str, Slot]:
    return {slot.key: slot for slot in filled.slots}


def _title(slot: Slot | None) -> str:
    return slot.title if slot is not None else ""


def _piece(title: str, old: Piece | None, new: Piece) -> Iterator[Change]:
    if old is None:
        yield Change(title, Turn.CAME, now=_said(new.block))
    elif old.block != new.block:
        yield _changed(title, old.block, new.block)


def _changed(title: str, old: Block, new: Block) -> Change:
    if isinstance(old, Table) and isinstance(new, Table):
        return Change(
            title, Turn.CHANGED, now=_said(new), rows=tuple(_compared(named_rows(old), named_rows(new)))
        )
    if isinstance(old, BarChart) and isinstance(new, BarChart):
        return Change(title, Turn.CHANGED, now=_said(new), rows=tuple(_bars(old, new)))
    return Change(title, Turn.CHANGED, was=_said(old), now=_said(new))


def _said(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Table):
        count = sum(row.kind is RowKind.PLAIN for row in block.rows)
        return f"Bảng: {two_digits(count)} dòng"
    if isinstance(block, BarChart | LineChart):
        return f"Biểu đồ: {block.title}"
    return ""


def _bars(old: BarChart, new: BarChart) -> Iterator[RowChange]:
    yield from _compared(_figures(old), _figures(new))


def _figures(chart: BarChart) -> dict[str, dict[str, str]]:
    return {
        bar.label: {chart.progress_title: bar.progress_text, chart.expected_title: bar.expected_text}
        for bar in chart.bars
    }


def _compared(was: _Rows, now: _Rows) -> Iterator[RowChange]:
    """Rows by their names, cells by the titles of their columns: a column may have come meanwhile."""
    for name, cells in now.items():
        old = was.get(name)
        if old is None:
            yield RowChange(Turn.CAME, name)
        elif old != cells:
            pairs = ((title, old.get(title, ""), text) for title, text in cells.items())
            yield RowChange(Turn.CHANGED, name, tuple(one for one in pairs if one[1] != one[2]))
    for name in was:
        if name not in now:
            yield RowChange(Turn.GONE, name)


def _in_annexes(was: Sequence[Annex], now: Sequence[Annex]) -> Iterator[Change]:
    before, after = {annex.label: annex for annex in was}, {annex.label: annex for annex in now}
    for label, annex in after.items():
        old = before.get(label)
        if old is None:
            yield Change(label, Turn.CAME, now=annex.title)
        else:
            yield from _in_annex(label, old, annex)
    for label, annex in before.items():
        if label not in after:
            yield Change(label, Turn.GONE, was=annex.title)


def _in_annex(label: str, old: Annex, new: Annex) -> Iterator[Change]:
    """Tables one by one; of the sentences below them those that came and went."""
    for one, other in zip(_tables(old.body), _tables(new.body), strict=False):
        if one != other:
            yield _changed(label, one, other)
    said, says = list(_sentences(old.body)), list(_sentences(new.body))
    for text in says:
        if text not in said:
            yield Change(label, Turn.CAME, now=text)
    for text in said:
        if text not in says:
            yield Change(label, Turn.GONE, was=text)


def _tables(body: Iterable[Block]) -> Iterator[Table]:
    return (block for block in body if isinstance(block, Table))


def _sentences(body: Iterable[Block]) -> Iterator[str]:
    return (block.text for block in body if isinstance(block, Paragraph))

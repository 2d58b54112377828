"""The editor's page: the document section by section, with what fills itself, what is written, and what is offered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wtforms import Field

from pledges.documents.drafting.forms import OMIT, TEXT, DraftForm, said_short
from pledges.documents.drafting.phrases import offered
from pledges.documents.drafting.style_rules import Hint, hints_of
from pledges.documents.drafting.unprintable_hints import hint_of
from pledges.documents.models import ProsePiece
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.gaps import ALL as ALL_GAPS
from pledges.documents.sheets.gaps import GAPS, Gap, with_gaps
from pledges.documents.sheets.paper import Level, Paragraph, RowKind, Table


@dataclass(frozen=True, slots=True)
class GapPlace:
    """Dots inside a sentence, and the field for what stands in their place."""

    gap: Gap
    field: Field
    hints: tuple[Hint, ...]

    @property
    def hint(self) -> str:
        """How it is written, and what becomes of nothing."""
        return f"{self.gap.hint}; bỏ trống thì in “{self.gap.blank}” để ghi tay"


@dataclass(frozen=True, slots=True)
class PiecePlace:
    """A piece that fills itself, with the field behind it, the tick that leaves it out, and what fills its dots."""

    piece: Piece
    field: Field
    omit: Field
    hints: tuple[Hint, ...]
    gap: GapPlace | None = None

    @property
    def text(self) -> str:
        """The sentence; empty for a table or chart."""
        return self.piece.block.text if isinstance(self.piece.block, Paragraph) else ""

    @property
    def table(self) -> Table | None:
        """The table, if it is one."""
        return self.piece.block if isinstance(self.piece.block, Table) else None

    @property
    def rows(self) -> int:
        """How many rows its table has that aren't sums."""
        return sum(row.kind is RowKind.PLAIN for row in self.table.rows) if self.table is not None else 0

    @property
    def chart(self) -> BarChart | LineChart | None:
        """The chart, if it is one."""
        return self.piece.block if isinstance(self.piece.block, BarChart | LineChart) else None

    @property
    def short(self) -> str:
        """What it is called in a few words."""
        return said_short(self.piece)


@dataclass(frozen=True, slots=True)
class GonePlace:
    """Prose whose piece is gone: it is printed at the end of its section."""

    field: Field
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """A section: its headings, the field at its head, its pieces, what was left over, and what is offered."""

    slot: Slot
    chapter: str
    head: Field
    hints: tuple[Hint, ...]
    pieces: tuple[PiecePlace, ...]
    gone: tuple[GonePlace, ...]
    phrases: tuple[str, ...]

    @property
    def title(self) -> str:
        """The section as it is headed on paper; what has no heading there has a name here."""
        return self.slot.headings[-1].text if self.slot.headings else self.slot.title

    @property
    def rank(self) -> str:
        """The heading's rank on the page: a part of a chapter stands below the chapter's own."""
        headings = self.slot.headings
        return "h3" if headings and headings[-1].level is not Level.ROMAN else "h2"

    @property
    def written(self) -> int:
        """At how many places somebody wrote."""
        fields = [self.head, *(one.field for one in self.pieces), *(one.field for one in self.gone)]
        return sum(bool(field.data) for field in fields)


@dataclass(frozen=True, slots=True)
class Editor:
    """The whole page."""

    slots: tuple[SlotPlace, ...]
    lost: tuple[GonePlace, ...]
    fixed: Mapping[str, tuple[Hint, ...]]
    hints: int


FIXED = ("abstract", "addressees", "on_behalf", "posts", "signer_name", "recipients")
"""The fields of text that every document has."""


def editor_of(
    form: DraftForm, filled: Filled, before: Iterable[ProsePiece], folder: Path | None = None
) -> Editor:
    """The page of a draft as it stands in the form; `before` is what was written into earlier documents.

    The folder is that of the faces of printed papers: what these can't show is said beside its field.
    """
    hints = hints_of(list(_texts(form, filled)), form.abstract.data or "")
    for name in filter(form.__contains__, (*FIXED, *form.places)):
        if hint := hint_of(form[name].data or "", folder):
            hints.setdefault(name, []).insert(0, hint)
    said: Mapping[str, list[str]] = defaultdict(list)
    for one in before:
        said[one.slot].append(one.text)
    shown = with_gaps(filled, {place: form.prose_at(name) for name, place in form.places.items()})
    slots = tuple(_slot(form, slot, hints, said.get(slot.key, ())) for slot in shown.slots)
    known = {GAPS, *(slot.key for slot in filled.slots)}
    lost = tuple(
        GonePlace(form[name], tuple(hints.get(name, ())))
        for name, (slot_key, _key) in form.places.items()
        if slot_key not in known and form[name].data
    )
    fixed = {name: tuple(hints.get(name, ())) for name in FIXED if name in form}
    return Editor(slots, lost, fixed, sum(map(len, hints.values())))


def _slot(form: DraftForm, slot: Slot, hints: Mapping[str, list[Hint]], before: Iterable[str]) -> SlotPlace:
    head = f"{TEXT}{slot.key}."
    known = {"", *(piece.key for piece in slot.pieces)}
    places = {name: key for name, (slot_key, key) in form.places.items() if slot_key == slot.key}
    chapters = [one.text for one in slot.headings[:-1] if one.level is Level.ROMAN]
    return SlotPlace(
        slot=slot,
        chapter=next(iter(chapters), ""),
        head=form[head],
        hints=tuple(hints.get(head, ())),
        pieces=tuple(_piece(form, slot, piece, hints) for piece in slot.pieces),
        gone=tuple(
            GonePlace(form[name], tuple(hints.get(name, ())))
            for name, key in places.items()
            if key not in known and form[name].data
        ),
        phrases=offered(slot.key, before, [form[name].data or "" for name in places]),
    )


def _piece(form: DraftForm, slot: Slot, piece: Piece, hints: Mapping[str, list[Hint]]) -> PiecePlace:
    name = f"{TEXT}{slot.key}.{piece.key}"
    omit = form[f"{OMIT}{slot.key}.{piece.key}"]
    gap = next(
        (_gap(form, one, hints) for one in ALL_GAPS if (one.slot, one.key) == (slot.key, piece.key)), None
    )
    return PiecePlace(piece, form[name], omit, tuple(hints.get(name, ())), gap)


def _gap(form: DraftForm, gap: Gap, hints: Mapping[str, list[Hint]]) -> GapPlace | None:
    """The field of dots in a sentence; none where something filled them and nobody wrote in their place."""
    name = f"{TEXT}{GAPS}.{gap.key}"
    return GapPlace(gap, form[name], tuple(hints.get(name, ()))) if name in form.places else None


def _texts(form: DraftForm, filled: Filled) -> Iterator[tuple[str, str]]:
    """Every text of the document in its order; those that fill themselves have no field."""
    for slot in filled.slots:
        head = f"{TEXT}{slot.key}."
        yield head, form[head].data or ""
        for piece in slot.pieces:
            if isinstance(piece.block, Paragraph):
                yield "", piece.block.text
            name = f"{TEXT}{slot.key}.{piece.key}"
            yield name, form[name].data or ""

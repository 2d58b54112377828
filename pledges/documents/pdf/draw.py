"""`draw(sheet) -> bytes`: any sheet as a PDF; the same sheet gives the same bytes."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from pledges.documents.layouts import Layout, Type, Weight, layout_of
from pledges.documents.pdf import heads
from pledges.documents.pdf.chart import bars_of
from pledges.documents.pdf.closing import tied
from pledges.documents.pdf.faces import FOLDER, Faces, load
from pledges.documents.pdf.flow import Breakable, Whole
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM
from pledges.documents.pdf.line_chart import curves_of
from pledges.documents.pdf.marks import Element, figure
from pledges.documents.pdf.pages import Book, Bookmark, Named, Part, area, part_begins
from pledges.documents.pdf.tables import Rows, rows_of
from pledges.documents.pdf.text import Ruled, Setting, paragraph
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import (
    Annex,
    Block,
    Level,
    Paper,
    Paragraph,
    Section,
    Sheet,
    Table,
)
from pledges.documents.sheets.room import NewPage, RuledLines

_HEADINGS = (Level.ROMAN, Level.ARABIC, Level.LETTER)


class Flow:
    """The flowing pieces of one part of a paper."""

    def __init__(self, layout: Layout, faces: Faces, above: int, *, landscape: bool = False) -> None:
        self.layout, self.faces = layout, faces
        self.above = above
        """How many levels of headings the part stands under."""
        self.width, self.page = area(landscape=landscape)
        self.pieces: list[Flowable] = []
        self._headings: list[Breakable] = []
        self._levels: list[Level] = []

    def add(self, block: Block) -> None:
        """Add a block; a heading, or a sentence that ends in a colon, waits for what follows it."""
        if isinstance(block, NewPage):
            self.turn(block)
            return
        piece = self.made(block)
        if isinstance(block, Section) or (isinstance(block, Table) and block.held):
            self._headings.append(piece)
        elif isinstance(block, Paragraph) and block.text.endswith(":"):
            self._lead(piece)
        else:
            self.place(piece)

    def _lead(self, piece: Breakable) -> None:
        """A sentence waits for what it leads to; of a long one its last lines."""
        at = piece.last_break
        if at:
            self.place(piece.cut(0, at))
            piece = piece.cut(at, len(piece.units))
            piece.spaceBefore = 0
        self._headings.append(piece)

    def turn(self, page: NewPage) -> None:
        """Begin a page, unless nothing stands on this one yet."""
        if any(not isinstance(piece, Bookmark) for piece in self.pieces[-1:]):
            self.pieces.append(PageBreak())
        if page.bookmark:
            self.pieces.append(Bookmark(admit(page.bookmark, self.faces[Weight.REGULAR])))

    def place(self, piece: Breakable) -> None:
        """Put a piece into the flow with its headings, on a page that has room for its beginning.

        A table that no page holds together with what follows it goes with its own headings alone.
        """
        if self._headings:
            above = sum(heading.reach(len(heading.units)) + heading.spaceBefore for heading in self._headings)
            needed = above + piece.spaceBefore + piece.least
            if needed > self.page and isinstance(self._headings[-1], Rows):
                self.place(self._headings.pop())
                self.pieces.append(piece)
                return
            self.pieces.append(CondPageBreak(min(needed, self.page)))
        self.pieces += [*self._headings, piece]
        self._headings = []

    def made(self, block: Block) -> Breakable:
        """A block measured for this part's pages; a new page is none that could be measured."""
        layout = self.layout
        if isinstance(block, NewPage):
            raise TypeError("a new page takes no room")
        if isinstance(block, RuledLines):
            return Ruled(block.count, self.page, layout.gap)
        if isinstance(block, Table):
            return rows_of(block, self.faces, self.width, self.page, layout.gap)
        if isinstance(block, BarChart):
            return shown(bars_of(block, self.faces, self.width, self.page, layout.gap), block.alt)
        if isinstance(block, LineChart):
            return shown(curves_of(block, self.faces, self.width, self.page, layout.gap), block.alt)
        if isinstance(block, Section):
            levels = {Level.ROMAN: layout.roman, Level.ARABIC: layout.arabic, Level.LETTER: layout.letter}
            return self.set(block.text, levels[block.level], self.role(block.level))
        return self.set(block.text, layout.body)

    def role(self, level: Level) -> str:
        """What a heading is to a reader who steps from heading to heading: one below that which it stands under."""
        self._levels = [above for above in self._levels if _HEADINGS.index(above) < _HEADINGS.index(level)]
        self._levels.append(level)
        return f"H{self.above + len(self._levels)}"

    def set(self, text: str, how: Type, role: str = "P") -> Breakable:
        """A text set as a paragraph."""
        setting = Setting(how, self.layout.leading, self.layout.gap, self.layout.indent * MM)
        piece = paragraph(text, setting, self.faces, self.width, self.page)
        piece.element = Element(role)
        return piece


def shown(chart: Breakable, alt: str) -> Breakable:
    """A chart as one figure, with the words that say what it shows."""
    chart.element = figure(alt)
    return chart


def _main_part(paper: Paper, layout: Layout, faces: Faces) -> list[Flowable]:
    flow = Flow(layout, faces, 1 if paper.title.kind else 0, landscape=paper.landscape)
    width = flow.width
    flow.pieces.append(Whole(heads.heading(paper.heading, layout, faces, width, paper.title.about), width))
    if paper.title.kind:
        flow.pieces.append(Whole(heads.title(paper.title, layout, faces, width), width, "H1"))
    if paper.addressees:
        flow.pieces.append(Whole(heads.addressees(paper.addressees, layout, faces, width), width))
    for line in paper.bases:
        flow.place(flow.set(line, layout.basis))
    *rest, last = paper.body
    for block in rest:
        flow.add(block)
    ending, more = tied(paper.closing, flow.made(last), layout, faces, flow.width)
    flow.place(ending)
    return [*flow.pieces, *more]


def _annex(annex: Annex, layout: Layout, faces: Faces, above: int, *, first: bool) -> list[Flowable]:
    flow = Flow(layout, faces, above + 1, landscape=annex.landscape)
    flow.pieces = [] if first else part_begins(landscape=annex.landscape)
    title = heads.annex_title(annex, layout, faces, flow.width)
    flow.pieces.append(Whole(title, flow.width, f"H{above + 1}"))
    for block in annex.body:
        flow.add(block)
    return flow.pieces


def part_of(paper: Paper, faces: Faces, bookmark: str = "") -> Part:
    """A paper measured and ready to flow."""
    layout = layout_of(paper.heading.style, paper.heading.ruled_on)
    story = _main_part(paper, layout, faces) if paper.body else []
    above = 1 if paper.body and paper.title.kind else 0
    for annex in paper.annexes:
        story += _annex(annex, layout, faces, above, first=not story)
    return Part(layout, paper.foot, story, bookmark, landscape=paper.begins_landscape)


def draw(sheet: Sheet, fonts: Path | None = None) -> bytes:
    """The sheet as a PDF. `fonts` is a folder with other faces than those that are carried.

    Raises GlyphMissingError if a text has a character that can't be printed, FacesUnfitError if the faces
    can't be used; both with a sentence for people.
    """
    output = BytesIO()
    _drawn(sheet, fonts, output)
    return output.getvalue()


def pages_of(sheet: Sheet, fonts: Path | None = None) -> int:
    """How many pages the sheet takes; raises as `draw` does."""
    return _drawn(sheet, fonts, BytesIO())


def _drawn(sheet: Sheet, fonts: Path | None, into: BinaryIO) -> int:
    paper, faces = sheet.paper(), load(fonts or FOLDER)
    book = Book(into, faces)
    book.add(part_of(paper, faces))
    return book.close(Named(paper.name, paper.author, paper.title.abstract, paper.heading.ruled_on))

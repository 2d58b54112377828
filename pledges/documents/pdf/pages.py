"""Pages: their sizes, margins and numbers, and what stands at the foot of each."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, NamedTuple

from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from reportlab.platypus.doctemplate import PageBegin

from pledges.documents.layouts import BOTTOM, LEFT, PAGE, RIGHT, TOP, Layout, Weight, layout_of
from pledges.documents.pdf.archive import Named as Named  # noqa: PLC0414 - asked for here
from pledges.documents.pdf.canvas import FOOTER, HEADER, Canvas
from pledges.documents.pdf.faces import Faces
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM, Picture, Strip
from pledges.documents.pdf.marks import figure
from pledges.documents.pdf.qr import squares
from pledges.documents.sheets.paper import Foot, Style

NUMBER_BELOW, FOOT_BELOW = 10 * MM, 1.5 * MM
"""How far the number stands from the page's top, and the foot from the text's end."""
FOOT_LEADING = 9.0
QR_SIDE, QR_GAP = 14 * MM, 4 * MM
"""A QR of this size is read from a picture of 150 dots an inch, and fits above what printers can't reach."""


def size(*, landscape: bool) -> tuple[float, float]:
    """Width and height of a page in points."""
    short, long = (side * MM for side in PAGE)
    return (long, short) if landscape else (short, long)


def area(*, landscape: bool) -> tuple[float, float]:
    """Width and height of a page's text in points."""
    width, height = size(landscape=landscape)
    return width - (LEFT + RIGHT) * MM, height - (TOP + BOTTOM) * MM


@dataclass(slots=True)
class Surround:
    """What stands around the text of each page: the number above, the foot below."""

    layout: Layout
    faces: Faces
    foot: Foot
    number: int = 0
    turns: bool = False
    """Whether another paper begins with the next page, and may not on the back of this one."""

    def above(self, width: float) -> Picture:
        """The page's number in the middle of the top margin."""
        picture = Picture()
        strip = Strip(picture, self.faces, 0, width)
        strip.skip(NUMBER_BELOW)
        strip.exact(str(self.number), self.layout.page_number, self.layout.page_number.size)
        return picture

    def below(self, width: float) -> Picture:
        """The foot's lines; the QR, if there is one, stands on their right."""
        picture = Picture()
        strip = Strip(picture, self.faces, 0, width - (QR_SIDE + QR_GAP if self.foot.qr else 0))
        for line in self.foot.lines:
            strip.left(line, self.layout.foot, FOOT_LEADING)
        return picture

    def code(self, width: float) -> Picture:
        """The QR at the right end of the foot."""
        picture = Picture()
        picture.boxes += squares(self.foot.qr, width - QR_SIDE, 0, QR_SIDE)
        return picture


class Kind(PageTemplate):
    """One kind of page; the first of a part bears no number."""

    def __init__(self, surround: Surround, *, landscape: bool, first: bool) -> None:
        width, height = area(landscape=landscape)
        # Positional: the frame's own padding, 6 points a side, would come on top of the margins.
        frame = Frame(LEFT * MM, BOTTOM * MM, width, height, 0, 0, 0, 0)
        super().__init__(
            self.named(landscape=landscape, first=first),
            [frame],
            pagesize=size(landscape=landscape),
            autoNextPageTemplate=self.named(landscape=landscape, first=False) if first else None,
        )
        self.surround, self.landscape, self.first = surround, landscape, first

    @staticmethod
    def named(*, landscape: bool, first: bool) -> str:
        """The name by which the flow asks for this kind of page."""
        return f"{'landscape' if landscape else 'portrait'}-{'first' if first else 'later'}"

    def beforeDrawPage(self, canvas: Canvas, document: BaseDocTemplate) -> None:  # type: ignore[override]  # noqa: N802 - reportlab's name
        """Count the page within its part, and draw what surrounds its text."""
        width, _ = area(landscape=self.landscape)
        _, top = size(landscape=self.landscape)
        self.checkPageSize(canvas, document)  # type: ignore[arg-type]
        surround = self.surround
        if surround.turns and document.page % 2 == 0:
            canvas.showPage()
            document.page += 1
        surround.turns = False
        surround.number = 1 if self.first else surround.number + 1
        if not self.first:
            surround.above(width).draw(canvas, LEFT * MM, top, HEADER)
        foot = BOTTOM * MM - FOOT_BELOW
        surround.below(width).draw(canvas, LEFT * MM, foot, FOOTER)
        if surround.foot.qr:
            code = surround.code(width)
            if canvas.begun:
                code.draw(canvas, LEFT * MM, foot, FOOTER)
            else:
                canvas.trail(code, figure(f"Mã QR của văn bản: {surround.foot.qr}"), LEFT * MM, foot)
        canvas.begun = True


class Part(NamedTuple):
    """One paper of a file, ready to flow; `bookmark` is its line in the outline, empty where there is none.

    `landscape` tells how its first page lies.
    """

    layout: Layout
    foot: Foot
    story: list[Flowable]
    bookmark: str = ""
    landscape: bool = False


class Bookmark(Flowable):
    """A line of the outline that leads to the page on which it stands; takes no room."""

    canv: Canvas  # type: ignore[assignment]

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.width = self.height = 0.0

    def draw(self) -> None:
        """Note the page."""
        self.canv.bookmark(self.text)


class Book(BaseDocTemplate):
    """A file whose papers are flowed over its pages one after the other."""

    canv: Canvas  # type: ignore[assignment]
    _hanging: list[Flowable]

    def __init__(self, into: BinaryIO, faces: Faces, *, many: bool = False, duplex: bool = False) -> None:
        self._faces, self._duplex = faces, duplex
        self._surround = Surround(layout_of(Style.STATE, date.min), faces, Foot())
        kinds: list[PageTemplate] = [
            Kind(self._surround, landscape=landscape, first=first)
            for landscape in (False, True)
            for first in (True, False)
        ]
        super().__init__("", pagesize=size(landscape=False), pageTemplates=kinds)
        self.canv = Canvas(into, faces, many=many)

    def add(self, part: Part) -> None:
        """Flow a paper over pages of its own."""
        surround, pages = self._surround, self.page_count
        surround.layout, surround.foot, surround.turns = part.layout, part.foot, self._duplex
        self._firstPageTemplateIndex = 2 if part.landscape else 0
        self.handle_documentBegin()
        self.page = pages
        story = [*part.story]
        if part.bookmark:
            story.insert(0, Bookmark(admit(part.bookmark, self._faces[Weight.REGULAR])))
        while story:
            self.clean_hanging()
            self.handle_flowable(story)
        if self._hanging and self._hanging[-1] is PageBegin:
            self._hanging.pop()
        else:
            self.clean_hanging()
            self.handle_pageBreak()
        self.canv.end_paper()

    @property
    def page_count(self) -> int:
        """How many pages are in the file."""
        return self.canv.pages

    def close(self, named: Named) -> int:
        """Write what all pages share, so that the file is whole; the number of its pages."""
        regular = self._faces[Weight.REGULAR]
        title, author, subject = (
            admit(words, regular) for words in (named.title, named.author, named.subject)
        )
        self.canv.close(Named(title, author, subject, named.dated))
        return self.page_count


def part_begins(*, landscape: bool) -> list[Flowable]:
    """What stands in the flow where a new part begins: a new page, numbered from 1 again."""
    return [NextPageTemplate(Kind.named(landscape=landscape, first=True)), PageBreak()]

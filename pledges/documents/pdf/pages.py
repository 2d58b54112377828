"""Pages: their sizes, margins and numbers, and what stands at the foot of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from pledges.documents.layouts import BOTTOM, LEFT, PAGE, RIGHT, TOP, Layout, Weight
from pledges.documents.pdf.faces import Face, Faces
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM, Picture, Strip
from pledges.documents.pdf.qr import squares
from pledges.documents.sheets.paper import Foot

NUMBER_BELOW, FOOT_BELOW = 10 * MM, 1.5 * MM
"""How far the number stands from the page's top, and the foot from the text's end."""
FOOT_LEADING = 9.0
QR_SIDE, QR_GAP = 14 * MM, 4 * MM
"""A QR of this size is read from a picture of 150 dots an inch, and fits above what printers can't reach."""
CREATOR = "Cam kết thi đua"


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
        """The foot's lines, and on their right the QR if there is one."""
        picture = Picture()
        room = width
        if self.foot.qr:
            room -= QR_SIDE + QR_GAP
            picture.boxes += squares(self.foot.qr, width - QR_SIDE, 0, QR_SIDE)
        strip = Strip(picture, self.faces, 0, room)
        for line in self.foot.lines:
            strip.left(line, self.layout.foot, FOOT_LEADING)
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

    def beforeDrawPage(self, canvas: Canvas, document: BaseDocTemplate) -> None:  # noqa: N802 - reportlab's name
        """Count the page within its part, and draw what surrounds its text."""
        width, _ = area(landscape=self.landscape)
        _, top = size(landscape=self.landscape)
        if self.surround.turns and document.page % 2 == 0:
            canvas.showPage()
            document.page += 1
        self.surround.turns = False
        self.surround.number = 1 if self.first else self.surround.number + 1
        if not self.first:
            self.surround.above(width).draw(canvas, LEFT * MM, top)
        self.surround.below(width).draw(canvas, LEFT * MM, BOTTOM * MM - FOOT_BELOW)


class Named(NamedTuple):
    """What a viewer's window says of a file."""

    title: str
    author: str
    subject: str


class Part(NamedTuple):
    """One paper of a file, ready to flow; `bookmark` is its line in the outline, empty where there is none.

    `landscape` tells how its first page lies.
    """

    layout: Layout
    foot: Foot
    story: list[Flowable]
    bookmark: str = ""
    landscape: bool = False


class Turn(ActionFlowable):
    """Where the next paper begins: what surrounds the text is from here on its own."""

    def __init__(self, surround: Surround, part: Part, *, duplex: bool) -> None:
        super().__init__()
        self.surround, self.part, self.duplex = surround, part, duplex

    def apply(self, _document: BaseDocTemplate) -> None:
        """Take the layout and the foot of the paper."""
        self.surround.layout, self.surround.foot = self.part.layout, self.part.foot
        self.surround.turns = self.duplex


class Bookmark(Flowable):
    """A line of the outline that leads to the page on which it stands; takes no room."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self.key, self.text = key, text
        self.width = self.height = 0.0

    def draw(self) -> None:
        """Note the page."""
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.text, self.key)
        self.canv.showOutline()


class Printed(NamedTuple):
    """A PDF, and how many pages it has."""

    content: bytes
    pages: int


def printed(parts: Sequence[Part], named: Named, faces: Faces, *, duplex: bool = False) -> Printed:
    """The papers flowed over pages one after the other, as a PDF that depends on nothing but what is given."""
    output = BytesIO()
    regular = faces[Weight.REGULAR]
    surround = Surround(parts[0].layout, faces, parts[0].foot)
    document = BaseDocTemplate(
        output,
        pagesize=size(landscape=False),
        pageTemplates=[
            Kind(surround, landscape=landscape, first=first)
            for landscape in (parts[0].landscape, not parts[0].landscape)
            for first in (True, False)
        ],
        title=admit(named.title, regular),
        author=admit(named.author, regular),
        subject=admit(named.subject, regular),
        creator=CREATOR,
        lang="vi-VN",
        invariant=1,
        pageCompression=1,
        initialFontName=regular.name,
    )
    document.build(_bound(parts, surround, regular, duplex=duplex))
    return Printed(output.getvalue(), document.page)


def _bound(parts: Sequence[Part], surround: Surround, face: Face, *, duplex: bool) -> list[Flowable]:
    story: list[Flowable] = []
    for at, part in enumerate(parts):
        if at:
            story += [Turn(surround, part, duplex=duplex), *part_begins(landscape=part.landscape)]
        if part.bookmark:
            story.append(Bookmark(f"part-{at}", admit(part.bookmark, face)))
        story += part.story
    return story


def part_begins(*, landscape: bool) -> list[Flowable]:
    """What stands in the flow where a new part begins: a new page, numbered from 1 again."""
    return [NextPageTemplate(Kind.named(landscape=landscape, first=True)), PageBreak()]

"""The canvas on which papers are flowed: what is drawn becomes a PDF's own operators, marked with what it is."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO
from zlib import compress

from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.catalogue import Ends, close
from pledges.documents.pdf.faces import FIRM, Face, Faces
from pledges.documents.pdf.file import LEVEL, File, references
from pledges.documents.pdf.marks import GROUPS, Element, Tree

if TYPE_CHECKING:
    from pledges.documents.pdf.ink import Box, Picture, Rule, Text

_RED = "0.73 0.05 0.08 rg"
_DARK = "0 g"
_DECORATION = "/Artifact BMC"
_ENDS = (")Tj ET", ")]TJ ET")
"""How the operators of a line end."""
HEADER, FOOTER = "Header", "Footer"


class Canvas:
    """Pages of one file after the other; each goes into the file when the next begins.

    Where something is drawn is told by `translate`, as reportlab's flow of pages does it.
    """

    def __init__(self, into: BinaryIO, faces: Faces, *, many: bool = False) -> None:
        self._file = file = File(into)
        self._tree = Tree(file)
        self._faces, self._many = faces, many
        self._catalogue, self._pages, self._resources, self._top = file.numbers(4)
        self._branches: list[tuple[int, int]] = []
        self._rare: dict[Face, set[int]] = {}
        self._outline: list[tuple[str, int]] = []
        self._parts: list[int] = []
        self.pages = 0
        self._pagesize = (0.0, 0.0)
        self._x = self._y = 0.0
        self._states: list[tuple[float, float]] = []
        self._begin_paper()
        self._begin_page()

    def _begin_paper(self) -> None:
        self.paper = self.element = Element("Part" if self._many else "Document")
        self.begun = False
        """Whether a page of the paper has what surrounds its text."""
        self._trailing: list[Element] = []
        self._branch = self._file.number()
        self._leaves: list[int] = []
        self._marked: list[list[Element]] = []

    def _begin_page(self) -> None:
        self._page = self._file.number()
        self._ink: list[str] = []
        self._marks: list[Element] = []
        self._rules: dict[float, list[str]] = defaultdict(list)
        self._face: Face | None = None
        self._size = 0.0
        self._texts_of: dict[Face, list[str]] = defaultdict(list)

    # What reportlab's flow of pages asks of a canvas, by its names.

    def saveState(self) -> None:  # noqa: N802
        """Remember where drawing begins."""
        self._states.append((self._x, self._y))

    def restoreState(self) -> None:  # noqa: N802
        """Draw from where it was remembered."""
        self._x, self._y = self._states.pop()

    def translate(self, x: float, y: float) -> None:
        """Draw from a place further right and up."""
        self._x += x
        self._y += y

    def setPageSize(self, size: tuple[float, float]) -> None:  # noqa: N802
        """How large this page and those after it are."""
        self._pagesize = size

    def setPageRotation(self, _degrees: int) -> None:  # noqa: N802
        """Pages aren't turned."""

    def showPage(self) -> None:  # noqa: N802
        """Write the page into the file, and begin the next."""
        file = self._file
        self._draw_rules()
        content = file.streamed("", compress("\n".join(self._ink).encode("latin-1"), LEVEL))
        width, height = self._pagesize
        file.hold(
            self._page,
            f"<</Type/Page/Parent {self._branch} 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {content} 0 R"
            f"/Resources {self._resources} 0 R/StructParents {self._tree.key()}/Tabs/S>>",
        )
        self._leaves.append(self._page)
        self._marked.append(self._marks)
        for face, texts in self._texts_of.items():
            rare = set("".join(texts)) - face.usual
            self._rare.setdefault(face, set()).update(face.codes[ord(character)] for character in rare)
        self.pages += 1
        self._begin_page()

    # What is drawn.

    def bookmark(self, words: str) -> None:
        """A line of the outline that leads to this page."""
        self._outline.append((words, self._page))

    def put(self, picture: "Picture", x: float, top: float, artifact: str = "") -> None:
        """A picture with its left upper corner at (x, top); `artifact` is what it is if no part of the paper."""
        x, top = self._x + x, self._y + top
        if artifact:
            self._ink.append(f"/Artifact<</Type/Pagination/Subtype/{artifact}>>BDC")
            self._whole(picture, x, top)
            self._ink.append("EMC")
        elif self.element.role == "Figure":
            self._begin(self.element)
            self._whole(picture, x, top)
            self._ink.append("EMC")
        else:
            if picture.boxes:
                self._ink.append(_DECORATION)
                self._boxes(picture.boxes, x, top)
                self._ink.append("EMC")
            self._texts(picture.texts, x, top)
            self._collect(picture.rules, x, top)

    def trail(self, picture: "Picture", element: Element, x: float, top: float) -> None:
        """A picture that is read after all the rest of its paper."""
        outer, self.element = self.element, element
        self.put(picture, x, top)
        self.element = outer
        self._trailing.append(element)

    def enter(self, element: Element) -> None:
        """Draw parts of an element from now on."""
        if not element.placed and self.element.role in GROUPS:
            self.element.adopt(element)
        self.element = element

    def turned(self, picture: "Picture", x: float, y: float) -> None:
        """A picture upside down, its right lower corner at (x, y); it says again what stands upright elsewhere."""
        face, size = self._face, self._size
        self._ink.append(f"{_DECORATION} q -1 0 0 -1 {x:.2f} {y:.2f} cm")
        self._whole(picture, 0, 0)
        self._ink.append("Q EMC")
        self._face, self._size = face, size

    def dotted(self, x: float, y: float, to_x: float, dots: tuple[int, int]) -> None:
        """A level line of dots: how long each is, how far apart they are."""
        drawn, free = dots
        line = f"{x:.2f} {y:.2f} m {to_x:.2f} {y:.2f} l S"
        self._ink.append(f"{_DECORATION} q 0.5 w [{drawn} {free}] 0 d {line} Q EMC")

    def rule(self, thickness: float, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight line that is no part of a figure."""
        x, y, to_x, to_y = self._x + x, self._y + y, self._x + to_x, self._y + to_y
        self._rules[thickness].append(f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l")

    def _collect(self, rules: Sequence["Rule"], x: float, top: float) -> None:
        for left, below, right, to_below, thickness in rules:
            self._rules[thickness].append(
                f"{x + left:.2f} {top - below:.2f} m {x + right:.2f} {top - to_below:.2f} l"
            )

    def _draw_rules(self) -> None:
        if self._rules:
            self._ink.append(_DECORATION)
            self._strokes()
            self._ink.append("EMC")

    def _strokes(self) -> None:
        for thickness, lines in self._rules.items():
            self._ink += (f"{thickness} w", *lines, "S")
        self._rules.clear()

    def _whole(self, picture: "Picture", x: float, top: float) -> None:
        """A picture in the order in which it covers itself."""
        self._boxes(picture.boxes, x, top)
        for one in picture.texts:
            self._write(one, x, top)
        outer, self._rules = self._rules, defaultdict(list)
        self._collect(picture.rules, x, top)
        self._strokes()
        self._rules = outer

    def _boxes(self, boxes: Sequence["Box"], x: float, top: float) -> None:
        for grey, some in groupby(boxes, key=lambda box: box.grey):
            # One path: what touches is filled without a seam, and a QR costs one act, not hundreds.
            self._ink.append(f"{grey:g} g")
            self._ink += [
                f"{x + box.x:.3f} {top - box.below - box.height:.3f} {box.width:.3f} {box.height:.3f} re"
                for box in some
            ]
            self._ink += ("f", _DARK)

    def _begin(self, element: Element) -> None:
        """Begin a mark of an element, and put it into the tree where the group that is drawn has come to."""
        if not element.placed and self.element.role in GROUPS:
            self.element.adopt(element)
        marks = self._marks
        self._ink.append(f"/{element.role}<</MCID {len(marks)}>>BDC")
        element.marks.append((self._page, len(marks)))
        marks.append(element)

    def _texts(self, texts: Sequence["Text"], x: float, top: float) -> None:
        """Lines of text, those of one element in one mark."""
        grouped, now = self.element.role in GROUPS, None
        for one in texts:
            element = (one.of or now or Element("P")) if grouped else self.element
            if element is not now:
                if now is not None:
                    self._ink.append("EMC")
                now = element
                self._begin(element)
            else:
                self._part_words()
            self._write(one, x, top)
        if now is not None:
            self._ink.append("EMC")

    def _part_words(self) -> None:
        """A space behind a line that goes on in the next: who hears or copies a text doesn't see that it ends."""
        at = -2 if self._ink[-1] == _DARK else -1  # behind a red line the colour is set back
        last, face = self._ink[at], self._face
        for end in _ENDS:
            if face is not None and last.endswith(end):
                self._ink[at] = f"{last[: -len(end)]}{face.space}{end}"

    def _write(self, line: "Text", x: float, top: float) -> None:
        left, below, words, face, size, stretch, red, _ = line
        font = ""
        if face is not self._face or size != self._size:
            self._face, self._size = face, size
            self._shown = self._texts_of[face]
            font = f"/{face.key} {size} Tf "
        self._shown.append(words)
        if stretch:
            gap = f"{face.space}){-1000 * stretch / size:.1f}("
            shown = gap.join([word.translate(face.table) for word in words.replace(FIRM, " ").split(" ")])
            shown = f"[({shown})]TJ"
        else:
            shown = f"({words.translate(face.table)})Tj"
        written = f"BT {font}{x + left:.2f} {top - below:.2f} Td{shown} ET"
        self._ink += (_RED, written, _DARK) if red else (written,)

    # What makes the pages a file.

    def end_paper(self) -> None:
        """Write what the pages since the last paper's end are parts of."""
        for element in self._trailing:
            self.paper.adopt(element)
        self._parts.append(self._tree.write(self.paper, self._top if self._many else self._tree.root))
        for marked in self._marked:
            self._tree.page(element.number for element in marked)
        kids, count = references(self._leaves), len(self._leaves)
        self._file.hold(self._branch, f"<</Type/Pages/Parent {self._pages} 0 R/Kids[{kids}]/Count {count}>>")
        self._branches.append((self._branch, count))
        self._begin_paper()

    def close(self, named: Named) -> None:
        """Write what all pages share."""
        file = self._file
        if self._many:
            file.hold(self._top, f"<</S/Document/P {self._tree.root} 0 R/K[{references(self._parts)}]>>")
        self._tree.close(self._top if self._many else self._parts[0])
        fonts = "".join(
            f"/{face.key} {face.embed(file, self._rare[face])} 0 R"
            for face in self._faces.values()
            if face in self._rare
        )
        file.hold(self._resources, f"<</Font<<{fonts}>>>>")
        kids = references(branch for branch, _ in self._branches)
        file.hold(self._pages, f"<</Type/Pages/Kids[{kids}]/Count {self.pages}>>")
        close(file, Ends(self._catalogue, self._pages, self._tree.root, self._outline), named)

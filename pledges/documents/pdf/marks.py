"""What the parts of a page are, for those who can't see it: a tree of elements, each with its marks on pages."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pledges.documents.pdf.file import File, references, text

GROUPS = frozenset({"Document", "Part", "Table", "TR"})
"""Elements that hold others; all others hold what is marked on pages."""
_LEAF = 64
"""How many pages a leaf of the table of pages lists."""


class Element:
    """One part of a paper: a heading, a paragraph, a cell. It is put into the tree when it is first drawn."""

    __slots__ = ("attributes", "kids", "marks", "number", "placed", "role")

    def __init__(self, role: str, attributes: str = "", kids: "list[Element] | None" = None) -> None:
        self.role, self.attributes = role, attributes
        self.kids: list[Element] = []
        self.marks: list[tuple[int, int]] = []
        """The page's object and the mark's number there."""
        self.placed = False
        """Whether it stands in the tree already."""
        self.number = 0
        if kids:
            self.kids = kids
            for kid in kids:
                kid.placed = True

    def adopt(self, kid: "Element") -> None:
        """Take an element in that hasn't been drawn yet."""
        if not kid.placed:
            kid.placed = True
            self.kids.append(kid)


def figure(words: str) -> Element:
    """A picture, and what it says."""
    return Element("Figure", f"/Alt{text(words)}")


def spans(role: str, *, columns: int = 1, rows: int = 1, scope: str = "") -> Element:
    """A cell of a table that reaches over columns or rows."""
    return Element(role, _reach(columns, rows, scope))


@lru_cache(maxsize=256)
def _reach(columns: int, rows: int, scope: str) -> str:
    said = f"/Scope/{scope}" * bool(scope)
    said += f"/ColSpan {columns}" * (columns > 1) + f"/RowSpan {rows}" * (rows > 1)
    return f"/A<</O/Table{said}>>" if said else ""


class Tree:
    """The elements of a file, written paper by paper."""

    def __init__(self, file: File) -> None:
        self.file, self.root = file, file.number()
        self._pages: list[int] = []
        self._leaves: list[tuple[int, int, int]] = []
        self._next = 0

    def key(self) -> int:
        """The next page's number in the table of pages."""
        self._next += 1
        return self._next - 1

    def write(self, element: Element, parent: int) -> int:
        """Write an element and all below it; its number."""
        element.number = self.file.number()
        objects: list[tuple[int, str]] = []
        self._write(element, parent, objects)
        self.file.hold_all(objects)
        return element.number

    def _write(self, element: Element, parent: int, objects: list[tuple[int, str]]) -> None:
        number, kids = element.number, element.kids
        if kids:
            numbers = self.file.numbers(len(kids))
            inside = f"/K[{references(numbers)}]"
        else:
            numbers, inside = range(0), _marked(element.marks)
        objects.append((number, f"<</S/{element.role}/P {parent} 0 R{element.attributes}{inside}>>"))
        for kid, given in zip(kids, numbers, strict=True):
            kid.number = given
            self._write(kid, number, objects)

    def page(self, holders: Iterable[int]) -> None:
        """Note the elements that hold a page's marks, by the marks' numbers; in the order of the pages' keys."""
        self._pages.append(self.file.held(f"[{references(holders)}]"))
        if len(self._pages) == _LEAF:
            self._leaf()

    def _leaf(self) -> None:
        last = self._leaves[-1][1] + 1 if self._leaves else 0
        pairs = " ".join(f"{last + at} {number} 0 R" for at, number in enumerate(self._pages))
        end = last + len(self._pages) - 1
        number = self.file.held(f"<</Limits[{last} {end}]/Nums[{pairs}]>>")
        self._leaves.append((last, end, number))
        self._pages = []

    def close(self, top: int) -> None:
        """Write the root, above the topmost element."""
        if self._pages:
            self._leaf()
        table = self.file.held(f"<</Kids[{references(number for _, _, number in self._leaves)}]>>")
        self.file.hold(
            self.root,
            f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree {table} 0 R/ParentTreeNextKey {self._next}>>",
        )


def _marked(marks: Sequence[tuple[int, int]]) -> str:
    if not marks:
        return ""
    page, first = marks[0]
    if len(marks) == 1:  # as nearly all are
        return f"/Pg {page} 0 R/K {first}"
    said = (f"{mark}" if on == page else f"<</Type/MCR/Pg {on} 0 R/MCID {mark}>>" for on, mark in marks)
    return f"/Pg {page} 0 R/K[{' '.join(said)}]"

"""Pieces that flow over pages: made of units (lines, rows, bars), parted only where it reads well."""

from abc import abstractmethod
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Self

from reportlab.platypus import Flowable

from pledges.documents.pdf.canvas import Canvas
from pledges.documents.pdf.ink import Picture
from pledges.documents.pdf.marks import Element


class Piece(Flowable):
    """A piece of the flow. `element` is what it is a part of, if all that is drawn in it is a part of one."""

    canv: Canvas  # type: ignore[assignment]  # ours has what the flow of pages asks of a canvas
    element: Element | None = None

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # type: ignore[override]  # noqa: N802, N803 - reportlab's names
        """Draw it as a part of its element; it stands at the left, however much room is free."""
        outer = canvas.element
        if self.element is not None:
            canvas.enter(self.element)
        super().drawOn(canvas, x, y)  # type: ignore[arg-type]
        canvas.element = outer


class Whole(Piece):
    """A picture that stands on one page."""

    def __init__(self, picture: Picture, width: float, role: str = "") -> None:
        super().__init__()
        self.picture = picture
        self.width, self.height = width, picture.height
        if role:
            self.element = Element(role)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its own size, whatever the place."""
        return self.width, self.height

    def draw(self) -> None:
        """Put it where the page's flow has come to."""
        self.picture.draw(self.canv, 0, self.height)


class Breakable(Piece):
    """A piece of units that may be parted between some of them. `page` is the height of an empty page."""

    def __init__(
        self, units: Sequence[float], page: float, *, head: float = 0, space_before: float = 0
    ) -> None:
        super().__init__()
        self.units, self.page, self.head = units, page, head
        self.spaceBefore = space_before

    @abstractmethod
    def part(self, first: int, last: int) -> Self:
        """The same piece with only the units from first up to last."""

    def cut(self, first: int, last: int) -> Self:
        """A part that is of the same element."""
        piece = self.part(first, last)
        piece.element = self.element
        return piece

    @abstractmethod
    def may_part(self, at: int) -> bool:
        """Whether a page may end before the unit at an index between 1 and the number of units - 1."""

    def reach(self, last: int) -> float:
        """The height up to a unit, the repeated head with it."""
        return self.head + sum(self.units[:last])

    @property
    def least(self) -> float:
        """The smallest height of it that may stand at the end of a page."""
        count = len(self.units)
        return self.reach(next((at for at in range(1, count) if self.may_part(at)), count))

    @property
    def last_break(self) -> int:
        """The last place where it may be parted; 0 if there is none."""
        return next((at for at in range(len(self.units) - 1, 0, -1) if self.may_part(at)), 0)

    def fitting(self, height: float) -> int:
        """How many units to leave on a page with a height free; on an empty page at least one."""
        reaches = accumulate(self.units[:-1], initial=self.head)
        most = sum(1 for _ in takewhile(lambda reach: reach <= height, reaches)) - 1
        good = next((at for at in range(most, 0, -1) if self.may_part(at)), 0)
        return good or (most if most > 0 and height >= self.page - 1 else 0)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The width offered and the height of all units."""
        self.width, self.height = width, self.reach(len(self.units))
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The part for this page and the part for the next; nothing if all of it goes to the next."""
        at = self.fitting(height)
        return [self.cut(0, at), self.cut(at, len(self.units))] if at else []

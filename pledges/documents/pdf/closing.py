"""Phần cuối: recipients and signatures, tied to the last lines of the body so that they never stand alone."""

from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Self

from reportlab.platypus import Flowable

from pledges.documents.layouts import Layout
from pledges.documents.pdf.faces import Faces
from pledges.documents.pdf.flow import Breakable, Whole
from pledges.documents.pdf.ink import Picture, Strip
from pledges.documents.sheets.charts import going_on
from pledges.documents.sheets.paper import Closing, Recipients, Signature, SigningSide
from pledges.documents.sheets.wording import firm

LEFT_SHARE, RIGHT_FROM = 0.46, 0.5
LEVEL = 18.5
"""The leading of the first line on both sides: "Nơi nhận:" stands level with the capacity."""
RECIPIENT_LEADING, SINGLE = 13.0, 1.15
"""Below "Nơi nhận:" lines stand single-spaced, however large they are."""
FREE_SPACE = 72.0
"""Room for a hand's signature and the stamp: 25 mm."""
ABOVE, BETWEEN, BELOW_TITLE = 12.0, 14.0, 6.0
GUTTER = 8.0
MOST_COLUMNS, FOUR = 3, 4
"""From three signatures on a side takes the whole width: one under the other they would fill half a page."""


def _sign(strips: Sequence[Strip], signatures: Sequence[Signature], layout: Layout) -> None:
    """Places to sign beside each other: capacities begin on one level, and names stand on one level."""
    for strip, signature in zip(strips, signatures, strict=True):
        if signature.on_behalf:
            strip.centred(firm(signature.on_behalf), layout.on_behalf, LEVEL)
        for post in signature.posts:
            strip.centred(post, layout.post, LEVEL)
        if signature.confirmation:
            signed_at = strip.below
            strip.skip(8)
            strip.centred(signature.confirmation, layout.confirmation, RECIPIENT_LEADING)
            strip.skip(max(8, FREE_SPACE - (strip.below - signed_at)))  # as tall as a hand's place beside it
        else:
            strip.skip(FREE_SPACE)
    level = max(strip.below for strip in strips)
    for strip, signature in zip(strips, signatures, strict=True):
        strip.below = level
        if signature.name:
            strip.centred(signature.name, layout.signer, LEVEL)
        else:
            strip.skip(LEVEL)  # a hand writes it below the signature


def _side(strip: Strip, side: SigningSide, layout: Layout, columns: int = 1) -> None:
    """A side's title, and its signatures row by row."""
    if side.title:
        strip.centred(side.title, layout.on_behalf, LEVEL)
        strip.skip(BELOW_TITLE if columns > 1 else 0)
    width = strip.width / columns
    gutter = GUTTER if columns > 1 else 0.0
    for at in range(0, len(side.signatures), columns):
        row = side.signatures[at : at + columns]
        strip.skip(BETWEEN if at else 0)
        free = (strip.width - width * len(row)) / 2
        strips = [
            Strip(strip.picture, strip.faces, strip.x + free + place * width + gutter / 2, width - gutter)
            for place in range(len(row))
        ]
        for one in strips:
            one.below = strip.below
        _sign(strips, row, layout)
        strip.below = max(one.below for one in strips)


def _across(closing: Closing, layout: Layout, faces: Faces, width: float) -> Picture:
    """Many signatures of one side: in columns over the whole width, the other side's below."""
    picture = Picture()
    strip = Strip(picture, faces, 0, width)
    strip.skip(ABOVE)
    _side(strip, closing.right, layout, _columns(len(closing.right.signatures)))
    if isinstance(closing.left, SigningSide):
        strip.skip(BETWEEN)
        _side(strip, closing.left, layout, _columns(len(closing.left.signatures)))
    picture.height = strip.below
    return picture


def _columns(signatures: int) -> int:
    """How many stand beside each other: two of four, else three at most."""
    return 2 if signatures == FOUR else min(signatures, MOST_COLUMNS)


def _signed(closing: Closing, layout: Layout, faces: Faces, width: float) -> Picture:
    """The signatures; recipients stand on their left, or below those of two sides."""
    if len(closing.right.signatures) >= MOST_COLUMNS and not isinstance(closing.left, Recipients):
        return _across(closing, layout, faces, width)
    picture = Picture()
    right = Strip(picture, faces, width * RIGHT_FROM, width * (1 - RIGHT_FROM))
    left = Strip(picture, faces, 0, width * LEFT_SHARE)
    left.skip(ABOVE)
    right.skip(ABOVE)
    _side(right, closing.right, layout)
    if isinstance(closing.left, SigningSide):
        _side(left, closing.left, layout)
    picture.height = max(left.below, right.below)
    return picture


class _Listing:
    """Nơi nhận: lines in a column on the left; of more than a page holds, in another on the right too."""

    def __init__(self, recipients: Recipients, layout: Layout, faces: Faces, width: float) -> None:
        self.layout, self.faces, self.width = layout, faces, width
        self.lines = recipients.lines
        self.leading = max(RECIPIENT_LEADING, layout.recipient.size * SINGLE)
        self.heights = [self._tall(line) for line in self.lines]

    def _tall(self, line: str) -> float:
        trial = self._strip(Picture(), 0)
        trial.left(line, self.layout.recipient, self.leading)
        return trial.below

    def _strip(self, picture: Picture, below: float, *, right: bool = False) -> Strip:
        """A column of a picture from a height downwards."""
        strip = Strip(picture, self.faces, self.width * RIGHT_FROM if right else 0, self.width * LEFT_SHARE)
        strip.below = below
        return strip

    def _write(self, strip: Strip, first: int, last: int) -> None:
        for line in self.lines[first:last]:
            strip.left(line, self.layout.recipient, self.leading)

    def _reach(self, first: int, room: float) -> int:
        """Up to which line a room holds them."""
        reaches = accumulate(self.heights[first:], initial=0.0)
        return first + sum(1 for _ in takewhile(lambda reach: reach <= room, reaches)) - 1

    def _parted(self, first: int, left: float, right: float, most: float) -> tuple[int, int]:
        """Where the left column ends and where the right one; on about one level if the page holds all."""
        count = len(self.lines)

        def end(at: int) -> float:
            return max(left + sum(self.heights[first:at]), right + sum(self.heights[at:]))

        even = min(range(first, count + 1), key=end)
        if end(even) <= most:
            return even, count
        middle = max(first, self._reach(first, most - left))
        return middle, max(middle, self._reach(middle, most - right))

    def write(self, picture: Picture, left: float, right: float, most: float, page: float) -> list[Picture]:
        """Write them from a height on the left, and below a height on the right; what goes on is returned."""
        label = self._strip(picture, left)
        label.left("Nơi nhận:", self.layout.recipients_label, LEVEL)
        if self._reach(0, most - label.below) == len(self.lines):
            self._write(label, 0, len(self.lines))
            return []
        at, more, left = 0, list[Picture](), label.below
        while True:
            middle, last = self._parted(at, left, right, most)
            if more and last == at:  # taller than a page
                middle = last = at + 1
            self._write(self._strip(picture, left), at, middle)
            self._write(self._strip(picture, right, right=True), middle, last)
            at = last
            if at == len(self.lines):
                return more
            picture, most = Picture(), page
            more.append(picture)
            label = self._strip(picture, 0)
            label.left(going_on("Nơi nhận") + ":", self.layout.recipients_label, LEVEL)
            left = right = label.below


class Tied(Breakable):
    """The body's last block and the closing: behind a page's end there is always some of that block left."""

    def __init__(self, last: Breakable, closing: Picture) -> None:
        super().__init__(last.units, last.page, head=last.head, space_before=last.spaceBefore)
        self.last, self.closing = last, closing

    def part(self, first: int, last: int) -> Self:
        """The later part of the block, with the closing."""
        return type(self)(self.last.cut(first, last), self.closing)

    def may_part(self, at: int) -> bool:
        """Where the block itself may be parted."""
        return self.last.may_part(at)

    @property
    def least(self) -> float:
        """As the block's, or all of both."""
        return self.last.least if self.last_break else self.reach(len(self.units)) + self.closing.height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The block's height and the closing's."""
        _, tall = self.last.wrap(width, height)
        self.height = tall + self.closing.height
        return width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """The block's beginning alone; its end together with the closing."""
        at = self.fitting(height)
        return [self.last.cut(0, at), self.part(at, len(self.units))] if at else []

    def draw(self) -> None:
        """The block above, the closing below."""
        self.last.drawOn(self.canv, 0, self.closing.height)
        self.closing.draw(self.canv, 0, self.closing.height)


def tied(
    closing: Closing, last: Breakable, layout: Layout, faces: Faces, width: float
) -> tuple[Breakable, list[Flowable]]:
    """The body's last block with the closing, and the recipients that no page holds beside the signature.

    An end of the block that leaves no room for signing on its page, such as a row as tall as the page, goes
    before it.
    """
    end = last.reach(len(last.units)) - last.reach(last.last_break) + last.head
    most = last.page - end
    picture = _signed(closing, layout, faces, width)
    more: list[Picture] = []
    beside, below = closing.left, picture.height + BETWEEN
    if isinstance(beside, Recipients):
        more = _Listing(beside, layout, faces, width).write(picture, ABOVE, below, most, last.page)
    elif closing.below is not None:
        more = _Listing(closing.below, layout, faces, width).write(
            picture, below, below + LEVEL, most, last.page
        )
    if end + picture.height > last.page:
        return last, [Whole(picture, width), *(Whole(part, width) for part in more)]
    return Tied(last, picture), [Whole(part, width) for part in more]

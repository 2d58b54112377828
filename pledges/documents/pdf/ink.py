"""What can be put on a page: lines of text and rules, collected in pictures that know their height."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pledges.documents.layouts import Type
from pledges.documents.pdf.canvas import Canvas
from pledges.documents.pdf.faces import FIRM, Face, Faces
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.lines import Line, balanced, broken
from pledges.documents.pdf.marks import Element

MM = 72 / 25.4
RULE = 0.75
SPACES = (" ", FIRM)
BASELINE = 0.775
"""Where in its leading a line's baseline is; the same for all sizes, so that what is level stands level."""


class Text(NamedTuple):
    """One line of text: its left end, how far its baseline is below the picture's top, how it is set.

    `of` is the element that the line is a part of; None for that which is being drawn.
    """

    x: float
    below: float
    text: str
    face: Face
    size: float
    stretch: float = 0.0
    red: bool = False
    of: Element | None = None


class Rule(NamedTuple):
    """A straight line between two points, measured down from the picture's top."""

    x: float
    below: float
    to_x: float
    to_below: float
    thickness: float = RULE


class Box(NamedTuple):
    """A filled rectangle, measured down from the picture's top; `grey` is 0 for black and 1 for white."""

    x: float
    below: float
    width: float
    height: float
    grey: float


@dataclass(slots=True)
class Picture:
    """Texts, rules and boxes of one piece that is never parted."""

    height: float = 0.0
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def draw(self, canvas: Canvas, x: float, top: float, artifact: str = "") -> None:
        """Put everything on the page, the picture's left upper corner at (x, top).

        `artifact` says what it is if it's no part of what the paper says: the head of a page, its foot.
        """
        canvas.put(self, x, top, artifact)


def stretch(line: Line, room: float) -> float:
    """What each space of a justified line gets on top of its own width."""
    spaces = sum(line.text.count(space) for space in SPACES)
    return 0.0 if line.ends or not spaces else (room - line.width) / spaces


class Strip:
    """A column of a picture that is written from top to bottom; keeps its own place."""

    def __init__(self, picture: Picture, faces: Faces, x: float, width: float) -> None:
        self.picture, self.faces, self.x, self.width = picture, faces, x, width
        self.below = 0.0
        self.last_width = 0.0

    def centred(self, text: str, how: Type, leading: float) -> None:
        """Write a text in the middle, on as many balanced lines as it needs."""
        face, size = self.faces[how.weight], how.size
        self._write(
            balanced(_gaps_kept(_cased(text, how)), face, size, self.width), how, leading, centre=True
        )

    def left(self, text: str, how: Type, leading: float) -> None:
        """Write a text from the left edge."""
        face, size = self.faces[how.weight], how.size
        self._write(broken(_gaps_kept(_cased(text, how)), face, size, self.width), how, leading, centre=False)

    def exact(self, text: str, how: Type, leading: float) -> None:
        """Write one line in the middle; it is never broken."""
        face = self.faces[how.weight]
        kept = admit(_cased(text, how), face).replace(" ", FIRM)
        self._write([Line(kept, face.width(kept, how.size), ends=True)], how, leading, centre=True)

    def rule(self, length: float, gap: float) -> None:
        """Draw a line of a length in the middle, a gap below what was written."""
        x = self.x + (self.width - length) / 2
        self.below += gap
        self.picture.rules.append(Rule(x, self.below, x + length, self.below))
        self.picture.height = max(self.picture.height, self.below)

    def skip(self, height: float) -> None:
        """Leave a height free."""
        self.below += height

    def _write(self, lines: Iterable[Line], how: Type, leading: float, *, centre: bool) -> None:
        face, of = self.faces[how.weight], Element("P")
        for line in lines:
            x = self.x + ((self.width - line.width) / 2 if centre else 0.0)
            at = self.below + leading * BASELINE
            self.picture.texts.append(Text(x, at, line.text, face, how.size, of=of))
            if how.underlined:
                under = at + how.size * 0.12
                self.picture.rules.append(Rule(x, under, x + line.width, under))
            self.below += leading
            self.last_width = line.width
        self.picture.height = max(self.picture.height, self.below)


def _cased(text: str, how: Type) -> str:
    return text.upper() if how.caps else text


def _gaps_kept(text: str) -> str:
    """A text whose gaps of several spaces, left for a number to be written in, stay as wide as they are."""
    return re.sub(" {2,}", lambda gap: FIRM * len(gap.group()), text)

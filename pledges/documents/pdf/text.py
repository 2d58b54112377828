"""Paragraphs and headings of the body."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from pledges.documents.layouts import Type
from pledges.documents.pdf.faces import Face, Faces
from pledges.documents.pdf.flow import Breakable
from pledges.documents.pdf.ink import BASELINE, MM, Picture, Rule, Text, stretch
from pledges.documents.pdf.lines import Line, broken
from pledges.documents.sheets.red import Red

FEWEST_LINES = 2
"""At least so many lines of a paragraph stay together at the end and at the beginning of a page."""

MOST_STRETCH = 1.2
"""In sizes: a line that would be torn further apart, before a word as long as a line, stands at its own width."""

ROOM = 9 * MM
"""From one ruled line to the next: as a hand writes."""
THIN = 0.35


class Setting(NamedTuple):
    """How a paragraph is set: measures in points."""

    how: Type
    leading: float
    gap: float
    indent: float


class Lines(Breakable):
    """A justified paragraph with its first line indented."""

    def __init__(
        self,
        lines: Sequence[Line],
        face: Face,
        setting: Setting,
        page: float,
        *,
        begins: bool = True,
        red: bool = False,
    ) -> None:
        super().__init__([setting.leading] * len(lines), page, space_before=setting.gap)
        self.lines, self.face, self.setting, self.begins, self.red = lines, face, setting, begins, red

    def part(self, first: int, last: int) -> Self:
        """The lines from first up to last; only the true first line keeps its indent."""
        begins = self.begins and first == 0
        return type(self)(
            self.lines[first:last], self.face, self.setting, self.page, begins=begins, red=self.red
        )

    def may_part(self, at: int) -> bool:
        """Not after the first line and not before the last."""
        return FEWEST_LINES <= at <= len(self.lines) - FEWEST_LINES

    def draw(self) -> None:
        """Draw each line over the whole width, the last at its own."""
        how, leading = self.setting.how, self.setting.leading
        picture = Picture()
        for at, line in enumerate(self.lines):
            indent = self.setting.indent if self.begins and at == 0 else 0.0
            below = (at + BASELINE) * leading
            room = self.width - indent
            wide = stretch(line, room)
            wide = wide if wide <= MOST_STRETCH * how.size else 0.0
            picture.texts.append(Text(indent, below, line.text, self.face, how.size, wide, self.red))
        picture.draw(self.canv, 0, self.height)


def paragraph(text: str, setting: Setting, faces: Faces, width: float, page: float) -> Lines:
    """A paragraph broken for a width."""
    how = setting.how
    face = faces[how.weight]
    red = isinstance(text, Red)
    text = text.upper() if how.caps else text
    return Lines(broken(text, face, how.size, width, setting.indent), face, setting, page, red=red)


class Ruled(Breakable):
    """Lines to write on, over the whole width."""

    def __init__(self, count: int, page: float, gap: float) -> None:
        super().__init__([ROOM] * count, page, space_before=gap)
        self.gap = gap

    def part(self, first: int, last: int) -> Self:
        """So many of the lines."""
        return type(self)(last - first, self.page, self.gap)

    def may_part(self, at: int) -> bool:
        """As lines of a text."""
        return FEWEST_LINES <= at <= len(self.units) - FEWEST_LINES

    def draw(self) -> None:
        """Rule each line."""
        picture = Picture()
        for at in range(1, len(self.units) + 1):
            picture.rules.append(Rule(0, at * ROOM, self.width, at * ROOM, THIN))
        picture.draw(self.canv, 0, self.height)

"""Biểu đồ đường: what was reached against the plan over the months, told apart by strokes alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, hypot
from typing import NamedTuple, Self

from pledges.core.numbers import format_percent
from pledges.documents.layouts import Type, Weight
from pledges.documents.pdf.faces import Faces
from pledges.documents.pdf.flow import Breakable
from pledges.documents.pdf.ink import MM, Box, Picture, Rule, Strip
from pledges.documents.sheets.charts import Line, LineChart, Stroke

TITLE, KEY, TICK, FIGURE = Type(12, Weight.BOLD), Type(11), Type(11), Type(11, Weight.BOLD)
LEADING = 13.0
AXIS, FIGURES, TALL = 11 * MM, 15 * MM, 52 * MM
"""Room for the axis' words, for the last figures, and how tall the field is."""
SAMPLE = 12 * MM
"""The key's sample of a stroke."""
FRAME, HAIR, NOTCH, END = 0.5, 0.5, 3.0, 5.0
BELOW_AXIS = 6.0
GREY = 0.75
PASSES = {
    Stroke.THICK: (2.2, ()),
    Stroke.DASHED: (1.2, (6.0, 3.0)),
    Stroke.DOTTED: (1.4, (1.4, 2.4)),
    Stroke.THIN: (0.7, ()),
}
"""How thick a stroke is, and its dashes: drawn, left free."""
STEPS = (Fraction(1, 5), Fraction(1, 2), Fraction(1))
MOST_STEPS = 7
MONTHS = (1, 2, 3, 4, 6, 12)
YEAR = 12

Point = tuple[float, float]


class Field(NamedTuple):
    """Where days and ratios lie on the picture."""

    chart: LineChart
    left: float
    top: float
    width: float
    step: Fraction
    full: Fraction

    def x(self, day: date) -> float:
        """How far to the right a day lies."""
        days = (self.chart.ends - self.chart.begins).days
        return self.left + self.width * (day - self.chart.begins).days / days

    def y(self, ratio: Fraction) -> float:
        """How far below the picture's top a ratio lies; what is below nothing lies on the axis."""
        return self.top + TALL * (1 - float(min(max(ratio, Fraction(0)) / self.full, Fraction(1))))


def _scale(lines: Sequence[Line]) -> tuple[Fraction, Fraction]:
    """The step of the axis and where it ends: the whole, or a step above the largest ratio."""
    most = max([Fraction(1), *(Fraction(ratio) for line in lines for _day, ratio in line.points)])
    steps = [*STEPS, Fraction(ceil(most / MOST_STEPS))]
    step = next(step for step in steps if most / step <= MOST_STEPS)
    return step, ceil(most / step) * step


def _dashed(points: Sequence[Point], drawn: float, free: float) -> Iterator[tuple[Point, Point]]:
    """The dashes of a line of several straight pieces; a dash goes on around a corner."""
    gone, period = 0.0, drawn + free
    for (x, y), (to_x, to_y) in pairwise(points):
        length = hypot(to_x - x, to_y - y)
        for count in range(int(gone // period), ceil((gone + length) / period)):
            first = max(count * period - gone, 0.0)
            last = min(count * period + drawn - gone, length)
            if first < last:
                across, down = (to_x - x) / length, (to_y - y) / length
                yield (x + across * first, y + down * first), (x + across * last, y + down * last)
        gone += length


def _trace(picture: Picture, points: Sequence[Point], stroke: Stroke) -> None:
    thickness, dashes = PASSES[stroke]
    pieces = _dashed(points, *dashes) if dashes else pairwise(points)
    picture.rules += [Rule(x, y, to_x, to_y, thickness) for (x, y), (to_x, to_y) in pieces]


def _key(picture: Picture, chart: LineChart, faces: Faces, width: float, below: float) -> float:
    """Each line's sample, words and last figure; as many beside each other as there is room for."""
    face = faces[KEY.weight]
    x = AXIS
    for line in chart.lines:
        room = min(SAMPLE + 4 + face.width(line.said, KEY.size) + 1, width - AXIS)
        if x > AXIS and x + room > width:
            x, below = AXIS, below + LEADING
        middle = below + LEADING / 2
        _trace(picture, ((x, middle), (x + SAMPLE, middle)), line.stroke)
        words = Strip(picture, faces, x + SAMPLE + 4, room - SAMPLE - 4)
        words.skip(below)
        words.left(line.said, KEY, LEADING)
        x, below = x + room + 5 * MM, words.below - LEADING
    return below + LEADING


def _levels(picture: Picture, field: Field, faces: Faces) -> None:
    """A hair and its words for each step of the axis."""
    for count in range(int(field.full / field.step) + 1):
        ratio = count * field.step
        y, right = field.y(ratio), field.left + field.width
        if count:
            picture.boxes.append(Box(field.left, y - HAIR / 2, field.width, HAIR, GREY))
        else:
            picture.rules.append(Rule(field.left, y, right, y, FRAME))
        text = format_percent(ratio)
        wide = faces[TICK.weight].width(text, TICK.size)
        words = Strip(picture, faces, field.left - wide - 1.5 * MM, wide + 1)
        words.skip(y - LEADING / 2)
        words.left(text, TICK, LEADING)
    picture.rules.append(Rule(field.left, field.top, field.left, field.top + TALL, FRAME))


def _firsts(begins: date, ends: date) -> list[date]:
    """The first days of the months within a time."""
    month = begins.year * YEAR + begins.month - (1 if begins.day == 1 else 0)
    last = ends.year * YEAR + ends.month - 1
    return [date(at // YEAR, at % YEAR + 1, 1) for at in range(month, last + 1)]


def _months(picture: Picture, field: Field, faces: Faces) -> None:
    """A notch for each month's first day, and its words where there is room for them."""
    firsts = _firsts(field.chart.begins, field.chart.ends)
    bottom = field.top + TALL
    face = faces[TICK.weight]
    wide = face.width("12/2024 ", TICK.size)
    apart = field.width * 30 / (field.chart.ends - field.chart.begins).days
    every = next((count for count in MONTHS if count * apart >= wide), ceil(wide / apart / YEAR) * YEAR)
    for at, first in enumerate(firsts):
        x = field.x(first)
        named = at % every == 0
        picture.rules.append(Rule(x, bottom, x, bottom + (NOTCH if named else NOTCH / 2), FRAME))
        text = f"{first.month}/{first.year}"
        half = face.width(text, TICK.size) / 2
        if named and x + half <= field.left + field.width + FIGURES:
            words = Strip(picture, faces, x - half, 2 * half + 1)
            words.skip(bottom + BELOW_AXIS)
            words.left(text, TICK, LEADING)
    picture.height = bottom + BELOW_AXIS + LEADING


def _figures(picture: Picture, field: Field, faces: Faces) -> None:
    """The last figure of each line on its level beside the field, below another where they would meet."""
    ends = sorted(
        (field.y(Fraction(line.points[-1][1])), line.figure) for line in field.chart.lines if line.points
    )
    free = field.top - LEADING / 2
    for y, figure in ends:
        level = max(y - LEADING / 2, free)
        words = Strip(picture, faces, field.left + field.width + 2 * MM, FIGURES - 2 * MM)
        words.skip(level)
        words.left(figure, FIGURE, LEADING)
        free = level + LEADING


def _curve(picture: Picture, field: Field, line: Line) -> None:
    """A line's stroke, and a square where it ends."""
    points = [(field.x(day), field.y(Fraction(ratio))) for day, ratio in line.points]
    _trace(picture, points, line.stroke)
    for x, y in points[-1:]:
        picture.boxes.append(Box(x - END / 2, y - END / 2, END, END, 0.0))


class Curves(Breakable):
    """A chart of lines; it stands on one page."""

    def __init__(self, picture: Picture, page: float, gap: float) -> None:
        super().__init__([picture.height], page, space_before=gap)
        self.spaceAfter = gap
        self.picture = picture

    def part(self, _first: int, _last: int) -> Self:
        """Itself: it is one unit."""
        return self

    def may_part(self, _at: int) -> bool:
        """Nowhere."""
        return False

    def draw(self) -> None:
        """Put it where the page's flow has come to."""
        self.picture.draw(self.canv, 0, self.height)


def curves_of(chart: LineChart, faces: Faces, width: float, page: float, gap: float) -> Curves:
    """A chart of lines measured for a width."""
    picture = Picture()
    title = Strip(picture, faces, 0, width)
    title.centred(chart.title, TITLE, LEADING * 1.2)
    top = _key(picture, chart, faces, width, title.below) + LEADING / 2
    step, full = _scale(chart.lines)
    field = Field(chart, AXIS, top, width - AXIS - FIGURES, step, full)
    _levels(picture, field, faces)
    _months(picture, field, faces)
    for line in chart.lines:
        _curve(picture, field, line)
    _figures(picture, field, faces)
    return Curves(picture, page, gap)

"""Biểu đồ tiến độ: a bar for what is reached, a stroke for the plan; readable without colour."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Self

from pledges.documents.layouts import Type, Weight
from pledges.documents.pdf.faces import Faces
from pledges.documents.pdf.flow import Breakable
from pledges.documents.pdf.ink import MM, Box, Picture, Rule, Strip
from pledges.documents.sheets.charts import Bar, BarChart, going_on

LABELS, FIGURES = 58 * MM, 24 * MM
TITLE, KEY, LABEL, FIGURE = Type(12, Weight.BOLD), Type(11), Type(11), Type(11, Weight.BOLD)
LEADING, THICK, FREE = 13.0, 9.0, 5.0
SWATCH, OVER = 9.0, 2.0
"""The key's sample of a bar, and how far a stroke stands out above and below a bar."""
REACHED, TROUGH = 0.35, 0.88
STROKE = 1.8
MOST_TOGETHER, FEWEST = 10, 3
"""So many bars stand on one page; of more, at least so few stand before and behind a page's end."""


class Ground(NamedTuple):
    """What the bars of a chart share."""

    faces: Faces
    width: float
    full: Fraction

    @property
    def room(self) -> float:
        """The length of a bar that reaches the chart's end."""
        return self.width - LABELS - 2 * FIGURES

    def length(self, ratio: Fraction | Decimal) -> float:
        """How far a ratio reaches."""
        return self.room * float(max(Fraction(ratio), Fraction(0)) / self.full)


def _stroke(picture: Picture, x: float, middle: float) -> None:
    reach = THICK / 2 + OVER
    picture.rules.append(Rule(x, middle - reach, x, middle + reach, STROKE))


def _head(chart: BarChart, ground: Ground, title_text: str) -> Picture:
    """The chart's title, and below it the key above the figures' columns."""
    picture = Picture()
    title = Strip(picture, ground.faces, 0, ground.width)
    title.centred(title_text, TITLE, LEADING * 1.2)
    middle = title.below + LEADING / 2
    columns = [ground.width - FIGURES * count for count in (2, 1)]
    picture.boxes.append(Box(columns[0] + 4, middle - THICK / 2, SWATCH, THICK, REACHED))
    _stroke(picture, columns[1] + 4 + SWATCH / 2, middle)
    for x, words in zip(columns, (chart.progress_title, chart.expected_title), strict=True):
        key = Strip(picture, ground.faces, x + SWATCH + 7, FIGURES - SWATCH - 7)
        key.skip(title.below)
        key.left(words, KEY, LEADING)
    picture.height += OVER
    return picture


def _bar(bar: Bar, ground: Ground) -> Picture:
    """One bar: label, trough with its filling and the plan's stroke, both figures."""
    picture = Picture()
    label = Strip(picture, ground.faces, 0, LABELS - 2 * MM)
    label.skip(FREE / 2)
    label.left(bar.label, LABEL, LEADING)
    picture.height = label.below + FREE / 2
    middle = picture.height / 2
    picture.boxes.append(Box(LABELS, middle - THICK / 2, ground.room, THICK, TROUGH))
    if bar.progress is not None:
        reached = ground.length(bar.progress)
        picture.boxes.append(Box(LABELS, middle - THICK / 2, reached, THICK, REACHED))
    if bar.expected is not None:
        _stroke(picture, LABELS + ground.length(bar.expected), middle)
    for count, text in ((2, bar.progress_text), (1, bar.expected_text)):
        figure = Strip(picture, ground.faces, ground.width - FIGURES * count, FIGURES)
        figure.skip(middle - LEADING / 2)
        figure.centred(text, FIGURE, LEADING)
    return picture


class Bars(Breakable):
    """The chart, or the part of it on one page."""

    def __init__(
        self, header: Picture, later: Picture, bars: Sequence[Picture], page: float, gap: float
    ) -> None:
        super().__init__([bar.height for bar in bars], page, head=header.height, space_before=gap)
        self.spaceAfter = gap
        self.header, self.later, self.bars = header, later, bars

    def part(self, first: int, last: int) -> Self:
        """The bars from first up to last below title and key; a later page says that it goes on."""
        header = self.later if first else self.header
        return type(self)(header, self.later, self.bars[first:last], self.page, self.spaceBefore)

    def may_part(self, at: int) -> bool:
        """Between bars of a long chart, some of them on either side; a short one stands whole."""
        long = len(self.units) > MOST_TOGETHER
        return long and FEWEST <= at <= len(self.units) - FEWEST

    def draw(self) -> None:
        """Title and key, then bar under bar."""
        top = self.height
        for picture in (self.header, *self.bars):
            picture.draw(self.canv, 0, top)
            top -= picture.height


def bars_of(chart: BarChart, faces: Faces, width: float, page: float, gap: float) -> Bars:
    """A chart measured for a width and for pages of a height."""
    ratios = [
        Fraction(ratio) for bar in chart.bars for ratio in (bar.progress, bar.expected) if ratio is not None
    ]
    ground = Ground(faces, width, max([Fraction(1), *ratios]))
    header, later = (_head(chart, ground, title) for title in (chart.title, going_on(chart.title)))
    return Bars(header, later, [_bar(bar, ground) for bar in chart.bars], page, gap)

"""Biểu đồ trong sổ tính: drawn from the figures of a page, so that it follows them when they change.

What it shows is kept in it too: Word draws a chart without opening the figures that come with it.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from openpyxl.chart import BarChart as Bars
from openpyxl.chart import LineChart as Lines
from openpyxl.chart import Reference
from openpyxl.chart.axis import ChartLines, DateAxis
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from pledges.documents.books.figures import DAY
from pledges.documents.sheets.charts import BarChart, LineChart, Stroke

WIDE, HIGH, LOW, HIGH_A_BAR, HEAD = 16.0, 8.0, 4.0, 0.8, 1.8
"""In centimetres."""
GREYS = ("595959", "D0D0D0")
"""Bars of what is reached and of what is planned: told apart on paper without colour."""
BLACK, PALE, PALE_WIDTH = "000000", "D9D9D9", 6350
STROKES = {
    Stroke.THICK: (28575, "solid"),
    Stroke.DASHED: (15875, "dash"),
    Stroke.DOTTED: (15875, "sysDot"),
    Stroke.THIN: (9525, "solid"),
}
"""Thickness in what drawings measure in, 12,700 to the point."""
SHARE, MONTH = "0%", "m/yyyy"
STEP = 0.25
"""From one line of the ground to the next."""
EPOCH = date(1899, 12, 30)
"""Days are counted from it in spreadsheets."""


def drawn(chart: BarChart | LineChart, page: Worksheet, top: int, rows: int) -> Bars | Lines:
    """A chart of the figures from row `top` on, below their titles; names or days stand in the first column."""
    made = _bars() if isinstance(chart, BarChart) else _lines()
    columns = 2 if isinstance(chart, BarChart) else len(chart.lines)
    made.series = [_series(page, at, top, rows, days=isinstance(chart, LineChart)) for at in range(columns)]
    made.title = chart.title
    made.width = WIDE  # type: ignore[assignment] # its stubs take integers only
    made.height = max(LOW, HEAD + rows * HIGH_A_BAR) if isinstance(chart, BarChart) else HIGH
    made.legend = Legend()
    made.legend.position = "b"
    made.x_axis.delete = made.y_axis.delete = False
    made.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    pale = GraphicalProperties(ln=LineProperties(solidFill=PALE, w=PALE_WIDTH))
    made.y_axis.majorGridlines = ChartLines(spPr=pale)
    made.y_axis.number_format, made.y_axis.majorUnit = SHARE, STEP
    made.y_axis.scaling.min, made.y_axis.scaling.max = 0, _most(chart)
    if isinstance(chart, BarChart):
        for one, grey in zip(made.series, GREYS, strict=True):
            one.graphicalProperties.solidFill = grey
            one.graphicalProperties.line.solidFill = BLACK
    else:
        for one, line in zip(made.series, chart.lines, strict=True):
            width, dash = STROKES[line.stroke]
            one.smooth, one.marker.symbol = False, "none"
            one.graphicalProperties.line.solidFill = BLACK
            one.graphicalProperties.line.width, one.graphicalProperties.line.dashStyle = width, dash
    return made


def _most(chart: BarChart | LineChart) -> float:
    """How far the chart reaches: to the whole, or a step beyond its greatest share."""
    shares: list[Fraction | Decimal | None] = [Fraction(1)]
    if isinstance(chart, BarChart):
        shares += [share for bar in chart.bars for share in (bar.progress, bar.expected)]
    else:
        shares += [share for line in chart.lines for _day, share in line.points]
    most = max(Fraction(share) for share in shares if share is not None)
    return float(-(-most // Fraction(STEP)) * Fraction(STEP))


def _bars() -> Bars:
    made = Bars()
    made.type, made.gapWidth = "bar", 60
    made.x_axis.scaling.orientation = "maxMin"  # the first bar above, as in the table
    made.dataLabels = DataLabelList(numFmt=SHARE, showVal=True)
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(made.dataLabels, name, False)
    return made


def _lines() -> Lines:
    made = Lines()
    made.x_axis = DateAxis(crossAx=made.y_axis.axId, majorTimeUnit="months")
    made.x_axis.number_format = MONTH
    made.y_axis.crossAx = made.x_axis.axId
    made.display_blanks = "span"  # a day on which a line says nothing parts no line
    return made


def _series(page: Worksheet, at: int, top: int, rows: int, *, days: bool) -> Series:
    """One column of figures, with its title and the names or days beside."""
    figures = Reference(page, min_col=at + 2, min_row=top, max_row=top + rows - 1)
    beside = Reference(page, min_col=1, min_row=top, max_row=top + rows - 1)
    title = Reference(page, min_col=at + 2, min_row=top - 1)
    said = [page.cell(row, at + 2).value for row in range(top, top + rows)]
    names = [page.cell(row, 1).value for row in range(top, top + rows)]
    labels = (
        AxDataSource(numRef=NumRef(f=str(beside), numCache=_numbers(names, DAY)))
        if days
        else AxDataSource(strRef=StrRef(f=str(beside), strCache=_texts(names)))
    )
    return Series(
        idx=at,
        order=at,
        tx=SeriesLabel(StrRef(f=str(title), strCache=_texts([page.cell(top - 1, at + 2).value]))),
        val=NumDataSource(numRef=NumRef(f=str(figures), numCache=_numbers(said, SHARE))),
        cat=labels,
    )


def _texts(values: Sequence[object]) -> StrData:
    return StrData(ptCount=len(values), pt=[StrVal(idx=at, v=str(one)) for at, one in enumerate(values)])


def _numbers(values: Sequence[object], form: str) -> NumData:
    points = [
        NumVal(idx=at, v=str((one - EPOCH).days if isinstance(one, date) else one))
        for at, one in enumerate(values)
        if isinstance(one, date | Decimal | int | float)
    ]
    return NumData(formatCode=form, ptCount=len(values), pt=points)

"""Biểu đồ trong sổ tính: drawn by Excel from the figures of its page, so that it follows them when they change."""

from openpyxl.chart import BarChart as Bars
from openpyxl.chart import LineChart as Lines
from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from pledges.documents.sheets.charts import BarChart, LineChart

WIDE, HIGH, HIGH_A_BAR = 18.0, 9.0, 1.1
"""In centimetres."""
GREYS = ("595959", "BFBFBF", "7F7F7F", "262626")
"""Told apart on paper without colour."""


def drawn(chart: BarChart | LineChart, page: Worksheet, top: int, rows: int) -> Bars | Lines:
    """A chart of figures that begin in row `top`, below their titles; names or days stand in the first column."""
    columns = 2 if isinstance(chart, BarChart) else len(chart.lines)
    made: Bars | Lines = Bars() if isinstance(chart, BarChart) else Lines()
    if isinstance(made, Bars):
        made.type = "bar"
    made.title = chart.title
    made.width, made.height = WIDE, max(HIGH, rows * HIGH_A_BAR)  # type: ignore[assignment] # its stubs take integers
    figures = Reference(page, min_col=2, max_col=1 + columns, min_row=top - 1, max_row=top + rows - 1)
    made.add_data(figures, titles_from_data=True)
    made.set_categories(Reference(page, min_col=1, min_row=top, max_row=top + rows - 1))
    made.y_axis.number_format = "0%"
    made.x_axis.delete = made.y_axis.delete = False
    for series, grey in zip(made.series, GREYS, strict=False):
        series.graphicalProperties.solidFill = grey
        series.graphicalProperties.line.solidFill = grey
    if isinstance(chart, BarChart):
        made.x_axis.scaling.orientation = "maxMin"  # the first bar above, as in the table
    return made

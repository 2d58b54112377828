"""Biểu đồ thành bảng: a chart's figures as a table, for files whose readers reckon on or can't see."""

from pledges.core.dates import format_date
from pledges.core.numbers import format_percent
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import Align, Column, Row, Table

LABEL, FIGURE = 90, 35
"""Shares of a name and of a figure."""
NO_FIGURES = "Chưa có số liệu."


def table_of(chart: BarChart | LineChart) -> Table:
    """The figures of a chart, a row a bar or a day."""
    return _of_bars(chart) if isinstance(chart, BarChart) else _of_lines(chart)


def _of_bars(chart: BarChart) -> Table:
    columns = (
        Column("Nội dung", LABEL),
        Column(chart.progress_title, FIGURE, Align.CENTRE),
        Column(chart.expected_title, FIGURE, Align.CENTRE),
    )
    rows = tuple(Row((bar.label, bar.progress_text, bar.expected_text)) for bar in chart.bars)
    return Table(columns=columns, rows=rows, when_empty=NO_FIGURES, size=11)


def _of_lines(chart: LineChart) -> Table:
    """A day on which a line says nothing leaves its place empty."""
    columns = (
        Column("Ngày", FIGURE, Align.CENTRE),
        *(Column(line.label, FIGURE, Align.CENTRE) for line in chart.lines),
    )
    said = [dict(line.points) for line in chart.lines]
    rows = tuple(
        Row((format_date(day), *(format_percent(line[day]) if day in line else "" for line in said)))
        for day in sorted({day for line in said for day in line})
    )
    return Table(columns=columns, rows=rows, when_empty=NO_FIGURES, size=11)

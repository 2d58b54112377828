"""Trang tính: what each is called, so that a reader finds it among the tabs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pledges.documents.books.pages import pages_of
from pledges.documents.sheets.charts import Bar, BarChart, Line, LineChart
from tests.documents import samples


def test_a_chart_s_page_is_called_by_what_the_chart_shows():
    line = Line("Thực hiện", ((date(2024, 4, 1), Decimal("0.1")), (date(2024, 5, 1), Decimal("0.2"))))
    charts = (
        LineChart(
            title="Tiến độ thực hiện theo thời gian",
            lines=(line,),
            begins=date(2024, 4, 1),
            ends=date(2024, 12, 31),
        ),
        BarChart(
            title="Tiến độ thực hiện của từng đơn vị so với kế hoạch",
            bars=(Bar("Khu phố 1", Decimal("0.5"), Decimal(1), "50%", "100%"),),
        ),
    )
    paper = replace(samples.report().paper(), body=charts, annexes=())
    assert [page.name for page in pages_of(paper)] == ["Tiến độ theo thời gian", "Tiến độ của từng đơn vị"]

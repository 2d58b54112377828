"""Every paper as a spreadsheet, as offices print it and as people who type too much or nothing make it."""

import io
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook

from pledges.documents.books.draw import book
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import (
    Align,
    Block,
    Closing,
    Column,
    Level,
    Paper,
    Paragraph,
    Ready,
    Row,
    RowKind,
    Section,
    Signature,
    SigningSide,
    Table,
    Title,
)
from pledges.documents.sheets.red import Red
from tests.documents import samples
from tests.documents.every_paper import PAPERS
from tests.documents.hostile import WAYS, repeated
from tests.support.paper_tables import in_book

EVERY = [(name, way) for name in PAPERS for way in WAYS]


@cache
def made(name: str, way: str) -> tuple[Paper, bytes, Workbook]:
    paper = WAYS[way](PAPERS[name]())
    content = book(Ready(paper))
    return paper, content, load_workbook(io.BytesIO(content))


@pytest.fixture(params=EVERY, ids="-".join)
def both(request) -> tuple[Paper, Workbook]:
    paper, _content, pages = made(*request.param)
    return paper, pages


def opened(paper: Paper) -> Workbook:
    return load_workbook(io.BytesIO(book(Ready(paper))))


def shown(paper: Paper, kind) -> list:
    return [
        block
        for part in (paper.body, *(annex.body for annex in paper.annexes))
        for block in part
        if isinstance(block, kind)
    ]


def test_each_table_and_chart_has_a_page_of_its_own_name(both):
    paper, pages = both
    names = pages.sheetnames
    wanted = len(shown(paper, Table | BarChart | LineChart))
    assert len(names) == (wanted or 1)
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    charts = [chart for page in pages for chart in page._charts]
    assert len(charts) == len(shown(paper, BarChart | LineChart))


def test_nothing_runs_and_nothing_in_the_data_is_merged(both):
    _paper, pages = both
    for page in pages:
        assert not [cell for row in page for cell in row if cell.data_type in "fe"]
        if page.freeze_panes:
            first = int(page.freeze_panes[1:])
            assert all(one.max_row < first for one in page.merged_cells.ranges)


def test_pages_are_printed_on_a4_with_their_titles_on_each(both):
    paper, pages = both
    for page in pages:
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (
            9,
            1,
            0,
        )
        assert page.page_setup.orientation in {"portrait", "landscape"}
        assert all((one.height or 0) <= 409 for one in page.row_dimensions.values())
        assert page.page_margins.left * 25.4 == pytest.approx(30)
        assert page["A1"].value == paper.author
        if shown(paper, Table):
            top, last = (int(row.strip("$")) for row in page.print_title_rows.split(":"))
            assert page.freeze_panes == f"A{last + 1}"
            assert page.auto_filter.ref.startswith(f"A{last}:")
            assert page.cell(top - 1, 1).value is None


def test_a_row_stands_for_each_line_of_a_table(both):
    paper, pages = both
    tables = iter(shown(paper, Table))
    for page in (page for page in pages if not page._charts and page.print_title_rows):
        table = next(tables)
        steps = (
            max((len(cell) for cell in row.cells if isinstance(cell, tuple)), default=1) for row in table.rows
        )
        deep = int(page.print_title_rows.split(":")[1].strip("$"))
        assert page.max_row - deep == (sum(steps) or bool(table.when_empty))
    assert next(tables, None) is None


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_is_the_same_file(name):
    paper, content, _pages = made(name, "usual")
    assert book(Ready(paper)) == content


def test_sums_of_the_rows_are_the_totals_that_are_printed():
    rows = in_book(book(samples.report()))["Phụ lục"]
    page = opened(samples.report().paper())["Phụ lục"]
    money = rows[1].index("Ngân sách")
    plain = [row for row in page.iter_rows(values_only=True) if isinstance(row[0], int)]
    for place in (money, money + 1):
        told = [row[place] for row in plain]
        total = next(
            row[place]
            for row in page.iter_rows(values_only=True)
            if row[0] and str(row[0]).startswith("Tổng cộng")
        )
        assert sum(one or 0 for one in told) == total > 0


def test_names_stand_on_each_line_of_a_stack_and_amounts_once():
    page = opened(samples.report().paper())["Phụ lục"]
    first, second = [row for row in page.iter_rows(values_only=True) if row[0] == 4]
    assert first[1:4] == second[1:4]
    assert isinstance(first[7], datetime)
    assert (first[9], second[9]) == (60, None)
    assert first[-1] == second[-1] == "I. Khối Đảng - chính quyền"


def test_who_what_and_of_which_day_stand_above():
    pages = opened(samples.report().paper())
    said = [row[0] for row in pages["Kết quả theo khối"].iter_rows(values_only=True)]
    assert said[:3] == ["Ủy ban nhân dân Phường Hà Khánh", "Báo cáo", samples.ABSTRACT]
    assert said[4:7] == ["2. Kết quả theo khối", samples.AS_OF, "Dữ liệu minh họa"]


def paper_of(*body: Block) -> Paper:
    return Paper(
        heading=samples.heading(),
        title=Title("Báo cáo", "Thử"),
        body=body,
        closing=Closing(SigningSide((Signature(posts=("Chủ tịch",)),))),
    )


COLUMNS = (Column("STT", 10, Align.CENTRE), Column("Nội dung", 60), Column("Mức", 20, Align.RIGHT))


def table(*rows: Row) -> Table:
    return Table(columns=COLUMNS, rows=rows, when_empty="Không có.")


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-2", "@SUM(A1)", "#REF!", "\t=1", "=HYPERLINK(“x”)"])
def test_what_looks_like_a_formula_is_text(text):
    page = opened(paper_of(table(Row(("1", text, text)))))["Báo cáo"]
    row = page[page.max_row]
    assert [cell.data_type for cell in row] == ["n", "s", "n" if text == "-2" else "s"]
    assert row[1].value == text
    assert row[1].quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_words_of_a_column_of_words_stay_words():
    page = opened(paper_of(table(Row(("1", "150", "150")))))["Báo cáo"]
    assert [cell.value for cell in page[page.max_row]] == [1, "150", 150]


def test_a_number_longer_than_excel_keeps_is_text():
    page = opened(paper_of(table(Row(("1", "", "1.234.567.890.123.456")))))["Báo cáo"]
    assert page.cell(page.max_row, 3).value == "1234567890123456"


def test_red_figures_are_red_and_bold_rows_bold():
    rows = (Row(("1", "a", Red("26,1 (*)"))), Row(("Tổng cộng", "", "26,1"), RowKind.TOTAL))
    page = opened(paper_of(table(*rows)))["Báo cáo"]
    marked, total = page.cell(page.max_row - 1, 3), page.cell(page.max_row, 3)
    assert (marked.font.color.rgb, marked.font.b) == ("FFBA0D14", False)
    assert total.font.b
    assert float(marked.value) == float(total.value) == 26.1


def test_pages_are_named_by_their_headings():
    long = "II. Kết quả: thực hiện / phối hợp [của] các đơn vị trên địa bàn"
    blocks = [
        block
        for text in (long, long, "1. History", "a) 'Nháy'")
        for block in (Section(Level.ARABIC, text), table())
    ]
    assert opened(paper_of(*blocks)).sheetnames == [
        "Kết quả thực hiện phối hợp của",
        "Kết quả thực hiện phối hợp (2)",
        "History (2)",
        "Nháy",
    ]


def test_a_paper_without_tables_is_its_text():
    paper = replace(
        paper_of(Section(Level.ROMAN, "I. Mục"), Paragraph("=Một câu.")), addressees=("Đơn vị A",)
    )
    page = opened(paper)["Văn bản"]
    said = [cell.value for cell in page["A"] if cell.value]
    assert said[-3:] == ["Kính gửi: Đơn vị A", "I. Mục", "=Một câu."]


def test_a_table_of_nothing_says_so():
    page = opened(paper_of(table()))["Báo cáo"]
    assert page.cell(page.max_row, 1).value == "Không có."


def test_two_hundred_tasks():
    page = opened(repeated(samples.report().paper(), 200))["Phụ lục"]
    assert page.max_row > 208


def test_a_chart_holds_the_figures_of_its_page():
    page = opened(samples.report().paper())["Tiến độ"]
    (chart,) = page._charts
    assert [one.val.numRef.f for one in chart.series] == ["'Tiến độ'!$B$10:$B$14", "'Tiến độ'!$C$10:$C$14"]
    assert [one.v for one in chart.series[0].val.numRef.numCache.pt] == [0.79, 0.81, 0.58, 0.92, 0.77]
    assert chart.anchor._from.row + 1 > page.max_row

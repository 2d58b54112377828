"""What one paper says otherwise than another: words, rows and cells; what stayed, came and went."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pledges.documents.issuing.changes import Mark, Passage, TableChanges
from pledges.documents.issuing.differing import differences, words_between
from pledges.documents.sheets.charts import Bar, BarChart
from pledges.documents.sheets.paper import (
    Block,
    Column,
    Level,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Section,
    Table,
)
from tests.documents.samples import report


def paper(*body: Block) -> Paper:
    return replace(report().paper(), body=body, annexes=())


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        columns=(Column("STT", 1), Column("Nội dung", 4), Column("Kết quả", 1)),
        rows=tuple(Row(one) for one in rows),
        when_empty="",
    )


def part(found, title):
    return next(one for one in found.parts if one.title == title)


def said(passage: Passage, *marks: Mark) -> str:
    return "".join(one.text for one in passage.words if one.mark in marks)


def test_the_same_paper_differs_nowhere():
    assert differences(report().paper(), report().paper()).changed == ()


def test_a_changed_sentence_is_one_passage_with_its_words_marked():
    was = paper(Section(Level.ROMAN, "II. Kết quả"), Paragraph("Có 172/200 hộ tham gia, đạt 86%."))
    now = paper(Section(Level.ROMAN, "II. Kết quả"), Paragraph("Có 180/200 hộ tham gia, đạt 90%."))
    (passage,) = part(differences(was, now), "II. Kết quả").changed
    assert passage.label == "Sửa"
    assert said(passage, Mark.DROPPED) == "172/20086%"
    assert said(passage, Mark.ADDED) == "180/20090%"


def test_sentences_that_came_went_and_moved():
    first, second, third = (
        Paragraph("Phường đã tổ chức hội nghị phát động."),
        Paragraph("Mưa bão làm chậm việc đổ bê tông ngõ 12."),
        Paragraph("Kinh phí xã hội hóa còn thấp so với đăng ký."),
    )
    found = part(differences(paper(first, second), paper(third, first)), "Mở đầu")
    assert [one.label for one in found.changed] == ["Thêm", "Bỏ"]
    moved = part(differences(paper(first, second), paper(second, first)), "Mở đầu")
    assert {one.label for one in moved.changed} == {"Thêm", "Bỏ"}


def test_headings_of_a_lower_level_stand_behind_theirs():
    was = paper(Section(Level.ROMAN, "II. A"), Section(Level.ARABIC, "1. B"), Paragraph("một"))
    now = paper(Section(Level.ROMAN, "II. A"), Section(Level.ARABIC, "1. B"), Paragraph("hai"))
    assert [one.title for one in differences(was, now).changed] == ["II. A › 1. B"]


def test_cells_by_row_and_column_and_rows_that_came_and_went():
    was = paper(table(("1", "Bê tông ngõ", "120"), ("2", "Trồng cây", "40")))
    now = paper(table(("1", "Bê tông ngõ", "180"), ("3", "Tủ sách", "2")))
    (found,) = part(differences(was, now), "Mở đầu").changed
    assert isinstance(found, TableChanges)
    assert [(one.row, one.column, one.before, one.after) for one in found.cells] == [
        ("1. Bê tông ngõ", "Kết quả", "120", "180")
    ]
    assert found.added == ("3 · Tủ sách · 2",)
    assert found.dropped == ("2 · Trồng cây · 40",)


def test_rows_of_one_name_are_told_apart():
    was = paper(table(("", "Cộng", "1"), ("", "Cộng", "2")))
    now = paper(table(("", "Cộng", "1"), ("", "Cộng", "3")))
    (found,) = part(differences(was, now), "Mở đầu").changed
    assert [(one.before, one.after) for one in found.cells] == [("2", "3")]


def test_a_column_that_came_leaves_the_others_where_they_are():
    def states(*titles: str, cells: tuple[str, ...]) -> Table:
        columns = (Column("Khối", 4), *(Column(title, 1) for title in titles))
        return Table(columns=columns, rows=(Row(cells),), when_empty="")

    was = paper(states("Quá hạn", "Tiến độ", cells=("Khu phố", "2", "64%")))
    now = paper(states("Quá hạn", "Không báo cáo", "Tiến độ", cells=("Khu phố", "2", "1", "64%")))
    for before, after, cell in ((was, now, ("", "1")), (now, was, ("1", ""))):
        (found,) = part(differences(before, after), "Mở đầu").changed
        assert [(one.column, one.before, one.after) for one in found.cells] == [("Không báo cáo", *cell)]


def test_a_sum_is_the_same_row_though_it_counts_more():
    def summed(words: str, figure: str) -> Table:
        rows = (Row(("1", "Bê tông ngõ", "120")), Row((words, "", figure), RowKind.TOTAL))
        return replace(table(), rows=rows)

    was, now = (
        paper(summed("Tổng cộng: 01 phần việc", "120")),
        paper(summed("Tổng cộng: 02 phần việc", "180")),
    )
    (found,) = part(differences(was, now), "Mở đầu").changed
    assert {one.row for one in found.cells} == {"Tổng cộng"}
    assert not found.added
    assert not found.dropped


def test_the_figures_of_a_chart():
    def chart(figure: str) -> BarChart:
        return BarChart(title="Tiến độ", bars=(Bar("Khu phố 1", None, None, figure, "80%"),))

    (found,) = part(differences(paper(chart("70%")), paper(chart("76%"))), "Mở đầu").changed
    assert found.title == "Biểu đồ: Tiến độ"
    assert [(one.row, one.column, one.before, one.after) for one in found.cells] == [
        ("Khu phố 1", "Thực hiện", "70%", "76%")
    ]


def test_number_day_signer_recipients_and_addressees():
    was = report().paper()
    heading = replace(was.heading, number="Số: 12/BC-UBND")
    found = differences(was, replace(was, heading=heading, addressees=("Thành ủy Hạ Long",)))
    assert {one.title for one in found.changed} == {"Phần đầu", "Kính gửi"}
    (number,) = part(found, "Phần đầu").changed
    assert number.label == "Sửa"


def test_what_differs_is_counted():
    was = paper(Paragraph("Có 172 hộ tham gia."), table(("1", "Bê tông ngõ", "120")))
    now = paper(Paragraph("Có 180 hộ tham gia."), table(("1", "Bê tông ngõ", "180"), ("2", "Trồng cây", "4")))
    assert differences(was, now).counts == {"đoạn sửa": 1, "ô bảng khác": 1, "hàng thêm": 1}


def test_a_name_is_one_run():
    found = [(one.mark, one.text) for one in words_between("do Trần Quốc Hưng ký", "do Lê Thị Hoa ký")]
    assert found == [
        (Mark.SAME, "do "),
        (Mark.DROPPED, "Trần Quốc Hưng"),
        (Mark.ADDED, "Lê Thị Hoa"),
        (Mark.SAME, " ký"),
    ]


@given(st.text(), st.text())
def test_both_texts_can_be_read_out_of_what_is_marked(before, after):
    found = list(words_between(before, after))
    assert "".join(one.text for one in found if one.mark is not Mark.ADDED) == before
    assert "".join(one.text for one in found if one.mark is not Mark.DROPPED) == after

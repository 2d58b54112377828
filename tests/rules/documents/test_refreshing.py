"""What a refresh of the figures changes, said sentence by sentence and cell by cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pledges.documents.drafting.phrases import MOST, USUAL, offered
from pledges.documents.drafting.refreshing import Change, RowChange, Turn, changes_of
from pledges.documents.drafting.rules import Prose
from pledges.documents.issuing.changes import Mark
from pledges.documents.sheets.charts import Bar, BarChart
from pledges.documents.sheets.draft import Filled, Piece, Slot
from pledges.documents.sheets.paper import (
    Annex,
    Closing,
    Column,
    Heading,
    Paragraph,
    Row,
    RowKind,
    SigningSide,
    Style,
    Table,
    Title,
)

HEADING = Heading(style=Style.STATE, issuer=("UBND",), place_and_date="", ruled_on=date(2024, 10, 15))


def filled(*pieces: Piece, annexes: tuple[Annex, ...] = ()) -> Filled:
    slot = Slot(key="totals", title="1. Số liệu chung", pieces=pieces)
    closing = Closing(SigningSide(()))
    return Filled(heading=HEADING, title=Title("Báo cáo"), slots=(slot,), closing=closing, annexes=annexes)


def table(*rows: tuple[str, ...], kinds: tuple[RowKind, ...] = ()) -> Table:
    columns = (Column("STT", 1), Column("Việc", 1), Column("Kết quả", 1))
    said = (Row(row, kinds[at] if kinds else RowKind.PLAIN) for at, row in enumerate(rows))
    return Table(columns=columns, rows=tuple(said), when_empty="")


def sentence(key: str, text: str) -> Piece:
    return Piece(key, Paragraph(text))


def test_the_same_figures_change_nothing_whatever_the_day_of_composing():
    one = filled(sentence("mean", "Đạt 69%."))
    assert changes_of(one, replace(one, heading=replace(HEADING, ruled_on=date(2024, 11, 1)))) == ()


def test_a_sentence_is_shown_word_by_word():
    (change,) = changes_of(
        filled(sentence("mean", "Tiến độ đạt 69%, kế hoạch 82%.")),
        filled(sentence("mean", "Tiến độ đạt 71%, kế hoạch 82%.")),
    )
    assert change.turn is Turn.CHANGED
    assert [(one.mark, one.text) for one in change.words] == [
        (Mark.SAME, "Tiến độ đạt "),
        (Mark.DROPPED, "69%"),
        (Mark.ADDED, "71%"),
        (Mark.SAME, ", kế hoạch 82%."),
    ]


def test_pieces_come_and_go_and_prose_whose_piece_goes_is_told():
    changes = changes_of(
        filled(sentence("a", "Một."), sentence("b", "Hai.")),
        filled(sentence("b", "Hai."), sentence("c", "Ba.")),
        {("totals", "a"): Prose("Đoạn viết thêm"), ("totals", "b"): Prose("Khác")},
    )
    assert changes == (
        Change("1. Số liệu chung", Turn.CAME, now="Ba."),
        Change("1. Số liệu chung", Turn.GONE, was="Một.", prose="Đoạn viết thêm"),
    )


def test_a_table_is_compared_by_its_tasks_not_by_its_lines():
    (change,) = changes_of(
        filled(Piece("table", table(("1", "Ngõ", "5"), ("2", "Cây", "7"), ("3", "Rác", "1")))),
        filled(Piece("table", table(("2", "Cây", "9"), ("4", "Điện", "0"), ("3", "Rác", "1")))),
    )
    assert change.rows == (
        RowChange(Turn.CHANGED, "2. Cây", (("Kết quả", "7", "9"),)),
        RowChange(Turn.CAME, "4. Điện"),
        RowChange(Turn.GONE, "1. Ngõ"),
    )


def test_subtotals_are_named_by_their_group():
    kinds = (RowKind.GROUP, RowKind.SUBTOTAL, RowKind.GROUP, RowKind.SUBTOTAL, RowKind.TOTAL)
    was = table(
        ("I", "", ""),
        ("Cộng: 1", "", "5"),
        ("II", "", ""),
        ("Cộng: 2", "", "6"),
        ("Tổng: 3", "", "11"),
        kinds=kinds,
    )
    now = table(
        ("I", "", ""),
        ("Cộng: 1", "", "5"),
        ("II", "", ""),
        ("Cộng: 2", "", "7"),
        ("Tổng: 3", "", "12"),
        kinds=kinds,
    )
    (change,) = changes_of(filled(Piece("table", was)), filled(Piece("table", now)))
    assert [row.name for row in change.rows] == ["Cộng (II)", "Tổng"]


def test_a_column_that_came_is_compared_by_its_title():
    was = Table(columns=(Column("Khối", 1), Column("Chậm", 1)), rows=(Row(("I", "2")),), when_empty="")
    now = Table(
        columns=(Column("Khối", 1), Column("Không báo cáo", 1), Column("Chậm", 1)),
        rows=(Row(("I", "1", "2")),),
        when_empty="",
    )
    (change,) = changes_of(filled(Piece("table", was)), filled(Piece("table", now)))
    assert change.rows == (RowChange(Turn.CHANGED, "I", (("Không báo cáo", "", "1"),)),)


def test_a_chart_is_compared_by_its_bars():
    def chart(words: str) -> BarChart:
        return BarChart(title="Đơn vị", bars=(Bar("Khu phố 1", Decimal("0.5"), Decimal(1), words, "100%"),))

    (change,) = changes_of(filled(Piece("units", chart("50%"))), filled(Piece("units", chart("60%"))))
    assert change.rows == (RowChange(Turn.CHANGED, "Khu phố 1", (("Thực hiện", "50%", "60%"),)),)


def test_annexes_are_compared_too():
    def annex(result: str, *notes: str) -> Annex:
        body = (table(("1", "Ngõ", result)), *map(Paragraph, notes))
        return Annex(label="Phụ lục", title="Danh mục", attached_to="", body=body)

    changes = changes_of(filled(annexes=(annex("5", "Cũ."),)), filled(annexes=(annex("6", "Mới."),)))
    assert [(one.turn, one.was, one.now) for one in changes] == [
        (Turn.CHANGED, "", "Bảng: 01 dòng"),
        (Turn.CAME, "", "Mới."),
        (Turn.GONE, "Cũ.", ""),
    ]
    (gone,) = changes_of(filled(annexes=(annex("5"),)), filled())
    assert (gone.turn, gone.was) == (Turn.GONE, "Danh mục")


def test_own_sentences_are_offered_before_the_usual_ones_and_none_twice():
    own = [f"Câu {number}." for number in range(MOST + 3)]
    found = offered("causes", [own[0], *own], here=[USUAL["causes"][0]])
    assert found == (*own[:MOST], *USUAL["causes"][1:])
    assert offered("unheard_of", ()) == ()

"""What those hear who can't see a paper: every word once, in its order, as what it is."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from pledges.documents.pdf.cards import cards
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.pack import pack
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.pack import Bound, Pack
from pledges.documents.sheets.paper import Level, Paper, Paragraph, Ready, Row, RowKind, Section, Table
from pledges.documents.sheets.red import Red
from tests.documents import samples
from tests.documents.every_paper import PAPERS
from tests.documents.hostile import WAYS
from tests.documents.places import every
from tests.documents.structure import Node, Tagged, tagged

CELLS = ("TH", "TD")
HEADINGS = tuple(f"H{level}" for level in range(1, 7))


class Made(NamedTuple):
    paper: Paper
    content: bytes


@cache
def printed(name: str, way: str) -> Made:
    paper = WAYS[way](PAPERS[name]())
    return Made(paper, draw(Ready(paper)))


@cache
def spoken(name: str, way: str) -> Tagged:
    return tagged(printed(name, way).content)


def blocks(paper: Paper) -> list[object]:
    return [*paper.body, *(block for annex in paper.annexes for block in annex.body)]


def squeezed(text: str) -> str:
    """A text without its spaces: where lines are broken is the drawer's matter."""
    return "".join(text.split())


@every()
def test_every_mark_is_held_once_and_nothing_else_is_painted(name: str, way: str):
    found = spoken(name, way)
    held = [mark for node in found.top.all() for mark in node.marks]
    assert sorted(held) == sorted(found.words)
    assert len(held) == len(set(held))
    assert found.unmarked == []


@every()
def test_the_words_are_read_in_the_order_of_the_pages(name: str, way: str):
    """But for the code at the foot, which has no words and is read last."""
    found = spoken(name, way)
    held = [mark for node in found.top.all() for mark in node.marks if found.words[mark]]
    assert held == [mark for mark in found.words if found.words[mark]]


@every()
def test_nothing_that_the_paper_says_is_left_out(name: str, way: str):
    paper, found = printed(name, way).paper, spoken(name, way)
    heard = squeezed(found.text(found.top)).upper()
    tops = (f"{paper.title.kind}{paper.title.abstract}", *paper.addressees, *paper.heading.issuer)
    assert all(squeezed(line).upper() in heard for line in tops if paper.body)
    for block in blocks(paper):
        if isinstance(block, Section):
            assert squeezed(block.text).upper() in heard
    left = squeezed("".join(found.artifacts))
    assert not [line for line in paper.foot.lines if squeezed(line) not in left]


@every()
def test_rows_fill_their_tables(name: str, way: str):
    """Cells that reach over columns and rows counted, each row has as many as the table has columns."""
    tables = [block for block in blocks(printed(name, way).paper) if isinstance(block, Table)]
    drawn = spoken(name, way).top.of("Table")
    assert len(drawn) == len(tables)
    for table, node in zip(tables, drawn, strict=True):
        assert {row.role for row in node.kids} == {"TR"}
        reaching: list[int] = []
        for row in node.kids:
            assert {cell.role for cell in row.kids} <= set(CELLS)
            here = sum(cell.columns for cell in row.kids) + sum(1 for rows in reaching if rows)
            assert here == len(table.columns)
            reaching = [rows - 1 for rows in reaching if rows > 1]
            reaching += [cell.rows - 1 for cell in row.kids if cell.rows > 1 for _ in range(cell.columns)]
        assert reaching == []


@every("usual")
def test_cells_hold_their_texts_in_order(name: str, way: str):
    found, paper = spoken(name, way), printed(name, way).paper
    tables = [block for block in blocks(paper) if isinstance(block, Table)]
    for table, node in zip(tables, found.top.of("Table"), strict=True):
        heads = [row for row in node.kids if all(cell.scope == "Column" for cell in row.kids)]
        titles = {squeezed(found.text(cell)) for row in heads for cell in row.kids}
        assert titles == {squeezed(title) for one in table.columns for title in (one.title, one.group)} - {""}
        said = [squeezed(found.text(cell)) for row in node.kids[len(heads) :] for cell in row.kids]
        assert [text for text in said if text] == [text for row in table.rows for text in _said(row)] or (
            not table.rows and said == [squeezed(table.when_empty)]
        )


def _said(row: Row) -> list[str]:
    """The texts of a row's cells as they are read: step by step, the others with the first."""
    stacks = [cell for cell in row.cells if not isinstance(cell, str)]
    if row.kind is not RowKind.PLAIN:
        texts = [cell if isinstance(cell, str) else "".join(cell) for cell in row.cells]
    else:
        steps = max((len(cell) for cell in stacks), default=1)
        texts = [
            (cell if step == 0 else "") if isinstance(cell, str) else cell[step] if step < len(cell) else ""
            for step in range(steps)
            for cell in row.cells
        ]
    return [squeezed(text) for text in texts if text.strip()]


@every()
def test_titles_of_columns_and_groups_say_for_what_they_stand(name: str, way: str):
    assert all(head.scope in {"Column", "Row"} for head in spoken(name, way).top.of("TH"))
    assert not [cell for cell in spoken(name, way).top.of("TD") if cell.scope]


@every()
def test_headings_step_down_one_by_one(name: str, way: str):
    paper, found = printed(name, way).paper, spoken(name, way)
    levels = [int(node.role[1]) for node in found.top.of(*HEADINGS)]
    assert all(below <= above + 1 for above, below in zip([0, *levels], levels, strict=False))
    sections = [block for block in blocks(paper) if isinstance(block, Section)]
    titles = len(paper.annexes) + bool(paper.title.kind and paper.body)
    assert len(levels) == len(sections) + titles


def test_the_report_has_the_headings_of_its_sections():
    found = spoken("progress report", "usual")
    said = {(node.role, squeezed(found.text(node)).lower()) for node in found.top.of(*HEADINGS)}
    roles = {Level.ROMAN: "H2", Level.ARABIC: "H3", Level.LETTER: "H4"}
    paper = printed("progress report", "usual").paper
    sections = [block for block in paper.body if isinstance(block, Section)]
    assert {(roles[one.level], squeezed(one.text).lower()) for one in sections} <= said
    assert ("H1", squeezed(f"{paper.title.kind}{paper.title.abstract}").lower()) in said
    annex = paper.annexes[0]
    assert ("H2", squeezed(f"{annex.label}{annex.title}{annex.attached_to}").lower()) in said


@every()
def test_charts_and_codes_are_figures_that_say_what_they_show(name: str, way: str):
    paper = printed(name, way).paper
    figures = [node.alt for node in spoken(name, way).top.of("Figure")]
    charts = [block.alt for block in blocks(paper) if isinstance(block, BarChart | LineChart)]
    assert figures == charts + [f"Mã QR của văn bản: {paper.foot.qr}"] * bool(paper.foot.qr)


@every()
def test_a_paragraph_over_two_pages_is_one(name: str, way: str):
    found = spoken(name, way)
    said = [squeezed(found.text(node)) for node in found.top.of("P")]
    for line in printed(name, way).paper.bases:
        assert squeezed(line) in said


def test_words_stay_apart_where_a_line_ends():
    sheet = samples.report()
    found = tagged(draw(sheet))
    said = ["".join(found.text(node).split("\n")) for node in found.top.of("P", "H1", "TD")]
    assert any(sheet.guidance[1] == text for text in said)
    assert f"BÁO CÁO {sheet.abstract}" in said
    assert any(
        len(task.title.split()) > 6 and task.title in said
        for group in sheet.task_groups
        for task in group.tasks
    )


def test_words_of_a_red_text_stay_apart_where_a_line_ends():
    said = (
        "Phần việc 3, số hộ tham gia: kỳ tháng 9/2024 đã sửa từ 300 xuống 200 sau khi lãnh đạo duyệt báo cáo."
    )
    body = (Paragraph(Red(said)), Paragraph("Trên đây là báo cáo."))
    found = tagged(draw(Ready(replace(samples.report().paper(), body=body, annexes=()))))
    assert said in ["".join(found.text(node).split("\n")) for node in found.top.of("P")]


def test_parts_of_a_pack_are_read_one_after_the_other():
    papers = tuple(Bound(name, Ready(PAPERS[name]())) for name in ("commitment", "letter", "progress report"))
    found = tagged(pack(Pack(name="Tập văn bản", author="UBND", papers=papers)))
    assert found.top.role == "Document"
    assert [kid.role for kid in found.top.kids] == ["Part"] * 3
    alone = [spoken(one.bookmark, "usual") for one in papers]
    assert [_roles(part) for part in found.top.kids] == [_roles(one.top) for one in alone]
    assert sorted(mark for node in found.top.all() for mark in node.marks) == sorted(found.words)


def _roles(node: Node) -> list[str]:
    return [one.role for one in node.all()][1:]


def test_cards_are_read_once_though_printed_twice():
    some = tuple(PlaceCard(f"Khu phố {number}", "Nguyễn Văn An", "Khu trưởng") for number in (1, 2, 3))
    found = tagged(cards(PlaceCards(name="Biển tên", author="UBND", cards=some)))
    said = [found.text(node).strip() for node in found.top.of("P")]
    assert said == [text for one in some for text in (one.unit.upper(), one.name, one.post)]
    assert found.artifacts == said
    assert found.unmarked == []


@pytest.mark.parametrize("name", PAPERS)
def test_readers_find_title_language_and_tags(name: str):
    reader = PdfReader(BytesIO(printed(name, "usual").content))
    root = reader.root_object
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == printed(name, "usual").paper.name
    assert {page["/Tabs"] for page in reader.pages} == {"/S"}
    assert reader.metadata.subject == printed(name, "usual").paper.title.abstract

"""Every paper as a Word file, as offices print it and as people who type too much or nothing make it."""

from functools import cache

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from pledges.documents.sheets.paper import Paper, Paragraph, Row, RowKind, Section, Table
from tests.documents.every_paper import PAPERS
from tests.documents.hostile import WAYS
from tests.documents.word.package import WordFile, file_of, held, style_of
from tests.support.paper_tables import in_word, one_line

EVERY = [(name, way) for name in PAPERS for way in WAYS]
NEAR = Mm(0.1)


@cache
def made(name: str, way: str) -> tuple[Paper, WordFile]:
    paper = WAYS[way](PAPERS[name]())
    return paper, file_of(paper)


@pytest.fixture(params=EVERY, ids="-".join)
def both(request) -> tuple[Paper, WordFile]:
    return made(*request.param)


def blocks(paper: Paper) -> list:
    return [*paper.body, *(block for annex in paper.annexes for block in annex.body)]


def rows_of(row: Row) -> list[list[str]]:
    """What a reader finds in each line of a row: a stack's own step, other cells in the first line alone."""
    steps = max((len(cell) for cell in row.cells if isinstance(cell, tuple)), default=1)
    if row.kind is not RowKind.PLAIN:
        return [[one_line(cell if isinstance(cell, str) else "\n".join(cell)) for cell in row.cells]]
    return [
        [
            one_line(cell[step])
            if isinstance(cell, tuple) and len(cell) == steps
            else ("" if step else one_line(cell if isinstance(cell, str) else "\n".join(cell)))
            for cell in row.cells
        ]
        for step in range(steps)
    ]


def expected(table: Table) -> list[list[str]]:
    rows = [line for row in table.rows for line in rows_of(row)]
    return rows or [[one_line(table.when_empty), *[""] * (len(table.columns) - 1)]]


def test_it_is_a_file_that_word_reads(both):
    _paper, file = both
    assert file.disorder() == []
    used = {style_of(one) for one in file.body.iter(qn("w:p"))}
    assert used <= set(file.styles)


def test_its_texts_stand_in_their_order(both):
    paper, file = both
    said = [one_line(block.text) for block in blocks(paper) if isinstance(block, Paragraph | Section)]
    found = iter(one.lower() for one in file.texts)
    assert [one for one in said if one.lower() not in found] == []
    head = (*paper.heading.superior, *paper.heading.issuer, *paper.heading.crown, *paper.bases)
    assert not paper.body or {one_line(text).lower() for text in head} <= {one.lower() for one in file.texts}


def test_its_tables_say_every_cell(both):
    paper, file = both
    tables = [block for block in blocks(paper) if isinstance(block, Table)]
    for table, rows in zip(tables, in_word(file.content), strict=True):
        deep = 2 if any(column.group for column in table.columns) else 1
        assert rows[deep:] == expected(table)
        titles = {cell for row in rows[:deep] for cell in row}
        assert {one_line(column.title) for column in table.columns} <= titles


def test_tables_fill_the_page_repeat_their_header_and_part_no_row(both):
    _paper, file = both
    for table in file.tables:
        grid = [int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))]
        assert sum(grid) * 635 == pytest.approx(Mm(165), abs=Mm(1)) or (
            sum(grid) * 635 == pytest.approx(Mm(252), abs=Mm(1))
        )
        heads = [
            row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))
        ]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)
        for row in table.iter(qn("w:tr")):
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            spans = [one.get(qn("w:val")) for one in row.iter(qn("w:gridSpan"))]
            cells = row.findall(qn("w:tc"))
            assert len(cells) - len(spans) + sum(map(int, spans)) == len(grid)


def test_each_part_has_its_pages_numbered_from_one(both):
    paper, file = both
    lie = [paper.landscape] * bool(paper.body) + [annex.landscape for annex in paper.annexes]
    for pages, landscape in zip(file.document.sections, lie, strict=True):
        assert (pages.page_width > pages.page_height) is landscape
        sides = sorted((pages.page_width, pages.page_height))
        assert sides == [pytest.approx(Mm(210), abs=NEAR), pytest.approx(Mm(297), abs=NEAR)]
        margins = (pages.top_margin, pages.bottom_margin, pages.left_margin, pages.right_margin)
        assert [round(one.mm, 1) for one in margins] == [20, 20, 30, 15]
        assert pages.different_first_page_header_footer
        assert pages._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert "PAGE" in "".join(one.text for one in pages.header._element.iter(qn("w:instrText")))
        assert "".join(pages.first_page_header._element.itertext()) == ""
        assert pages.header_distance + pages.header.paragraphs[0].style.font.size < pages.top_margin
        feet = [[one.text for one in foot.paragraphs] for foot in (pages.footer, pages.first_page_footer)]
        assert feet[0] == feet[1]
        assert ("DỮ LIỆU MINH HỌA" in feet[0][0]) is paper.foot.illustrative


@pytest.mark.parametrize(("name", "way"), [one for one in EVERY if one[0] != "annex alone"])
def test_the_closing_never_stands_alone(name, way):
    paper, file = made(name, way)
    pieces = list(file.body)
    end = next(
        (at for at, one in enumerate(pieces) if one.find(f".//{qn('w:sectPr')}") is not None), len(pieces) - 1
    )
    signed = [
        at
        for at, one in enumerate(pieces[:end])
        if any(style_of(p) == "NguoiKy" for p in one.iter(qn("w:p")))
    ]
    if not paper.closing.right.signatures:
        assert not signed
        return
    before = pieces[signed[0] - 1]
    while style_of(before) == "KhoangTrong":
        assert held(before)
        before = before.getprevious()
        if before.tag == qn("w:tbl"):
            before = before.findall(f".//{qn('w:p')}")[-1]
    assert held(before)
    for at in signed[:-1]:
        assert all(held(one) for one in pieces[at].iter(qn("w:p")))


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_is_the_same_file(name):
    paper, file = made(name, "usual")
    assert file_of(paper).content == file.content

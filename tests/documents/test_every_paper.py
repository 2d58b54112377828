"""Every paper, in every way it may come out, measured against what holds for all (NĐ 30/2020/NĐ-CP, Phụ lục I).

What a paper says is taken from its sheet; where it stands is read from the bytes alone.
"""

import re
from io import BytesIO

import pikepdf
import pytest

from pledges.documents.sheets.paper import Style
from tests.documents.every_paper import PAPERS, measured, printed
from tests.documents.hostile import repeated
from tests.documents.places import (
    BOTTOM,
    LEFT,
    NEAR,
    RIGHT,
    THIN,
    TOP,
    every,
    lower,
    parts,
    ruled,
    text_of,
    upper,
)

SIZES = {
    Style.STATE: {11, 12, 13, 14},
    Style.FRONT: {11, 12, 13, 14},
    Style.UNION: {11, 12, 13, 14},
    Style.PARTY: {11, 12, 13, 14, 15, 16},
}


@every()
def test_pages_are_a4(name: str, way: str):
    for page in printed(name, way).pages:
        sides = sorted((page.width, page.height))
        assert sides == pytest.approx([210, 297], abs=0.1)


@every()
def test_nothing_stands_outside_the_margins(name: str, way: str):
    for page in printed(name, way).pages:
        lines = text_of(page)
        marks = [rule for rule in page.rules if rule.top < page.height - BOTTOM + 1]
        assert lines or marks
        assert min(mark.x0 for mark in (*lines, *marks)) >= LEFT - NEAR
        assert max(mark.x1 for mark in (*lines, *marks)) <= page.width - RIGHT + NEAR
        assert min([*map(upper, lines), *(mark.top for mark in marks)]) >= TOP - NEAR
        assert max([*map(lower, lines), *(mark.bottom for mark in marks)]) <= page.height - BOTTOM + NEAR


@every()
def test_the_text_begins_at_the_left_margin(name: str, way: str):
    marks = [mark for page in printed(name, way).pages for mark in (*text_of(page), *page.rules)]
    assert min(mark.x0 for mark in marks) == pytest.approx(LEFT, abs=NEAR)


@every()
def test_only_a_number_stands_above_and_the_foot_below(name: str, way: str):
    one = printed(name, way)
    for page in one.pages:
        inside = text_of(page)
        outside = [line for line in page.lines if line not in inside]
        assert all(line.text.isdecimal() for line in outside if line.baseline < TOP)
        below = [line.text for line in outside if line.baseline > TOP]
        assert below == list(one.paper.foot.lines)


@every()
def test_pages_are_numbered_in_the_top_margin_from_the_second_of_each_part(name: str, way: str):
    for part in parts(printed(name, way)):
        for at, page in enumerate(part, start=1):
            numbers = [line for line in page.lines if line.baseline < TOP - 1]
            assert [line.text for line in numbers] == ([str(at)] if at > 1 else [])
            for number in numbers:
                assert 13 <= number.size <= 14
                assert not number.bold
                assert number.middle == pytest.approx((LEFT + page.width - RIGHT) / 2, abs=NEAR)


@every()
def test_everything_is_in_times_of_the_right_sizes_and_black(name: str, way: str):
    one = printed(name, way)
    for page in one.pages:
        assert {line.face.split("-")[0] for line in page.lines} == {"LiberationSerif"}
        assert {line.size for line in text_of(page)} <= SIZES[one.paper.heading.style]
        assert page.inks <= {(0,), (0.73, 0.05, 0.08)}


@every()
def test_no_text_is_printed_over_another(name: str, way: str):
    for page in printed(name, way).pages:
        lines = sorted(page.lines, key=upper)
        for at, one in enumerate(lines):
            for other in lines[at + 1 :]:
                if upper(other) > lower(one) - 0.02:
                    break
                assert other.x0 >= one.x1 - THIN or other.x1 <= one.x0 + THIN, (one, other)


@every()
def test_no_text_crosses_a_rule(name: str, way: str):
    for page in printed(name, way).pages:
        rules = ruled(page)
        for line in text_of(page):
            for rule in rules:
                if rule.level:
                    struck = upper(line) + 0.3 < rule.top < line.baseline - 0.1
                    beside = rule.x1 <= line.x0 + THIN or rule.x0 >= line.x1 - THIN
                else:
                    struck = rule.top < line.baseline - 0.3 and rule.bottom > upper(line) + 0.3
                    beside = rule.x0 <= line.x0 + THIN or rule.x0 >= line.x1 - THIN
                assert beside or not struck, (line, rule)


@every()
def test_nothing_is_clipped(name: str, way: str):
    with pikepdf.open(BytesIO(printed(name, way).content)) as document:
        for page in document.pages:
            page.contents_coalesce()
            assert not re.search(rb"\bW\*?\s+n\b", page.Contents.read_bytes())


def test_two_hundred_rows_keep_their_order_and_their_heads():
    for name in ("task list", "call list"):
        one = measured(repeated(PAPERS[name](), 200))
        firsts = [
            line.text
            for page in one.pages
            for line in text_of(page)
            if line.x1 < 40 and line.text.isdecimal()
        ]
        assert firsts == [str(at) for at in range(1, 201)]
        assert all("STT" in page.text for page in one.pages[:-1])


def test_a_chart_of_thirty_units_goes_on_over_the_page():
    one = printed("progress report", "usual")
    charted = [page for page in one.pages if page.containing("Tiến độ của từng đơn vị so với kế hoạch")]
    assert len(charted) == 2
    assert sum(len(page.containing("45%")) for page in charted) == 30

"""Every paper, in every way it may come out, measured against what holds for all (NĐ 30/2020/NĐ-CP, Phụ lục I).

What a paper says is taken from its sheet; where it stands is read from the bytes alone.
"""

import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO

import pikepdf
import pytest

from pledges.documents import sheets
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import Block, Recipients, SigningSide, Style, Table
from tests.documents import every_paper
from tests.documents.every_paper import PAPERS, Printed, measured, printed
from tests.documents.hostile import WAYS, repeated
from tests.documents.measure import MM, Line, Page, Rule

NEAR = 0.5
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
SIZES = {
    Style.STATE: {11, 12, 13, 14},
    Style.FRONT: {11, 12, 13, 14},
    Style.UNION: {11, 12, 13, 14},
    Style.PARTY: {11, 12, 13, 14, 15, 16},
}
ASCENT, DESCENT = 0.891, 0.216
"""How far a Times reaches above and below its baseline, in sizes."""
THIN = 0.05


def every(*ways: str):
    cases = [(name, way) for name in PAPERS for way in ways or WAYS]
    return pytest.mark.parametrize(("name", "way"), cases, ids=[f"{name}, {way}" for name, way in cases])


def lies(page: Page) -> bool:
    return page.width > page.height


def upper(line: Line) -> float:
    return line.baseline - ASCENT * line.size / MM


def lower(line: Line) -> float:
    return line.baseline + DESCENT * line.size / MM


def text_of(page: Page) -> list[Line]:
    """What stands between the page's number and its foot, by what the margins are."""
    return [line for line in page.lines if TOP - 1 < line.baseline < page.height - BOTTOM + 1]


def ruled(page: Page) -> list[Rule]:
    """The rules of the text: not the code at the foot, nor the strokes of a chart that rise or fall."""
    return [
        rule
        for rule in page.rules
        if rule.top < page.height - BOTTOM + 1 and min(rule.length, rule.bottom - rule.top) < 0.3
    ]


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


def parts(one: Printed) -> list[list[Page]]:
    """The main part, and each annex from the page that bears its label."""
    found: list[list[Page]] = [[]]
    labels = [annex.label for annex in one.paper.annexes]
    for page in one.pages:
        begun = labels and any(line.text == labels[0] and line.bold for line in text_of(page)[:6])
        if begun and found[-1]:
            found.append([])
        if begun:
            labels.pop(0)
        found[-1].append(page)
    assert not labels
    return found


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


def blocks(one: Printed) -> Iterator[Block]:
    yield from one.paper.body
    for annex in one.paper.annexes:
        yield from annex.body


def said(one: Printed) -> Iterator[str]:
    """Everything the paper says, as its sheet has it."""
    paper = one.paper
    if paper.body:
        head = paper.heading
        yield from (*head.crown, *head.superior, *head.issuer, head.number, head.place_and_date)
        yield paper.title.kind
        yield paper.title.about or paper.title.abstract
        yield from (*paper.addressees, *paper.bases)
        yield from closing(one)
    for annex in paper.annexes:
        yield from (annex.label, annex.title, annex.attached_to)
    for block in blocks(one):
        if isinstance(block, Table):
            yield from (column.title for column in block.columns)
            for row in block.rows:
                for cell in row.cells:
                    yield from (cell,) if isinstance(cell, str) else cell
            yield "" if block.rows else block.when_empty
        elif isinstance(block, BarChart):
            yield block.title
            for bar in block.bars:
                yield from (bar.label, bar.progress_text, bar.expected_text)
        elif isinstance(block, LineChart):
            yield block.title
            yield from (line.said for line in block.lines)
        else:
            yield getattr(block, "text", "")


def closing(one: Printed) -> Iterator[str]:
    end = one.paper.closing
    for side in (end.right, end.left, end.below):
        if isinstance(side, Recipients):
            yield from ("Nơi nhận:", *side.lines)
        elif isinstance(side, SigningSide):
            yield side.title
            for signature in side.signatures:
                yield from (signature.on_behalf, *signature.posts, signature.name, signature.confirmation)


def letters(texts: Iterator[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in text.casefold() if letter.isalnum())


@every()
def test_every_letter_is_printed(name: str, way: str):
    one = printed(name, way)
    lost = letters(said(one)) - letters(line.text for page in one.pages for line in page.lines)
    assert not lost


@every()
def test_words_are_not_split_where_a_line_holds_them(name: str, way: str):
    one = printed(name, way)
    shown = {word for page in one.pages for line in page.lines for word in line.text.casefold().split()}
    wanted = {word for text in said(one) for word in text.casefold().split() if len(word) < 9}
    assert wanted <= shown


@every()
def test_the_heads_of_tables_stand_on_each_of_their_pages(name: str, way: str):
    """The row below the uppermost rule of a table that goes on from the page before is a head."""
    one = printed(name, way)
    heads = [
        {word for column in block.columns for word in f"{column.group} {column.title}".split()}
        for block in blocks(one)
        if isinstance(block, Table)
    ]
    for page in one.pages:
        grid = [rule for rule in ruled(page) if not rule.level]
        if not grid:
            continue
        top = min(rule.top for rule in grid)
        bold = {
            word
            for line in text_of(page)
            if line.bold and top < line.baseline < top + 60
            for word in line.text.split()
        }
        if top < TOP + 1:
            assert any(head <= bold for head in heads), page.text[:200]


@every()
def test_recipients_and_signatures_never_stand_alone(name: str, way: str):
    one = printed(name, way)
    if not one.paper.body:
        return
    side = one.paper.closing.right
    first = side.title or side.signatures[0].on_behalf or side.signatures[0].posts[0]
    start = first.replace("\N{NO-BREAK SPACE}", " ").split()[0].upper()
    main = [page for part in parts(one)[:1] for page in part]
    signed = [page for page in main if page.containing(start)][-1]
    capacity = [
        line for line in signed.containing(start) if line.bold or one.paper.heading.style is Style.PARTY
    ][-1]
    marks = (*text_of(signed), *(rule for rule in signed.rules if rule.level))
    assert any(TOP - 1 < mark.bottom < upper(capacity) for mark in marks), signed.text[:300]


@every()
def test_the_heading_stands_as_the_rules_say(name: str, way: str):
    one = printed(name, way)
    if not one.paper.body:
        return
    page, head = one.pages[0], one.paper.heading
    party = head.style is Style.PARTY
    crown = [page.line(line.upper() if at == 0 else line) for at, line in enumerate(head.crown)]
    sizes = [15] if party else [13, 14]
    assert [line.size for line in crown] == sizes
    assert all(line.bold and line.x0 > page.width / 2 - 12 for line in crown)
    assert crown[0].baseline == pytest.approx(min(line.baseline for line in text_of(page)), abs=0.5)
    rule = page.rule_below(crown[-1])
    assert rule.length == pytest.approx(crown[-1].width, abs=NEAR)
    assert (rule.x0 + rule.x1) / 2 == pytest.approx(crown[-1].middle, abs=NEAR)
    issuer = [line for line in text_of(page) if line.bold and line.x1 < crown[0].x0 and line.text.isupper()]
    issuer = [
        line
        for line in issuer
        if line.baseline < crown[-1].baseline + 40 and line.size == (14 if party else 13)
    ]
    last = issuer[-1]
    assert all(line.middle == pytest.approx(last.middle, abs=NEAR) for line in issuer)
    if party:
        star = page.line("*")
        assert star.middle == pytest.approx(last.middle, abs=NEAR)
    else:
        rule = page.rule_below(last)
        assert last.width / 3 - THIN <= rule.length <= last.width / 2 + THIN
        assert (rule.x0 + rule.x1) / 2 == pytest.approx(last.middle, abs=NEAR)
    if head.number and head.place_and_date:
        number, dated = page.line(head.number), page.line(head.place_and_date)
        assert number.baseline == pytest.approx(dated.baseline, abs=0.05)
        assert (number.size, dated.size, dated.italic) == (14 if party else 13, 14, True)
        assert number.middle == pytest.approx(last.middle, abs=NEAR)
        assert dated.middle == pytest.approx(crown[0].middle, abs=NEAR)


@every()
def test_kind_and_abstract_stand_in_the_middle_and_are_closed_below(name: str, way: str):
    one = printed(name, way)
    if not one.paper.body or not one.paper.title.kind:
        return
    page, party = one.pages[0], one.paper.heading.style is Style.PARTY
    middle = (LEFT + page.width - RIGHT) / 2
    kind = page.line(one.paper.title.kind.upper())
    assert (kind.size, kind.bold) == (16 if party else 14, True)
    assert kind.middle == pytest.approx(middle, abs=NEAR)
    words = one.paper.title.abstract.split()
    found: list[Line] = []
    for line in sorted(
        (line for line in text_of(page) if line.baseline > kind.baseline), key=lambda line: line.baseline
    ):
        if len(" ".join(one.text for one in found).split()) >= len(words):
            break
        assert (line.size, line.bold) == (14, True)
        assert line.middle == pytest.approx(middle, abs=NEAR)
        found.append(line)
    spoken = " ".join(line.text for line in found)
    assert spoken.split() == ([words[0].lower(), *words[1:]] if party else words)
    if party:
        assert page.line("-----").middle == pytest.approx(middle, abs=NEAR)
    else:
        rule = page.rule_below(found[-1])
        assert found[-1].width / 3 - THIN <= rule.length <= found[-1].width / 2 + THIN


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


def test_every_sheet_stands_among_the_papers():
    known = inspect.getsource(every_paper) + inspect.getsource(every_paper.samples)
    modules = (
        import_module(f"{sheets.__name__}.{one.name}") for one in pkgutil.iter_modules(sheets.__path__)
    )
    found = {
        name
        for module in modules
        for name, one in vars(module).items()
        if inspect.isclass(one) and one.__module__ == module.__name__ and hasattr(one, "paper")
    }
    missing = {name for name in found - {"Sheet", "Ready"} if f"{name}(" not in known}
    assert missing <= {"MeetingPackSheet"}

"""Every paper, in every way it may come out: all that its sheet says is printed, each element set as its rules say."""

import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module

import pytest

from pledges.documents import sheets
from pledges.documents.sheets.charts import BarChart, LineChart
from pledges.documents.sheets.paper import Block, Paragraph, Recipients, SigningSide, Style, Table
from tests.documents import every_paper, list_samples, samples
from tests.documents.every_paper import Printed, printed
from tests.documents.measure import Line
from tests.documents.places import (
    LEFT,
    NEAR,
    RIGHT,
    THIN,
    TOP,
    every,
    parts,
    ruled,
    text_of,
    upper,
)


@every("crowded")
def test_no_line_is_torn_apart_before_a_word_that_is_as_long(name: str, way: str):
    """Two words before one that needs a line of its own stand beside each other."""
    one = printed(name, way)
    if any(isinstance(block, Paragraph) for block in one.paper.body):
        (before,) = [line for page in one.pages for line in text_of(page) if line.text.strip() == "Đơn vị"][
            :1
        ]
        assert before.width < 25


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


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in text.casefold() if letter.isalnum())


@every()
def test_every_letter_is_printed(name: str, way: str):
    one = printed(name, way)
    lost = letters(said(one)) - letters(line.text for page in one.pages for line in page.lines)
    assert not lost


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@every()
def test_words_are_not_split_where_a_line_holds_them(name: str, way: str):
    one = printed(name, way)
    shown = {word for page in one.pages for line in page.lines for word in words(line.text)}
    assert {word for text in said(one) for word in words(text) if len(word) < 9} <= shown


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
    if not side.title and not side.signatures:
        return
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


def test_every_sheet_stands_among_the_papers():
    known = "".join(map(inspect.getsource, (every_paper, list_samples, samples)))
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

"""Where things stand on a printed page, for tests that ask the same of every paper."""

import pytest

from tests.documents.every_paper import PAPERS, Printed
from tests.documents.hostile import WAYS
from tests.documents.measure import MM, Line, Page, Rule

NEAR = 0.5
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
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

"""What a printed page shows, read from the bytes alone; millimetres from the left upper corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pdfplumber

from tests.support.coverage import unmeasured

MM = 72 / 25.4
GAP, STRETCHED = 0.5, 3
"""How far apart the characters of one line may stand, in sizes: usually, and behind a space."""


@dataclass(frozen=True)
class Line:
    """Characters of one face and size on one baseline, written one after the other."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    face: str
    size: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def bold(self) -> bool:
        return "Bold" in self.face

    @property
    def italic(self) -> bool:
        return "Italic" in self.face


@dataclass(frozen=True)
class Rule:
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def level(self) -> bool:
        return abs(self.bottom - self.top) < 0.1


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: list[Line]
    rules: list[Rule]
    inks: set[tuple[float, ...]]

    def line(self, text: str) -> Line:
        """The one line that reads so."""
        (found,) = [line for line in self.lines if line.text == text]
        return found

    def containing(self, text: str) -> list[Line]:
        return [line for line in self.lines if text in line.text]

    @property
    def body(self) -> list[Line]:
        """The lines between the top and the bottom margin."""
        return [line for line in self.lines if line.bottom > 20 and line.top < self.height - 20]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def rule_below(self, line: Line) -> Rule:
        """The nearest level rule within 5 mm below a line's baseline, in its width."""
        near = [
            rule
            for rule in self.rules
            if rule.level
            and 0 < rule.top - line.baseline < 5
            and rule.x0 > line.x0 - 1
            and rule.x1 < line.x1 + 1
        ]
        return min(near, key=lambda rule: rule.top)


def _runs(chars: list[dict]) -> Iterator[list[dict]]:
    run: list[dict] = []
    for char in chars:
        if run:
            last = run[-1]
            same = all(last[key] == char[key] for key in ("fontname", "size"))
            level = abs(last["matrix"][5] - char["matrix"][5]) < 0.01
            most = (STRETCHED if last["text"] == " " else GAP) * char["size"]
            if not (same and level and -0.5 < char["x0"] - last["x1"] < most):
                yield run
                run = []
        run.append(char)
    if run:
        yield run


def _line(run: list[dict], height: float) -> Line:
    """The line as it is seen: a space behind its end is there for those who copy it."""
    while run[1:] and run[-1]["text"] == " ":
        run = run[:-1]
    return Line(
        text="".join(char["text"] for char in run),
        x0=run[0]["x0"] / MM,
        x1=run[-1]["x1"] / MM,
        top=min(char["top"] for char in run) / MM,
        bottom=max(char["bottom"] for char in run) / MM,
        baseline=height / MM - run[0]["matrix"][5] / MM,
        face=run[0]["fontname"].split("+")[-1],
        size=round(run[0]["size"], 2),
    )


def pages(pdf: bytes) -> list[Page]:
    found = []
    with unmeasured(), pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            height = float(page.height)
            rules = [
                Rule(*(one[key] / MM for key in ("x0", "x1", "top", "bottom")))
                for one in (*page.lines, *page.rects)
            ]
            inks = {tuple(char["non_stroking_color"]) for char in page.chars}
            lines = [_line(run, height) for run in _runs(page.chars)]
            found.append(Page(float(page.width) / MM, height / MM, lines, rules, inks))
    return found

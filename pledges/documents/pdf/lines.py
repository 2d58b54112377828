"""Texts broken into lines, at spaces; within a word only where one word is wider than its line."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pledges.documents.pdf.faces import FIRM, Face
from pledges.documents.pdf.gate import admit
from pledges.documents.sheets.wording import bound


class Line(NamedTuple):
    """One line: its natural width in points; a line that ends a paragraph isn't stretched."""

    text: str
    width: float
    ends: bool


def _chopped(word: str, face: Face, size: float, width: float) -> list[str]:
    """A word wider than a line, in pieces that fit."""
    pieces = [""]
    for character in word:
        if pieces[-1] and face.width(pieces[-1], size) + face.width(character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _words(paragraph: str, face: Face, size: float, width: float) -> list[tuple[str, float]]:
    """What isn't parted at the end of a line, with its width: a firm space gives way before a word does."""
    found: list[tuple[str, float]] = []
    for word in paragraph.split(" "):
        if not word:
            continue
        measured = face.width(word, size)
        if measured <= width:
            found.append((word, measured))
        elif FIRM in word.strip(FIRM):
            found += _words(word.replace(FIRM, " "), face, size, width)
        else:
            found += [(piece, face.width(piece, size)) for piece in _chopped(word, face, size, width)]
    return found


@lru_cache(maxsize=8192)
def broken(text: str, face: Face, size: float, width: float, indent: float = 0) -> Sequence[Line]:
    """The lines of a text, each filled as far as it goes; `indent` narrows the first of each paragraph.

    The same task stands in many papers, so what was broken is remembered.
    """
    space = face.width(" ", size)
    lines: list[Line] = []
    for paragraph in bound(admit(text, face)).split("\n"):
        held: list[str] = []
        reach, room = 0.0, width - indent
        for word, measured in _words(paragraph, face, size, width - indent):
            if held and reach + space + measured > room:
                lines.append(Line(" ".join(held), reach, ends=False))
                held, reach, room = [], 0.0, width
            reach += measured + (space if held else 0.0)
            held.append(word)
        lines.append(Line(" ".join(held), reach, ends=True))
    return tuple(lines)


@lru_cache(maxsize=1024)
def balanced(text: str, face: Face, size: float, width: float) -> Sequence[Line]:
    """The lines of a centred text: as few as need be, and about as long as each other.

    Words that belong together (by firm spaces) and don't fit on a line are broken apart from the others: "TRƯỞNG BAN"
    / "CÔNG TÁC" / "MẶT TRẬN".
    """
    return tuple(line for part in _parts(text, face, size, width) for line in _even(part, face, size, width))


def _parts(text: str, face: Face, size: float, width: float) -> list[str]:
    parts: list[list[str]] = [[]]
    for word in bound(admit(text, face)).split(" "):
        if FIRM in word.strip(FIRM) and face.width(word, size) > width:
            parts += [[word.replace(FIRM, " ")], []]
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part] or [""]


def _even(text: str, face: Face, size: float, width: float) -> Sequence[Line]:
    lines = broken(text, face, size, width)
    if len(lines) == 1:
        return lines
    # Narrower than its widest word, a text would be broken inside of it.
    widest = max(face.width(word, size) for word in bound(text).replace("\n", " ").split(" "))
    low, high = min(max(max(line.width for line in lines) / 2, widest), width), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(broken(text, face, size, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return broken(text, face, size, high)

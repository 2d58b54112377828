"""Marks and breaks that the layout's rules ask for: ends of lists and texts, an office's name in lines."""

import re
from collections.abc import Sequence

from pledges.documents.sheets.paper import Block, Paragraph, Style

_PLACE = re.compile(r"\b(?:phường|xã|thị trấn|thị xã|thành phố|tỉnh|quận|huyện|đặc khu) (\S)", re.IGNORECASE)


def listed(items: Sequence[str], *, lead: str = "") -> tuple[str, ...]:
    """Lines of a list as the office ends them: each with ";", the last with "." (NĐ 30/2020, Phụ lục I)."""
    bare = [item.rstrip(" .;") for item in items]
    return tuple(f"{lead}{item}{'.' if at == len(bare) - 1 else ';'}" for at, item in enumerate(bare))


def end_mark(style: Style) -> str:
    """What stands after the last word: "./."; in the Party's papers a full stop."""
    return "." if style is Style.PARTY else "./."


def ended(body: Sequence[Block], mark: str) -> tuple[Block, ...]:
    """The body with the end mark after its last word; below a last block that has no words of its own."""
    *rest, last = body
    if isinstance(last, Paragraph):
        return (*rest, Paragraph(last.text.rstrip(" .;") + mark))
    return (*rest, last, Paragraph(mark))


def roman(style: Style, numeral: str, text: str) -> str:
    """A heading of the first level: "I. …"; in the Party's papers "I- …"."""
    return f"{numeral}{'-' if style is Style.PARTY else '.'} {text}"


def office_lines(name: str) -> tuple[str, ...]:
    """An office's name as a heading breaks it, before its place: ("Ủy ban nhân dân", "phường Hà Khánh").

    A place that isn't named ("Hội Nông dân phường", "Văn hóa - Xã hội") stays on the line.
    """
    name = " ".join(name.split())
    for place in _PLACE.finditer(name):
        if place.start() and not place.group(1).islower():
            return (name[: place.start()].rstrip(), name[place.start() :])
    return (name,)

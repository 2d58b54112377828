"""Phần đầu: heading, number and date, kind and abstract, addressees; and an annex's title."""

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.layouts import Layout, Mark, Type
from pledges.documents.pdf.heads import (
    ADDRESSEES,
    LEFT_COLUMN,
    OPEN,
    RIGHT_COLUMN,
    RULE_GAP,
    RULE_SHARE,
)
from pledges.documents.pdf.ink import MM, RULE
from pledges.documents.sheets.paper import Annex, Heading, Title
from pledges.documents.sheets.wording import addressed, firm
from pledges.documents.word import looks
from pledges.documents.word.marks import mark, paragraph, run, twips
from pledges.documents.word.measures import cased, narrowed
from pledges.documents.word.tables import cell, row, table

ABOVE_NUMBER, BELOW_TITLE = 6.0, 8.0
STAR, HYPHENS = "*", "-----"


def rule(length: float, width: float, after: float = 0) -> Element:
    """A line of a length in the middle of a width: the upper edge of an empty paragraph."""
    side = twips(max((width - length) / 2, 0))
    eighths = str(round(RULE * 8))
    return paragraph(
        looks.RULE,
        border=mark("pBdr", mark("top", val="single", sz=eighths, space="0", color="000000")),
        spacing=mark("spacing", before=twips(RULE_GAP), after=twips(after), line=twips(1), lineRule="exact"),
        indent=mark("ind", left=side, right=side),
    )


def even(
    style: str, text: str, how: Type, width: float, spacing: Element | None = None
) -> tuple[Element, float]:
    """A text in the middle on lines about as long as each other, and the width of the last."""
    said, aside, last = narrowed(text, how, width)
    indent = mark("ind", left=twips(aside), right=twips(aside)) if aside else None
    return paragraph(style, run(said), spacing=spacing, indent=indent), last


def heading(head: Heading, layout: Layout, width: float, about: str) -> Element:
    """Issuer on the left, crown on the right; number and date below them on one level, in a table without rules."""
    last = 0.0
    left = [even(looks.SUPERIOR, firm(line), layout.superior, LEFT_COLUMN)[0] for line in head.superior]
    for line in head.issuer:
        made, last = even(looks.ISSUER, firm(line), layout.issuer, LEFT_COLUMN)
        left.append(made)
    star = layout.issuer_mark is Mark.STAR
    left.append(paragraph(looks.ISSUER, run(STAR)) if star else rule(last * RULE_SHARE, LEFT_COLUMN))
    right = []
    for line, how, style in zip(head.crown, layout.crown, looks.CROWN, strict=False):
        made, last = even(style, line, how, RIGHT_COLUMN)
        right.append(made)
    right.append(rule(last, RIGHT_COLUMN))
    columns = (LEFT_COLUMN, width - LEFT_COLUMN - RIGHT_COLUMN, RIGHT_COLUMN)
    rows = [_beside(columns, left, right)]
    if head.number or about or head.place_and_date:
        rows.append(_numbered(columns, head, layout, about))
    return table(columns, rows, ruled=False)


def _beside(columns: tuple[float, float, float], left: list[Element], right: list[Element]) -> Element:
    between = paragraph(looks.GAP)
    return row(cell(columns[0], *left), cell(columns[1], between), cell(columns[2], *right))


def _numbered(columns: tuple[float, float, float], head: Heading, layout: Layout, about: str) -> Element:
    level = mark("spacing", before=twips(ABOVE_NUMBER), line=twips(OPEN), lineRule="exact")
    left = [paragraph(looks.NUMBER, run(head.number), spacing=level)]
    if about:
        left.append(even(looks.ABOUT, about, layout.about, LEFT_COLUMN)[0])
    level = mark("spacing", before=twips(ABOVE_NUMBER), line=twips(OPEN), lineRule="exact")
    return _beside(columns, left, [paragraph(looks.DATE, run(head.place_and_date), spacing=level)])


def title(words: Title, layout: Layout, width: float) -> Iterator[Element]:
    """Tên loại, trích yếu: in the middle, closed by a rule."""
    if not words.kind:
        return
    yield paragraph(looks.KIND, run(cased(words.kind, layout.kind)))
    if not words.abstract:
        yield gap(BELOW_TITLE)
        return
    abstract, last = even(looks.ABSTRACT, layout.worded(words.abstract), layout.abstract, width)
    yield abstract
    if layout.abstract_mark is Mark.HYPHENS:
        yield paragraph(looks.ABSTRACT, run(HYPHENS))
        yield gap(BELOW_TITLE)
    else:
        yield rule(last * RULE_SHARE, width, after=BELOW_TITLE)


def gap(height: float) -> Element:
    """Free space of a height."""
    return paragraph(looks.GAP, spacing=mark("spacing", line=twips(height), lineRule="exact"))


def addressees(lines: tuple[str, ...]) -> Iterator[Element]:
    """Kính gửi: one on the same line, several below it."""
    if len(lines) == 1:
        yield paragraph(looks.ADDRESSEE, run(f"Kính gửi: {lines[0]}"), spacing=_spaced(4, BELOW_TITLE))
        return
    for at, line in enumerate(("Kính gửi:", *addressed(lines))):
        yield paragraph(
            looks.ADDRESSEE,
            run(line),
            spacing=_spaced(0 if at else 4, BELOW_TITLE if at == len(lines) else 0),
            indent=mark("ind", left=twips(ADDRESSEES + (7 * MM if at else 0))),
            align="left",
        )


def _spaced(before: float, after: float) -> Element:
    return mark("spacing", before=twips(before), after=twips(after))


def annex_title(annex: Annex, layout: Layout, width: float) -> Iterator[Element]:
    """Phụ lục: label, title and what it is attached to."""
    yield paragraph(looks.ANNEX, run(cased(annex.label, layout.annex_label)))
    yield even(looks.ANNEX_TITLE, annex.title, layout.annex_title, width)[0]
    if annex.attached_to:
        yield even(looks.ANNEX_NOTE, annex.attached_to, layout.annex_note, width)[0]
    else:
        yield gap(BELOW_TITLE)

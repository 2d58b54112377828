"""The XML of a Word file, element by element: what python-docx has no words for, or is too slow to say."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.sheets.red import Red
from pledges.documents.sheets.wording import bound

TWIPS = 20
"""Twentieths of a point: what Word measures in."""
INK = "BA0D14"
"""The red of the printed papers."""
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def twips(points: float) -> str:
    """A measure in points as Word writes it."""
    return str(round(points * TWIPS))


def mark(tag: str, *children: Element | None, **attributes: str | None) -> Element:
    """An element of Word's own namespace; children and attributes that are None are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), value)
    made.extend(child for child in children if child is not None)
    return made


def shown(text: str) -> str:
    """The text as a file may hold it: in NFC, without what XML refuses."""
    return normalize("NFC", _REFUSED.sub("", text))


def _pieces(text: str) -> Iterable[Element]:
    for at, line in enumerate(shown(text).split("\n")):
        if at:
            yield mark("br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                yield mark("tab")
            if piece:
                written = mark("t")
                written.text = piece
                written.set(qn("xml:space"), "preserve")
                yield written


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """A run of text: line breaks are breaks, a text in red is red."""
    red = isinstance(text, Red)
    how = mark(
        "rPr",
        mark("b") if bold else None,
        mark("i") if italic else None,
        mark("color", val=INK) if red else None,
    )
    return mark("r", how if len(how) else None, *_pieces(bound(text)))


def paragraph(
    style: str,
    *runs: Element,
    keep: bool = False,
    turn: bool = False,
    border: Element | None = None,
    spacing: Element | None = None,
    indent: Element | None = None,
    align: str | None = None,
) -> Element:
    """A paragraph of a style; `keep` holds it on the page of the next, `turn` begins a page with it."""
    how = mark(
        "pPr",
        mark("pStyle", val=style),
        mark("keepNext") if keep else None,
        mark("pageBreakBefore") if turn else None,
        border,
        spacing,
        indent,
        mark("jc", val=align) if align else None,
    )
    return mark("p", how, *runs)


def keep(piece: Element) -> None:
    """Hold a paragraph, or each paragraph in the last row of a table, on the page of what follows."""
    rows = piece.findall(qn("w:tr"))
    for one in rows[-1].iter(qn("w:p")) if rows else (piece,):
        how = one.find(qn("w:pPr"))
        if how.find(qn("w:keepNext")) is None:
            how.insert(1, mark("keepNext"))

"""Phần cuối: recipients and signatures in a table without rules, held together on one page."""

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.layouts import Layout
from pledges.documents.pdf.closing import (
    ABOVE,
    BELOW_TITLE,
    BETWEEN,
    FREE_SPACE,
    GUTTER,
    LEFT_SHARE,
    MOST_COLUMNS,
    RIGHT_FROM,
)
from pledges.documents.sheets.paper import Closing, Recipients, Signature, SigningSide
from pledges.documents.sheets.wording import firm
from pledges.documents.word import looks
from pledges.documents.word.heads import even, gap
from pledges.documents.word.marks import keep, mark, paragraph, run, twips
from pledges.documents.word.measures import cased
from pledges.documents.word.tables import cell, hold, row, table

FOUR = 4


def _capacity(signature: Signature, layout: Layout, width: float) -> Iterator[Element]:
    if signature.on_behalf:
        yield even(looks.ON_BEHALF, firm(signature.on_behalf), layout.on_behalf, width)[0]
    for post in signature.posts:
        yield even(looks.POST, post, layout.post, width)[0]


def _signed(signature: Signature, layout: Layout, width: float) -> Iterator[Element]:
    """One place to sign: capacity, room, name; a name that isn't known stays an empty place.

    What was confirmed in the app isn't said: anybody can change the text of a Word file.
    """
    yield from _capacity(signature, layout, width)
    yield _name(signature, layout, FREE_SPACE)


def _name(signature: Signature, layout: Layout, room: float) -> Element:
    said = run(cased(signature.name, layout.signer))
    return paragraph(looks.SIGNER, said, spacing=mark("spacing", before=twips(room)))


def _side(side: SigningSide, layout: Layout, width: float) -> list[Element]:
    """A side's title, and its signatures one under the other."""
    made = [even(looks.ON_BEHALF, side.title, layout.on_behalf, width)[0]] if side.title else []
    for at, signature in enumerate(side.signatures):
        if at:
            made.append(gap(BETWEEN))
        made += _signed(signature, layout, width)
    return made


def _listed(recipients: Recipients) -> Iterator[Element]:
    yield paragraph(looks.RECIPIENTS, run("Nơi nhận:"))
    for line in recipients.lines:
        yield paragraph(looks.RECIPIENT, run(line))


def _beside(closing: Closing, layout: Layout, width: float) -> Iterator[Element]:
    """Two columns: the signatures on the right, recipients or the other side's on the left."""
    columns = (width * LEFT_SHARE, width * (RIGHT_FROM - LEFT_SHARE), width * (1 - RIGHT_FROM))
    left: list[Element] = []
    if isinstance(closing.left, SigningSide):
        left = _side(closing.left, layout, columns[0])
    elif closing.left is not None:
        left = list(_listed(closing.left))
    right = _side(closing.right, layout, columns[2])
    yield table(
        columns,
        [
            row(
                cell(columns[0], *(left or [paragraph(looks.GAP)])),
                cell(columns[1], paragraph(looks.GAP)),
                cell(columns[2], *right),
            )
        ],
        ruled=False,
    )


def _columns(signatures: int) -> int:
    """How many stand beside each other: two of four, else three at most."""
    return 2 if signatures == FOUR else min(signatures, MOST_COLUMNS)


def _rows(signatures: Sequence[Signature], layout: Layout, width: float) -> Iterator[Element]:
    """Places to sign beside each other: capacities in a row, room for a hand below, then names on one level."""
    free = width - GUTTER
    capacities = [list(_capacity(signature, layout, free)) for signature in signatures]
    rooms: list[list[Element]] = [[] for _ in signatures]
    names = [[_name(signature, layout, 0)] for signature in signatures]
    for pieces, least in ((capacities, 0.0), (rooms, FREE_SPACE), (names, 0.0)):
        cells = (cell(width, *(one or [paragraph(looks.GAP)]), aside=GUTTER / 2) for one in pieces)
        yield row(*cells, least=least)


def _across(side: SigningSide, layout: Layout, width: float) -> Iterator[Element]:
    """Many signatures of one side: in columns over the whole width."""
    if side.title:
        yield even(looks.ON_BEHALF, side.title, layout.on_behalf, width)[0]
    beside = _columns(len(side.signatures))
    if side.title and beside > 1:
        yield gap(BELOW_TITLE)
    for at in range(0, len(side.signatures), beside):
        shared = side.signatures[at : at + beside]
        if at:
            yield gap(BETWEEN)
        rows = list(_rows(shared, layout, width / beside))
        yield table([width / beside] * len(shared), rows, ruled=False, centred=True)


def closing_of(closing: Closing, layout: Layout, width: float) -> list[Element]:
    """The closing, each piece held on the page of the next."""
    pieces = [gap(ABOVE)]
    if len(closing.right.signatures) >= MOST_COLUMNS and not isinstance(closing.left, Recipients):
        pieces += _across(closing.right, layout, width)
        if isinstance(closing.left, SigningSide):
            pieces += [gap(BETWEEN), *_across(closing.left, layout, width)]
    else:
        pieces += _beside(closing, layout, width)
    if closing.below is not None:
        pieces += [gap(BETWEEN), *_listed(closing.below)]
    for piece in pieces[:-1]:
        hold_all(piece)
    return pieces


def hold_all(piece: Element) -> None:
    """Keep a paragraph, or a table with all its rows, on the page of the next."""
    if piece.tag == qn("w:p"):
        keep(piece)
    else:
        hold(piece)

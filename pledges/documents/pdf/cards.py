"""`cards(sheet) -> bytes`: two place cards a page, each drawn twice, head to head, to be cut and folded."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pledges.documents.layouts import Type, Weight
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.canvas import Canvas
from pledges.documents.pdf.faces import FOLDER, Faces, load
from pledges.documents.pdf.gate import admit
from pledges.documents.pdf.ink import MM, Picture, Strip
from pledges.documents.pdf.lines import balanced
from pledges.documents.pdf.pages import size
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from pledges.documents.sheets.wording import firm

ON_A_PAGE = 2
MARGIN = 18 * MM
LARGEST, SMALLEST = 54, 14
SPACING = 1.2
FOLD = (1, 4)
"""Dots, a point long, four apart."""
EDGE = 0.5
UNIT_LINES, NAME_LINES, POST_LINES = 2, 1, 2
UNIT_SHARE, NAME_SHARE, POST_SHARE = 0.52, 0.24, 0.24
"""Of the height of a card's face; what one of them leaves free goes to the unit and the post."""


def cards(sheet: PlaceCards, fonts: Path | None = None) -> bytes:
    """The cards as a PDF; raises as `draw` does. The same sheet gives the same bytes."""
    faces = load(fonts or FOLDER)
    output = BytesIO()
    canvas = Canvas(output, faces)
    canvas.setPageSize(size(landscape=False))
    for at in range(0, len(sheet.cards), ON_A_PAGE):
        _page(canvas, sheet.cards[at : at + ON_A_PAGE], faces)
        canvas.showPage()
    canvas.end_paper()
    name, author = (admit(words, faces[Weight.REGULAR]) for words in (sheet.name, sheet.author))
    canvas.close(Named(name, author, name))
    return output.getvalue()


def _page(canvas: Canvas, pair: tuple[PlaceCard, ...], faces: Faces) -> None:
    width, height = size(landscape=False)
    card = height / ON_A_PAGE
    for place, one in enumerate(pair):
        top = height - place * card
        face = _face(one, faces, width, card / 2)
        face.draw(canvas, 0, top - card / 2)
        canvas.turned(face, width, top - card / 2)
        canvas.dotted(0, top - card / 2, width, FOLD)
    canvas.rule(EDGE, 0, height - card, width, height - card)


def _face(card: PlaceCard, faces: Faces, width: float, height: float) -> Picture:
    """One side of a card: its lines as large as they fit, in the middle of its height."""
    picture = Picture()
    strip = Strip(picture, faces, MARGIN, width - 2 * MARGIN)
    written = list(_sizes(card, faces, strip.width, height - MARGIN / 2))
    tall = sum(lines * how.size * SPACING for _text, how, lines in written)
    strip.skip((height - tall) / 2)
    for text, how, _lines in written:
        strip.centred(text, how, how.size * SPACING)
    return picture


def _sizes(card: PlaceCard, faces: Faces, width: float, height: float) -> Iterator[tuple[str, Type, int]]:
    free = (0.0 if card.name else NAME_SHARE) + (0.0 if card.post else POST_SHARE)
    wanted = (
        (firm(card.unit).upper(), Weight.BOLD, UNIT_LINES, UNIT_SHARE + free / 2),
        (card.name, Weight.BOLD, NAME_LINES, NAME_SHARE),
        (card.post, Weight.REGULAR, POST_LINES, POST_SHARE + free / 2),
    )
    above = LARGEST
    for text, weight, most, share in wanted:
        if text:
            how, lines = _largest(text, weight, faces, width, most, height * share, above)
            above = int(how.size * 0.8)
            yield text, how, lines


def _largest(
    text: str, weight: Weight, faces: Faces, width: float, most: int, height: float, above: int
) -> tuple[Type, int]:
    """The largest size at which the text takes no more lines and height than it may; the smallest if none does."""
    for points in range(above, SMALLEST, -1):
        lines = len(balanced(text, faces[weight], points, width))
        if lines <= most and lines * points * SPACING <= height:
            return Type(points, weight), lines
    return Type(SMALLEST, weight), len(balanced(text, faces[weight], SMALLEST, width))

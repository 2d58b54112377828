"""The parts above the body: heading, number and date, kind and abstract, addressees; and an annex's title."""

from pledges.documents.layouts import Layout, Mark
from pledges.documents.pdf.faces import Faces
from pledges.documents.pdf.ink import MM, Picture, Strip
from pledges.documents.sheets.paper import Annex, Heading, Title
from pledges.documents.sheets.wording import addressed, firm

LEFT_COLUMN, RIGHT_COLUMN = 64 * MM, 100 * MM
"""The national name in 13 bold is 96 mm wide and stays on one line."""
TIGHT, OPEN = 16.0, 18.5
RULE_SHARE = 0.42
"""Rules below the issuer and the abstract are between a third and half of the line above them."""
RULE_GAP = 2.5
ABOUT_BELOW = 6.0
ADDRESSEES = 35 * MM
"""Where "Kính gửi:" begins when several are addressed."""


def heading(head: Heading, layout: Layout, faces: Faces, width: float, about: str = "") -> Picture:
    """Phần đầu: issuer on the left, crown on the right; number and date below them on one level.

    `about` is what a letter is about; it stands below the number.
    """
    picture = Picture()
    left = Strip(picture, faces, 0, LEFT_COLUMN)
    right = Strip(picture, faces, width - RIGHT_COLUMN, RIGHT_COLUMN)
    for line in head.superior:
        left.centred(firm(line), layout.superior, TIGHT)
    for line in head.issuer:
        left.centred(firm(line), layout.issuer, TIGHT)
    if layout.issuer_mark is Mark.STAR:
        left.centred("*", layout.issuer, TIGHT)
    else:
        left.rule(left.last_width * RULE_SHARE, RULE_GAP)
    for line, how in zip(head.crown, layout.crown, strict=True):
        right.centred(line, how, TIGHT)
    right.rule(right.last_width, RULE_GAP)
    level = max(left.below, right.below) + 6
    _on_one_level(left, right, level, head, layout)
    if about:
        left.skip(ABOUT_BELOW)
        left.centred(about, layout.about, TIGHT)
        left.skip(ABOUT_BELOW)
        picture.height = max(left.below, right.below)
    return picture


def _on_one_level(left: Strip, right: Strip, level: float, head: Heading, layout: Layout) -> None:
    """Number and date with their first baselines on one line."""
    left.below = right.below = level
    if head.number:
        left.exact(head.number, layout.number, OPEN)
    right.centred(head.place_and_date, layout.place_and_date, OPEN)


def title(words: Title, layout: Layout, faces: Faces, width: float) -> Picture:
    """Tên loại, trích yếu: in the middle, closed by a rule."""
    picture = Picture()
    strip = Strip(picture, faces, 0, width)
    strip.skip(14)
    strip.centred(words.kind, layout.kind, OPEN)
    if words.abstract:
        strip.centred(layout.worded(words.abstract), layout.abstract, OPEN)
        if layout.abstract_mark is Mark.HYPHENS:
            strip.exact("-----", layout.abstract, OPEN)
        else:
            strip.rule(strip.last_width * RULE_SHARE, RULE_GAP)
    strip.skip(8)
    picture.height = strip.below
    return picture


def addressees(lines: tuple[str, ...], layout: Layout, faces: Faces, width: float) -> Picture:
    """Kính gửi: one on the same line, several below it."""
    picture = Picture()
    strip = Strip(picture, faces, 0, width)
    strip.skip(4)
    if len(lines) == 1:
        strip.centred(f"Kính gửi: {lines[0]}", layout.addressee, OPEN)
    else:
        label = Strip(picture, faces, ADDRESSEES, width - ADDRESSEES)
        label.below = strip.below
        label.left("Kính gửi:", layout.addressee, OPEN)
        names = Strip(picture, faces, ADDRESSEES + 7 * MM, width - ADDRESSEES - 7 * MM)
        names.below = label.below
        for line in addressed(lines):
            names.left(line, layout.addressee, OPEN)
        strip.below = names.below
    strip.skip(8)
    picture.height = strip.below
    return picture


def annex_title(annex: Annex, layout: Layout, faces: Faces, width: float) -> Picture:
    """Phụ lục: label, title and what it is attached to."""
    picture = Picture()
    strip = Strip(picture, faces, 0, width)
    strip.centred(annex.label, layout.annex_label, OPEN)
    strip.centred(annex.title, layout.annex_title, OPEN)
    strip.centred(annex.attached_to, layout.annex_note, OPEN)
    strip.skip(8)
    picture.height = strip.below
    return picture

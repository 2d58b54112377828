"""Thể thức trình bày: sizes, weights and marks by style and date. Measures in millimetres, type in points.

State: Nghị định 30/2020/NĐ-CP, Phụ lục I; the Front and the unions set their papers the same way.
Party: Hướng dẫn 36-HD/VPTW (2018), from 27/5/2026 Hướng dẫn 05-HD/VPTW. Of the newer one digests alone were at hand;
they tell no size, place or mark that differs from the older, so its row says the same until its text is read.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pledges.documents.sheets.paper import Style
from pledges.documents.sheets.wording import small_start

PAGE = (210.0, 297.0)
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0


class Weight(StrEnum):
    """The four cuts of the face."""

    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    BOLD_ITALIC = "bold_italic"


@dataclass(frozen=True, slots=True)
class Type:
    """How one element is set."""

    size: float
    weight: Weight = Weight.REGULAR
    caps: bool = False
    underlined: bool = False


class Mark(StrEnum):
    """What closes a heading's text below."""

    RULE = "rule"
    STAR = "star"
    HYPHENS = "hyphens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One style's table of elements. `leading` is from line to line of the body, `gap` between paragraphs.

    `source` is the instruction that says so. `abstract_small` tells that an abstract begins with a small letter.
    """

    source: str = "Nghị định 30/2020/NĐ-CP, Phụ lục I"
    crown: tuple[Type, ...] = (Type(13, Weight.BOLD, caps=True), Type(14, Weight.BOLD))
    superior: Type = Type(13, caps=True)
    issuer: Type = Type(13, Weight.BOLD, caps=True)
    issuer_mark: Mark = Mark.RULE
    number: Type = Type(13)
    about: Type = Type(12)
    place_and_date: Type = Type(14, Weight.ITALIC)
    kind: Type = Type(14, Weight.BOLD, caps=True)
    abstract: Type = Type(14, Weight.BOLD)
    abstract_mark: Mark = Mark.RULE
    abstract_small: bool = False
    addressee: Type = Type(14)
    basis: Type = Type(14, Weight.ITALIC)
    body: Type = Type(14)
    roman: Type = Type(14, Weight.BOLD, caps=True)
    arabic: Type = Type(14, Weight.BOLD)
    letter: Type = Type(14)
    on_behalf: Type = Type(14, Weight.BOLD, caps=True)
    post: Type = Type(14, Weight.BOLD, caps=True)
    signer: Type = Type(14, Weight.BOLD)
    confirmation: Type = Type(11, Weight.ITALIC)
    recipients_label: Type = Type(12, Weight.BOLD_ITALIC)
    recipient: Type = Type(11)
    annex_label: Type = Type(14, Weight.BOLD)
    annex_title: Type = Type(14, Weight.BOLD, caps=True)
    annex_note: Type = Type(14, Weight.ITALIC)
    page_number: Type = Type(13)
    foot: Type = Type(8)
    leading: float = 18.5
    gap: float = 6.0
    indent: float = 12.7

    def worded(self, abstract: str) -> str:
        """An abstract as it stands below its type."""
        return small_start(abstract) if self.abstract_small else abstract


STATE = Layout()
PARTY = Layout(
    source="Hướng dẫn 36-HD/VPTW ngày 03/4/2018",
    crown=(Type(15, Weight.BOLD, caps=True),),
    superior=Type(14, caps=True),
    issuer=Type(14, Weight.BOLD, caps=True),
    issuer_mark=Mark.STAR,
    number=Type(14),
    kind=Type(16, Weight.BOLD, caps=True),
    abstract_mark=Mark.HYPHENS,
    abstract_small=True,
    post=Type(14, caps=True),
    recipients_label=Type(14, underlined=True),
    recipient=Type(12),
)
PARTY_2026 = replace(PARTY, source="Hướng dẫn 05-HD/VPTW ngày 27/5/2026")

LAYOUTS: tuple[tuple[frozenset[Style], date, Layout], ...] = (
    (frozenset({Style.STATE, Style.FRONT, Style.UNION}), date.min, STATE),
    (frozenset({Style.PARTY}), date.min, PARTY),
    (frozenset({Style.PARTY}), date(2026, 5, 27), PARTY_2026),
)
"""Whose papers, from which day, in which layout; a later row of the same style replaces an earlier one."""


def layout_of(style: Style, on: date) -> Layout:
    """The layout that holds for papers of a style on a day."""
    return [layout for styles, since, layout in LAYOUTS if style in styles and since <= on][-1]

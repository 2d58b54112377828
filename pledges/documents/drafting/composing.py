"""From a document's row to its paper: what filled itself, what was written between, and who signs it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pledges.core.dates import long_date
from pledges.documents.drafting.rules import Prose
from pledges.documents.headings import place_of
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.rules import name_of, type_of
from pledges.documents.models import Document
from pledges.documents.rules import number_in_text, number_text
from pledges.documents.sheets.composing import composed
from pledges.documents.sheets.draft import Filled
from pledges.documents.sheets.gaps import with_gaps
from pledges.documents.sheets.paper import (
    Annex,
    Closing,
    Foot,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    SigningSide,
    Title,
)
from pledges.documents.sheets.record import read
from pledges.documents.sheets.wording import listed

__all__ = ["composed", "filled_in", "paper_of", "prose_of"]

DRAFT = "DỰ THẢO"


def filled_in(document: Document) -> Filled:
    """What filled itself at the document's last refresh; raises UnreadableRecordError where the row says nothing."""
    found = read(document.filled)
    if not isinstance(found, Filled):
        raise TypeError(f"document {document.id} holds a {type(found).__name__}")
    return found


def prose_of(document: Document) -> Mapping[tuple[str, str], Prose]:
    """What was written between, by slot and key."""
    return {(one.slot, one.key): Prose(one.text, one.printed) for one in document.prose}


def paper_of(
    document: Document, *, number: int | None = None, issued_on: date | None = None, foot: Foot | None = None
) -> Paper:
    """The document as a paper: as a draft, or under the number and of the day on which it is issued.

    Of a draft the foot says that it is one; number and day keep their gap for the hand.
    """
    prose = prose_of(document)
    filled = with_gaps(filled_in(document), prose)
    heading = _heading(document, filled.heading, number, issued_on)
    draft = issued_on is None
    return composed(
        filled,
        prose,
        behind=_replacing(document),
        heading=heading,
        title=Title(filled.title.kind, document.abstract),
        addressees=listed_in(document.addressees),
        closing=_closing(document, filled.closing),
        annexes=tuple(_attached(annex, filled.heading, heading) for annex in filled.annexes),
        foot=foot or _foot(filled.foot, draft=draft),
    )


def _replacing(document: Document) -> tuple[Paragraph, ...]:
    """That it takes the place of another, as its last sentence: who holds both papers knows which one counts."""
    old = document.replaces
    if old is None or old.issued_on is None:
        return ()
    name = name_of(old.kind, old.number, old.symbol)
    return (
        Paragraph(
            f"{type_of(document.kind)} này thay thế {name} {long_date(old.issued_on)} của {document.issuer.name}."
        ),
    )


def _heading(document: Document, heading: Heading, number: int | None, issued_on: date | None) -> Heading:
    """The heading under this number and day; one that bears no number, or is of another day, keeps that."""
    place, day = place_of(document.campaign), long_date(heading.ruled_on)
    dated = heading.place_and_date
    if dated.endswith(day):
        new = long_date(issued_on) if issued_on else _gap(heading.ruled_on)
        dated = f"{place}, {new}"
    symbol = document.symbol
    return replace(
        heading,
        place_and_date=dated,
        ruled_on=issued_on or heading.ruled_on,
        number=number_text(number, symbol, heading.style) if heading.number and symbol else heading.number,
    )


def _gap(day: date) -> str:
    """Place for the hand: day and month are known when it is signed."""
    return f"ngày      tháng      năm {day.year}"


def _attached(annex: Annex, was: Heading, now: Heading) -> Annex:
    """The annex, attached to the document of this number and day."""
    line = annex.attached_to
    for old, new in (
        (number_in_text(was.number), number_in_text(now.number)),
        (_day_in(was.place_and_date), _day_in(now.place_and_date)),
    ):
        line = line.replace(old, new) if old else line
    return replace(annex, attached_to=line)


def _day_in(place_and_date: str) -> str:
    return place_and_date.rpartition(", ")[2]


def _closing(document: Document, closing: Closing) -> Closing:
    """The closing with the document's own signer and recipients; a paper of two sides keeps its other side."""
    posts = listed_in(document.posts)
    if posts or document.signer_name or document.on_behalf:
        first, *rest = closing.right.signatures or (Signature(posts=()),)
        signed = replace(first, on_behalf=document.on_behalf, posts=posts, name=document.signer_name)
        closing = replace(closing, right=SigningSide((signed, *rest), closing.right.title))
    lines = Recipients(listed(listed_in(document.recipients), lead="- "))
    if isinstance(closing.left, SigningSide):
        return replace(closing, below=lines if lines.lines else None)
    return replace(closing, left=lines if lines.lines else None)


def _foot(foot: Foot, *, draft: bool) -> Foot:
    if not draft:
        return foot
    said = f"{foot.as_of[:1].lower()}{foot.as_of[1:]}"
    return replace(foot, as_of=f"{DRAFT}, {said}" if said else DRAFT)

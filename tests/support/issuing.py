"""Documents in the small world, as far as wanted: drafted, submitted, issued; all through the operations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from pledges.core import clock
from pledges.documents.drafting.composing import paper_of
from pledges.documents.drafting.operations import DocumentEntry, DraftEntry, begin, edit
from pledges.documents.drafting.rules import Scope
from pledges.documents.issuing import operations
from pledges.documents.issuing.freezing import Press
from pledges.documents.issuing.lists import listed_in
from pledges.documents.issuing.operations import IssueEntry
from pledges.documents.models import Document
from pledges.documents.pdf.draw import draw
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.paper import Paper, Ready
from pledges.tasks.models import Task
from tests.documents.measure import pages
from tests.support.ward import Ward

SIGNER = "Trần Quốc Hưng"
RECIPIENTS = ("Như trên", "Các đơn vị tham gia phong trào", "Lưu: VT")


def drafted(ward: Ward, kind: str = "progress_report", **changes: Any) -> Document:
    """A draft with a signer and recipients; `changes` are those of a `DraftEntry`, or `as_of`, or `replaces`."""
    if kind == "urging_letter" and not ward.session.scalars(select(Task).limit(1)).first():
        ward.task("KP1")  # a unit that reports nothing: a letter to nobody is refused
    clerk, at = ward.actor("clerk"), ward.now
    scope = Scope(as_of=changes.pop("as_of", ward.day))
    entry = DocumentEntry(
        campaign=ward.campaign, kind=PaperKind(kind), scope=scope, replaces=changes.pop("replaces", None)
    )
    document = begin(ward.session, entry, by=clerk, at=at)
    said = DraftEntry(
        abstract=document.abstract,
        addressees=listed_in(document.addressees),
        recipients=RECIPIENTS,
        on_behalf="TM. Ủy ban nhân dân",
        posts=("Chủ tịch",),
        signer_name=SIGNER,
    )
    edit(ward.session, document, replace(said, **changes), by=clerk, at=at)
    ward.session.commit()
    return document


def submitted(ward: Ward, kind: str = "progress_report", **changes: Any) -> Document:
    """A draft that waits for its signer."""
    document = drafted(ward, kind, **changes)
    operations.submit(ward.session, document, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    return document


def entry_of(document: Document, number: int, issued_on: date, **changes: Any) -> IssueEntry:
    """What is entered when the document is issued as it was drafted."""
    entry = IssueEntry(
        number=number,
        symbol=document.symbol,
        issued_on=issued_on,
        on_behalf=document.on_behalf,
        posts=listed_in(document.posts),
        signer_name=document.signer_name,
        recipients=listed_in(document.recipients),
        copies=document.copies,
    )
    return replace(entry, **changes)


def press_of(ward: Ward, compose: Callable[[Document, int, date], Paper] | None = None) -> Press:
    """What the application issues with."""

    def put_together(document: Document, number: int, issued_on: date) -> Paper:
        return paper_of(document, number=number, issued_on=issued_on)

    def drawn(paper: Paper) -> tuple[bytes, int]:
        content = draw(Ready(paper))
        return content, len(pages(content))

    return Press(
        compose=compose or put_together,
        draw=drawn,
        folder=ward.app.config["INSTANCE"] / "files",
        public_address="https://thidua.haphong.vn",
    )


def issue(ward: Ward, document: Document, number: int, issued_on: date | None = None, **changes: Any) -> None:
    """Issue a submitted document."""
    entry = entry_of(document, number, issued_on or ward.day, **changes)
    at = clock.at(issued_on, 9) if issued_on is not None else ward.now
    operations.issue(ward.session, document, entry, press_of(ward), by=ward.actor("clerk"), at=at)
    ward.session.commit()


def issued(ward: Ward, number: int = 5, kind: str = "progress_report", **changes: Any) -> Document:
    """An issued document; `issued_on` is its day, today without one."""
    issued_on = changes.pop("issued_on", None)
    document = submitted(ward, kind, **changes)
    issue(ward, document, number, issued_on)
    return document

"""Phát hành: number, day and signer, then a look at what will be frozen, then the press."""

from pathlib import Path
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.core import clock, pdfium
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.forms.sending import led_to
from pledges.core.refusal import Refused
from pledges.documents.blanks import blanks_of
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting.composing import paper_of
from pledges.documents.headings import symbol_by
from pledges.documents.issuing import operations, queries
from pledges.documents.issuing.forms import IssueForm, Suggested
from pledges.documents.issuing.freezing import Press, composed
from pledges.documents.issuing.loading import found_or_404
from pledges.documents.issuing.operations import IssueEntry
from pledges.documents.issuing.rules import Numbered, name_of, next_number, term_of
from pledges.documents.issuing.steps import Answer, not_now
from pledges.documents.models import Document
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.printing import fonts, printed, public_address
from pledges.documents.rules import DocumentStatus, PaperKind, series_of
from pledges.documents.sheets.paper import Paper, Ready, Style
from pledges.documents.unprintable import missing_of, sentence_of
from pledges.files.serving import folder

ACT, CHECK, ISSUE, TRY = "act", "check", "issue", "try"
"""What the buttons say: look at what will be frozen, freeze it, or see the print as it would be."""
REVIEW, AGAIN = "buoc", "xem-lai"
"""In an address: what was typed is to be looked at."""


@blueprint.route("/van-ban/<int:document_id>/phat-hanh", methods=["GET", "POST"])
@guard(Permission.ISSUE_DOCUMENT)
def issue(document_id: int) -> Answer:
    """Phát hành văn bản: asked, looked at, then frozen for ever."""
    found = found_or_404(document_id)
    actor = authorise(Permission.ISSUE_DOCUMENT, found.subject(), see=Permission.SEE_DOCUMENT)
    if place := led_to():
        return redirect(place)
    form, press = _form(found), press_here()
    act = request.form.get(ACT, "")
    if act == ISSUE and form.accepts():
        with form.act() as done:
            operations.issue(db.session(), found, form.entry(), press, by=actor, at=clock.now())
            done.location = url_for("documents.document", document_id=found.id)
            name = name_of(found.kind, found.number, found.symbol)
            db.session.commit()
            flash(f"Đã phát hành {name}. Bản in đã được lưu, từ nay không đổi.", "good")
            return redirect(done.location)
    if found.status is not DocumentStatus.SUBMITTED:
        return not_now(form, found)
    if act == CHECK and (place := _kept_to_look_at(form, found)):
        return redirect(place)
    if (act in {CHECK, TRY} and form.validate()) or (REVIEW in request.args and form.stands()):
        return _looked_at(form, found, press, act)
    return _asked(form, found)


def _asked(form: IssueForm, found: Document) -> str:
    return render_template("documents/issuing/issue.html", form=form, document=found)


def _kept_to_look_at(form: IssueForm, found: Document) -> str:
    """What was typed is kept, right or wrong; where it is looked at again before it is frozen: a page to go back to."""
    right = form.validate()
    form.keep_typed()
    if not right or form.unsent is None:
        return ""
    asked: dict[str, Any] = {REVIEW: AGAIN}
    here = url_for("documents.issue", document_id=found.id, **asked)
    return unsent.address_of(here, form.form_key.sealed)


def _looked_at(form: IssueForm, found: Document, press: Press, act: str) -> Answer:
    """What will be frozen, named; or the paper itself, as it would be printed."""
    entry = form.entry()
    try:
        paper = _tried(found, entry, press)
        if act == TRY:
            return printed(Ready(paper), f"Bản thử {found.abstract[:60]}.pdf")
        _content, pages = press.draw(paper)
    except Refused as refused:
        form.refuse(str(refused))
        return _asked(form, found)
    return render_template(
        "documents/issuing/issue_checked.html",
        form=form,
        document=found,
        entry=entry,
        name=name_of(found.kind, entry.number, entry.symbol),
        pages=pages,
    )


def _tried(found: Document, entry: IssueEntry, press: Press) -> Paper:
    """The paper as it would be frozen; the document stays as it is."""
    session = db.session()
    with session.no_autoflush:
        operations.write(found, entry)
        paper = composed(found, entry.number, entry.issued_on, press)
    session.rollback()
    return paper


def _form(found: Document) -> IssueForm:
    session, today = db.session(), clock.today()
    style = Style(found.issuer.document_style)
    day = (
        found.as_of if found.kind is PaperKind.MINUTES else today
    )  # minutes are of the day of which they tell
    symbol, term = _symbol(session, found), term_of(day)
    used = operations.used(session, series_of(found.issuer_id, symbol, style, day, term))

    def used_with(entry: IssueEntry) -> list[Numbered]:
        return operations.used(session, operations.series(found, entry))

    number = next_number(one.number for one in used)
    return IssueForm.bind(
        found,
        document=found,
        today=today,
        party=style is Style.PARTY,
        used=used_with,
        blanks=blanks_of(paper_of(found)),
        suggested=Suggested(number=number, symbol=symbol, issued_on=day, term=term),
    )


def _symbol(session: Session, found: Document) -> str:
    """The symbol that the draft has, else that of the office's last document of the kind, else by the rules."""
    if found.symbol:
        return found.symbol
    last = session.scalars(queries.last_issued(found.issuer_id, found.kind).limit(1)).first()
    return last.symbol if last is not None else symbol_by(found.kind, found.issuer)


def press_here() -> Press:
    """What issuing works with in this installation: faces, folder, address."""
    return Press(
        compose=lambda document, number, issued_on: paper_of(document, number=number, issued_on=issued_on),
        draw=lambda paper: _drawn(paper, fonts()),
        folder=folder(),
        public_address=public_address(),
    )


def _drawn(paper: Paper, faces: Path | None) -> tuple[bytes, int]:
    """The print and its pages; raises `Refused` with every character that no printed face has."""
    try:
        content = draw(Ready(paper), faces)
    except GlyphMissingError as missing:
        raise Refused(sentence_of(missing_of(paper, faces))) from missing
    with pdfium.opened(content) as opened:
        return content, len(opened)

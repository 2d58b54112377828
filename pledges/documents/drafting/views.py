"""Soạn văn bản: begin a draft, and write into it. Routes on the blueprint of documents."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.queries import heads_of
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import selected
from pledges.core import as_of, clock
from pledges.core.addresses import number_of
from pledges.core.database import db
from pledges.core.refusal import Refused
from pledges.documents.asked import Asked, asked
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting import operations, queries, refresh_pages
from pledges.documents.drafting.composing import filled_in, paper_of
from pledges.documents.drafting.filling import filled_of
from pledges.documents.drafting.forms import TEXT, BeginForm, DraftForm, form_for
from pledges.documents.drafting.loading import draft_or_404
from pledges.documents.drafting.operations import DocumentEntry
from pledges.documents.drafting.page import editor_of
from pledges.documents.drafting.refreshing import changes_of
from pledges.documents.drafting.scopes import scope_of
from pledges.documents.drafting.signers import Signer, signers_of
from pledges.documents.drafting.style_rules import set_right
from pledges.documents.models import Document
from pledges.documents.printing import fonts
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.draft import Filled
from pledges.documents.unprintable import missing_of, sentence_of
from pledges.units.models import Unit

__all__ = ["refresh_pages"]

ACT, PREVIEW, PHRASE, RIGHT = "act", "preview", "phrase-", "sua-"
"""The button that was pressed: beside saving, what it does besides."""


@blueprint.route("/van-ban/soan/<string:path>", methods=["GET", "POST"])
@guard(Permission.DRAFT_DOCUMENT)
def begin(path: str) -> Response | str:
    """Soạn văn bản mới: of what it is to speak; drafts of the same kind that are open are named."""
    kind = PaperKind.of_path(path)
    if kind is None or not kind.numbered:
        abort(404)
    campaign, actor = _campaign()
    session, question = db.session(), asked(db.session(), kind, campaign)
    form = BeginForm.bind(_asked_values(question), asked=question)
    if form.accepts():
        with form.act() as act:
            scope = form.scope(lambda number: session.get(Unit, number))
            entry = DocumentEntry(campaign=campaign, kind=kind, scope=scope)
            made = operations.begin(session, entry, by=actor, at=clock.now())
            act.location = url_for("documents.edit", document_id=made.id)
            session.commit()
            return redirect(act.location)
    alike = list(session.scalars(queries.open_alike(campaign.id, kind)))
    return render_template(
        "documents/drafting/begin.html",
        form=form,
        kind=kind,
        campaign=campaign,
        asked=question,
        alike=[(one, scope_of(one)) for one in alike],
        same={one.id for one in session.scalars(queries.open_alike(campaign.id, kind, question.scope))},
    )


def _campaign() -> tuple[Campaign, Actor]:
    """The campaign that the address names, and who drafts its documents; 404 and 403 as on every page."""
    campaign = selected(db.session(), current_actor())
    if campaign is None:
        abort(404)
    return campaign, authorise(Permission.DRAFT_DOCUMENT, campaign.subject(), see=Permission.SEE_CAMPAIGN)


def _asked_values(question: Asked) -> dict[str, object]:
    """What the address asked for already."""
    period, scope = question.scope.period, question.scope
    return {
        "whom": question.whom,
        "period": period.id if period is not None else None,
        "as_of": scope.as_of if question.typed_day else None,
    }


@blueprint.route("/van-ban/<int:document_id>/soan", methods=["GET", "POST"])
@guard(Permission.DRAFT_DOCUMENT)
def edit(document_id: int) -> Response | str:
    """Soạn dự thảo: what fills itself stands there to be read, and between it what is written."""
    found = draft_or_404(document_id)
    actor = authorise(Permission.DRAFT_DOCUMENT, found.subject(), see=Permission.SEE_DOCUMENT)
    filled = filled_in(found)
    form = form_for(found, filled)
    pressed = request.form.get(ACT, "")
    if not found.open:
        form.close()
        return render_template("documents/drafting/closed.html", form=form, document=found)
    if request.method == "POST" and pressed.startswith((PHRASE, RIGHT)):
        if pressed.startswith(PHRASE):
            _take_phrase(form, filled, found, pressed.removeprefix(PHRASE))
        else:
            _set_right(form, pressed.removeprefix(RIGHT))
        form.keep_typed()
    elif form.accepts():
        with form.act() as act:
            operations.edit(db.session(), found, form.entry(), by=actor, at=clock.now())
            onward = "documents.document_pdf" if pressed == PREVIEW else "documents.edit"
            act.location = url_for(onward, document_id=found.id)
            db.session.commit()
            if pressed != PREVIEW:
                flash("Đã lưu dự thảo.", "good")
                _warn_of_unprintable(found)
            return redirect(act.location)
    return _editor(form, found, filled, actor)


def _warn_of_unprintable(found: Document) -> None:
    """Saved it is; that nobody could print it is said at once, and beside the fields."""
    if missing := missing_of(paper_of(found), fonts()):
        flash(f"Văn bản này chưa in được. {sentence_of(missing)}", "warn")


def _editor(form: DraftForm, found: Document, filled: Filled, actor: Actor) -> str:
    session, today = db.session(), clock.today()
    return render_template(
        "documents/drafting/edit.html",
        form=form,
        document=found,
        filled=filled,
        scope=scope_of(found),
        editor=editor_of(form, filled, session.scalars(queries.said_before(found)), fonts()),
        changed=_changed(found, filled, actor),
        signers=_signers(found),
        today=today,
        TEXT=TEXT,
        DAY=as_of.ARGUMENT,
    )


def _signers(found: Document) -> tuple[Signer, ...]:
    """Who may sign for the office; minutes are signed by those who were there."""
    if found.kind is PaperKind.MINUTES:
        return ()
    return signers_of(found.issuer, db.session.scalars(heads_of(found.issuer_id, clock.today())))


def _changed(found: Document, filled: Filled, actor: Actor) -> int:
    """At how many places the figures are others by now."""
    try:
        now = filled_of(db.session(), found.campaign, found.kind, scope_of(found), actor, clock.today())
    except Refused:
        return 0
    return len(changes_of(filled, now))


def _take_phrase(form: DraftForm, filled: Filled, found: Document, wanted: str) -> None:
    """Put a phrase behind what stands at the head of its section: where no script does it at once."""
    slot, _, number = wanted.partition("-")
    editor = editor_of(form, filled, db.session().scalars(queries.said_before(found)))
    place = next((one for one in editor.slots if one.slot.key == slot), None)
    if place is not None and number in map(str, range(len(place.phrases))):
        said = place.head.data or ""
        form.put(place.head.name, "\n".join(filter(None, (said, place.phrases[int(number)]))))


def _set_right(form: DraftForm, wanted: str) -> None:
    """Take the words that a hint proposes for a place of a field; `wanted` is "12-19-viet.totals.mean"."""
    first, _, rest = wanted.partition("-")
    last, _, name = rest.partition("-")
    if (
        (name == "abstract" or name in form.places)
        and number_of(first) is not None
        and number_of(last) is not None
    ):
        form.put(name, set_right(form[name].data or "", (int(first), int(last))))

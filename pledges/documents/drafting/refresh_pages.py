"""Cập nhật số liệu, bỏ dự thảo: what changes or is lost is shown first. Routes on the blueprint of documents."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.selection import url_in
from pledges.core import as_of, clock
from pledges.core.database import db
from pledges.core.forms import unsent
from pledges.core.refusal import Refused
from pledges.documents.asked import since_it_began
from pledges.documents.blueprint import blueprint
from pledges.documents.drafting import operations
from pledges.documents.drafting.composing import filled_in, prose_of
from pledges.documents.drafting.filling import filled_of
from pledges.documents.drafting.forms import DiscardForm, DraftForm, RefreshForm
from pledges.documents.drafting.loading import draft_or_404
from pledges.documents.drafting.refreshing import Change, changes_of
from pledges.documents.drafting.scopes import scope_of
from pledges.documents.models import Document


@blueprint.route("/van-ban/<int:document_id>/cap-nhat-so-lieu", methods=["GET", "POST"])
@guard(Permission.DRAFT_DOCUMENT)
def refresh(document_id: int) -> Response | str:
    """Cập nhật số liệu: what would change, sentence by sentence and cell by cell; prose stays."""
    found, actor = _asked(document_id)
    form = RefreshForm.bind(found)
    day = since_it_began(as_of.requested(default=form.as_of.data or found.as_of), found.campaign)
    if found.open and form.accepts():
        with form.act() as act:
            wanted = form.as_of.data or found.as_of
            operations.refresh(db.session(), found, scope_of(found, wanted), by=actor, at=clock.now())
            act.location = url_for("documents.edit", document_id=found.id)
            db.session.commit()
            flash("Đã cập nhật số liệu; nội dung đồng chí viết giữ nguyên.", "good")
            return redirect(act.location)
    if request.method == "GET":
        form.as_of.data = day.day
    changes, refused = _changes(found, form.as_of.data or found.as_of, actor)
    return render_template(
        "documents/drafting/refresh.html",
        form=form,
        document=found,
        day=day,
        changes=changes,
        refused=refused,
        scope=scope_of(found, day.day),
        today=clock.today(),
        DAY=as_of.ARGUMENT,
    )


def _changes(found: Document, day: date, actor: Actor) -> tuple[tuple[Change, ...], str]:
    """What a refresh would change, or the sentence that says why there is nothing to fill it with."""
    try:
        new = filled_of(db.session(), found.campaign, found.kind, scope_of(found, day), actor, clock.today())
    except Refused as refused:
        return (), str(refused)
    return changes_of(filled_in(found), new, prose_of(found)), ""


@blueprint.route("/van-ban/<int:document_id>/bo-du-thao", methods=["GET", "POST"])
@guard(Permission.DRAFT_DOCUMENT)
def discard(document_id: int) -> Response | str:
    """Bỏ dự thảo: what was never issued can go; the page names what is lost."""
    found, actor = _asked(document_id)
    form = DiscardForm.bind(found)
    if form.accepts():
        with form.act() as act:
            act.location = url_in(found.campaign, "documents.listing")
            here = url_for("documents.edit", document_id=found.id)
            begun = url_in(found.campaign, "documents.begin", path=found.kind.path)
            unsent.leave_page(db.session(), here, actor.account_id, unsent.Page(begun, DraftForm.page_name))
            operations.discard(db.session(), found, by=actor, at=clock.now())
            db.session.commit()
            flash("Đã bỏ dự thảo.", "info")
            return redirect(act.location)
    return render_template(
        "documents/drafting/discard.html",
        form=form,
        document=found,
        scope=scope_of(found),
        prose=[one for one in found.prose if one.text],
    )


def _asked(document_id: int) -> tuple[Document, Actor]:
    found = draft_or_404(document_id)
    return found, authorise(Permission.DRAFT_DOCUMENT, found.subject(), see=Permission.SEE_DOCUMENT)

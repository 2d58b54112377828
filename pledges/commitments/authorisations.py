"""Ủy quyền ký: the list, one authorisation, recording it and ending it. Routes on the blueprint of commitments."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, current_actor_or_none, guard
from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.accounts.authorisations import operations
from pledges.accounts.authorisations.forms import AuthorisationForm, EndAuthorisationForm
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import whole
from pledges.accounts.authorisations.rules import Validity
from pledges.audit.queries import history
from pledges.commitments import deputies
from pledges.commitments.blueprint import blueprint
from pledges.commitments.story import told
from pledges.core import clock
from pledges.core.addresses import number_in
from pledges.core.database import db
from pledges.core.filters import ORDER, Question, Wishes, numbered, order
from pledges.core.text import fold
from pledges.units.models import Unit

UNIT, VALIDITY = "don-vi", "hieu-luc"
CAPACITY_HINTS = {
    "kt": "Cấp phó ký thay người đứng đầu: KT. CHỦ TỊCH, dưới là PHÓ CHỦ TỊCH",
    "tl": "Người đứng đầu bộ phận ký thừa lệnh: TL. CHỦ TỊCH, dưới là chức vụ của người ký",
    "tuq": "Người được ủy quyền bằng văn bản, trong thời gian nhất định: TUQ. CHỦ TỊCH, dưới là chức vụ của người ký",
}


@blueprint.app_template_global()
def keeps_authorisations() -> bool:
    """Whether the signed-in person keeps anybody's authorisations: what a page asks before it offers the list."""
    actor = current_actor_or_none()
    return actor is not None and may_somewhere(actor, Permission.MANAGE_AUTHORISATIONS)


@blueprint.get("/uy-quyen")
@guard(Permission.MANAGE_AUTHORISATIONS)
def authorisations() -> str:
    """Ủy quyền ký: who may sign in whose place, by which paper, until when."""
    actor, today = current_actor(), clock.today()
    found = list(db.session.scalars(deputies.seen_by(actor)))
    wishes = Wishes.read(
        request.args,
        "Tìm theo tên, chức vụ, văn bản",
        numbered(UNIT, "Đơn vị"),
        Question(VALIDITY, "Hiệu lực", {one.value: one.label for one in Validity}),
        order({"": "Mới nhất trước", "ten": "Tên người ký thay"}),
    ).offering({UNIT: {str(one.unit_id): one.unit.name for one in found}})
    shown = [one for one in found if _asked_for(one, wishes)]
    if wishes[ORDER]:
        shown.sort(key=lambda one: one.account.name_sort)
    return render_template(
        "commitments/authorisations.html", wishes=wishes, found=found, shown=shown, today=today
    )


def _asked_for(one: Authorisation, wishes: Wishes) -> bool:
    said = (one.account.name, one.post, one.principal_post, one.principal_name, one.paper, one.unit.name)
    return (
        wishes.finds(*map(fold, said))
        and wishes.number(UNIT) in {None, one.unit_id}
        and wishes[VALIDITY] in {"", one.validity(clock.today()).value}
    )


@blueprint.get("/uy-quyen/ghi")
@guard(Permission.MANAGE_AUTHORISATIONS)
def choose_unit() -> Response | str:
    """Chọn đơn vị: whose commitments the deputy is to sign."""
    units = [
        one for one in db.session.scalars(deputies.managed_units(current_actor())) if one.alive(clock.today())
    ]
    wanted = number_in(UNIT)
    chosen = next((one for one in units if one.id == wanted or len(units) == 1), None)
    if chosen is not None:
        return redirect(url_for("commitments.record_authorisation", unit_id=chosen.id))
    return render_template("commitments/choose_unit.html", units=units, wanted=wanted)


@blueprint.route("/uy-quyen/ghi/<int:unit_id>", methods=["GET", "POST"])
@guard(Permission.MANAGE_AUTHORISATIONS)
def record_authorisation(unit_id: int) -> Response | str:
    """Ghi ủy quyền ký of a unit, from its paper."""
    unit = db.session.get(Unit, unit_id)
    if unit is None:
        abort(404)
    actor = _authorised(unit)
    session, today = db.session(), clock.today()
    posts = deputies.possible_deputies(session, unit, today, but=actor.account_id)
    form = AuthorisationForm.bind({"valid_from": today}, posts=posts)
    if form.accepts():
        with form.act() as act:
            made = operations.note_down(session, form.entry(unit), by=actor, at=clock.now())
            act.location = url_for("commitments.authorisation", authorisation_id=made.id)
            session.commit()
            flash(f"Đã ghi ủy quyền ký cho {made.account.name}.", "good")
            return redirect(act.location)
    return render_template(
        "commitments/record_authorisation.html",
        form=form,
        unit=unit,
        principals=deputies.principal_posts(session, unit, today),
        hints=CAPACITY_HINTS,
    )


@blueprint.get("/uy-quyen/<int:authorisation_id>")
@guard(Permission.MANAGE_AUTHORISATIONS)
def authorisation(authorisation_id: int) -> str:
    """Một ủy quyền ký: what it says, what was signed under it, what happened to it."""
    found = _authorisation(authorisation_id)
    _authorised(found.unit)
    session = db.session()
    return render_template(
        "commitments/authorisation.html",
        **_shown(found),
        signed=list(session.scalars(deputies.signed_under(found.id))),
        story=told(session.scalars(history("authorisation", found.id))),
    )


@blueprint.route("/uy-quyen/<int:authorisation_id>/cham-dut", methods=["GET", "POST"])
@guard(Permission.MANAGE_AUTHORISATIONS)
def end_authorisation(authorisation_id: int) -> Response | str:
    """Chấm dứt ủy quyền ký before its time, with the reason; what was signed under it stays."""
    found = _authorisation(authorisation_id)
    actor = _authorised(found.unit)
    form = EndAuthorisationForm.bind(found)
    if form.accepts() and form.on.data:
        with form.act() as act:
            session, reason = db.session(), form.reason.data or ""
            used = deputies.used_on(session, found.id)
            operations.end(session, found, reason, on=form.on.data, by=actor, at=clock.now(), used_on=used)
            act.location = url_for("commitments.authorisation", authorisation_id=authorisation_id)
            session.commit()
            flash("Đã ghi việc chấm dứt ủy quyền ký.", "good")
            return redirect(act.location)
    return render_template("commitments/end_authorisation.html", form=form, **_shown(found))


def _shown(found: Authorisation) -> dict[str, Any]:
    return {"authorisation": found, "validity": found.validity(clock.today())}


def _authorised(unit: Unit) -> Actor:
    subject = deputies.subject_of(db.session(), unit, current_actor())
    return authorise(Permission.MANAGE_AUTHORISATIONS, subject)


def _authorisation(authorisation_id: int) -> Authorisation:
    found: Authorisation = db.first_or_404(whole().where(Authorisation.id == authorisation_id))
    return found

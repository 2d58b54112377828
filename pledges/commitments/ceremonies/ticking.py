"""Ticking the roll of a ceremony. Routes on the blueprint of commitments."""

from collections.abc import Callable, Sequence

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.authorisations.models import Authorisation
from pledges.accounts.authorisations.queries import whole as authorisations
from pledges.commitments.blueprint import blueprint
from pledges.commitments.ceremonies import operations, queries
from pledges.commitments.ceremonies.forms import DeputyForm, TickForm
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.views import ceremony_of, roll_page
from pledges.commitments.models import Signatory
from pledges.core import clock
from pledges.core.database import db, note_checked
from pledges.core.forms.base import Form

Do = Callable[[Session, Ceremony, Sequence[Signatory], Actor], object]


@blueprint.route("/cam-ket/le-ky/<int:ceremony_id>/danh-dau", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_tick(ceremony_id: int) -> Response | str:
    """Đã ký: one person, or a whole unit; what somebody else ticked meanwhile stays as it is."""
    return _pressed(
        ceremony_id,
        lambda session, held, places, actor: operations.tick(session, held, places, by=actor, at=clock.now()),
    )


@blueprint.route("/cam-ket/le-ky/<int:ceremony_id>/bo-danh-dau", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_untick(ceremony_id: int) -> Response | str:
    """Bỏ đánh dấu: a tick by mistake is taken back while the ceremony goes on."""
    return _pressed(
        ceremony_id,
        lambda session, held, places, actor: [
            operations.untick(session, held, place, by=actor, at=clock.now()) for place in places
        ],
    )


def _pressed(ceremony_id: int, do: Do) -> Response | str:
    """A button of the roll: done, then the roll at the same unit."""
    held = ceremony_of(ceremony_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, held.subject(), see=Permission.SEE_COMMITMENT)
    if request.method == "GET":  # after signing in again
        return redirect(url_for("commitments.ceremony", ceremony_id=ceremony_id))
    form = TickForm.bind()
    done = _carried_out(form, held, form.numbers, actor, do)
    return done or roll_page(held, form.form_errors + [str(said) for said in form.csrf_token.errors])


def _carried_out(form: Form, held: Ceremony, numbers: list[int], actor: Actor, do: Do) -> Response | None:
    """Where it leads, once it is done; None when the form was not accepted or the rules refused it.

    Everything is read anew when it is this request's turn to write: two clerks tick at once, and what counts for
    either is not what the page showed. A frozen text can't change, and its places are the page's own.
    """
    if not form.accepts():
        return None
    with form.act() as act:
        session = db.session()
        session.refresh(held)
        places = list(session.scalars(queries.places(numbers)))
        for place in places:
            note_checked(session, place.commitment)
        do(session, held, places, actor)
        anchor = f"don-vi-{places[0].commitment.unit_id}" if places else None
        act.location = url_for(
            "commitments.ceremony", ceremony_id=held.id, loc=request.args.get("loc"), _anchor=anchor
        )
        session.commit()
        return redirect(act.location)
    return None


@blueprint.route("/cam-ket/le-ky/<int:ceremony_id>/ky-thay/<int:signatory_id>", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_deputy(ceremony_id: int, signatory_id: int) -> Response | str:
    """Người khác ký thay: ticked with the authorisation, or with the name that was left to the paper."""
    held = ceremony_of(ceremony_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, held.subject(), see=Permission.SEE_COMMITMENT)
    place = _place_of(held, signatory_id)
    form = DeputyForm.bind(authorisations=_authorisations(held, place), named=bool(place.name))
    done = _carried_out(
        form,
        held,
        [signatory_id],
        actor,
        lambda session, now, places, by: operations.tick(
            session, now, places, by=by, at=clock.now(), signer=form.signer()
        ),
    )
    return done or render_template(
        "commitments/ceremonies/deputy.html", form=form, ceremony=held, place=place
    )


def _place_of(held: Ceremony, signatory_id: int) -> Signatory:
    found = db.session.scalars(queries.places([signatory_id])).first()
    if found is None or found.commitment.campaign_id != held.campaign_id:
        raise NotFound
    return found


def _authorisations(held: Ceremony, place: Signatory) -> list[Authorisation]:
    found = db.session.scalars(authorisations().where(Authorisation.unit_id == place.commitment.unit_id))
    return [one for one in found if one.alive(held.held_on)]

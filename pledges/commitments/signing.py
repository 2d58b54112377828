"""Signing a commitment in the app, or refusing to. Routes on the blueprint of commitments."""

from dataclasses import replace
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, Subject
from pledges.access.roles import Actor
from pledges.accounts.browsers import within
from pledges.accounts.proof import Proof, compare, prove
from pledges.accounts.sessions import own_account
from pledges.commitments import signatures, signing_rules
from pledges.commitments.blueprint import blueprint
from pledges.commitments.models import Commitment
from pledges.commitments.pledges import pledge_of
from pledges.commitments.queries import whole
from pledges.commitments.signature_words import signed_as
from pledges.commitments.signing_forms import DeclineForm, SignForm
from pledges.commitments.signing_rules import (
    Person,
    awaited,
    open_ways,
    person_of,
    to_decline,
    ways_of,
    why_not,
)
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_instant

blueprint.add_app_template_global(signed_as)
blueprint.add_app_template_global(awaited)

NOTHING_TO_DECLINE = "Đồng chí không có vị trí ký nào đang chờ ở bản cam kết này để từ chối."


@blueprint.route("/cam-ket/<int:commitment_id>/ky", methods=["GET", "POST"])
@guard(Permission.SIGN_COMMITMENT)
def sign(commitment_id: int) -> Response | str | tuple[str, int]:
    """Ký trong ứng dụng: the frozen text is read, the capacity stated, the password entered once more."""
    found, person = _commitment(commitment_id), _person()
    actor = _authorised(found, person)
    form = SignForm.bind(found, ways=open_ways(db.session(), found, person, clock.today()))
    proof = _compared(form)
    if form.accepts():
        with form.act() as act:
            _prove(form, proof)
            at = clock.now()
            _sign(form, actor)
            act.location = url_for("commitments.commitment", commitment_id=found.id)
            db.session.commit()
            flash(f"Đã ký: xác nhận điện tử nội bộ lúc {format_instant(at)}.", "good")
            return redirect(act.location)
    if words := why_not(db.session(), found, _person(), clock.today()):
        return _not_now(found, words, form)
    declined = [way.signatory.declined for way in form.offered.values() if way.authorisation is None]
    return render_template(
        "commitments/sign.html",
        form=form,
        commitment=found,
        pledge=pledge_of(found, ()),
        declined=[one for one in declined if one is not None],
    )


def _sign(form: SignForm, actor: Actor) -> None:
    way, at = form.chosen, clock.now()
    signer = signatures.Signer(authorisation=way.authorisation)
    signatures.sign_in_app(db.session(), way.signatory, by=actor, at=at, on=clock.day_of(at), signer=signer)


def _compared(form: SignForm) -> Proof | None:
    """The password, compared before the form holds the right to write; None where the form asks for more."""
    if request.method != "POST" or not form.validate():
        return None
    return compare(db.session(), own_account(), form.password.data or "", whence=within())


def _prove(form: SignForm, proof: Proof | None) -> None:
    if proof is not None:
        proof.demand(own_account())
    else:
        prove(db.session(), own_account(), form.password.data or "", whence=within())


@blueprint.route("/cam-ket/<int:commitment_id>/tu-choi", methods=["GET", "POST"])
@guard(Permission.SIGN_COMMITMENT)
def decline(commitment_id: int) -> Response | str | tuple[str, int]:
    """Từ chối ký: with the reason; signing later is still possible."""
    found, person = _commitment(commitment_id), _person()
    actor = _authorised(found, person)
    form = DeclineForm.bind(found, places=to_decline(db.session(), found, person, clock.today()))
    if form.accepts():
        with form.act() as act:
            reason = form.reason.data or ""
            signatures.decline(db.session(), form.place.record, reason, by=actor, at=clock.now())
            act.location = url_for("commitments.commitment", commitment_id=found.id)
            db.session.commit()
            flash("Đã ghi việc từ chối ký; người soạn bản cam kết thấy lý do của đồng chí.", "info")
            return redirect(act.location)
    person, today = _person(), clock.today()
    if not to_decline(db.session(), found, person, today):
        words = _why_nothing_to_decline(found, person)
        return _not_now(found, words, form)
    return render_template("commitments/decline.html", form=form, commitment=found)


def _why_nothing_to_decline(found: Commitment, person: Person) -> str:
    """The reason in words: it can't be signed either, it was refused already, or the places are others'."""
    own = [way.signatory for way in ways_of(found, person) if way.authorisation is None]
    declined = next((one.declined for one in own if one.declined is not None), None)
    if declined is not None:
        return f"Đồng chí đã từ chối ký lúc {format_instant(declined.at)}. Lý do: {declined.reason}"
    return why_not(db.session(), found, person, clock.today()) or NOTHING_TO_DECLINE


def not_open(found: Commitment) -> str | None:
    """Why nobody can sign the text now, in words; None while it waits to be signed."""
    return signing_rules.not_open(db.session(), found)


def subject_for(found: Commitment, person: Person) -> Subject:
    """The commitment as permissions see it, with the person among those named where it names this one.

    Who was named and left the post, or whose authorisation has ended, is named too: words tell why that is over.
    """
    named = frozenset({person.account_id}) if ways_of(found, person) else frozenset()
    return replace(found.subject(), named=named)


def _authorised(found: Commitment, person: Person) -> Actor:
    subject = subject_for(found, person)
    return authorise(Permission.SIGN_COMMITMENT, subject, see=Permission.SEE_COMMITMENT)


def _person() -> Person:
    return person_of(db.session(), current_actor().account_id)


def _not_now(found: Commitment, words: str, form: SignForm | DeclineForm) -> tuple[str, int]:
    page = render_template("commitments/not_now.html", commitment=found, words=words, form=form)
    return page, HTTPStatus.CONFLICT


def _commitment(commitment_id: int) -> Commitment:
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    return found

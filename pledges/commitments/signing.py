"""Signing a commitment in the app. Routes on the blueprint of commitments."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.proof import prove
from pledges.commitments import signatures
from pledges.commitments.blueprint import blueprint
from pledges.commitments.content import dropped
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.pledges import pledge_of
from pledges.commitments.queries import whole
from pledges.commitments.rules import CommitmentStatus, StepRefused, dropped_words
from pledges.commitments.signing_forms import SignForm
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_instant

NOT_FROZEN = "Bản cam kết chưa được chốt nên chưa ký được; người soạn phải chốt nội dung trước."
SUPERSEDED = "Bản cam kết này đã được thay bằng bản mới nên không ký được nữa."
WITHDRAWN = "Bản cam kết này đã được thu hồi nên không ký được nữa."
COMPLETE = "Bản cam kết đã đủ chữ ký."
NOT_NAMED = "Đồng chí không có tên trong những người ký bản cam kết này."
SIGNED_ALREADY = "Đồng chí đã ký bản cam kết này rồi."


@blueprint.route("/cam-ket/<int:commitment_id>/ky", methods=["GET", "POST"])
@guard(Permission.SIGN_COMMITMENT)
def sign(commitment_id: int) -> Response | str | tuple[str, int]:
    """Ký trong ứng dụng: the frozen text is read, the password entered once more."""
    found = _commitment(commitment_id)
    actor = authorise(Permission.SIGN_COMMITMENT, found.subject(), see=Permission.SEE_COMMITMENT)
    form = SignForm.bind(found)
    place = _place_of(found, actor)
    if form.accepts():
        with form.act() as act:
            prove(db.session(), g.account, form.password.data or "", address=request.remote_addr or "")
            if place is None:
                raise StepRefused(NOT_NAMED)
            at = clock.now()
            signatures.sign_in_app(db.session(), place, by=actor, at=at, on=clock.day_of(at))
            act.location = url_for("commitments.commitment", commitment_id=commitment_id)
            db.session.commit()
            flash(f"Đã ký: xác nhận điện tử nội bộ lúc {format_instant(at)}.", "good")
            return redirect(act.location)
    if words := _why_not(found, place):
        return render_template("commitments/not_now.html", commitment=found, words=words, form=form), 409
    return render_template(
        "commitments/sign.html", form=form, commitment=found, pledge=pledge_of(found, ()), place=place
    )


def _place_of(found: Commitment, actor: Actor) -> Signatory | None:
    """The place in which this person signs."""
    return next((one for one in found.signatories if one.account_id == actor.account_id), None)


def _why_not(found: Commitment, place: Signatory | None) -> str | None:
    """Why the person can't sign now, in words; None when it is time."""
    if place is not None and place.signature is not None:
        return SIGNED_ALREADY
    return not_open(found) or (NOT_NAMED if place is None else None)


def not_open(found: Commitment) -> str | None:
    """Why nobody can sign the text now, in words; None while it waits to be signed."""
    if found.status is CommitmentStatus.FROZEN and (gone := dropped(db.session(), found)):
        return dropped_words(gone)
    return {
        CommitmentStatus.DRAFT: NOT_FROZEN,
        CommitmentStatus.SIGNED: COMPLETE,
        CommitmentStatus.SUPERSEDED: SUPERSEDED,
        CommitmentStatus.WITHDRAWN: WITHDRAWN,
    }.get(found.status)


def _commitment(commitment_id: int) -> Commitment:
    found: Commitment = db.first_or_404(whole().where(Commitment.id == commitment_id))
    return found

"""Pages of a ceremony: opened, the roll on which the clerk ticks, closed. Routes on the blueprint of commitments."""

from typing import Any

from flask import Response as Answer
from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.commitments.blueprint import blueprint
from pledges.commitments.ceremonies import operations, queries, roll
from pledges.commitments.ceremonies.forms import CeremonyForm, CloseForm, OpenForm
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.rules import proposed_day
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.receipts import new_key


@blueprint.route("/cam-ket/le-ky/<int:campaign_id>/mo", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_open(campaign_id: int) -> Response | str:
    """Mở lễ ký: day, place, who certifies; proposed from the campaign's launch. One at a time in a campaign."""
    campaign: Campaign = db.first_or_404(campaigns_listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    session = db.session()
    form = OpenForm.bind(_proposed(campaign, actor))
    if form.accepts():
        with form.act() as act:
            made = operations.open_ceremony(session, campaign, form.entry(), by=actor, at=clock.now())
            session.flush()
            act.location = url_for("commitments.ceremony", ceremony_id=made.id)
            session.commit()
            return redirect(act.location)
    known = list(session.scalars(queries.of_campaign(campaign.id)))
    going_on = next((one for one in known if one.open), None)
    if going_on is not None and request.method == "GET":
        return redirect(url_for("commitments.ceremony", ceremony_id=going_on.id))
    return render_template(
        "commitments/ceremonies/open.html",
        form=form,
        campaign=campaign,
        known=known,
        roll=roll.of_campaign(session, campaign),
    )


def _proposed(campaign: Campaign, actor: Actor) -> dict[str, Any]:
    frozen = db.session.scalars(queries.frozen_moments(campaign.id))
    days = [clock.day_of(one.frozen_at) for one in frozen if one.frozen_at is not None]
    return {
        "held_on": proposed_day(campaign.launched_on, days, clock.today()),
        "place": campaign.launch_place,
        "certified_by": actor.name,
        "certified_post": actor.post if actor.post != actor.name else "",
        "chair": campaign.presider,
        "chair_post": campaign.presider_post,
    }


@blueprint.get("/cam-ket/le-ky/<int:ceremony_id>")
@guard(Permission.SEE_COMMITMENT)
def ceremony(ceremony_id: int) -> str:
    """Lễ ký cam kết: the roll, with a large button for each signature; who hasn't signed; live counts."""
    held = ceremony_of(ceremony_id)
    authorise(Permission.SEE_COMMITMENT, held.subject())
    return roll_page(held)


def roll_page(held: Ceremony, errors: list[str] | None = None) -> str:
    """The roll as it is now, perhaps with what could not be done."""
    actor = authorise(Permission.SEE_COMMITMENT, held.subject())
    return render_template(
        "commitments/ceremonies/roll.html",
        ceremony=held,
        roll=roll.of_ceremony(db.session(), held),
        state=state_of(held),
        errors=errors or [],
        unsigned_only=request.args.get("loc") == "chua-ky",
        new_key=lambda: new_key(actor.account_id),
        token=CloseForm(None).csrf_token,
    )


@blueprint.get("/cam-ket/le-ky/<int:ceremony_id>/man-hinh")
@guard(Permission.SEE_COMMITMENT)
def ceremony_screen(ceremony_id: int) -> Answer:
    """Màn hình hội trường: large numbers and the list of units filling up, for a projector; nothing to press.

    Without its script the page is loaded anew by the browser, when the address asks for that.
    """
    held = ceremony_of(ceremony_id)
    authorise(Permission.SEE_COMMITMENT, held.subject())
    renewing = held.open and "tu-cap-nhat" in request.args
    page = render_template(
        "commitments/ceremonies/screen.html",
        ceremony=held,
        roll=roll.of_ceremony(db.session(), held),
        state=state_of(held),
        renewing=renewing,
        me=None,
        navigation=None,
        search_url=None,
    )
    return Answer(page, headers={"Refresh": "10"} if renewing else None)


@blueprint.get("/cam-ket/le-ky/<int:ceremony_id>/trang-thai")
@guard(Permission.SEE_COMMITMENT)
def ceremony_state(ceremony_id: int) -> Response:
    """Whether anything has changed: one number that only grows, so that open pages ask often and cheaply."""
    held = ceremony_of(ceremony_id)
    authorise(Permission.SEE_COMMITMENT, held.subject())
    state = state_of(held)
    answer = jsonify(state=state, open=held.open)
    answer.set_etag(str(state))
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


@blueprint.route("/cam-ket/le-ky/<int:ceremony_id>/sua", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_edit(ceremony_id: int) -> Response | str:
    """Thông tin lễ ký: what the minutes say of it, also after it was closed."""
    held = ceremony_of(ceremony_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, held.subject(), see=Permission.SEE_COMMITMENT)
    form = CeremonyForm.bind(held)
    if form.accepts():
        with form.act() as act:
            operations.edit(db.session(), held, form.entry(), by=actor, at=clock.now())
            act.location = url_for("commitments.ceremony", ceremony_id=ceremony_id)
            db.session.commit()
            flash("Đã lưu thông tin lễ ký.", "good")
            return redirect(act.location)
    return render_template("commitments/ceremonies/edit.html", form=form, ceremony=held)


@blueprint.route("/cam-ket/le-ky/<int:ceremony_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.RECORD_PAPER_SIGNATURE)
def ceremony_close(ceremony_id: int) -> Response | str:
    """Kết thúc lễ ký: who hasn't signed is named first."""
    held = ceremony_of(ceremony_id)
    actor = authorise(Permission.RECORD_PAPER_SIGNATURE, held.subject(), see=Permission.SEE_COMMITMENT)
    form = CloseForm.bind(held)
    if form.accepts():
        with form.act() as act:
            operations.close(db.session(), held, by=actor, at=clock.now())
            act.location = url_for("commitments.ceremony", ceremony_id=ceremony_id)
            db.session.commit()
            flash("Đã kết thúc lễ ký. Ghi thêm thông tin cho biên bản và lưu bản quét khi có.", "good")
            return redirect(act.location)
    return render_template(
        "commitments/ceremonies/close.html",
        form=form,
        ceremony=held,
        roll=roll.of_ceremony(db.session(), held),
    )


def state_of(held: Ceremony) -> int:
    """A number that grows with every change of the ceremony and of the campaign's commitments."""
    number, versions = db.session.execute(queries.state_of(held.campaign_id)).one()
    return int(held.version) + int(number) + int(versions)


def ceremony_of(ceremony_id: int) -> Ceremony:
    """The ceremony, or 404."""
    held: Ceremony = db.first_or_404(queries.whole().where(Ceremony.id == ceremony_id))
    return held

"""Việc cần theo dõi: the list, one of them, and what is done with it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed as campaigns_listed
from pledges.campaigns.queries import seen_by as campaigns_seen_by
from pledges.campaigns.selection import ARGUMENT, campaign_question
from pledges.core import clock
from pledges.core.addresses import number_of
from pledges.core.database import db
from pledges.core.filters import Question, Wishes, numbered
from pledges.core.paging import PER_PAGE
from pledges.core.text import fold
from pledges.followups import operations, queries
from pledges.followups.blueprint import blueprint
from pledges.followups.choices import offered
from pledges.followups.forms import EndForm, FollowUpEditForm, FollowUpForm
from pledges.followups.models import FollowUp
from pledges.followups.rules import FollowUpEnd, FollowUpSource, Standing
from pledges.units.tree import Cut

WHOSE, STANDING, SOURCE, UNIT = "cua", "tinh-trang", "nguon", "don-vi"
MINE, OF_MY_UNIT = "toi", "don-vi-toi"
NOT_ENDED = "chua-xong"
DONE = "xong"
"""The argument of the page that ends one: it is chosen already that it was done."""

__all__ = ["blueprint"]


@blueprint.get("/viec-can-theo-doi")
@guard(Permission.SEE_FOLLOW_UP)
def listing() -> str:
    """Việc cần theo dõi: what was decided and is to be done; overdue first, ended ones last."""
    actor, today = current_actor(), clock.today()
    campaigns = list(db.session.scalars(campaigns_seen_by(actor)))
    found = list(db.session.scalars(queries.seen_by(actor)))
    wishes = _wishes(campaigns).offering(
        {UNIT: {str(one.unit_id): one.unit.name for one in found if one.unit is not None}}
    )
    own = {holding.unit_path for holding in actor.holdings}
    shown = [one for one in found if _asked_for(one, wishes, actor, own)]
    return render_template(
        "followups/listing.html",
        wishes=wishes,
        page=Cut(shown, PER_PAGE),
        any=bool(found),
        open_count=sum(one.open for one in found),
        day=today,
        makes_in=_makes_in(actor, campaigns),
    )


def _wishes(campaigns: list[Campaign]) -> Wishes:
    standings = {NOT_ENDED: "Chưa xong", **{one.value: one.label for one in Standing}}
    return Wishes.read(
        request.args,
        "Tìm theo việc, người, đơn vị",
        Question(WHOSE, "Việc của", {MINE: "Tôi", OF_MY_UNIT: "Đơn vị tôi"}),
        Question(STANDING, "Tình trạng", standings),
        numbered(UNIT, "Đơn vị", covers=False),
        Question(SOURCE, "Nguồn", {one.value: one.label for one in FollowUpSource}),
        *campaign_question(campaigns),
    )


def _asked_for(one: FollowUp, wishes: Wishes, actor: Actor, own: set[str]) -> bool:
    path = one.unit.path if one.unit is not None else ""
    of_whom = {
        "": True,
        MINE: one.owner_id == actor.account_id,
        OF_MY_UNIT: any(path.startswith(mine) for mine in own),
    }
    standing = one.standing(clock.today())
    task = one.task.title if one.task is not None else ""
    return (
        of_whom[wishes[WHOSE]]
        and (wishes[STANDING] in {"", standing.value} or (wishes[STANDING] == NOT_ENDED and one.open))
        and wishes.number(UNIT) in {None, one.unit_id}
        and wishes[SOURCE] in {"", one.source.value}
        and wishes[ARGUMENT] in {"", str(one.campaign_id)}
        and wishes.finds(
            *map(fold, (one.text, one.owner_words, one.spoke_to, path and _unit_name(one), task))
        )
    )


def _unit_name(one: FollowUp) -> str:
    return one.unit.name if one.unit is not None else ""


def _makes_in(actor: Actor, campaigns: list[Campaign]) -> Campaign | None:
    """The campaign for which the actor writes a follow-up down; None for who only sees them."""
    if not may_somewhere(actor, Permission.MAKE_FOLLOW_UP):
        return None
    organised = {one.id for one in db.session.scalars(queries.organised_by(actor))}
    wanted = number_of(request.args.get(ARGUMENT, ""))
    fitting = [one for one in campaigns if one.id in organised]
    return next((one for one in fitting if one.id == wanted), fitting[0] if fitting else None)


@blueprint.route("/viec-can-theo-doi/ghi/<int:campaign_id>", methods=["GET", "POST"])
@guard(Permission.MAKE_FOLLOW_UP)
def create(campaign_id: int) -> Response | str:
    """Ghi việc cần theo dõi that was decided nowhere else: the organisers' own."""
    campaign: Campaign = db.first_or_404(campaigns_listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.MAKE_FOLLOW_UP, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    session = db.session()
    form = FollowUpForm.bind(**offered(session, campaign, clock.today()))
    if form.accepts():
        with form.act() as act:
            entry = form.entry(campaign, FollowUpSource.OWN)
            made = operations.make(session, entry, by=actor, at=clock.now())
            act.location = url_for("followups.follow_up", follow_up_id=made.id)
            session.commit()
            flash("Đã ghi việc cần theo dõi.", "good")
            return redirect(act.location)
    return render_template("followups/create.html", form=form, campaign=campaign)


@blueprint.route("/viec-can-theo-doi/<int:follow_up_id>/sua", methods=["GET", "POST"])
@guard(Permission.MAKE_FOLLOW_UP)
def edit(follow_up_id: int) -> Response | str:
    """Sửa việc cần theo dõi that goes on."""
    found = found_or_404(follow_up_id)
    actor = authorise(Permission.MAKE_FOLLOW_UP, found.subject(), see=Permission.SEE_FOLLOW_UP)
    session = db.session()
    form = FollowUpEditForm.bind(found, **offered(session, found.campaign, clock.today(), found))
    if form.accepts():
        with form.act() as act:
            entry = form.entry(found.campaign, found.source, meeting=found.meeting)
            operations.edit(session, found, entry, by=actor, at=clock.now())
            act.location = url_for("followups.follow_up", follow_up_id=follow_up_id)
            session.commit()
            flash("Đã lưu việc cần theo dõi.", "good")
            return redirect(act.location)
    return render_template("followups/edit.html", form=form, **shown_of(found))


@blueprint.route("/viec-can-theo-doi/<int:follow_up_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.END_FOLLOW_UP)
def end(follow_up_id: int) -> Response | str:
    """Kết thúc việc cần theo dõi: done, or dropped with the reason."""
    found = found_or_404(follow_up_id)
    actor = authorise(Permission.END_FOLLOW_UP, found.subject(), see=Permission.SEE_FOLLOW_UP)
    form = EndForm.bind(found, done=request.args.get(DONE) == "1")
    if form.accepts():
        with form.act() as act:
            how = FollowUpEnd(form.how.data)
            operations.end(db.session(), found, how, form.outcome.data or "", by=actor, at=clock.now())
            act.location = url_for("followups.follow_up", follow_up_id=follow_up_id)
            db.session.commit()
            flash(f"Đã ghi kết thúc: {how.label.lower()}.", "good")
            return redirect(act.location)
    return render_template("followups/end.html", form=form, **shown_of(found))


def shown_of(found: FollowUp) -> dict[str, Any]:
    """What every page of a follow-up shows of it."""
    return {"follow_up": found, "standing": found.standing(clock.today()), "day": clock.today()}


def found_or_404(follow_up_id: int) -> FollowUp:
    """The follow-up with all that its pages show."""
    found = db.session.scalars(queries.whole().where(FollowUp.id == follow_up_id)).first()
    if found is None:
        abort(404)
    return found

"""Cuộc họp: the list, one of them with its agenda, its decisions. Routes on the blueprint of the overview."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import url_in
from pledges.core import clock
from pledges.core.as_of import AsOf
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.followups import meetings as operations
from pledges.followups import queries
from pledges.followups.choices import offered
from pledges.followups.models import Meeting
from pledges.followups.operations import make
from pledges.followups.rules import FollowUpSource
from pledges.overview.asked import campaign_asked, no_campaign
from pledges.overview.blueprint import blueprint
from pledges.overview.meetings.agenda import Agenda, agenda_of
from pledges.overview.meetings.forms import CloseForm, DecisionForm, MeetingForm, OpenForm
from pledges.overview.meetings.queries import decisions
from pledges.overview.page import View


def _campaign() -> Campaign | None:
    campaign = campaign_asked()
    if campaign is not None:
        authorise(Permission.HOLD_MEETING, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    return campaign


@blueprint.get("/hop")
@guard(Permission.HOLD_MEETING)
def meetings() -> str:
    """Các cuộc họp of a campaign, the last first, with how many decisions each made and how many are open."""
    campaign = _campaign()
    if campaign is None:
        return no_campaign()
    found = list(db.session.scalars(queries.meetings(campaign.id)))
    rows = db.session.execute(decisions([one.id for one in found]))
    return render_template(
        "overview/meetings/listing.html",
        campaign=campaign,
        found=found,
        counts={number: (total, ended) for number, total, ended in rows},
        open_url=url_in(campaign, "overview.meeting_open"),
    )


@blueprint.route("/hop/lap", methods=["GET", "POST"])
@guard(Permission.HOLD_MEETING)
def meeting_open() -> Response | str:
    """Lập cuộc họp: what it is called, when, where, who leads and who writes."""
    campaign = _campaign()
    if campaign is None:
        return no_campaign()
    session, actor = db.session(), current_actor()
    last = session.scalars(queries.meetings(campaign.id).limit(1)).first()
    form = OpenForm.bind(_proposed(last))
    if form.accepts():
        with form.act() as act:
            made = operations.call(session, campaign, form.entry(), by=actor, at=clock.now())
            act.location = url_for("overview.meeting", meeting_id=made.id)
            session.commit()
            return redirect(act.location)
    return render_template("overview/meetings/open.html", form=form, campaign=campaign)


def _proposed(last: Meeting | None) -> dict[str, Any]:
    """Today, and the people and the place of the last meeting."""
    known = ("place", "chair", "chair_post", "secretary", "secretary_post")
    return {"held_on": clock.today()} | {name: getattr(last, name) for name in known if last is not None}


@blueprint.get("/hop/<int:meeting_id>")
@guard(Permission.HOLD_MEETING)
def meeting(meeting_id: int) -> str:
    """Một cuộc họp: what became of the last decisions, what needs attention, what changed, what was decided."""
    found = _meeting(meeting_id)
    agenda = agenda_of(db.session(), found, current_actor(), clock.today())
    return render_template(
        "overview/meetings/meeting.html", meeting=found, agenda=agenda, view=_view(agenda), day=clock.today()
    )


def _view(agenda: Agenda) -> View:
    """The board of the agenda as the pages of the overview show one; its links say the same day on."""
    asked = AsOf(agenda.day, format_date(agenda.day))
    campaign = agenda.meeting.campaign
    return View(
        campaign=campaign, campaigns=[campaign], asked=asked, actor=current_actor(), board=agenda.board
    )


@blueprint.route("/hop/<int:meeting_id>/sua", methods=["GET", "POST"])
@guard(Permission.HOLD_MEETING)
def meeting_edit(meeting_id: int) -> Response | str:
    """Thông tin cuộc họp, while it goes on."""
    found = _meeting(meeting_id)
    form = MeetingForm.bind(found)
    if form.accepts():
        with form.act() as act:
            operations.edit(db.session(), found, form.entry(), by=current_actor(), at=clock.now())
            act.location = url_for("overview.meeting", meeting_id=meeting_id)
            db.session.commit()
            flash("Đã lưu thông tin cuộc họp.", "good")
            return redirect(act.location)
    return render_template("overview/meetings/edit.html", form=form, meeting=found)


@blueprint.route("/hop/<int:meeting_id>/ket-luan", methods=["GET", "POST"])
@guard(Permission.HOLD_MEETING)
def meeting_decide(meeting_id: int) -> Response | str:
    """Ghi kết luận: each becomes a follow-up with owner and day; the page comes back for the next one."""
    found = _meeting(meeting_id)
    session = db.session()
    form = DecisionForm.bind(**offered(session, found.campaign, clock.today()))
    if form.accepts():
        with form.act() as act:
            session.refresh(found)  # somebody may have closed it while this form waited
            entry = form.entry(found.campaign, FollowUpSource.MEETING, meeting=found)
            make(session, entry, by=current_actor(), at=clock.now())
            act.location = url_for("overview.meeting_decide", meeting_id=meeting_id)
            session.commit()
            flash("Đã ghi kết luận.", "good")
            return redirect(act.location)
    return render_template(
        "overview/meetings/decide.html",
        form=form,
        meeting=found,
        decided=list(session.scalars(queries.of_meeting(found.id))),
        day=clock.today(),
    )


@blueprint.route("/hop/<int:meeting_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.HOLD_MEETING)
def meeting_close(meeting_id: int) -> Response | str:
    """Kết thúc cuộc họp: what was decided is shown once more."""
    found = _meeting(meeting_id)
    form = CloseForm.bind(found)
    if form.accepts():
        with form.act() as act:
            operations.close(db.session(), found, by=current_actor(), at=clock.now())
            act.location = url_for("overview.meeting", meeting_id=meeting_id)
            db.session.commit()
            flash("Đã kết thúc cuộc họp.", "good")
            return redirect(act.location)
    return render_template(
        "overview/meetings/close.html",
        form=form,
        meeting=found,
        decided=list(db.session.scalars(queries.of_meeting(found.id))),
        day=clock.today(),
    )


def _meeting(meeting_id: int) -> Meeting:
    """The meeting, for who may hold it; 404 for who may not know of its campaign."""
    found = db.session.scalars(queries.meeting_of(meeting_id)).first()
    if found is None:
        abort(404)
    authorise(Permission.HOLD_MEETING, found.subject(), see=Permission.SEE_CAMPAIGN)
    return found

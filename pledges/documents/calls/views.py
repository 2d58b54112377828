"""Đôn đốc: the list of whom to phone, a call written down, the list on paper. On the blueprint of documents."""

from flask import abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import ARGUMENT, campaign_question, selected, url_in
from pledges.core import clock
from pledges.core.database import db, note_checked
from pledges.core.filters import Wishes
from pledges.documents.blueprint import blueprint
from pledges.documents.calls.came import all_came
from pledges.documents.calls.forms import CallForm, CallListForm
from pledges.documents.calls.handing import handed_out
from pledges.documents.calls.late import late_units, past_calls
from pledges.documents.calls.operations import CallEntry, note_call
from pledges.documents.calls.queries import named_units, promises_of
from pledges.documents.calls.rules import LateUnit
from pledges.documents.calls.sheet import sheet_of
from pledges.documents.printing import Answer
from pledges.tasks.models import Task
from pledges.units.models import Unit


def _campaign() -> tuple[Campaign, Actor]:
    """The campaign that the address names, and who phones its units; 404 and 403 as on every page."""
    campaign = selected(db.session(), current_actor())
    if campaign is None:
        abort(404)
    return campaign, authorise(Permission.MAKE_FOLLOW_UP, campaign.subject(), see=Permission.SEE_CAMPAIGN)


@blueprint.get("/don-doc")
@guard(Permission.MAKE_FOLLOW_UP)
def calls() -> str:
    """Danh sách gọi đôn đốc: who is late or about to be, whom to phone, what was promised."""
    campaign, actor = _campaign()
    session, today = db.session(), clock.today()
    found = late_units(session, campaign, actor, today)
    wishes = Wishes.read(
        request.args, "Tìm đơn vị", *campaign_question(list(session.scalars(seen_by(actor))))
    )
    return render_template(
        "documents/calls.html",
        campaign=campaign,
        units=[unit for unit in found if wishes.finds(unit.name_fold)],
        every=found,
        kept=_kept(campaign, found),
        wishes=wishes,
        works=works_on(campaign.status),
        arguments={ARGUMENT: campaign.id},
    )


def _kept(campaign: Campaign, late: list[LateUnit]) -> list[tuple[str, int]]:
    """The promises that still stand though what they were about came: the name of the unit, and the follow-up."""
    session, owing = db.session(), {unit.unit_id for unit in late}
    standing = {
        unit_id: next(call for call in made if call.open)
        for unit_id, made in past_calls(session, campaign.id).items()
        if any(call.open for call in made)
    }
    asked = {unit_id: call for unit_id, call in standing.items() if unit_id in owing}
    came = all_came(session, campaign.id, asked, current_actor(), clock.today())
    kept = [unit_id for unit_id in standing if unit_id not in owing or unit_id in came]
    named = session.execute(named_units(kept))
    return [(name, standing[unit_id].id) for unit_id, name, _block, _position in named]


@blueprint.route("/don-doc/<int:campaign_id>/<int:unit_id>", methods=["GET", "POST"])
@guard(Permission.MAKE_FOLLOW_UP)
def call(campaign_id: int, unit_id: int) -> Response | str:
    """Ghi đã gọi: with whom, what was said, until when it was promised."""
    campaign, unit = db.session.get(Campaign, campaign_id), db.session.get(Unit, unit_id)
    if campaign is None or unit is None or not unit.path.startswith(campaign.area.path):
        abort(404)
    actor = authorise(Permission.MAKE_FOLLOW_UP, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    session, today = db.session(), clock.today()
    late = next((one for one in late_units(session, campaign, actor, today) if one.unit_id == unit.id), None)
    form = CallForm.bind()
    if not works_on(campaign.status):
        form.close()
    elif form.accepts():
        with form.act() as act:
            for earlier in session.scalars(promises_of(campaign.id, unit.id)):
                note_checked(session, earlier)  # whatever it says by now, this call takes its place
            entry = _entry(form, late)
            note_call(session, campaign, unit, entry, by=actor, at=clock.now())
            act.location = url_in(campaign, "documents.calls")
            session.commit()
            flash(f"Đã ghi cuộc gọi cho {unit.name}.", "good")
            return redirect(act.location)
    return render_template(
        "documents/call.html",
        form=form,
        campaign=campaign,
        unit=unit,
        late=late,
        past=past_calls(session, campaign.id).get(unit.id, []),
        today=today,
        arguments={ARGUMENT: campaign.id},
    )


def _entry(form: CallForm, late: LateUnit | None) -> CallEntry:
    """What was typed, with what the unit was phoned about."""
    one = late.only_task if late is not None else None
    return CallEntry(
        form.spoke_to.data or "",
        form.said.data or "",
        form.promised_on.data,
        about=late.about if late is not None else "",
        task=db.session.get(Task, one.id) if one is not None else None,
    )


@blueprint.route("/don-doc/in", methods=["GET", "POST"])
@guard(Permission.MAKE_FOLLOW_UP)
def late_call_list() -> Answer | Response:
    """Danh sách gọi đôn đốc on paper: what is in it; a press hands it out, and is logged."""
    campaign, actor = _campaign()
    session, today = db.session(), clock.today()
    found = late_units(session, campaign, actor, today)
    form = CallListForm.bind()
    if found and request.method == "POST" and form.validate():
        return handed_out(campaign, sheet_of(campaign, found, today), "Danh sách gọi đôn đốc", by=actor)
    return render_template(
        "documents/call_list.html",
        form=form,
        campaign=campaign,
        title="In danh sách gọi đôn đốc",
        units=len(found),
        said="theo thứ tự cần gọi: còn thiếu gì, từ ngày nào, lời hẹn lần trước",
        back=("Gọi đôn đốc", url_in(campaign, "documents.calls")),
    )

"""Pages of campaigns. They show who has registered what, and a step opens the reporting periods: hence this floor."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from pledges.access.guard import allowed, authorise, current_actor, guard
from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.campaigns import operations
from pledges.campaigns.blueprint import blueprint
from pledges.campaigns.choices import offered
from pledges.campaigns.forms import (
    TERMS,
    BasisRow,
    CampaignEditForm,
    CampaignForm,
    MoveForm,
    MovementRow,
)
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed, seen_by, steps
from pledges.campaigns.rules import MOVES, OPEN, CampaignStatus, Cycle, works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.core.filters import ORDER, Question, Wishes, order, same
from pledges.core.forms.rows import rows_pressed
from pledges.core.refusal import Refused
from pledges.core.text import fold, sort_key
from pledges.progress import following_pages, period_pages
from pledges.progress.campaign_units import units_of
from pledges.progress.exceptions import views as exception_views
from pledges.progress.period_pages import lines_of, nearest
from pledges.progress.periods import holds_from, open_periods, schedule_of
from pledges.tasks.lists import registered_counts
from pledges.tasks.queries import count_registered
from pledges.tasks.tally import Tally

__all__ = ["blueprint", "exception_views", "following_pages", "period_pages"]

MISSING_ONLY = "thieu"
"""The argument of a campaign's page that leaves only the units that have sent nothing."""

SAVED = "Đã lưu."
IN_USE = "Có cuộc vận động đang gắn với phần việc nên chưa bỏ được; đồng chí sửa các phần việc đó trước."


@blueprint.get("/phong-trao")
@guard(Permission.SEE_CAMPAIGN)
def listing() -> str:
    """Phong trào thi đua: those in whose area the actor holds a post."""
    seen = list(db.session.scalars(seen_by(current_actor())))
    wishes = Wishes.read(request.args, "Tìm phong trào", *_questions(seen))
    counts = db.session.execute(registered_counts([one.id for one in seen]))
    registered = {campaign_id: number for campaign_id, number in counts}  # noqa: C416 - a Row is no pair to mypy
    return render_template(
        "campaigns/listing.html",
        any=bool(seen),
        wishes=wishes,
        campaigns=_as_asked(seen, wishes),
        tallies={one.id: Tally(registered.get(one.id, 0), one.expected_task_count) for one in seen},
        may_create=may_somewhere(current_actor(), Permission.EDIT_CAMPAIGN),
    )


def _questions(campaigns: list[Campaign]) -> Iterator[Question]:
    steps_taken = {one.status for one in campaigns}
    yield Question("buoc", "Bước", {one.value: one.label for one in CampaignStatus if one in steps_taken})
    years = {year for one in campaigns for year in range(one.starts_on.year, one.ends_on.year + 1)}
    yield Question("nam", "Năm", same(map(str, sorted(years, reverse=True))))
    yield order({"": "Mới nhất trước", "ten": "Tên phong trào"})


def _as_asked(campaigns: list[Campaign], wishes: Wishes) -> list[Campaign]:
    """Those that are looked for, in the order that is asked for: a ward has few, so no query is made of it."""
    year = int(wishes["nam"] or 0)
    found = [
        one
        for one in campaigns
        if wishes.finds(one.title_fold, fold(one.code))
        and wishes["buoc"] in {"", one.status.value}
        and (not year or one.starts_on.year <= year <= one.ends_on.year)
    ]
    return sorted(found, key=lambda one: sort_key(one.title)) if wishes[ORDER] else found


@blueprint.get("/phong-trao/<int:campaign_id>")
@guard(Permission.SEE_CAMPAIGN)
def campaign(campaign_id: int) -> str:
    """Một phong trào: its facts, its steps, and who has not registered yet."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.SEE_CAMPAIGN, found.subject())
    missing_only = request.args.get(MISSING_ONLY) == "1"
    lines = lines_of(db.session(), found, clock.today())
    return render_template(
        "campaigns/campaign.html",
        campaign=found,
        periods=nearest(lines),
        periods_number=len(lines),
        steps=list(db.session.scalars(steps(found.id))),
        next_steps=MOVES[found.status],
        editable=works_on(found.status),
        carried=operations.carried(found, found.follows.bases) if found.follows else [],
        tally=Tally(db.session.scalar(count_registered(found.id)) or 0, found.expected_task_count),
        units=units_of(db.session(), found, actor, clock.now(), missing_only=missing_only),
    )


@blueprint.route("/phong-trao/lap", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def create() -> Response | str:
    """Lập phong trào: a new one, in preparation."""
    actor = current_actor()
    choices = offered(db.session(), actor)
    first = {
        "terms": TERMS,
        "cycle": Cycle.MONTHLY,
        "reporting_due_day": 25,
        "reporting_weekday": 5,
        "grace_days": 0,
        "owner": choices["owners"][0].id if len(choices["owners"]) == 1 else None,
    }
    form = CampaignForm.bind(first, **choices)
    if not rows_pressed(form) and form.accepts():
        with form.act() as act:
            authorise(
                Permission.EDIT_CAMPAIGN, Campaign(owner=form.owner.record, area=form.area.record).subject()
            )
            made = operations.create(db.session(), by=actor, at=clock.now(), **form.values())
            act.location = url_for("campaigns.campaign", campaign_id=made.id)
            db.session.commit()
            flash("Đã lập phong trào. Bước tiếp theo là phát động.", "good")
            return redirect(act.location)
    earlier = [
        one for one in db.session.scalars(seen_by(actor)) if allowed(Permission.EDIT_CAMPAIGN, one.subject())
    ]
    return _asked("campaigns/create.html", form, earlier=earlier)


@blueprint.route("/phong-trao/<int:campaign_id>/sua", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def edit(campaign_id: int) -> Response | str | tuple[str, int]:
    """Sửa phong trào; where it is under way, new days move the periods that have not begun."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.EDIT_CAMPAIGN, found.subject(), see=Permission.SEE_CAMPAIGN)
    if request.method == "GET" and not works_on(found.status):
        return render_template("campaigns/locked.html", campaign=found), 409
    form = CampaignEditForm.bind(found, **offered(db.session(), actor, found))
    if not rows_pressed(form) and form.accepts():
        with form.act() as act:
            saved = _change(found, form.values(), actor)
            authorise(Permission.EDIT_CAMPAIGN, found.subject())
            act.location = url_for("campaigns.campaign", campaign_id=found.id)
            db.session.commit()
            flash(saved, "good")
            return redirect(act.location)
    return _asked("campaigns/edit.html", form, campaign=found)


@blueprint.route("/phong-trao/<int:campaign_id>/chuyen-buoc", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def move(campaign_id: int) -> Response | str:
    """Chuyển bước phong trào, with the day and what follows from it."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.EDIT_CAMPAIGN, found.subject(), see=Permission.SEE_CAMPAIGN)
    taken = list(db.session.scalars(steps(found.id)))
    form = MoveForm.bind(found, status=found.status, last_on=taken[-1].on if taken else None)
    if form.accepts():
        with form.act() as act:
            _take_step(found, form, actor)
            act.location = url_for("campaigns.campaign", campaign_id=found.id)
            db.session.commit()
            flash(f"Phong trào đã chuyển sang bước “{found.status.label.lower()}”.", "good")
            return redirect(act.location)
    return render_template("campaigns/move.html", form=form, campaign=found, next_steps=MOVES[found.status])


def _take_step(campaign: Campaign, form: MoveForm, actor: Actor) -> None:
    to, on, now = form.to.data, form.on.data or clock.today(), clock.now()
    if to is CampaignStatus.LAUNCHED and campaign.launched_on is None:
        operations.edit(db.session(), campaign, by=actor, at=now, launched_on=on)
    operations.move(db.session(), campaign, to, on=on, by=actor, at=now, note=form.note.data or "")
    if to in OPEN:
        open_periods(db.session(), campaign, by=actor, at=now)


def _change(campaign: Campaign, values: dict[str, Any], actor: Actor) -> str:
    """Write what was changed; what is told of it."""
    asked_before = schedule_of(campaign)
    try:
        operations.edit(db.session(), campaign, by=actor, at=clock.now(), **values)
        db.session.flush()
    except IntegrityError as error:
        raise Refused(IN_USE) from error
    if campaign.status not in OPEN:
        return SAVED
    open_periods(db.session(), campaign, by=actor, at=clock.now())
    db.session.flush()
    if schedule_of(campaign) == asked_before:
        return SAVED
    words = holds_from(db.session(), campaign, clock.now())
    return f"{SAVED} Cách báo cáo mới: {words}." if words else SAVED


def _asked(template: str, form: CampaignForm, **more: Any) -> str:
    return render_template(
        template,
        form=form,
        blank_basis=BasisRow(prefix="bases-__row__-"),
        blank_movement=MovementRow(prefix="movements-__row__-"),
        **more,
    )

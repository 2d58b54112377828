"""Bảng theo dõi, and the rows and formulas behind its figures."""

from flask import Blueprint, abort, render_template, request

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.selection import selected
from pledges.core import as_of
from pledges.core.database import db
from pledges.overview import reading, wording
from pledges.overview.addresses import STATE, state_of
from pledges.overview.page import View
from pledges.progress.models import Period

blueprint = Blueprint("overview", __name__)
blueprint.add_app_template_filter(wording.share, "share")
blueprint.add_app_template_filter(wording.month, "month")


@blueprint.get("/theo-doi")
@guard(Permission.SEE_OVERVIEW)
def board() -> str:
    """Bảng theo dõi: five figures, states, needs, progress against plan, every task by block × periods."""
    return _shown("overview/board.html")


@blueprint.get("/theo-doi/can-quan-tam")
@guard(Permission.SEE_OVERVIEW)
def needs() -> str:
    """Cần quan tâm: every task that asks for attention, with the reason."""
    return _shown("overview/needs.html")


@blueprint.get("/theo-doi/vuong-mac")
@guard(Permission.SEE_OVERVIEW)
def obstacles() -> str:
    """Vướng mắc: those that nobody had decided on by the day, the oldest first."""
    return _shown("overview/obstacles.html")


@blueprint.get("/theo-doi/cach-tinh")
@guard(Permission.SEE_OVERVIEW)
def reckoning() -> str:
    """Cách tính tiến độ chung: the mean, with every share that goes into it."""
    return _shown("overview/reckoning.html")


@blueprint.get("/theo-doi/ky/<int:period_id>")
@guard(Permission.SEE_OVERVIEW)
def period(period_id: int) -> str:
    """Báo cáo của một kỳ: who was asked, who reported, who was late."""
    wanted = db.get_or_404(Period, period_id)
    authorise(Permission.SEE_OVERVIEW, wanted.campaign.subject())
    view = _view(wanted.campaign)
    shown = next((one for one in view.board.disciplines if one.period.id == period_id), None)
    if shown is None:
        abort(404)
    return render_template("overview/period.html", view=view, board=view.board, shown=shown)


def _shown(template: str) -> str:
    campaign = selected(db.session(), current_actor())
    if campaign is None:
        return render_template("overview/no_campaign.html")
    authorise(Permission.SEE_OVERVIEW, campaign.subject())
    view = _view(campaign)
    return render_template(template, view=view, board=view.board)


def _view(campaign: Campaign) -> View:
    actor, session, asked = current_actor(), db.session(), as_of.requested()
    return View(
        board=reading.of_campaign(session, campaign, actor, asked.day),
        campaign=campaign,
        asked=asked,
        actor=actor,
        campaigns=list(session.scalars(seen_by(actor))),
        state=state_of(request.args.get(STATE, "")),
    )

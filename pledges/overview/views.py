"""Bảng theo dõi, and the rows and formulas behind its figures; further pages stand in the modules beside."""

from flask import abort, render_template

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.core.database import db
from pledges.overview import comparing_pages, export_pages, kept, ranking_pages, screen_pages
from pledges.overview.asked import campaign_asked, no_campaign, shown, view_of
from pledges.overview.blueprint import blueprint
from pledges.overview.meetings import views as meeting_views
from pledges.overview.officials import views as official_views
from pledges.overview.reporting import excused_of
from pledges.progress.models import Period
from pledges.progress.obstacles.queries import decided

__all__ = [
    "blueprint",
    "comparing_pages",
    "export_pages",
    "meeting_views",
    "official_views",
    "ranking_pages",
    "screen_pages",
]


@blueprint.get("/theo-doi")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def board() -> str:
    """Bảng theo dõi: five figures, states, needs, progress against plan, every task by block × periods."""
    return shown("overview/board.html")


@blueprint.get("/theo-doi/can-quan-tam")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def needs() -> str:
    """Cần quan tâm: every task that asks for attention, with the reason."""
    return shown("overview/needs.html")


@blueprint.get("/theo-doi/vuong-mac")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def obstacles() -> str:
    """Vướng mắc: those undecided by the day, the oldest first; then those decided, with what followed."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign)
    ended = list(db.session.scalars(decided(campaign.id, current_actor(), view.board.as_of)))
    return render_template("overview/obstacles.html", view=view, board=view.board, decided=ended)


@blueprint.get("/theo-doi/cach-tinh")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def reckoning() -> str:
    """Cách tính tiến độ chung: the mean, with every share that goes into it."""
    return shown("overview/reckoning.html")


@blueprint.get("/theo-doi/phan-viec-chung")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def common() -> str:
    """Phần việc chung: the units of each side by side, indicator by indicator."""
    return shown("overview/common.html")


@blueprint.get("/theo-doi/ky/<int:period_id>")
@guard(Permission.SEE_OVERVIEW)
def period(period_id: int) -> str:
    """Báo cáo của một kỳ: who was asked, who reported, who was late."""
    wanted = db.get_or_404(Period, period_id)
    authorise(Permission.SEE_OVERVIEW, wanted.campaign.subject())
    view = view_of(wanted.campaign)
    found = next((one for one in view.board.disciplines if one.period.id == period_id), None)
    if found is None:
        abort(404)
    excused = excused_of(view.board, found.period)
    return render_template("overview/period.html", view=view, board=view.board, shown=found, excused=excused)

"""So sánh hai ngày: the board of an earlier and of a later day side by side."""

from dataclasses import replace
from datetime import date

from flask import render_template, request

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.core import as_of
from pledges.core.as_of import AsOf
from pledges.core.database import db
from pledges.overview import reading
from pledges.overview.asked import campaign_asked, no_campaign, view_of
from pledges.overview.between import What
from pledges.overview.between_reading import of_comparison
from pledges.overview.blueprint import blueprint
from pledges.overview.board import Board
from pledges.overview.comparing import Comparison
from pledges.overview.page import View

FROM, TO, ALL, WHAT = "tu", "den", "tat-ca", "viec"


@blueprint.get("/theo-doi/so-sanh")
@guard(Permission.SEE_OVERVIEW)
def compare() -> str:
    """So sánh hai ngày: states before and after, progress, and what happened between."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign, as_of.requested(TO) if TO in request.args else None)
    earlier, swapped = _earlier(view.board), False
    if earlier.day > view.board.as_of:
        earlier, view, swapped = view.asked, view_of(campaign, earlier), True
    comparison = Comparison(_board(view, earlier), view.board)
    between = of_comparison(db.session(), campaign.id, view.actor, comparison)
    every = request.args.get(ALL) == "1"
    only = next((one for one in What if one.slug == request.args.get(WHAT)), None)
    return render_template(
        "overview/compare.html",
        view=view,
        board=view.board,
        before=replace(view, board=comparison.earlier, asked=earlier),
        between=between,
        changes=between.with_any(only) if only else comparison.changes if every else between.moved,
        only=only,
        every=every,
        swapped=swapped,
        asked={FROM: earlier.day.isoformat(), TO: view.board.as_of.isoformat()},
    )


def _earlier(board: Board) -> AsOf:
    """The day asked for; without one, the end of the last period before the later day."""
    ends = [one.end_on for one in board.ledger.periods if one.end_on < board.as_of]
    first: date = max(ends, default=min(board.starts_on, board.as_of))
    return as_of.requested(FROM, first)


def _board(view: View, asked: AsOf) -> Board:
    return reading.of_campaign(db.session(), view.campaign, view.actor, asked.day)

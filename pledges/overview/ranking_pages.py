"""Pages beside the board: rankings, and the way of a block or a unit against its plan."""

from collections.abc import Mapping

from flask import abort, render_template, request

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.core.addresses import number_in
from pledges.core.database import db
from pledges.overview.asked import campaign_asked, no_campaign, view_of
from pledges.overview.blueprint import blueprint
from pledges.overview.chart import chart_of
from pledges.overview.page import View
from pledges.overview.people import responsible, sees_people
from pledges.overview.rankings import Figure, Person, Scope, rank
from pledges.overview.rules import Group

SCOPE, FIGURE = "theo", "xep"
BLOCK, UNIT = "khoi", "don-vi"


@blueprint.get("/theo-doi/xep-hang")
@guard(Permission.SEE_OVERVIEW)
def rankings() -> str:
    """Xếp hạng đơn vị, khối, cuộc vận động, người phụ trách, each with its formula in words and figures."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign)
    scopes = [one for one in Scope if one is not Scope.PERSON or sees_people(view.actor, campaign)]
    scope = next((one for one in scopes if one == request.args.get(SCOPE)), Scope.UNIT)
    figure = next((one for one in Figure if one == request.args.get(FIGURE)), Figure.PROGRESS)
    ranking = rank(view.board, scope, figure, people_of(view, scope)) if view.board.whole else None
    return render_template(
        "overview/rankings.html",
        view=view,
        board=view.board,
        ranking=ranking,
        scopes=[(one, _rankings_url(view, one, figure)) for one in scopes],
        figures=[(one, _rankings_url(view, scope, one)) for one in Figure],
        scope=scope,
        figure=figure,
        asked={SCOPE: scope.value, FIGURE: figure.value},
    )


@blueprint.get("/theo-doi/tien-do")
@guard(Permission.SEE_OVERVIEW)
def course() -> str:
    """Đường tiến độ: of all tasks, of a block (by its place) or of a unit, against plan and first signed plan."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign)
    group, asked = _group(view)
    part = view.board.part(group.rows) if group else view.board
    return render_template(
        "overview/course.html",
        view=view,
        board=view.board,
        part=part,
        chart=chart_of(part),
        title=group.title if group else "Cả phong trào",
        asked=asked,
        blocks=list(enumerate(view.board.blocks, 1)),
        units=[(one.rows[0].card.lead.id, one) for one in view.board.units],
    )


def people_of(view: View, scope: Scope) -> Mapping[int, Person]:
    """Who is responsible on the day, where persons are ranked."""
    if scope is not Scope.PERSON:
        return {}
    return responsible(db.session(), view.campaign, view.actor, view.board.as_of)


def _rankings_url(view: View, scope: Scope, figure: Figure) -> str:
    return view.url("overview.rankings", **{SCOPE: scope.value, FIGURE: figure.value})


def _group(view: View) -> tuple[Group | None, dict[str, int]]:
    """The block or unit that the address names; 404 for one that has no task in sight."""
    block, unit = number_in(BLOCK), number_in(UNIT)
    if block is not None:
        found = dict(enumerate(view.board.blocks, 1)).get(block)
    elif unit is not None:
        found = next((one for one in view.board.units if one.rows[0].card.lead.id == unit), None)
    else:
        return None, {}
    if found is None:
        abort(404)
    return found, {BLOCK: block} if block is not None else {UNIT: unit or 0}

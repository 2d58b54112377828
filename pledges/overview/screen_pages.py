"""Toàn màn hình: the board for the meeting room, slide by slide."""

from typing import Any

from flask import current_app, render_template

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.overview import kept
from pledges.overview.addresses import PAGE
from pledges.overview.asked import campaign_asked, no_campaign, view_of
from pledges.overview.blueprint import blueprint
from pledges.overview.page import View
from pledges.overview.screen import slides_of


@blueprint.get("/theo-doi/man-hinh")
@guard(Permission.SEE_OVERVIEW)
@kept.page
def screen() -> str:
    """Màn hình phòng họp: one slide; beyond the last one the last is shown, for lists grow shorter."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign)
    slides = slides_of(view.board)
    place = min(max(view.page, 1), len(slides))
    return render_template(
        "overview/screen.html",
        view=view,
        board=view.board,
        slide=slides[place - 1],
        slides=len(slides),
        place=place,
        before=_url(view, place - 1) if place > 1 else None,
        after=_url(view, place + 1) if place < len(slides) else None,
        illustrative=campaign.illustrative or current_app.config["DEMO"],
    )


def _url(view: View, place: int) -> str:
    argument: dict[str, Any] = {PAGE: place}
    return view.url("overview.screen", **argument)

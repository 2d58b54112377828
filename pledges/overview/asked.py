"""What every page of the overview does first: the campaign of the address, and its board on the day asked for."""

from typing import Any

from flask import g, render_template, request

from pledges.access.guard import authorise, current_actor
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.selection import chosen
from pledges.core import as_of
from pledges.core.addresses import number_in
from pledges.core.as_of import AsOf
from pledges.core.database import db
from pledges.overview import reading
from pledges.overview.addresses import PAGE, STATE, state_of
from pledges.overview.page import View


def campaign_asked() -> Campaign | None:
    """The campaign that the address names, or the present one; None when there is none to see."""
    campaign = chosen(_seen())
    if campaign is not None:
        authorise(Permission.SEE_OVERVIEW, campaign.subject())
    return campaign


def view_of(campaign: Campaign, asked: AsOf | None = None) -> View:
    """The campaign's board on the day asked for, by default that of the address, for the present reader."""
    actor, session, asked = current_actor(), db.session(), asked or as_of.requested()
    return View(
        board=reading.of_campaign(session, campaign, actor, asked.day),
        campaign=campaign,
        asked=asked,
        actor=actor,
        campaigns=_seen(),
        state=state_of(request.args.get(STATE, "")),
        page=number_in(PAGE) or 1,
    )


def _seen() -> list[Campaign]:
    """The campaigns that the present reader may know of; asked for once a request."""
    if "campaigns_seen" not in g:
        g.campaigns_seen = list(db.session.scalars(seen_by(current_actor())))
    found: list[Campaign] = g.campaigns_seen
    return found


def shown(template: str, **more: Any) -> str:
    """A page of the board that needs nothing but the board."""
    campaign = campaign_asked()
    if campaign is None:
        return no_campaign()
    view = view_of(campaign)
    return render_template(template, view=view, board=view.board, **more)


def no_campaign() -> str:
    """The page of who may know of no campaign."""
    return render_template("overview/no_campaign.html")

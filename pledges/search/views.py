"""Tìm kiếm: the page behind the box of the top bar."""

from typing import Any

from flask import Blueprint, Flask, render_template, request

from pledges.access.guard import current_actor, signed_in
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.selection import ARGUMENT, chosen
from pledges.codes.rules import read_code
from pledges.codes.rules import shown as shown_code
from pledges.core import clock
from pledges.core.database import db
from pledges.core.numbers import format_number
from pledges.index.queries import RANKED
from pledges.index.rules import Asked
from pledges.search.finding import FIRST, PER_PAGE, hints, sections
from pledges.search.places import Seeker, directory
from pledges.search.rules import Group
from pledges.search.showing import hits
from pledges.units.tree import Cut

blueprint = Blueprint("search", __name__)

KIND = "loai"
"""The argument of the address that names one group."""


@blueprint.get("/tim")
@signed_in
def results() -> str:
    """Tìm: everything that the actor may know of and that holds the words, by group, the best first."""
    actor, asked = current_actor(), Asked.read(request.args.get("q", ""))
    campaigns = list(db.session.scalars(seen_by(actor)))
    campaign = _campaign(campaigns)
    group = next((one for one in Group if one == request.args.get(KIND)), None)
    who = Seeker(actor, clock.today(), directory(db.session(), actor), tuple(campaigns), campaign)
    wanted = {group: RANKED} if group else dict.fromkeys(Group, FIRST)
    found = sections(db.session(), who, asked, wanted)
    shown = {}
    for section in found:
        page = (
            Cut(section.fits if group else section.fits[:FIRST], PER_PAGE)
            if section.group in wanted
            else None
        )
        if page is not None:
            shown[section.group] = (section, page, hits(db.session(), who, asked, section.group, page.items))
    nothing = not any(section.total for section in found)
    return render_template(
        "search/results.html",
        asked=asked,
        sections=found,
        shown=shown,
        group=group,
        campaigns=campaigns,
        campaign=campaign,
        given={"q": asked.typed} | _arguments(group, campaign),
        hints=hints(db.session(), who, asked) if nothing and asked.terms else [],
        code=_check_code(asked),
    )


def _check_code(asked: Asked) -> str:
    """The check code of a paper that was typed here, as it is printed; "" for any other words."""
    code = read_code(asked.typed)
    return shown_code(code) if code else ""


def _campaign(campaigns: list[Campaign]) -> Campaign | None:
    """The campaign that the address names; 404 for one that the actor may not know of."""
    return chosen(campaigns) if request.args.get(ARGUMENT) else None


def _arguments(group: Group | None, campaign: Campaign | None) -> dict[str, Any]:
    named = {KIND: group.value if group else None, ARGUMENT: campaign.id if campaign else None}
    return {name: value for name, value in named.items() if value}


def counted(number: int, more: bool) -> str:  # noqa: FBT001 - what a section says
    """How many there are: "7", or "hơn 1.000" where nobody counted further."""
    return f"hơn {format_number(number)}" if more else format_number(number)


def init(app: Flask) -> None:
    """Give templates the words for counts."""
    app.jinja_env.filters["counted"] = counted

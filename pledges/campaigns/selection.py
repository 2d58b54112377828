"""Which campaign a page speaks of: the one in the address, else the newest that goes on."""

from flask import abort, request
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import OPEN

ARGUMENT = "phong-trao"


def selected(session: Session, actor: Actor) -> Campaign | None:
    """The campaign that the address names, or the newest open one, or the newest; None when there is none to see.

    Answers 404 for one that the actor may not know of.
    """
    seen = list(session.scalars(seen_by(actor)))
    wanted = request.args.get(ARGUMENT)
    if wanted is not None:
        found = [campaign for campaign in seen if str(campaign.id) == wanted]
        if not found:
            abort(404)
        return found[0]
    going_on = [campaign for campaign in seen if campaign.status in OPEN]
    return next(iter([*going_on, *seen]), None)

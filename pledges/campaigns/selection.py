"""Which campaign a page speaks of: the one in the address, else the newest that goes on."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import OPEN
from pledges.core.filters import Question

ARGUMENT = "phong-trao"


def selected(session: Session, actor: Actor) -> Campaign | None:
    """The campaign that the address names, or the newest open one, or the newest; None when there is none to see.

    Answers 404 for one that the actor may not know of.
    """
    return chosen(list(session.scalars(seen_by(actor))))


def chosen(seen: Sequence[Campaign]) -> Campaign | None:
    """The same out of these campaigns, newest first."""
    wanted = request.args.get(ARGUMENT)
    if wanted is not None:
        found = [campaign for campaign in seen if str(campaign.id) == wanted]
        if not found:
            abort(404)
        return found[0]
    going_on = [campaign for campaign in seen if campaign.status in OPEN]
    return next(iter([*going_on, *seen]), None)


def campaign_question(seen: Sequence[Campaign]) -> tuple[Question, ...]:
    """The question which campaign a list speaks of; none where there is only one to see."""
    if len(seen) < 2:  # noqa: PLR2004 - one is no choice
        return ()
    answers = {"": "Đang diễn ra"} | {str(campaign.id): campaign.title for campaign in seen}
    return (Question(ARGUMENT, "Phong trào", answers, narrows=False),)


def url_in(campaign: Campaign, endpoint: str, **values: Any) -> str:
    """The address of a page that is to speak of this campaign."""
    chosen_one: dict[str, Any] = {ARGUMENT: campaign.id}
    return url_for(endpoint, **chosen_one, **values)

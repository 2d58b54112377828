"""Questions about campaigns."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign, CampaignStep
from pledges.units.models import Unit
from pledges.units.queries import alive_on, around, below


def listed() -> Select[Campaign]:
    """All campaigns with their organising unit and area, newest first."""
    return (
        select(Campaign)
        .options(joinedload(Campaign.owner), joinedload(Campaign.area))
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )


def seen_by(actor: Actor) -> Select[Campaign]:
    """The campaigns in whose area the actor holds a post; Python asks `may(actor, SEE_CAMPAIGN, …)`."""
    paths = reach(actor, Permission.SEE_CAMPAIGN, Place.MEMBER)
    area = select(Unit.id).where(around(paths))
    return listed().where(Campaign.area_unit_id.in_(area))


def organising_paths(held: Iterable[str]) -> Select[str]:
    """The paths of the units that organise a campaign, at or below the given ones, and of any one that does."""
    organises = exists().where(Campaign.owner_unit_id == Unit.id)
    first = select(Campaign.owner_unit_id).order_by(Campaign.id).limit(1).scalar_subquery()
    return select(Unit.path).where((below(held) & organises) | (Unit.id == first)).order_by(Unit.path)


def participants(campaign: Campaign, day: date) -> Select[Unit]:
    """The units that take part: those of the area that are listed in a block, alive on the day."""
    return alive_on(day).where(below([campaign.area.path]), Unit.block != "")


def steps(campaign_id: int) -> Select[CampaignStep]:
    """The steps a campaign took, oldest first."""
    return select(CampaignStep).where(CampaignStep.campaign_id == campaign_id).order_by(CampaignStep.id)

"""What the forms of a campaign offer a person: who may organise, and for which area."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.forms import unit_choices
from pledges.campaigns.models import Campaign
from pledges.units.models import Unit
from pledges.units.queries import within
from pledges.units.rules import UnitKind

GOVERNING = frozenset({UnitKind.PARTY_COMMITTEE, UnitKind.PEOPLE_COMMITTEE})
"""Units that organise for the whole unit above them: a ward's committees for the ward."""


def offered(
    session: Session, actor: Actor, campaign: Campaign | None = None, *, other: bool = False
) -> dict[str, Any]:
    """Who may organise: the units that the actor may act for; the area: those, and what a committee governs.

    The units of the campaign stay among them. With `other` the form is about another campaign than this one.
    """
    paths = reach(actor, Permission.EDIT_CAMPAIGN, Place.CAMPAIGN)
    owners = list(session.scalars(within(paths)))
    above = {unit.parent_id for unit in owners if unit.kind in GOVERNING and unit.parent_id}
    areas = [
        *session.scalars(select(Unit).where(Unit.id.in_(above)).order_by(Unit.position, Unit.id)),
        *owners,
    ]
    present = campaign.id if campaign is not None and not other else None

    def taken(code: str) -> bool:
        number = session.scalar(select(Campaign.id).where(Campaign.code == code))
        return number is not None and number != present

    kept = (campaign.owner, campaign.area) if campaign is not None else ()
    return {
        "owners": unit_choices(owners, *kept[:1]),
        "areas": unit_choices(list(dict.fromkeys(areas)), *kept[1:]),
        "taken": taken,
    }

"""What a follow-up of a campaign can name: people, units, and tasks by their numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pledges.access.roles import Role
from pledges.accounts.models import Account
from pledges.accounts.queries import appointments_on
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import participants
from pledges.followups.models import FollowUp
from pledges.tasks.models import Task
from pledges.units.models import Unit
from pledges.units.queries import below


@dataclass(frozen=True)
class Person:
    """Somebody who may answer for a follow-up, with the posts held and the unit of the first."""

    id: int
    account: Account
    words: str
    unit: str


def offered(
    session: Session, campaign: Campaign, day: date, follow_up: FollowUp | None = None
) -> dict[str, Any]:
    """The choices of the forms; three queries. What a follow-up names already is offered, whatever became of it."""
    people = _people(session, campaign, day)
    units = list(session.scalars(participants(campaign, day)))
    if follow_up is not None:
        known = {one.id for one in people}
        owner = follow_up.owner
        if owner is not None and owner.id not in known:
            people.append(Person(owner.id, owner, f"{owner.name} (đã thôi giữ chức vụ)", ""))
        if follow_up.unit is not None and follow_up.unit not in units:
            units.append(follow_up.unit)
    return {"people": people, "units": units, "tasks": _tasks(session, campaign.id)}


def _people(session: Session, campaign: Campaign, day: date) -> list[Person]:
    held = session.scalars(
        appointments_on(day).where(
            below([campaign.area.path, campaign.owner.path]),
            Account.closed_at.is_(None),
        )
    )
    posts: dict[int, list[Any]] = {}
    for one in held:
        if one.role is not Role.ADMINISTRATOR:
            posts.setdefault(one.account_id, []).append(one)
    return [
        Person(number, found[0].account, _words(found[0].account, found), found[0].unit.name)
        for number, found in posts.items()
    ]


def _words(account: Account, held: list[Any]) -> str:
    """The name with the posts; where a post is the name, it stands once."""
    said = [post for post in dict.fromkeys(one.post for one in held) if post not in account.name]
    return ", ".join([account.name, *said])


def _tasks(session: Session, campaign_id: int) -> dict[int, Task]:
    found = session.scalars(
        select(Task)
        .options(joinedload(Task.lead_unit).load_only(Unit.id, Unit.name, Unit.path))
        .where(Task.campaign_id == campaign_id, Task.number.is_not(None))
        .order_by(Task.number)
    )
    return {one.number: one for one in found if one.number is not None}

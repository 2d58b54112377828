"""Where a person may look: for each group the entries, the signs that narrow them, and the law that decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, may_somewhere, reach
from pledges.access.roles import Actor
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import held_on, managed_by
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by as campaigns_seen_by
from pledges.commitments.models import Commitment
from pledges.commitments.queries import in_scope as commitment_in_scope
from pledges.index.models import EntryKind
from pledges.index.queries import Among, sign_of_campaign, signs_of_reach
from pledges.search.rules import Group
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope as task_in_scope
from pledges.tasks.queries import scope_signs
from pledges.units.models import Unit
from pledges.units.queries import ancestry, below, valid_on
from pledges.units.rules import UnitKind


@dataclass(frozen=True)
class Seeker:
    """Who looks, on which day, where in the tree units and people may be looked up, and in which campaign alone.

    `campaigns` are those that the person may know of, newest first.
    """

    actor: Actor
    day: date
    directory: tuple[str, ...]
    campaigns: tuple[Campaign, ...] = ()
    campaign: Campaign | None = None

    @property
    def managed(self) -> tuple[str, ...]:
        """The units at and below which the person keeps units and accounts."""
        return reach(self.actor, Permission.MANAGE_UNITS, Place.UNIT)

    @property
    def tells_campaigns_apart(self) -> bool:
        """Whether what is found may be of several campaigns."""
        return self.campaign is None and len(self.campaigns) > 1


def directory(session: Session, actor: Actor) -> tuple[str, ...]:
    """The units at and below which the actor may look units and people up: the wards of the own posts, and below.

    Python asks `may(actor, SEE_DIRECTORY, …)`.
    """
    posts = reach(actor, Permission.SEE_DIRECTORY, Place.WARD)
    above = {path for post in posts for path in (*ancestry(post), post)}
    wards = select(Unit.path).where(Unit.path.in_(above), Unit.kind == UnitKind.WARD).order_by(Unit.path)
    own = reach(actor, Permission.SEE_DIRECTORY, Place.UNIT)
    return tuple(dict.fromkeys([*session.scalars(wards), *own]))


def amongs(group: Group, who: Seeker) -> Iterable[Among]:
    """The entries of a group among which the person may look."""
    return _PLACES[group](who)


def _in_campaign(who: Seeker, column: Any) -> tuple[list[tuple[str, ...]], list[ColumnElement[bool]]]:
    """The sign and the condition of the one campaign in which the person looks, if it is one."""
    if who.campaign is None:
        return [], []
    return [(sign_of_campaign(who.campaign.id),)], [column == who.campaign.id]


def _in_area(who: Seeker, paths: tuple[str, ...]) -> tuple[list[tuple[str, ...]], list[ColumnElement[bool]]]:
    """Units of these trees; of the area of one campaign, where the person looks in one."""
    signs, law = [signs_of_reach(paths)], [below(paths)]
    if who.campaign is not None:
        signs.append(signs_of_reach([who.campaign.area.path]))
        law.append(below([who.campaign.area.path]))
    return signs, law


def _tasks(who: Seeker) -> Iterable[Among]:
    signs, law = _in_campaign(who, Task.campaign_id)
    signs.append(scope_signs(who.actor, Permission.SEE_TASK))
    yield Among(EntryKind.TASK, signs, Task.id, (task_in_scope(who.actor), *law), Task.id)


def _units(who: Seeker) -> Iterable[Among]:
    signs, law = _in_area(who, tuple(dict.fromkeys([*who.directory, *who.managed])))
    yield Among(EntryKind.UNIT, signs, Unit.id, tuple(law), Unit.id)


def _people(who: Seeker) -> Iterable[Among]:
    """Those who hold a post today; administrators find whoever has an account of theirs."""
    signs, law = _in_area(who, who.directory)
    units = select(Unit.id).where(*law, valid_on(who.day))
    opened = select(Account.id).where(Account.closed_at.is_(None))
    held = (held_on(who.day), Appointment.unit_id.in_(units), Appointment.account_id.in_(opened))
    yield Among(EntryKind.APPOINTMENT, signs, Appointment.id, held, Appointment.account_id)
    if who.campaign is None and may_somewhere(who.actor, Permission.MANAGE_ACCOUNTS):
        kept = managed_by(who.actor).with_only_columns(Account.id).order_by(None)
        yield Among(EntryKind.ACCOUNT, (), Account.id, (Account.id.in_(kept),), Account.id)


def _papers(who: Seeker) -> Iterable[Among]:
    signs, law = _in_campaign(who, Commitment.campaign_id)
    signs.append(scope_signs(who.actor, Permission.SEE_COMMITMENT))
    scope = commitment_in_scope(who.actor)
    yield Among(EntryKind.COMMITMENT, signs, Commitment.id, (scope, *law), Commitment.id)
    signs, law = _in_campaign(who, Campaign.id)
    signs.append(scope_signs(who.actor, Permission.PRINT_REPORT))
    organising = below(reach(who.actor, Permission.PRINT_REPORT, Place.CAMPAIGN))
    printed = Campaign.owner_unit_id.in_(select(Unit.id).where(organising))
    yield Among(EntryKind.REPORT, signs, Campaign.id, (printed, *law), Campaign.id)


def _campaigns(who: Seeker) -> Iterable[Among]:
    signs, law = _in_campaign(who, Campaign.id)
    seen = campaigns_seen_by(who.actor).with_only_columns(Campaign.id).order_by(None)
    yield Among(EntryKind.CAMPAIGN, signs, Campaign.id, (Campaign.id.in_(seen), *law), Campaign.id)


_PLACES = {
    Group.TASKS: _tasks,
    Group.UNITS: _units,
    Group.PEOPLE: _people,
    Group.PAPERS: _papers,
    Group.CAMPAIGNS: _campaigns,
}

"""Bắt đầu từ phong trào trước: the tasks of a campaign as they would stand in the one that follows it."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.shift import Shift
from pledges.progress import reading
from pledges.progress.ledger import Ledger
from pledges.tasks.following import Copy, Ground, copy_of, followers, with_reached
from pledges.tasks.models import Task
from pledges.tasks.queries import registered, seen_by
from pledges.units.models import Unit
from pledges.units.queries import below, listed


def ground_of(session: Session, source: Campaign, starts_on: date, ends_on: date, area: Unit) -> Ground:
    """The ground on which copies of the source's tasks must stand."""
    units = session.scalars(listed().where(below([area.path]), Unit.block != ""))
    return Ground(starts_on, ends_on, Shift.between(source.starts_on, starts_on), list(units))


def copies(
    session: Session, source: Campaign, ground: Ground, into: Campaign | None, actor: Actor, today: date
) -> list[Copy]:
    """The tasks in the source's list as copies, in the order of the list; those that were cancelled stay behind.

    The levels that were reached by today stand beside, where they can be baselines.
    """
    tasks = session.scalars(registered(seen_by(actor)).where(Task.campaign_id == source.id))
    ledger = reading.of_campaign(session, source.id, actor)
    known = {one.follows_id: one for one in session.scalars(followers(into.id))} if into is not None else {}
    return [
        with_reached(copy_of(task, ground, known.get(task.id)), _reached(ledger, task, today))
        for task in tasks
    ]


def _reached(ledger: Ledger, task: Task, today: date) -> dict[int, Decimal]:
    """The value of each indicator by the figures accepted until today, where there is one."""
    standing = ledger.standing(task.id, today)
    pairs = zip(ledger.tasks[task.id].indicator_ids, standing.indicators, strict=True)
    return {number: one.value for number, one in pairs if one.value is not None}

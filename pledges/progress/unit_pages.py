"""Trang của một đơn vị: what it registered and reports in a campaign, what is missing, and who works there."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, render_template

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, Subject, may
from pledges.access.roles import Actor
from pledges.accounts.models import Account, Appointment
from pledges.accounts.queries import people_of
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import takes_tasks, works_on
from pledges.campaigns.selection import chosen
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.blueprint import blueprint
from pledges.progress.models import Period
from pledges.progress.queries import begun
from pledges.progress.unit_work import UnitWork, work_of
from pledges.tasks import reminders
from pledges.units.models import Unit


@dataclass(frozen=True)
class Colleague:
    """Somebody of the unit, with the posts held there."""

    account: Account
    posts: tuple[str, ...]


@blueprint.get("/don-vi/<int:unit_id>")
@guard(Permission.SEE_TASK)
def unit(unit_id: int) -> str:
    """Một đơn vị: its tasks, what is missing, its people; for the unit itself and for those who organise."""
    shown = db.session.get(Unit, unit_id) or abort(404)
    actor, today = current_actor(), clock.today()
    campaigns = [one for one in db.session.scalars(seen_by(actor)) if shown.path.startswith(one.area.path)]
    campaign = chosen(campaigns)
    authorise(Permission.SEE_TASK, campaign.subject_of(shown) if campaign else Subject(unit_path=shown.path))
    work = work_of(db.session(), campaign, shown, actor, today) if campaign else None
    return render_template(
        "progress/unit.html",
        unit=shown,
        campaign=campaign,
        campaigns=campaigns,
        work=work,
        people=_people(db.session.scalars(people_of(shown.id, today))),
        can_register=campaign is not None and _may_register(actor, campaign, shown),
        reminder=_reminder(work, campaign) if work and campaign else None,
        paper_for=_paper_for(campaign),
    )


def _paper_for(campaign: Campaign | None) -> Period | None:
    """The newest period that has begun: the one for which a form to report on paper is offered."""
    if campaign is None or not works_on(campaign.status):
        return None
    newest = begun(campaign.id, clock.today()).order_by(None).order_by(Period.start_on.desc())
    return db.session.scalars(newest.limit(1)).first()


def _people(posts: Iterable[Appointment]) -> list[Colleague]:
    """The people with their posts, in the order in which the posts come."""
    found: dict[int, list[Appointment]] = {}
    for held in posts:
        found.setdefault(held.account_id, []).append(held)
    return [
        Colleague(held[0].account, tuple(dict.fromkeys(one.post for one in held))) for held in found.values()
    ]


def _may_register(actor: Actor, campaign: Campaign, unit: Unit) -> bool:
    day = campaign.day_within(clock.today())
    enters = may(actor, Permission.ENTER_TASK, campaign.subject_of(unit))
    return enters and takes_tasks(campaign.status) and campaign.takes_in(unit, day)


def _reminder(work: UnitWork, campaign: Campaign) -> str | None:
    """The line for a chat about what the unit has not registered; None when nothing is missing."""
    one = work.registration
    if one is None or not one.asks or not takes_tasks(campaign.status):
        return None
    return reminders.of_unit(one, campaign, clock.today())

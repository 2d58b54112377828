"""Pages of tasks: the list; the other pages stand in the modules beside, that of one task with its progress."""

from flask import render_template, request

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import takes_tasks
from pledges.campaigns.selection import ARGUMENT, selected
from pledges.core.database import db
from pledges.core.paging import page_of
from pledges.tasks import decisions, entering, exporting_pages, grid_views, importing_pages, lists, several
from pledges.tasks.blueprint import blueprint
from pledges.tasks.queries import count_registered
from pledges.tasks.tally import Tally

__all__ = [
    "blueprint",
    "decisions",
    "entering",
    "exporting_pages",
    "grid_views",
    "importing_pages",
    "several",
]


@blueprint.get("/phan-viec")
@guard(Permission.SEE_TASK)
def listing() -> str:
    """Phần việc: the tasks of a campaign that the actor may know of."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    wanted = lists.Wanted.read(request.args)
    units = db.session.execute(lists.lead_units(actor, campaign.id)).all()
    counts = lists.counts(db.session(), actor, campaign.id)
    return render_template(
        "tasks/listing.html",
        campaign=campaign,
        campaigns=list(db.session.scalars(seen_by(actor))),
        wanted=wanted,
        page=page_of(lists.rows(actor, campaign.id, wanted)),
        counts=counts,
        total=sum(counts.values()),
        units=units,
        blocks=list(dict.fromkeys(unit.block for unit in units if unit.block)),
        orders=lists.ORDERS,
        tally=Tally(db.session.scalar(count_registered(campaign.id)) or 0, campaign.expected_task_count),
        can_register=takes_tasks(campaign.status) and bool(entering.offered(campaign, actor)["leads"]),
        carried={ARGUMENT: campaign.id} | wanted.arguments(),
    )

"""Pages of tasks: the list; the other pages stand in the modules beside, that of one task with its progress."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask import render_template, request, url_for
from flask_sqlalchemy.pagination import Pagination

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import takes_tasks
from pledges.campaigns.selection import ARGUMENT, campaign_question, chosen
from pledges.core.database import db
from pledges.core.dates import format_month
from pledges.core.filters import same
from pledges.core.forms.unsent import of_page
from pledges.core.paging import PER_PAGE, page_of
from pledges.tasks import decisions, entering, lists, several
from pledges.tasks.amending import views as amending_views
from pledges.tasks.assigning import views as assigning_views
from pledges.tasks.blueprint import blueprint
from pledges.tasks.common import views as common_views
from pledges.tasks.exporting import views as exporting_views
from pledges.tasks.grid import views as grid_views
from pledges.tasks.importing import views as importing_views
from pledges.tasks.queries import count_registered
from pledges.tasks.rules import EDITABLE, REGISTERED, TaskStatus
from pledges.tasks.tally import Tally
from pledges.units.tree import Cut

__all__ = [
    "amending_views",
    "assigning_views",
    "blueprint",
    "common_views",
    "decisions",
    "entering",
    "exporting_views",
    "grid_views",
    "importing_views",
    "several",
]


@blueprint.get("/phan-viec")
@guard(Permission.SEE_TASK)
def listing() -> str:
    """Phần việc: the tasks of a campaign that the actor may know of."""
    actor = current_actor()
    seen = list(db.session.scalars(seen_by(actor)))
    campaign = chosen(seen)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    wanted = lists.Wanted.read(request.args, *campaign_question(seen))
    counts = lists.counts(db.session(), actor, campaign.id)
    can_register = takes_tasks(campaign.status) and bool(entering.offered(campaign, actor)["leads"])
    return render_template(
        "tasks/listing.html",
        campaign=campaign,
        asked=wanted.asked,
        ordered_by=wanted.ordered_by,
        wishes=wanted.wishes.offering(_answers(actor, campaign, counts)),
        page=_page(actor, campaign, wanted),
        counts=counts,
        total=sum(counts.values()),
        seen=sum(counts.get(status, 0) for status in REGISTERED),
        tally=Tally(db.session.scalar(count_registered(campaign.id)) or 0, campaign.expected_task_count),
        can_register=can_register,
        can_send=can_register and any(counts.get(status) for status in EDITABLE),
        unsent=list(db.session.scalars(of_page(actor.account_id, url_for("tasks.register")))),
        carried={ARGUMENT: campaign.id} | wanted.wishes.arguments(**{ARGUMENT: ""}),
    )


def _answers(actor: Actor, campaign: Campaign, counts: Mapping[TaskStatus, int]) -> dict[str, dict[str, str]]:
    """What the list can be narrowed to: what its tasks have."""
    units = db.session.execute(lists.units_at_work(actor, campaign.id)).all()
    return {
        lists.UNIT: {str(unit.id): unit.name for unit in units},
        lists.STATUS: {status.value: f"{status.label} ({number})" for status, number in counts.items()},
        lists.DUE: _months(db.session.scalars(lists.due_months(actor, campaign.id))),
        lists.BLOCK: same(unit.block for unit in units),
        lists.MOVEMENT: {str(one.id): one.name for one in campaign.movements},
    }


def _page(actor: Actor, campaign: Campaign, wanted: lists.Wanted) -> Pagination:
    """The rows as asked for; the best first where words are looked for and no other order is."""
    rows = lists.rows(actor, campaign.id, wanted)
    if not wanted.by_fit:
        return page_of(rows)
    page = Cut(lists.best(db.session(), actor, campaign.id, wanted), PER_PAGE)
    page.items = lists.in_order(db.session(), rows, page.items)
    return page


def _months(days: Iterable[date]) -> dict[str, str]:
    """The months of the days: as the address writes them, and in words."""
    return {f"{day:%Y-%m}": format_month(day).capitalize() for day in days}

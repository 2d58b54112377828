"""Downloads of the list of tasks: what the actor may see of it, and the empty template."""

from flask import Response, abort, request

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import selected
from pledges.core.database import db
from pledges.core.downloads import file_answer
from pledges.core.workbooks.books import Book
from pledges.core.workbooks.writing import write
from pledges.tasks import lists
from pledges.tasks.blueprint import blueprint
from pledges.tasks.exporting.books import list_book, template_book
from pledges.tasks.queries import measures_used
from pledges.tasks.rows.known import known_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/phan-viec/danh-muc.xlsx")
@guard(Permission.SEE_TASK)
def export() -> Response:
    """Xuất danh mục: the tasks that the list shows for this address, to be kept or edited and imported."""
    actor, campaign = current_actor(), _campaign()
    known = known_of(db.session(), actor, campaign)
    wanted = lists.Wanted.read(request.args)
    ids = [row.id for row in db.session.execute(lists.rows(actor, campaign.id, wanted))]
    book = list_book(known, [known.tasks[number] for number in ids], _measures(campaign))
    return _answer(book, f"Danh mục phần việc {campaign.code}.xlsx")


@blueprint.get("/phan-viec/mau.xlsx")
@guard(Permission.ENTER_TASK)
def template() -> Response:
    """Tệp mẫu để điền danh mục."""
    actor, campaign = current_actor(), _campaign()
    known = known_of(db.session(), actor, campaign)
    return _answer(template_book(known, _measures(campaign)), f"Mẫu danh mục phần việc {campaign.code}.xlsx")


def _campaign() -> Campaign:
    campaign = selected(db.session(), current_actor())
    if campaign is None:
        abort(404)
    return campaign


def _measures(campaign: Campaign) -> list[str]:
    return list(db.session.scalars(measures_used(campaign.area_unit_id)))


def _answer(book: Book, name: str) -> Response:
    return file_answer(write(book), XLSX, name, shown=False)

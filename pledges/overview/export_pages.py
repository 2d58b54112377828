"""Tải bảng theo dõi ra Excel."""

from flask import Response, abort, current_app

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.core.dates import format_date
from pledges.core.downloads import file_answer
from pledges.core.workbooks.writing import write
from pledges.overview.asked import campaign_asked, view_of
from pledges.overview.blueprint import blueprint
from pledges.overview.exporting import book_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/theo-doi/bang-theo-doi.xlsx")
@guard(Permission.SEE_OVERVIEW)
def book() -> Response:
    """Bảng theo dõi ra Excel: what the page shows for this address, with rankings, needs and indicators beside."""
    campaign = campaign_asked()
    if campaign is None:
        abort(404)
    view = view_of(campaign)
    made = book_of(view, illustrative=campaign.illustrative or current_app.config["DEMO"])
    name = f"Bảng theo dõi {campaign.code} ngày {format_date(view.board.as_of)}.xlsx"
    return file_answer(write(made), XLSX, name, shown=False)

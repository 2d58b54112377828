"""Theo người phụ trách: who answered for which tasks, and what came of them. Routes on the blueprint of the overview.

A person sees the own figures, the head of a unit those of its tasks, the organisers all: `queries.seen`.
"""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard, signed_in
from pledges.access.permissions import Permission, Subject
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import url_in
from pledges.core import as_of, clock
from pledges.core.as_of import AsOf
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.downloads import file_answer
from pledges.core.forms.base import Form
from pledges.core.workbooks.writing import write
from pledges.overview.asked import campaign_asked, no_campaign
from pledges.overview.blueprint import blueprint
from pledges.overview.officials.books import book_of
from pledges.overview.officials.reading import of_campaign
from pledges.overview.officials.rules import FORMULA, Official, Outcome, Span

FROM, TO = "tu", "den"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """The campaign and the days asked for."""

    campaign: Campaign
    since: AsOf
    until: AsOf

    @property
    def span(self) -> Span:
        """The days in their order."""
        return Span(min(self.since.day, self.until.day), max(self.since.day, self.until.day))

    @property
    def arguments(self) -> dict[str, Any]:
        """The days as links carry them on."""
        return {FROM: self.span.since.isoformat(), TO: self.span.until.isoformat()}

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of another page for the same days."""
        return url_in(self.campaign, endpoint, **values, **self.arguments)


class BookForm(Form):
    """Tải sổ tính: one button. Every press is a download of its own, and each is logged."""


def _asked() -> Asked | None:
    campaign = campaign_asked()
    if campaign is None:
        return None
    first = min(campaign.starts_on, clock.today())
    return Asked(campaign, as_of.requested(FROM, first), as_of.requested(TO, as_of.requested().day))


def _found(asked: Asked) -> list[Official]:
    return of_campaign(db.session(), asked.campaign.id, current_actor(), asked.span)


@blueprint.get("/theo-doi/can-bo")
@signed_in
def officials() -> str:
    """Theo người phụ trách (NĐ 335/2025): tasks assigned, done, in time, late with days, and reports."""
    asked = _asked()
    if asked is None:
        return no_campaign()
    return render_template(
        "overview/officials/listing.html",
        asked=asked,
        found=_found(asked),
        outcomes=Outcome,
        formula=FORMULA,
    )


@blueprint.get("/theo-doi/can-bo/<int:account_id>")
@guard(Permission.SEE_ASSIGNMENTS)
def official(account_id: int) -> str:
    """Một người phụ trách: the tasks behind the figures, each with its outcome and its reports."""
    asked = _asked()
    if asked is None:
        abort(404)
    found = next((one for one in _found(asked) if one.account_id == account_id), None)
    authorise(Permission.SEE_ASSIGNMENTS, Subject(named=_named(found)))
    if found is None:
        abort(404)
    return render_template(
        "overview/officials/official.html", asked=asked, found=found, outcomes=Outcome, formula=FORMULA
    )


def _named(found: Official | None) -> frozenset[int]:
    """Whoever sees some of the figures may know of the person: what they may not see is left out already."""
    return frozenset({current_actor().account_id}) if found is not None else frozenset()


@blueprint.route("/theo-doi/can-bo.xlsx", methods=["GET", "POST"])
@signed_in
def officials_book() -> Response | str:
    """Tải sổ tính theo người phụ trách: a press hands it out, and is logged."""
    asked = _asked()
    if asked is None:
        return no_campaign()
    found, form = _found(asked), BookForm.bind()
    if found and request.method == "POST" and form.validate():
        return _handed_out(asked, found)
    return render_template("overview/officials/book.html", form=form, asked=asked, found=found)


def _handed_out(asked: Asked, found: list[Official]) -> Response:
    """The download is logged before a byte of it leaves."""
    after = {"people": len(found), "from": asked.span.since, "to": asked.span.until}
    session, campaign = db.session(), asked.campaign
    record(
        session, "campaign.officials_downloaded", campaign, by=current_actor(), at=clock.now(), after=after
    )
    session.commit()
    name = f"Kết quả theo người phụ trách đến ngày {format_date(asked.span.until)}.xlsx"
    return file_answer(write(book_of(campaign.title, found, asked.span)), XLSX, name, shown=False)

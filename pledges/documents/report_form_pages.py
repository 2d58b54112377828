"""The forms to report on paper, as PDF. Routes on the blueprint of documents."""

from flask import abort, redirect

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.selection import url_in
from pledges.core import clock
from pledges.core.database import db
from pledges.documents.blueprint import blueprint
from pledges.documents.packs.rules import PackKind, drawn_at_once
from pledges.documents.pdf.pack import pack
from pledges.documents.printing import Answer, campaign_to_print, drawn, fonts, printed
from pledges.documents.report_forms import blank_form, form_of, pack_of
from pledges.progress.models import Period
from pledges.units.models import Unit


@blueprint.get("/van-ban/phieu-bao-cao/<int:unit_id>/<int:period_id>.pdf")
@guard(Permission.SEE_REPORT)
def report_form(unit_id: int, period_id: int) -> Answer:
    """Phiếu báo cáo tiến độ của một đơn vị, filled in with what is known; for the unit and for those who organise."""
    period = _period(period_id)
    campaign, unit = period.campaign, db.session.get(Unit, unit_id) or abort(404)
    if not unit.path.startswith(campaign.area.path):
        abort(404)
    actor = authorise(Permission.SEE_REPORT, campaign.subject_of(unit))
    found = form_of(db.session(), campaign, unit, period, actor, clock.today())
    return printed(found, f"Phiếu báo cáo {period.label} - {unit.short_name}.pdf".replace("/", "-"))


@blueprint.get("/van-ban/phieu-bao-cao/<int:period_id>.pdf")
@guard(Permission.PRINT_REPORT)
def report_forms(period_id: int) -> Answer:
    """Tập phiếu báo cáo tiến độ of all units that have still to report on something in the period.

    More than can be drawn while a browser waits are asked for as a pack.
    """
    period = _period(period_id)
    campaign = period.campaign
    actor = authorise(Permission.PRINT_REPORT, campaign.subject(), see=Permission.SEE_CAMPAIGN)
    found = pack_of(db.session(), campaign, period, actor, clock.today())
    if found is None:
        abort(404)
    if not drawn_at_once(PackKind.REPORT_FORMS, len(found.papers)):
        path = PackKind.REPORT_FORMS.path
        return redirect(url_in(campaign, "documents.pack_ask", path=path, ky=period.id))
    return drawn(lambda: pack(found, fonts()), f"Phiếu báo cáo {period.label}.pdf".replace("/", "-"))


@blueprint.get("/van-ban/phieu-bao-cao-trong.pdf")
@guard(Permission.PRINT_REPORT)
def blank_report_form() -> Answer:
    """Phiếu báo cáo tiến độ trống: for a unit that nobody printed one for."""
    campaign, _actor = campaign_to_print()
    return printed(blank_form(campaign, clock.today()), "Phiếu báo cáo tiến độ (trống).pdf")


def _period(period_id: int) -> Period:
    return db.session.get(Period, period_id) or abort(404)

"""Tập dự phòng khi mất điện: what is in it; a press hands it out, and is logged. On the blueprint of documents."""

from dataclasses import replace
from tempfile import TemporaryFile

from flask import render_template, request

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.downloads import large_answer
from pledges.documents.blueprint import blueprint
from pledges.documents.fallback.composing import Gathered, gather, going_on
from pledges.documents.fallback.forms import FallbackForm
from pledges.documents.fallback.rules import NAME
from pledges.documents.fallback.writing import write
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.printing import PDF, Answer, fonts, public_address, unprintable


@blueprint.route("/van-ban/tap-du-phong", methods=["GET", "POST"])
@guard(Permission.PRINT_FALLBACK)
def fallback() -> Answer:
    """Tập dự phòng: of every campaign that goes on and whose organiser the actor is clerk or administrator of."""
    actor = current_actor()
    campaigns = [one for one in going_on(db.session()) if _prints(actor, one)]
    form = FallbackForm.bind()
    if campaigns and request.method == "POST" and form.validate():
        return _handed_out(gather(db.session(), campaigns, clock.now(), public_address()), actor)
    return render_template("documents/fallback.html", form=form, campaigns=campaigns, name=NAME)


def _prints(actor: Actor, campaign: Campaign) -> bool:
    subject = replace(campaign.subject(), unit_path=campaign.owner.path)
    return may(actor, Permission.PRINT_FALLBACK, subject)


def _handed_out(gathered: list[Gathered], actor: Actor) -> Answer:
    """The pack; what can't be drawn leaves nothing in the log."""
    now = clock.now()
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    try:
        pages = write(gathered, now, file, fonts())
    except GlyphMissingError as missing:
        file.close()
        return unprintable(missing)
    for one in gathered:
        after = {"units": one.counted.units, "phones": one.counted.phones, "pages": pages}
        record(db.session(), "campaign.fallback_downloaded", one.campaign, by=actor, at=now, after=after)
    db.session.commit()
    made = clock.local(now)
    name = f"{NAME} lúc {made:%H.%M} ngày {format_date(made.date())}.pdf"
    return large_answer(file, PDF, name)

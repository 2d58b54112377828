"""The papers of a signing day as PDF. Routes on the blueprint of documents."""

from flask import abort, request

from pledges.access.guard import guard
from pledges.access.permissions import Permission
from pledges.commitments.rules import CommitmentStatus
from pledges.core import clock
from pledges.core.database import db
from pledges.documents import signing_day
from pledges.documents.blueprint import blueprint
from pledges.documents.pdf.pack import pack
from pledges.documents.printing import Answer, campaign_to_print, drawn, fonts, public_address

WAITING = "cho-ky"


@blueprint.get("/van-ban/cam-ket.pdf")
@guard(Permission.PRINT_REPORT)
def commitments_pack() -> Answer:
    """Tập bản cam kết của các đơn vị, in the order of the list; `ban=cho-ky` asks for those that wait to be signed."""
    campaign, _actor = campaign_to_print()
    status = CommitmentStatus.FROZEN if request.args.get("ban") == WAITING else None
    found = signing_day.pack_of(db.session(), campaign, clock.today(), public_address(), status)
    if found is None:
        abort(404)
    return drawn(lambda: pack(found, fonts()), "Bản cam kết của các đơn vị.pdf")

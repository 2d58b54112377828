"""Trao danh sách gọi: a list with telephones leaves as a file, and the log says that it did."""

from flask import request

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.documents.pdf.gate import GlyphMissingError
from pledges.documents.printing import DRAWERS, Answer, filed, unprintable
from pledges.documents.sheets.calls import CallListSheet

FORMAT = "dang"


def handed_out(campaign: Campaign, sheet: CallListSheet, name: str, *, by: Actor) -> Answer:
    """The list in the format that was pressed for; what can't be drawn leaves nothing in the log."""
    ending = request.form.get(FORMAT, "")
    try:
        answer = filed(sheet, name, ending if ending in DRAWERS else "pdf")
    except GlyphMissingError as missing:
        return unprintable(missing)
    after = {
        "units": len(sheet.lines),
        "phones": sum(bool(call.phone) for line in sheet.lines for call in line.calls),
    }
    record(db.session(), "campaign.call_list_downloaded", campaign, by=by, at=clock.now(), after=after)
    db.session.commit()
    return answer

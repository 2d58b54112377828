"""The pack of a meeting as PDF. A route on the blueprint of documents."""

from flask import abort

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.documents.blueprint import blueprint
from pledges.documents.meeting_pack import sheet_of
from pledges.documents.printing import Answer, printed
from pledges.followups.queries import meeting_of
from pledges.overview.meetings.agenda import agenda_of
from pledges.overview.meetings.queries import follow_ups_open
from pledges.tasks.assigning.queries import standing
from pledges.tasks.models import Task


@blueprint.get("/van-ban/tai-lieu-hop/<int:meeting_id>.pdf")
@guard(Permission.HOLD_MEETING)
def meeting_pack(meeting_id: int) -> Answer:
    """Tài liệu họp: the agenda as of the meeting's day, a page for each unit, lines for what is decided."""
    session = db.session()
    found = session.scalars(meeting_of(meeting_id)).first()
    if found is None:
        abort(404)
    actor = authorise(Permission.HOLD_MEETING, found.subject(), see=Permission.SEE_CAMPAIGN)
    agenda = agenda_of(session, found, actor, clock.today())
    assigned = session.scalars(standing(agenda.day).where(Task.campaign_id == found.campaign_id))
    open_then = session.scalars(follow_ups_open(found.campaign_id, agenda.day))
    sheet = sheet_of(agenda, assigned, open_then, clock.today())
    return printed(sheet, f"Tài liệu họp ngày {format_date(found.held_on)}.pdf")

"""Một việc cần theo dõi: its page. It tells which reports of a call came since: hence this floor."""

from dataclasses import replace

from flask import render_template

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.audit.models import LogEntry
from pledges.audit.queries import history
from pledges.audit.telling import Told, told
from pledges.core import clock
from pledges.core.database import db
from pledges.documents.calls.came import of_call
from pledges.followups.blueprint import blueprint
from pledges.followups.views import found_or_404, shown_of


@blueprint.get("/viec-can-theo-doi/<int:follow_up_id>")
@guard(Permission.SEE_FOLLOW_UP)
def follow_up(follow_up_id: int) -> str:
    """Một việc cần theo dõi: what, who, until when, where it was decided, what came of it."""
    found = found_or_404(follow_up_id)
    actor = authorise(Permission.SEE_FOLLOW_UP, found.subject())
    session = db.session()
    return render_template(
        "followups/follow_up.html",
        story=[_told(entry) for entry in session.scalars(history("follow_up", found.id))][::-1],
        asked=of_call(session, found, actor, clock.today()),
        **shown_of(found),
    )


def _told(entry: LogEntry) -> Told:
    """An entry of the story: of a change, what was there before and what came in its place."""
    one = told(entry)
    words = one.words[:1].upper() + one.words[1:]
    if entry.action != "follow_up.edited":
        return replace(one, words=words)
    changes = (f"{change.label}: {change.before} → {change.after}" for change in one.changes)
    return replace(one, words=words, reason="; ".join(changes))

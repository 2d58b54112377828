"""Nhật ký: what people of the administrator's units did, in words, and whether the chain is whole.

The pages stand here because whose entries they are is a question of posts. Of the office's own content (tasks,
reports, commitments) an administrator sees who did what and when, not what was written.
"""

from dataclasses import replace

from flask import Blueprint, render_template, request

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission
from pledges.accounts.queries import logged_within
from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.audit.queries import filtered, head, people
from pledges.audit.telling import Told, told
from pledges.audit.words import KIND_WORDS
from pledges.core import clock
from pledges.core.addresses import number_in
from pledges.core.database import db
from pledges.core.dates import DateError, parse_date
from pledges.core.paging import records_of
from pledges.core.text import clean_line, person_sort_key

blueprint = Blueprint("audit", __name__)

PER_PAGE = 50
ADMINISTERED = frozenset({"unit", "account", "appointment"})
"""The kinds of records whose content an administrator works on."""


@blueprint.get("/quan-tri/nhat-ky")
@guard(Permission.SEE_LOG)
def listing() -> str:
    """Nhật ký: newest first, by person, kind of record and day."""
    person, kind = number_in("nguoi"), request.args.get("loai", "")
    mine = logged_within(current_actor())
    typed = clean_line(request.args.get("ngay", ""))
    day, error = None, None
    try:
        day = parse_date(typed) if typed else None
    except DateError as wrong:
        error = wrong.message
    kind = kind if kind in KIND_WORDS else ""
    statement = filtered(
        actor_id=person,
        subject_kind=kind or None,
        since=clock.at(day) if day else None,
        until=clock.end_of(day) if day else None,
    ).where(mine)
    page = records_of(statement, per_page=PER_PAGE)
    return render_template(
        "audit/listing.html",
        page=page,
        entries=[_told(entry) for entry in page.items],
        people=sorted(
            db.session.execute(people().where(mine)).all(), key=lambda row: person_sort_key(row.actor_name)
        ),
        kinds=KIND_WORDS,
        newest=db.session.scalars(head()).first(),
        day_error=error,
        given={"nguoi": person if person is not None else "", "loai": kind, "ngay": typed},
    )


def _told(entry: LogEntry) -> Told:
    if entry.subject_kind in ADMINISTERED:
        return told(entry)
    return replace(told(entry), reason="", changes=())


@blueprint.get("/quan-tri/nhat-ky/kiem-tra")
@guard(Permission.SEE_LOG)
def verification() -> str:
    """Kiểm tra nhật ký: walk the whole chain now, and say what was found."""
    fault = verify(db.session())
    newest = db.session.scalars(head()).first()
    return render_template("audit/verification.html", fault=fault, newest=newest, at=clock.now())

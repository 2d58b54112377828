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
from pledges.audit.words import KIND_WORDS, WORDS
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import DateError, parse_date
from pledges.core.filters import Question, Wishes
from pledges.core.paging import records_of
from pledges.core.text import clean_line, fold, person_sort_key

blueprint = Blueprint("audit", __name__)

PER_PAGE = 50
ADMINISTERED = frozenset({"unit", "account", "appointment"})
"""The kinds of records whose content an administrator works on."""


@blueprint.get("/quan-tri/nhat-ky")
@guard(Permission.SEE_LOG)
def listing() -> str:
    """Nhật ký: newest first, by words of the act, person, kind of record and day."""
    mine = logged_within(current_actor())
    actors = sorted(
        db.session.execute(people().where(mine)).all(), key=lambda row: person_sort_key(row.actor_name)
    )
    wishes = Wishes.read(
        request.args,
        "Tìm theo việc, ví dụ: trả lại",
        Question("nguoi", "Người thực hiện", {str(row.actor_id): row.actor_name for row in actors}),
        Question("loai", "Loại hồ sơ", KIND_WORDS),
    )
    typed = clean_line(request.args.get("ngay", ""))
    day, error = None, None
    try:
        day = parse_date(typed) if typed else None
    except DateError as wrong:
        error = wrong.message
    statement = filtered(
        actor_id=int(wishes["nguoi"]) if wishes["nguoi"] else None,
        subject_kind=wishes["loai"] or None,
        since=clock.at(day) if day else None,
        until=clock.end_of(day) if day else None,
    ).where(mine)
    if wishes.words:
        acts = [action for action, words in WORDS.items() if wishes.finds(fold(words))]
        statement = statement.where(LogEntry.action.in_(acts))
    page = records_of(statement, per_page=PER_PAGE)
    return render_template(
        "audit/listing.html",
        page=page,
        entries=[_told(entry) for entry in page.items],
        newest=db.session.scalars(head()).first(),
        day_error=error,
        typed_day=typed,
        wishes=wishes,
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

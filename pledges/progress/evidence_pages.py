"""The files of a report: each is stored as soon as it is chosen, shown small and upright, and given out as it is."""

from flask import Response, get_template_attribute, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.receipts import account_of
from pledges.files.previews import Unreadable
from pledges.files.serving import answer, preview_answer
from pledges.progress import attachments, queries
from pledges.progress.blueprint import blueprint
from pledges.progress.models import Evidence, Period, Report
from pledges.progress.proofs import showing
from pledges.progress.report_pages import closed
from pledges.tasks.models import Task
from pledges.tasks.queries import whole

SMALL, LARGE = 280, 1600
"""Points of the longer side: of a picture in a list, and of one that is looked at."""
STALE = "Trang này mở cho người khác hoặc đã quá cũ; đồng chí tải lại trang rồi chọn lại tệp."


@blueprint.post("/phan-viec/<int:task_id>/bao-cao/<int:period_id>/minh-chung")
@guard(Permission.ENTER_REPORT)
def upload(task_id: int, period_id: int) -> Response | tuple[Response, int]:
    """Tải minh chứng lên: answers a script with the files as they stand now, and with what was not taken.

    It believes a page that was rendered for this very person, by the key of its form, as a form that is sent does.
    """
    task: Task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ENTER_REPORT, task.subject(), see=Permission.SEE_TASK)
    period: Period = db.first_or_404(queries.periods_of(task.campaign_id).where(Period.id == period_id))
    if account_of(request.form.get("form_key")) != actor.account_id:
        return jsonify(words=STALE), 400
    if words := closed(task, period):
        return jsonify(words=words), 409
    taken = attachments.take(task, period, attachments.read_uploads(), by=actor, at=clock.now())
    words = " ".join([*taken.refused, *(attachments.AGAIN.format(name) for name in taken.again)])
    if taken.report is None:
        return jsonify(words=words), 409
    shown = showing.of_round(db.session(), task_id, taken.report.last_round, actor, writing=True)
    kept = get_template_attribute("progress/_evidence.html", "evidence_kept")
    return jsonify(
        html=kept(shown, request.form.get("named", attachments.REMOVE)),
        version=str(taken.report.version) if request.form.get("version") == str(taken.before) else None,
        words=words,
        refused=bool(taken.refused),
    )


@blueprint.get("/minh-chung/<int:evidence_id>")
@guard(Permission.SEE_REPORT)
def evidence(evidence_id: int) -> Response:
    """Minh chứng: the file itself; that of a round not yet sent only for those who write it."""
    one = _to_be_seen(evidence_id)
    return answer(one.file, one.name)


@blueprint.get("/minh-chung/<int:evidence_id>/anh-nho")
@guard(Permission.SEE_REPORT)
def thumbnail(evidence_id: int) -> Answer:
    """Ảnh nhỏ của minh chứng, for lists."""
    return _picture(evidence_id, SMALL)


@blueprint.get("/minh-chung/<int:evidence_id>/anh")
@guard(Permission.SEE_REPORT)
def picture(evidence_id: int) -> Answer:
    """Ảnh minh chứng to be looked at, in a form that every browser shows."""
    return _picture(evidence_id, LARGE)


def _picture(evidence_id: int, longest: int) -> Answer:
    one = _to_be_seen(evidence_id)
    try:
        return preview_answer(one.file, one.name, longest)
    except Unreadable:
        return redirect(url_for("progress.evidence", evidence_id=evidence_id))


def _to_be_seen(evidence_id: int) -> Evidence:
    of: Report = db.first_or_404(queries.with_evidence(evidence_id))
    one, file = next((one, file) for one in of.rounds for file in one.evidence if file.id == evidence_id)
    needed = Permission.SEE_REPORT if one.submitted_at is not None else Permission.ENTER_REPORT
    authorise(needed, of.subject(), see=Permission.SEE_REPORT)
    return file

"""Đính chính: saying anew what was accepted, and giving that up while it isn't sent."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.progress import operations, queries
from pledges.progress.blueprint import blueprint
from pledges.progress.forms import CorrectionForm, DropCorrectionForm
from pledges.progress.models import Report
from pledges.progress.report_context import accepted, being_corrected
from pledges.progress.report_pages import closed, turned_away


@blueprint.route("/bao-cao/<int:report_id>/dinh-chinh", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def correct(report_id: int) -> Response | str | tuple[str, int]:
    """Đính chính báo cáo đã duyệt: why; then the report is written anew, and the accepted figures count meanwhile."""
    shown = _report(report_id)
    form = CorrectionForm.bind(shown)
    if words := closed(shown.task, shown.period):
        form.close()
        return turned_away(shown.task, shown.period, form, words, shown)
    if form.accepts():
        with form.act() as act:
            operations.begin_correction(
                db.session(), shown, form.reason.data or "", by=current_actor(), at=clock.now()
            )
            act.location = _writing(shown)
            db.session.commit()
            return redirect(act.location)
    elif not accepted(shown) and not form.unsent:
        return redirect(_writing(shown) if being_corrected(shown) else _reading(shown))
    return render_template("progress/correct.html", form=form, report=shown)


@blueprint.route("/bao-cao/<int:report_id>/bo-dinh-chinh", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def drop_correction(report_id: int) -> Response | str:
    """Bỏ đính chính: what was written of it goes, and the accepted report stands as before."""
    shown = _report(report_id)
    form = DropCorrectionForm.bind(shown)
    if form.accepts():
        with form.act() as act:
            operations.drop_correction(db.session(), shown, by=current_actor(), at=clock.now())
            act.location = _reading(shown)
            db.session.commit()
            return redirect(act.location)
    elif not being_corrected(shown) and not form.form_errors:
        return redirect(_reading(shown))
    return render_template("progress/drop_correction.html", form=form, report=shown)


def _report(report_id: int) -> Report:
    found: Report = db.first_or_404(queries.whole().where(Report.id == report_id))
    authorise(Permission.ENTER_REPORT, found.subject(), see=Permission.SEE_REPORT)
    return found


def _writing(shown: Report) -> str:
    return url_for("progress.report", task_id=shown.task_id, period_id=shown.period_id)


def _reading(shown: Report) -> str:
    return url_for("progress.view", report_id=shown.id)

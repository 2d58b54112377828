"""Verdicts on reports: accept, or return with reasons; figures, what stood before, evidence and history in sight."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import EditForm
from pledges.progress import reading
from pledges.progress.calendar import ReportEventKind
from pledges.progress.corrected import says_the_same
from pledges.progress.explanations.queries import open_of_task
from pledges.progress.line_notes import notes_on, restated_words
from pledges.progress.models import Report, ReportEvent
from pledges.progress.proofs.showing import of_round
from pledges.progress.queries import obstacles_of_task, whole
from pledges.progress.round_lines import lines_of_round
from pledges.progress.story import of_report
from pledges.reviews import operations
from pledges.reviews.blueprint import blueprint
from pledges.reviews.forms import AcceptForm, return_form
from pledges.reviews.going import Going
from pledges.reviews.waiting import reports_waiting
from pledges.tasks.decisions import LOOK


@blueprint.route("/bao-cao/<int:report_id>/duyet", methods=["GET", "POST"])
@guard(Permission.REVIEW_REPORT)
def accept(report_id: int) -> Response | str:
    """Duyệt báo cáo: its figures count from now on."""

    def verdict(report: Report, form: EditForm, actor: Actor) -> str:
        note = form["note"].data or ""
        operations.accept(db.session(), report, by=actor, at=clock.now(), note=note)
        return f"Đã duyệt báo cáo {report.period.label} của phần việc {report.task.number}."

    report, actor = _asked(report_id)
    return _judge(report, actor, AcceptForm.bind(report), verdict, "reviews/accept.html")


@blueprint.route("/bao-cao/<int:report_id>/tra-lai", methods=["GET", "POST"])
@guard(Permission.REVIEW_REPORT)
def send_back(report_id: int) -> Response | str:
    """Trả lại báo cáo: a reason for the whole, remarks on its lines, or both; the unit reads them beside its fields."""

    def verdict(report: Report, form: Any, actor: Actor) -> str:
        reason, remarks = form.reason.data or "", form.remarks()
        operations.send_back(db.session(), report, reason, by=actor, at=clock.now(), remarks=remarks)
        return f"Đã trả lại báo cáo {report.period.label} của phần việc {report.task.number}."

    report, actor = _asked(report_id)
    return _judge(report, actor, return_form(report).bind(report), verdict, "reviews/send_back.html")


def _asked(report_id: int) -> tuple[Report, Actor]:
    report: Report = db.first_or_404(whole().where(Report.id == report_id))
    return report, authorise(Permission.REVIEW_REPORT, report.subject(), see=Permission.SEE_REPORT)


def _judge(
    report: Report,
    actor: Actor,
    form: EditForm,
    verdict: Callable[[Report, Any, Actor], str],
    template: str,
) -> Response | str:
    """A verdict on the round that waits; whoever leaves the page without pressing its button changes nothing."""
    waiting = reports_waiting(db.session(), actor, clock.today())
    going = Going.among(((one.report.id, one.report.task) for one in waiting), report.id)
    if report.last_round is None or not report.last_round.waits:
        form.close()
    elif request.form.get("act") != LOOK and form.accepts():
        with form.act() as act:
            said = verdict(report, form, actor)
            act.location = going.onward("reviews.accept", "report_id")
            db.session.commit()
            flash(f"{said} {going.left('báo cáo')}", "good")
            return redirect(act.location)
    return render_template(
        template, form=form, place=going.place, carried=going.carried, **_shown(report, actor)
    )


def _shown(report: Report, actor: Actor) -> dict[str, Any]:
    """The round that waits (or the last that was sent) beside what stood before."""
    session, today = db.session(), clock.today()
    ledger = reading.of_task(session, report.task)
    sent = [one for one in report.rounds if one.submitted_at is not None]
    last = sent[-1] if sent else None
    asked = list(session.scalars(open_of_task(report.task_id)))
    changed = restated_words(ledger, report, today)
    raised = session.scalars(obstacles_of_task(report.task_id))
    return {
        "report": report,
        "task": report.task,
        "round": last,
        "waits": report.last_round is not None and report.last_round.waits,
        "judged": _judged(report),
        "same": last is not None and says_the_same(report, last),
        "lines": lines_of_round(ledger, report, last) if last is not None else [],
        "notes": notes_on(report, last, changed, asked, today) if last is not None else {},
        "explanations": asked,
        "standing": ledger.standing(report.task_id, today),
        "tentative": ledger.tentative(report.task_id, today),
        "proofs": of_round(session, report.task_id, last, actor),
        "obstacles": [one for one in raised if one.report_id == report.id],
        "story": of_report(report),
        "url_of_ask": _url_of_ask(report),
    }


def _judged(report: Report) -> ReportEvent | None:
    """The newest verdict on the report: who came first, for whoever came too late."""
    events = [event for one in report.rounds for event in one.events]
    found = [event for event in events if event.kind is not ReportEventKind.SUBMITTED]
    return found[-1] if found else None


def _url_of_ask(report: Report) -> Callable[[int], str]:
    """The page on which an explanation of an indicator is asked for, about this report's period."""
    return lambda indicator_id: url_for("reviews.ask", indicator_id=indicator_id, ky=report.period_id)

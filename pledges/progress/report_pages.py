"""Writing a report: figures, words and files of one task in one period, checked, then sent."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import EditForm
from pledges.progress import attachments, operations, queries, reading
from pledges.progress.behalf import sending_problem
from pledges.progress.blueprint import blueprint
from pledges.progress.calendar import ReportStatus
from pledges.progress.exceptions.locking import Lock, lock_of
from pledges.progress.exceptions.showing import given
from pledges.progress.figure_fields import question
from pledges.progress.forms import CHECK, ReportForm, SubmitForm, report_form
from pledges.progress.ledger import Ledger
from pledges.progress.lines import Line, ReportIncomplete, check
from pledges.progress.models import Period, Report, ReportRound
from pledges.progress.proofs import showing
from pledges.progress.report_context import beside, judged_by, with_the_leaders
from pledges.progress.round_lines import lines_of_round
from pledges.progress.rows import LastWord, PeriodRow, last_words, rows_of
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.models import Task
from pledges.tasks.queries import whole
from pledges.tasks.rules import REGISTERED


@blueprint.route("/phan-viec/<int:task_id>/bao-cao/<int:period_id>", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def report(task_id: int, period_id: int) -> Response | str | tuple[str, int]:
    """Báo cáo một kỳ của một phần việc: written, kept as a draft, led on to be checked and sent."""
    shown, period = _task_and_period(task_id, period_id)
    known = db.session.scalars(queries.of_task_in_period(task_id, period_id)).first()
    actor, ledger = current_actor(), reading.of_task(db.session(), shown)
    form = _bound(shown, period, known, ledger)
    if words := closed(shown, period):
        form.close()
        return turned_away(shown, period, form, words)
    if known is not None and request.method == "GET" and with_the_leaders(known):
        if not form.unsent:
            return redirect(url_for("progress.view", report_id=known.id))
        return turned_away(shown, period, form, "Báo cáo kỳ này đã gửi lãnh đạo.", known)
    attachments.keep(form, shown, period, by=actor, at=clock.now())
    if form.accepts():
        with form.act() as act:
            written = operations.begin(db.session(), shown, period, by=actor, at=clock.now())
            operations.write(db.session(), written, form.entry(), by=actor, at=clock.now())
            leads_to = "progress.submit" if form.sending else "progress.report"
            act.location = url_for(leads_to, task_id=task_id, period_id=period_id)
            db.session.commit()
            return redirect(act.location)
    return render_template(
        "progress/report.html",
        form=form,
        returned_elsewhere=_returned_elsewhere(shown, period, ledger),
        **_around(shown, period, form.record),
    )


def turned_away(
    shown: Task, period: Period, form: EditForm, words: str, sent: Report | None = None
) -> tuple[str, int]:
    """The page of a report that can't be written now, with what the actor typed for it."""
    draft = form.record.last_round  # type: ignore[attr-defined]
    page = render_template(
        "progress/closed.html",
        task=shown,
        period=period,
        form=form,
        words=words,
        sent=sent,
        saved_at=draft.entered_at if draft is not None and draft.last_event is None else None,
        exceptions=given(db.session(), shown.campaign_id, current_actor(), clock.today(), period.id),
    )
    return page, 409


def _returned_elsewhere(shown: Task, period: Period, ledger: Ledger) -> list[PeriodRow]:
    """Other periods of the task whose report was returned and not sent again: they wait too."""
    rows = rows_of(ledger, shown.id, clock.today(), last_said(db.session(), shown))
    return [row for row in rows if row.status is ReportStatus.RETURNED and row.period.id != period.id]


def _bound(shown: Task, period: Period, known: Report | None, ledger: Ledger) -> ReportForm:
    record = known or Report(task_id=shown.id, period_id=period.id, version=0, rounds=[])
    return report_form(shown, period).bind(
        record,
        sending=request.form.get("act") == CHECK,
        **judged_by(ledger, shown, period, known, current_actor()),
    )


def _around(shown: Task, period: Period, known: Any) -> dict[str, Any]:
    """What the pages of a report show around it; a report that nobody has begun has no rounds."""
    return {
        "task": shown,
        "period": period,
        "beside": beside(known, period, clock.today()),
        "question": question,
        "for_another": enters_for_another(current_actor(), shown.lead_unit, Permission.ENTER_REPORT),
        "proofs": showing.of_round(
            db.session(),
            shown.id,
            known.last_round if known is not None else None,
            current_actor(),
            writing=True,
        ),
    }


def _task_and_period(task_id: int, period_id: int) -> tuple[Task, Period]:
    """The two, for who may report on the task; 404 where the period is another campaign's."""
    shown: Task = db.first_or_404(whole().where(Task.id == task_id))
    authorise(Permission.ENTER_REPORT, shown.subject(), see=Permission.SEE_TASK)
    period: Period = db.first_or_404(queries.periods_of(shown.campaign_id).where(Period.id == period_id))
    return shown, period


def closed(shown: Task, period: Period | None = None) -> str | None:
    """Why the task can't be reported on (for the period) now, in words; None when it can."""
    lock = lock_of(db.session(), period, [shown], clock.today()) if period is not None else None
    return closed_by(shown, period, lock)


def closed_by(shown: Task, period: Period | None, lock: Lock | None) -> str | None:
    """The same, for a lock that was read for several tasks at once."""
    if shown.status not in REGISTERED:
        now = shown.status.label.lower()
        return f"Phần việc đang ở bước “{now}”; chỉ báo cáo phần việc đã được duyệt vào danh mục."
    if not works_on(shown.campaign.status):
        return f"Phong trào {shown.campaign.status.label.lower()} nên không nhận báo cáo nữa."
    if period is not None and period.start_on > clock.today():
        return f"Kỳ {period.label} chưa bắt đầu."
    return lock.words(shown) if lock is not None else None


@blueprint.route("/phan-viec/<int:task_id>/bao-cao/<int:period_id>/gui", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def submit(task_id: int, period_id: int) -> Response | str:
    """Xem lại trước khi gửi: everything as the leaders will read it; then one press."""
    shown, period = _task_and_period(task_id, period_id)
    known = db.session.scalars(queries.of_task_in_period(task_id, period_id)).first()
    draft = known.last_round if known is not None else None
    shut = request.method == "GET" and closed(shown, period) is not None
    if known is None or draft is None or shut or (draft.last_event is not None and request.method == "GET"):
        return redirect(url_for("progress.report", task_id=task_id, period_id=period_id))
    form = SubmitForm.bind(known)
    lines = lines_of_round(reading.of_task(db.session(), shown), known, draft)
    if form.accepts():
        with form.act() as act:
            check_sendable(shown, draft, lines)
            operations.submit(db.session(), known, by=current_actor(), at=clock.now())
            act.location = url_for("progress.receipt", report_id=known.id)
            db.session.commit()
            return redirect(act.location)
    return render_template(
        "progress/submit.html", form=form, draft=draft, lines=lines, **_around(shown, period, known)
    )


def check_sendable(shown: Task, draft: ReportRound, lines: Sequence[Line]) -> None:
    """Accept a draft for sending by the present actor, or raise `ReportIncomplete` with what is missing."""
    today = clock.today()
    check(lines, draft.narrative, start_on=shown.start_on, today=today, blanks_meant=draft.blanks_meant)
    if words := sending_problem(current_actor(), shown.lead_unit, draft):
        raise ReportIncomplete(words)


def last_said(session: Session, shown: Task) -> dict[tuple[int, int], LastWord]:
    """What was said last on each report of the task, by task and period."""
    return last_words(session.execute(queries.words_on_reports(Task.id == shown.id)))

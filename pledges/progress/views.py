"""Pages of tasks and of what was reported on them; writing a report stands in the module beside."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import allowed, authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import campaign_question, chosen
from pledges.commitments.models import Commitment
from pledges.commitments.queries import editions
from pledges.core import as_of, clock
from pledges.core.database import db
from pledges.core.numbers import format_rounded
from pledges.files.operations import FileMissing
from pledges.progress import (
    correction_pages,
    evidence_pages,
    queries,
    reading,
    report_pages,
    unit_pages,
)
from pledges.progress.blueprint import blueprint
from pledges.progress.calendar import ReportStatus
from pledges.progress.ledger import Ledger
from pledges.progress.listing import sections
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.proofs import views as proving
from pledges.progress.report_pages import closed, last_said
from pledges.progress.rows import most_pressing, rows_of
from pledges.progress.showing import lines_of_round
from pledges.progress.story import of_report, of_task
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import of_task as amendments_of
from pledges.tasks.following import forerunner
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import whole
from pledges.tasks.rules import EDITABLE, MOVES, REGISTERED, TaskEventKind, TaskStatus

__all__ = ["blueprint", "correction_pages", "evidence_pages", "proving", "report_pages", "unit_pages"]

blueprint.add_app_template_filter(format_rounded, "rounded")


@blueprint.get("/phan-viec/<int:task_id>")
@guard(Permission.SEE_TASK)
def task(task_id: int) -> str:
    """Phần việc: facts, state with its reason, reports, obstacles, commitment, story."""
    shown: Task = db.first_or_404(whole().where(Task.id == task_id))
    authorise(Permission.SEE_TASK, shown.subject())
    session, asked = db.session(), as_of.requested()
    ledger = reading.of_task(session, shown)
    rows = rows_of(ledger, shown.id, asked.day, last_said(session, shown))
    obstacles = list(session.scalars(queries.obstacles_of_task(shown.id)))
    reports = list(session.scalars(queries.rounds_of_task(shown.id)))
    amendments = list(session.scalars(amendments_of(shown.id)))
    return render_template(
        "progress/task.html",
        task=shown,
        asked=asked,
        **_standings(ledger, shown, asked.day),
        rows=rows,
        registered=shown.status in REGISTERED and works_on(shown.campaign.status),
        pressing=most_pressing(rows) if closed(shown) is None else None,
        open_obstacles=[one for one in obstacles if one.open],
        extended=_extension(obstacles, amendments),
        amendments=amendments[::-1],
        amendable=_amendable(shown, amendments),
        returned=_return_of(shown),
        commitments=_commitments(session, shown),
        follows=session.scalars(forerunner(shown, current_actor())).first(),
        story=of_task(shown, reports, obstacles),
        editable=shown.status in EDITABLE and works_on(shown.campaign.status),
        moves=MOVES[shown.status],
        TaskEventKind=TaskEventKind,
    )


def _amendable(shown: Task, amendments: Iterable[Amendment]) -> bool:
    """Whether an amendment can be proposed now: the task stands in the list, and no other waits."""
    in_list = TaskEventKind.AMENDED in MOVES[shown.status] and works_on(shown.campaign.status)
    return in_list and not any(one.waits for one in amendments)


def _extension(obstacles: Iterable[Obstacle], amendments: Iterable[Amendment]) -> Obstacle | None:
    """The last obstacle on which a leader granted more time, while no amendment was proposed since."""
    granted = [one for one in obstacles if one.decision is Decision.EXTEND and one.decided_at is not None]
    last = max(granted, key=lambda one: (one.decided_at, one.id), default=None)
    if last is None or any(one.proposed_at >= last.decided_at for one in amendments if last.decided_at):
        return None
    return last


def _return_of(shown: Task) -> TaskEvent | None:
    """The return that the task's unit has still to answer."""
    returns = [event for event in shown.events if event.kind is TaskEventKind.RETURNED]
    return returns[-1] if shown.status is TaskStatus.RETURNED else None


def _standings(ledger: Ledger, shown: Task, day: date) -> dict[str, Any]:
    """How the task stands on the day, and how it would if what was sent were accepted, where that differs."""
    if shown.number is None:
        return {"standing": None, "tentative": None}
    standing, tentative = ledger.standing(shown.id, day), ledger.tentative(shown.id, day)
    differs = (tentative.state, tentative.progress) != (standing.state, standing.progress)
    return {"standing": standing, "tentative": tentative if differs else None}


def _commitments(session: Session, shown: Task) -> list[Commitment]:
    """The editions of the unit's commitment that hold the task, newest first, for those who may know of them."""
    found = session.scalars(editions(shown.campaign_id, shown.lead_unit_id))
    return [
        one
        for one in found
        if any(held["number"] == shown.number for held in one.frozen_content().get("tasks", ()))
        and allowed(Permission.SEE_COMMITMENT, one.subject())
    ]


@blueprint.get("/bao-cao")
@guard(Permission.SEE_REPORT)
def listing() -> str:
    """Báo cáo theo kỳ: what each task owes, newest period first."""
    actor = current_actor()
    seen = list(db.session.scalars(seen_by(actor)))
    campaign = chosen(seen)
    first = campaign_question(seen)
    found = sections(db.session(), campaign, actor, request.args, *first) if campaign else None
    return render_template("progress/listing.html", campaign=campaign, found=found)


@blueprint.get("/bao-cao/<int:report_id>/bien-nhan")
@guard(Permission.ENTER_REPORT)
def receipt(report_id: int) -> Answer | str:
    """Biên nhận: what was sent, when, and what comes next."""
    shown = _report(report_id, Permission.ENTER_REPORT)
    sent = [one for one in shown.rounds if one.submitted_at is not None]
    if not sent:
        return redirect(url_for("progress.report", task_id=shown.task_id, period_id=shown.period_id))
    return render_template("progress/receipt.html", report=shown, sent=sent[-1])


@blueprint.get("/bao-cao/<int:report_id>")
@guard(Permission.SEE_REPORT)
def view(report_id: int) -> str:
    """Báo cáo đã gửi: every round with figures, words, files and verdict."""
    shown = _report(report_id, Permission.SEE_REPORT)
    ledger = reading.of_task(db.session(), shown.task)
    rounds = [
        (one, lines_of_round(ledger, shown, one)) for one in shown.rounds if one.submitted_at is not None
    ]
    return render_template(
        "progress/view.html",
        report=shown,
        task=shown.task,
        rounds=rounds[::-1],
        drafting=any(one.last_event is None for one in shown.rounds),
        status=_status(ledger, shown),
        story=of_report(shown),
        ReportStatus=ReportStatus,
    )


def _status(ledger: Ledger, shown: Report) -> ReportStatus:
    period = next(one for one in ledger.periods if one.id == shown.period_id)
    return ledger.report_status(shown.task_id, period, clock.today())


def _report(report_id: int, permission: Permission) -> Report:
    found: Report = db.first_or_404(queries.whole().where(Report.id == report_id))
    authorise(permission, found.subject(), see=Permission.SEE_REPORT)
    return found


@blueprint.app_errorhandler(FileMissing)
def file_missing(missing: FileMissing) -> tuple[str, int]:
    """A stored file whose bytes are gone or changed: said as it is, never served."""
    current_app.logger.error("stored file: %s at %s", missing, request.path)
    page = render_template(
        "site/error.html",
        code=410,
        title="Tệp không còn nguyên",
        what=str(missing),
        means="Hồ sơ vẫn còn; chỉ nội dung tệp này không mở được.",
        todo="Đồng chí báo quản trị khôi phục từ bản sao lưu.",
        reference=None,
    )
    return page, 410

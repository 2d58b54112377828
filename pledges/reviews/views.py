"""Leaders' pages: what waits, verdicts on reports, decisions on obstacles."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.base import EditForm
from pledges.core.neighbours import Neighbours, neighbours
from pledges.progress import reading
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.queries import whole
from pledges.progress.showing import lines_of_round
from pledges.progress.story import of_report
from pledges.reviews import operations
from pledges.reviews.forms import AcceptForm, DecisionForm, ReturnForm
from pledges.reviews.queries import obstacle as one_obstacle
from pledges.reviews.waiting import Wanted, obstacles_of, reports_waiting
from pledges.reviews.waiting import queue as what_waits
from pledges.tasks.waiting import Sought

blueprint = Blueprint("reviews", __name__)


@blueprint.get("/duyet")
@guard(Permission.REVIEW_REPORT)
def queue() -> str:
    """Việc chờ duyệt: tasks, reports and obstacles that wait for this leader."""
    wanted = Wanted.read(request.args)
    whole_queue = what_waits(db.session(), current_actor(), clock.today())
    return render_template(
        "reviews/queue.html",
        queue=whole_queue.narrowed(wanted),
        whole=whole_queue,
        wishes=wanted.wishes.offering(whole_queue.answers),
        carried=wanted.sought.arguments(),
    )


@blueprint.route("/bao-cao/<int:report_id>/duyet", methods=["GET", "POST"])
@guard(Permission.REVIEW_REPORT)
def accept(report_id: int) -> Response | str:
    """Duyệt báo cáo: its figures count from now on."""

    def verdict(report: Report, form: EditForm, actor: Actor) -> str:
        note = form["note"].data or ""
        operations.accept(db.session(), report, by=actor, at=clock.now(), note=note)
        return f"Đã duyệt báo cáo {report.period.label} của phần việc {report.task.number}."

    return _judge(report_id, AcceptForm, verdict, "reviews/accept.html")


@blueprint.route("/bao-cao/<int:report_id>/tra-lai", methods=["GET", "POST"])
@guard(Permission.REVIEW_REPORT)
def send_back(report_id: int) -> Response | str:
    """Trả lại báo cáo, with the reason that the unit reads."""

    def verdict(report: Report, form: EditForm, actor: Actor) -> str:
        operations.send_back(db.session(), report, form["reason"].data, by=actor, at=clock.now())
        return f"Đã trả lại báo cáo {report.period.label} của phần việc {report.task.number}."

    return _judge(report_id, ReturnForm, verdict, "reviews/send_back.html")


def _judge(
    report_id: int, kind: type[EditForm], verdict: Callable[[Report, EditForm, Actor], str], template: str
) -> Response | str:
    """A verdict on the round that waits, with figures, what stood before, words and files in sight."""
    report: Report = db.first_or_404(whole().where(Report.id == report_id))
    actor = authorise(Permission.REVIEW_REPORT, report.subject(), see=Permission.SEE_REPORT)
    form = kind.bind(report)
    place, carried = _place_of(report, actor)
    if form.accepts():
        with form.act() as act:
            said = verdict(report, form, actor)
            act.location = _onward(place, "reviews.accept", "report_id", carried)
            db.session.commit()
            flash(f"{said} {_left(place, 'báo cáo')}", "good")
            return redirect(act.location)
    return render_template(template, form=form, place=place, carried=carried, **_shown(report))


def _place_of(report: Report, actor: Actor) -> tuple[Neighbours | None, dict[str, Any]]:
    """Where the report stands among those that wait and that the address asks for, and what the address asks."""
    sought = Sought.read(request.args)
    waiting = reports_waiting(db.session(), actor, clock.today())
    ids = [one.report.id for one in waiting if sought.fits_task(one.report.task)]
    return neighbours(ids, report.id), sought.arguments()


def _onward(place: Neighbours | None, endpoint: str, argument: str, carried: dict[str, Any]) -> str:
    """Where a verdict leads: to the next thing of its kind that waits, after the last to the queue."""
    if place is None or place.then is None:
        return url_for("reviews.queue")
    arguments: dict[str, Any] = {argument: place.then} | carried
    return url_for(endpoint, **arguments)


def _left(place: Neighbours | None, what: str) -> str:
    left = place.left if place is not None else 0
    return f"Còn {left} {what} đang chờ." if left else f"Không còn {what} nào đang chờ."


def _shown(report: Report) -> dict[str, Any]:
    """The round that waits (or the last that was sent) beside what stood before."""
    ledger, today = reading.of_task(db.session(), report.task), clock.today()
    sent = [one for one in report.rounds if one.submitted_at is not None]
    last = sent[-1] if sent else None
    return {
        "report": report,
        "task": report.task,
        "round": last,
        "waits": last is not None
        and last is report.last_round
        and last.last_event is not None
        and last.last_event.kind is ReportEventKind.SUBMITTED,
        "lines": lines_of_round(ledger, report, last) if last is not None else [],
        "standing": ledger.standing(report.task_id, today),
        "tentative": ledger.tentative(report.task_id, today),
        "story": of_report(report),
    }


@blueprint.route("/vuong-mac/<int:obstacle_id>/quyet-dinh", methods=["GET", "POST"])
@guard(Permission.DECIDE_OBSTACLE)
def decide(obstacle_id: int) -> Response | str:
    """Quyết định về vướng mắc: help, extend, reassign or refuse, with the reason."""
    obstacle: Obstacle = db.first_or_404(one_obstacle(obstacle_id))
    actor = authorise(Permission.DECIDE_OBSTACLE, obstacle.report.subject(), see=Permission.SEE_REPORT)
    form = DecisionForm.bind(obstacle)
    sought = Sought.read(request.args)
    waiting = obstacles_of(db.session(), actor)
    ids = [one.id for one in waiting if sought.fits_task(one.report.task)]
    place, carried = neighbours(ids, obstacle.id), sought.arguments()
    if form.accepts():
        with form.act() as act:
            operations.decide(
                db.session(), obstacle, form.decision.data, form.reason.data, by=actor, at=clock.now()
            )
            act.location = _onward(place, "reviews.decide", "obstacle_id", carried)
            db.session.commit()
            said = Markup(
                'Đã ghi quyết định về phần việc <a href="{}">{}</a>; đơn vị thấy ở trang phần việc. {}'
            )
            task = obstacle.report.task
            page = url_for("progress.task", task_id=task.id)
            flash(said.format(page, task.title, _left(place, "vướng mắc")), "good")
            return redirect(act.location)
    return render_template(
        "reviews/decide.html",
        form=form,
        obstacle=obstacle,
        task=obstacle.report.task,
        place=place,
        carried=carried,
    )

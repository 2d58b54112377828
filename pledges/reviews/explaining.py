"""Yêu cầu giải trình: a leader asks on one indicator, then takes the unit's answer or withdraws the question."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.addresses import number_in
from pledges.core.database import db
from pledges.progress import queries, reading
from pledges.progress.explanations import operations
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import of_task, whole
from pledges.reviews.blueprint import blueprint
from pledges.reviews.forms import AskForm, CloseForm
from pledges.reviews.going import Going
from pledges.reviews.queries import indicator as one_indicator
from pledges.reviews.waiting import explanations_of
from pledges.tasks.models import Indicator, Task
from pledges.tasks.rules import REGISTERED

USUAL_DAYS = timedelta(days=5)
"""So much time to answer is offered; the leader changes it."""


@blueprint.route("/chi-tieu/<int:indicator_id>/yeu-cau-giai-trinh", methods=["GET", "POST"])
@guard(Permission.ASK_EXPLANATION)
def ask(indicator_id: int) -> Response | str:
    """Yêu cầu giải trình về một chỉ tiêu, with the day by which the unit answers."""
    asked_on: Indicator = db.first_or_404(one_indicator(indicator_id))
    task, session, today = asked_on.task, db.session(), clock.today()
    actor = authorise(Permission.ASK_EXPLANATION, task.subject(), see=Permission.SEE_TASK)
    periods = list(session.scalars(queries.begun(task.campaign_id, today)))[::-1]
    first = {"answer_by": today + USUAL_DAYS, "period": number_in("ky")}
    form = AskForm.bind(first, periods=periods, today=today)
    if form.accepts():
        with form.act() as act:
            operations.ask(session, asked_on, form.entry(), by=actor, at=clock.now())
            act.location = url_for("progress.task", task_id=task.id, _anchor="giai-trinh")
            db.session.commit()
            flash(f"Đã gửi yêu cầu giải trình đến {task.lead_unit.name}.", "good")
            return redirect(act.location)
    return render_template(
        "reviews/ask.html",
        form=form,
        indicator=asked_on,
        task=task,
        not_now=_not_now(task),
        before=[one for one in session.scalars(of_task(task.id)) if one.indicator_id == indicator_id],
        standing=_standing(task, asked_on, today),
    )


def _not_now(task: Task) -> str:
    """Why nothing can be asked, in words; "" when it can."""
    if not works_on(task.campaign.status):
        return f"Phong trào {task.campaign.status.label.lower()} nên không yêu cầu giải trình nữa."
    if task.status not in REGISTERED:
        return "Chỉ yêu cầu giải trình về phần việc đang trong danh mục."
    return ""


def _standing(task: Task, asked_on: Indicator, day: date) -> object:
    """How the indicator stands on the day."""
    ledger = reading.of_task(db.session(), task)
    known = dict(
        zip(ledger.tasks[task.id].indicator_ids, ledger.standing(task.id, day).indicators, strict=False)
    )
    return known.get(asked_on.id)


@blueprint.route("/giai-trinh/<int:request_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.ASK_EXPLANATION)
def close_explanation(request_id: int) -> Response | str:
    """Nhận giải trình; or, where none has come, withdraw the question with a note."""
    asked: ExplanationRequest = db.first_or_404(whole().where(ExplanationRequest.id == request_id))
    actor = authorise(Permission.ASK_EXPLANATION, asked.subject(), see=Permission.SEE_TASK)
    form, task = CloseForm.bind(asked), asked.indicator.task
    waiting = explanations_of(db.session(), actor)
    going = Going.among(((one.id, one.indicator.task) for one in waiting), asked.id)
    if form.accepts():
        with form.act() as act:
            operations.close(db.session(), asked, form.note.data or "", by=actor, at=clock.now())
            act.location = (
                going.onward("reviews.close_explanation", "request_id")
                if going.place
                else url_for("progress.task", task_id=task.id, _anchor="giai-trinh")
            )
            db.session.commit()
            said = "Đã nhận giải trình" if asked.answered_at is not None else "Đã rút yêu cầu giải trình"
            link = Markup('<a href="{}">{}</a>').format(url_for("progress.task", task_id=task.id), task.title)
            left = f" {going.left('giải trình')}" if going.place else ""
            flash(Markup("{}: {}.{}").format(said, link, left), "good")
            return redirect(act.location)
    return render_template(
        "reviews/close_explanation.html",
        form=form,
        asked=asked,
        task=task,
        status=asked.status(clock.today()),
        place=going.place,
        carried=going.carried,
    )

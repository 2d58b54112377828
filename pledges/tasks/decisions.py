"""What leaders decide on a task: take it into the list, return it, cancel it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.steps import StepForm
from pledges.core.neighbours import Neighbours
from pledges.tasks import operations
from pledges.tasks.alike import alike_to
from pledges.tasks.blueprint import blueprint
from pledges.tasks.decision_forms import ApproveForm, CancelForm, ReturnForm, return_form
from pledges.tasks.models import Task
from pledges.tasks.phrases import phrases
from pledges.tasks.queries import whole
from pledges.tasks.rounds import rounds
from pledges.tasks.rules import MOVES, TaskEventKind
from pledges.tasks.waiting import Sought, around


@blueprint.route("/phan-viec/<int:task_id>/duyet", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def approve(task_id: int) -> Response | str:
    """Duyệt phần việc: it gets its number in the list, once and for ever."""

    def step(task: Task, form: StepForm, actor: Actor) -> Markup:
        note = form["note"].data or ""
        number = operations.approve(db.session(), task, by=actor, at=clock.now(), note=note)
        return Markup("Đã duyệt phần việc số {} trong danh mục: {}.").format(number, _link(task))

    task, actor = _asked(task_id)
    return _decide(task, actor, ApproveForm.bind(task), TaskEventKind.APPROVED, step)


@blueprint.route("/phan-viec/<int:task_id>/tra-lai", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def send_back(task_id: int) -> Response | str:
    """Trả lại phần việc: a reason for the whole, remarks on its parts, or both."""

    def step(task: Task, form: ReturnForm, actor: Actor) -> Markup:
        reason, remarks = form.reason.data or "", form.remarks()
        operations.send_back(db.session(), task, reason, by=actor, at=clock.now(), remarks=remarks)
        said = Markup("Đã trả lại cho {} kèm lý do: {}.")
        return said.format(task.lead_unit.name, _link(task))

    task, actor = _asked(task_id)
    offered = phrases(db.session(), actor, task.campaign.area_unit_id)
    return _decide(task, actor, return_form(task).bind(task), TaskEventKind.RETURNED, step, phrases=offered)


@blueprint.route("/phan-viec/<int:task_id>/huy", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def cancel(task_id: int) -> Response | str:
    """Hủy phần việc, with the reason; its number is not given again."""

    def step(task: Task, form: StepForm, actor: Actor) -> Markup:
        operations.cancel(db.session(), task, form["reason"].data, by=actor, at=clock.now())
        return Markup("Đã hủy phần việc.")

    task, actor = _asked(task_id)
    return _decide(task, actor, CancelForm.bind(task), TaskEventKind.CANCELLED, step)


LOOK = "look"
"""The value of a button that decides nothing: the page is shown again as it was filled in."""

TEMPLATES = {
    TaskEventKind.APPROVED: "tasks/approve.html",
    TaskEventKind.RETURNED: "tasks/send_back.html",
    TaskEventKind.CANCELLED: "tasks/cancel.html",
}


def _asked(task_id: int) -> tuple[Task, Actor]:
    task = db.first_or_404(whole().where(Task.id == task_id))
    return task, authorise(Permission.DECIDE_TASK, task.subject(), see=Permission.SEE_TASK)


def _decide(
    task: Task,
    actor: Actor,
    form: StepForm,
    event: TaskEventKind,
    step: Callable[[Task, Any, Actor], Markup],
    **shown: Any,
) -> Response | str:
    """The page of a decision: GET shows the task as it stands, POST decides and leads to the next that waits."""
    sought = Sought.read(request.args)
    place = around(db.session(), actor, sought, task)
    if request.form.get("act") != LOOK and form.accepts():
        with form.act() as act:
            said = step(task, form, actor)
            act.location = _onward(task, event, place, sought)
            db.session.commit()
            flash(said + _left(event, place), "good")
            return redirect(act.location)
    return render_template(
        TEMPLATES[event],
        form=form,
        task=task,
        possible=event in MOVES[task.status],
        lacking=operations.shortcomings(task) if event is TaskEventKind.APPROVED else [],
        alike=alike_to(db.session(), actor, task),
        rounds=rounds(db.session(), task),
        sent=[one for one in task.events if one.kind is TaskEventKind.SUBMITTED],
        place=place,
        carried=sought.arguments(),
        **shown,
    )


def _onward(task: Task, event: TaskEventKind, place: Neighbours | None, sought: Sought) -> str:
    """Where a decision leads: to the next task that waits, after the last to the queue; from elsewhere to the task."""
    if event is TaskEventKind.CANCELLED or place is None:
        return url_for("progress.task", task_id=task.id)
    if place.then is None:
        return url_for("reviews.queue")
    arguments: dict[str, Any] = sought.arguments()
    return url_for("tasks.approve", task_id=place.then, **arguments)


def _left(event: TaskEventKind, place: Neighbours | None) -> str:
    if event is TaskEventKind.CANCELLED or place is None:
        return ""
    return f" Còn {place.left} phần việc chờ duyệt." if place.left else " Không còn phần việc nào chờ duyệt."


def _link(task: Task) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url_for("progress.task", task_id=task.id), task.title)

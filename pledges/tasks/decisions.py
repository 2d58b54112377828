"""What leaders decide on a task: take it into the list, return it, cancel it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.steps import StepForm
from pledges.tasks import lists, operations
from pledges.tasks.blueprint import blueprint
from pledges.tasks.forms import ApproveForm, CancelForm, ReturnForm
from pledges.tasks.models import Task
from pledges.tasks.queries import whole
from pledges.tasks.rules import MOVES, TaskEventKind


@blueprint.route("/phan-viec/<int:task_id>/duyet", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def approve(task_id: int) -> Response | str:
    """Duyệt phần việc: it gets its number in the list, once and for ever."""

    def step(task: Task, form: StepForm, actor: Actor) -> str:
        number = operations.approve(
            db.session(), task, by=actor, at=clock.now(), note=form["note"].data or ""
        )
        return f"Đã duyệt: phần việc số {number} trong danh mục."

    return _decide(task_id, ApproveForm, TaskEventKind.APPROVED, step)


@blueprint.route("/phan-viec/<int:task_id>/tra-lai", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def send_back(task_id: int) -> Response | str:
    """Trả lại phần việc, with the reason."""

    def step(task: Task, form: StepForm, actor: Actor) -> str:
        operations.send_back(db.session(), task, form["reason"].data, by=actor, at=clock.now())
        return f"Đã trả lại cho {task.lead_unit.name} kèm lý do."

    return _decide(task_id, ReturnForm, TaskEventKind.RETURNED, step)


@blueprint.route("/phan-viec/<int:task_id>/huy", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def cancel(task_id: int) -> Response | str:
    """Hủy phần việc, with the reason; its number is not given again."""

    def step(task: Task, form: StepForm, actor: Actor) -> str:
        operations.cancel(db.session(), task, form["reason"].data, by=actor, at=clock.now())
        return "Đã hủy phần việc."

    return _decide(task_id, CancelForm, TaskEventKind.CANCELLED, step)


def _decide(
    task_id: int, kind: type[StepForm], event: TaskEventKind, step: Callable[[Task, Any, Actor], str]
) -> Response | str:
    """The page of a decision: GET shows the task as it stands, POST decides."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.DECIDE_TASK, task.subject(), see=Permission.SEE_TASK)
    form = kind.bind(task)
    if form.accepts():
        with form.act() as act:
            said = step(task, form, actor)
            act.location = url_for("progress.task", task_id=task.id)
            db.session.commit()
            flash(said, "good")
            return redirect(act.location)
    template = {
        TaskEventKind.APPROVED: "tasks/approve.html",
        TaskEventKind.RETURNED: "tasks/send_back.html",
        TaskEventKind.CANCELLED: "tasks/cancel.html",
    }[event]
    return render_template(
        template,
        form=form,
        task=task,
        possible=event in MOVES[task.status],
        lacking=operations.shortcomings(task) if event is TaskEventKind.APPROVED else [],
        alike=lists.alike(db.session(), actor, task),
    )

"""Pages by which a unit proposes an amendment: the task as it is to be, what that changes, sent; or to be dropped."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.rows import rows_pressed
from pledges.tasks.amending import operations
from pledges.tasks.amending.changes import Change, changes
from pledges.tasks.amending.forms import AmendedRow, AmendForm, DropForm
from pledges.tasks.amending.queries import proposed
from pledges.tasks.amending.rules import UNCHANGED
from pledges.tasks.amending.texts import facts_of_entry
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.blueprint import blueprint
from pledges.tasks.entering import MOST_SUGGESTED, Remarks, offered
from pledges.tasks.indicator_rules import MOST_INDICATORS
from pledges.tasks.models import Task
from pledges.tasks.parts import facts_of
from pledges.tasks.queries import labels_used, measures_used, whole

SEND = "send-"
"""The beginning of the value of the button that sends; the rest is the mark of what was reviewed."""


@blueprint.route("/phan-viec/<int:task_id>/dieu-chinh", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def propose_amendment(task_id: int) -> Response | str | tuple[str, int]:
    """Đề nghị điều chỉnh: the questions, then a page of what changes, then sent."""
    task, actor = _asked(task_id)
    context = offered(task.campaign, actor, task) | {"leads": [task.lead_unit], "corrected": None}
    context["for_others"] = [task.lead_unit] if enters_for_another(actor, task.lead_unit) else []
    form = AmendForm.bind(task, **context)
    if words := operations.closed(db.session(), task):
        form.close()
        return _not_now(task, words, form)
    if rows_pressed(form):
        return _questions(form, task)
    if request.method == "POST" and not _reviewed(form):
        form.keep_typed()
        return _questions(form, task, _shown(form, task))
    if form.accepts():
        with form.act() as act:
            proposal = operations.propose(
                db.session(), task, form.entry(), form.rows(), form.grounds(), by=actor, at=clock.now()
            )
            act.location = url_for("tasks.amendment", amendment_id=proposal.id)
            db.session.commit()
            flash("Đã gửi đề nghị điều chỉnh; lãnh đạo duyệt xong thì phần việc mới đổi.", "good")
            return redirect(act.location)
    return _questions(form, task)


@blueprint.route("/phan-viec/<int:task_id>/de-nghi-bo", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def propose_dropping(task_id: int) -> Response | str | tuple[str, int]:
    """Đề nghị bỏ phần việc: the reason; a leader cancels it."""
    task, actor = _asked(task_id)
    form = DropForm.bind(task, for_another=enters_for_another(actor, task.lead_unit), title=task.title)
    if words := operations.closed(db.session(), task):
        form.close()
        return _not_now(task, words, form)
    if form.accepts():
        with form.act() as act:
            proposal = operations.propose_dropping(
                db.session(), task, form.grounds(), by=actor, at=clock.now()
            )
            act.location = url_for("tasks.amendment", amendment_id=proposal.id)
            db.session.commit()
            flash("Đã gửi đề nghị bỏ phần việc; lãnh đạo duyệt xong thì phần việc mới hủy.", "good")
            return redirect(act.location)
    return render_template("tasks/amending/drop.html", form=form, task=task)


def _asked(task_id: int) -> tuple[Task, Actor]:
    task = db.first_or_404(whole().where(Task.id == task_id))
    return task, authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)


def _not_now(task: Task, words: str, form: AmendForm | DropForm) -> tuple[str, int]:
    waiting = db.session.scalars(proposed(task.id)).first()
    return render_template(
        "tasks/amending/not_now.html", task=task, words=words, form=form, waiting=waiting
    ), 409


def _reviewed(form: AmendForm) -> bool:
    """Whether exactly this was shown on the page of what changes."""
    return form.validate() and request.form.get("act") == SEND + form.seen()


def _shown(form: AmendForm, task: Task) -> Sequence[Change]:
    """What would change; nothing while the form has errors, or what it says can't be."""
    if form.errors:
        return ()
    entry, rows = form.entry(), form.rows()
    for words in operations.problems(db.session(), task, entry, rows):
        form.refuse(words)
    names = {unit.code: unit.name for unit in (task.lead_unit, *task.cooperating, *entry.cooperating)}
    found = changes(facts_of(task), facts_of_entry(entry, rows), names)
    if not found:
        form.refuse(UNCHANGED)
    return () if form.errors else found


def _questions(form: AmendForm, task: Task, shown: Sequence[Change] = ()) -> str:
    """The task as a form; with what changes above it, and the button that sends, once that is known."""
    area = task.campaign.area_unit_id
    return render_template(
        "tasks/amending/propose.html",
        form=form,
        task=task,
        campaign=task.campaign,
        changes=shown,
        send=SEND + form.seen() if shown else "",
        remarks=Remarks({}, {}, ()),
        saved=None,
        amending=True,
        fresh=False,
        measures=list(db.session.scalars(measures_used(area).limit(MOST_SUGGESTED))),
        labels=list(db.session.scalars(labels_used(area).limit(MOST_SUGGESTED))),
        blank=AmendedRow(prefix="indicators-__row__-"),
        most=MOST_INDICATORS,
    )

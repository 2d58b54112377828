"""Where organisers say what evidence the reports of a task must show."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.several import check_versions
from pledges.core.numbers import two_digits
from pledges.progress.blueprint import blueprint
from pledges.progress.proofs import operations
from pledges.progress.proofs.forms import ProofRulesForm
from pledges.progress.proofs.queries import rules_of
from pledges.progress.proofs.rules import wanted
from pledges.tasks.models import Task
from pledges.tasks.queries import registered, whole


@blueprint.route("/phan-viec/<int:task_id>/yeu-cau-minh-chung", methods=["GET", "POST"])
@guard(Permission.SET_PROOF_RULES)
def proof_rules(task_id: int) -> Response | str:
    """Yêu cầu minh chứng của phần việc, and of others of its campaign with it."""
    task: Task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.SET_PROOF_RULES, task.subject(), see=Permission.SEE_TASK)
    same = registered(whole()).where(Task.campaign_id == task.campaign_id, Task.id != task.id)
    others = list(db.session.scalars(same))
    form = ProofRulesForm.bind(task, others=others)
    if form.accepts():
        with form.act() as act:
            session = db.session()
            chosen = form.others.records
            same_as_seen = check_versions(session, chosen, form.seen.data or {})
            taken = [one for one in chosen if one.id in same_as_seen]
            operations.set_rules(session, [task, *taken], form.entries(), by=actor, at=clock.now())
            act.location = url_for("progress.task", task_id=task.id)
            session.commit()
            _tell(len(taken) + 1, [one for one in chosen if one.id not in same_as_seen])
            return redirect(act.location)
    known: dict[int, list[str]] = {}
    for rule in db.session.scalars(rules_of([task.id, *(one.id for one in others)])):
        known.setdefault(rule.task_id, []).extend(wanted([rule]))
    return render_template("progress/proof_rules.html", form=form, task=task, others=others, known=known)


def _tell(number: int, left: list[Task]) -> None:
    flash(f"Đã đặt yêu cầu minh chứng cho {two_digits(number)} phần việc.", "good")
    if left:
        named = ", ".join(str(task.number) for task in left)
        flash(f"Chưa đặt cho phần việc số {named}: vừa được người khác sửa, đồng chí xem lại.", "warn")

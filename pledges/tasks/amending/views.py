"""Pages of amendments: one proposal with what it changes and what was decided; withdrawing it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.core import clock
from pledges.core.database import db
from pledges.tasks.amending import deciding, operations, proposing
from pledges.tasks.amending.forms import WithdrawAmendmentForm
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import whole
from pledges.tasks.amending.reading import shown_changes
from pledges.tasks.blueprint import blueprint

__all__ = ["deciding", "proposing"]


@blueprint.get("/dieu-chinh/<int:amendment_id>")
@guard(Permission.SEE_TASK)
def amendment(amendment_id: int) -> str:
    """Đề nghị điều chỉnh: what it changes, why, by which paper, and what was decided."""
    found: Amendment = db.first_or_404(whole().where(Amendment.id == amendment_id))
    authorise(Permission.SEE_TASK, found.task.subject())
    return render_template(
        "tasks/amending/amendment.html",
        amendment=found,
        task=found.task,
        changes=shown_changes(db.session(), found),
    )


@blueprint.route("/dieu-chinh/<int:amendment_id>/rut", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def withdraw_amendment(amendment_id: int) -> Response | str:
    """Rút đề nghị, before it was decided."""
    found: Amendment = db.first_or_404(whole().where(Amendment.id == amendment_id))
    actor = authorise(Permission.ENTER_TASK, found.task.subject(), see=Permission.SEE_TASK)
    form = WithdrawAmendmentForm.bind(found)
    if form.accepts():
        with form.act() as act:
            operations.withdraw(db.session(), found, by=actor, at=clock.now())
            act.location = url_for("tasks.amendment", amendment_id=amendment_id)
            db.session.commit()
            flash("Đã rút đề nghị điều chỉnh. Phần việc giữ nguyên như đã cam kết.", "good")
            return redirect(act.location)
    return render_template(
        "tasks/amending/withdraw.html",
        form=form,
        amendment=found,
        task=found.task,
        changes=shown_changes(db.session(), found),
    )

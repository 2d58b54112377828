"""Pages by which leaders decide on an amendment: approve it, or not, with the reason."""

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
from pledges.core.neighbours import Neighbours, neighbours
from pledges.tasks.amending import operations
from pledges.tasks.amending.forms import ApproveAmendmentForm, ReturnAmendmentForm
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import awaiting, whole
from pledges.tasks.amending.reading import shown_changes
from pledges.tasks.blueprint import blueprint
from pledges.tasks.waiting import Sought


@blueprint.route("/dieu-chinh/<int:amendment_id>/duyet", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def approve_amendment(amendment_id: int) -> Response | str:
    """Duyệt điều chỉnh: the task says what was proposed, and waits to be committed to anew."""

    def step(amendment: Amendment, form: StepForm, actor: Actor) -> str:
        operations.approve(db.session(), amendment, form["note"].data or "", by=actor, at=clock.now())
        return "Đã bỏ phần việc theo đề nghị" if amendment.drops else "Đã duyệt điều chỉnh"

    return _decide(amendment_id, ApproveAmendmentForm, step, "tasks/amending/approve.html")


@blueprint.route("/dieu-chinh/<int:amendment_id>/khong-dong-y", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def return_amendment(amendment_id: int) -> Response | str:
    """Không đồng ý điều chỉnh, with the reason; the task stays as it was pledged."""

    def step(amendment: Amendment, form: StepForm, actor: Actor) -> str:
        operations.send_back(db.session(), amendment, form["reason"].data, by=actor, at=clock.now())
        return "Đã trả lời không đồng ý kèm lý do"

    return _decide(amendment_id, ReturnAmendmentForm, step, "tasks/amending/return.html")


def _decide(
    amendment_id: int,
    kind: type[StepForm],
    step: Callable[[Amendment, StepForm, Actor], str],
    template: str,
) -> Response | str:
    amendment: Amendment = db.first_or_404(whole().where(Amendment.id == amendment_id))
    actor = authorise(Permission.DECIDE_TASK, amendment.subject(), see=Permission.SEE_TASK)
    form = kind.bind(amendment)
    sought = Sought.read(request.args)
    place = _around(amendment, actor, sought)
    if form.accepts():
        with form.act() as act:
            said = step(amendment, form, actor)
            act.location = _onward(amendment, place, sought)
            db.session.commit()
            task = amendment.task
            link = Markup('<a href="{}">{}</a>').format(url_for("progress.task", task_id=task.id), task.title)
            flash(Markup("{}: {}.{}").format(said, link, _left(place)), "good")
            return redirect(act.location)
    return render_template(
        template,
        form=form,
        amendment=amendment,
        task=amendment.task,
        changes=shown_changes(db.session(), amendment),
        stale=amendment.waits and operations.stale(amendment),
        place=place,
        carried=sought.arguments(),
    )


def _around(amendment: Amendment, actor: Actor, sought: Sought) -> Neighbours | None:
    """Where it stands among those that wait for the actor and that the address asks for."""
    waiting = db.session.scalars(awaiting(actor))
    return neighbours([one.id for one in waiting if sought.fits_task(one.task)], amendment.id)


def _onward(amendment: Amendment, place: Neighbours | None, sought: Sought) -> str:
    if place is None:
        return url_for("tasks.amendment", amendment_id=amendment.id)
    if place.then is None:
        return url_for("reviews.queue")
    arguments: dict[str, Any] = sought.arguments()
    return url_for("tasks.approve_amendment", amendment_id=place.then, **arguments)


def _left(place: Neighbours | None) -> str:
    if place is None:
        return ""
    left = place.left
    return (
        f" Còn {left} đề nghị điều chỉnh đang chờ." if left else " Không còn đề nghị điều chỉnh nào đang chờ."
    )

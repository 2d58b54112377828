"""The page on which a unit answers what a leader asked."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.blueprint import blueprint
from pledges.progress.explanations import operations
from pledges.progress.explanations.forms import ExplainForm
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.explanations.queries import whole


@blueprint.route("/giai-trinh/<int:request_id>", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def explain(request_id: int) -> Response | str | tuple[str, int]:
    """Giải trình: the unit answers in writing, once; its reports are not held up by it."""
    asked: ExplanationRequest = db.first_or_404(whole().where(ExplanationRequest.id == request_id))
    actor = authorise(Permission.ENTER_REPORT, asked.subject(), see=Permission.SEE_TASK)
    task = asked.indicator.task
    form = ExplainForm.bind(asked)
    not_now = _not_now(asked)
    if not_now:
        form.close()
    elif form.accepts():
        with form.act() as act:
            operations.answer(db.session(), asked, form.answer.data or "", by=actor, at=clock.now())
            act.location = url_for("progress.task", task_id=task.id, _anchor="giai-trinh")
            db.session.commit()
            flash("Đã gửi giải trình; lãnh đạo đọc và nhận.", "good")
            return redirect(act.location)
    page = render_template(
        "progress/explain.html",
        form=form,
        asked=asked,
        task=task,
        status=asked.status(clock.today()),
        not_now=not_now,
        for_another=not any(one.unit_id == task.lead_unit_id for one in actor.holdings),
    )
    return (page, 409) if not_now else page


def _not_now(asked: ExplanationRequest) -> str:
    """Why it can't be answered, in words; "" when it can."""
    if asked.closed_at is not None:
        return f"{asked.closed_by_name} đã kết thúc yêu cầu này."
    if asked.answered_at is not None:
        return f"{asked.answered_by_name} đã gửi giải trình cho yêu cầu này."
    campaign = asked.indicator.task.campaign
    return "" if works_on(campaign.status) else f"Phong trào {campaign.status.label.lower()}."

"""A leader's decision on an obstacle: help, extend, reassign or refuse; what follows from it is made with it."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.accounts.models import Appointment
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.obstacles.models import Obstacle
from pledges.reviews import operations
from pledges.reviews.blueprint import blueprint
from pledges.reviews.forms import DecisionForm
from pledges.reviews.going import Going
from pledges.reviews.queries import leaders_of, people_within, units_within
from pledges.reviews.queries import obstacle as one_obstacle
from pledges.reviews.waiting import obstacles_of
from pledges.tasks.amending.operations import closed
from pledges.tasks.models import Task


@blueprint.route("/vuong-mac/<int:obstacle_id>/quyet-dinh", methods=["GET", "POST"])
@guard(Permission.DECIDE_OBSTACLE)
def decide(obstacle_id: int) -> Response | str:
    """Quyết định về vướng mắc, with the reason; more time is proposed as an amendment, a promise is followed up."""
    obstacle: Obstacle = db.first_or_404(one_obstacle(obstacle_id))
    actor = authorise(Permission.DECIDE_OBSTACLE, obstacle.report.subject(), see=Permission.SEE_REPORT)
    session, today, task = db.session(), clock.today(), obstacle.report.task
    form = DecisionForm.bind(
        obstacle,
        task=task,
        today=today,
        people=_each_once(session.scalars(people_within(task.campaign, today))),
        units=list(session.scalars(units_within(task.campaign, today))),
        not_now=closed(session, task) if obstacle.open else "",
    )
    waiting = obstacles_of(session, actor, today)
    going = Going.among(((one.id, one.report.task) for one in waiting), obstacle.id)
    if not obstacle.open:
        form.close()
    elif form.accepts():
        with form.act() as act:
            operations.decide(
                session,
                obstacle,
                form.decision.data,
                form.reason.data,
                by=actor,
                at=clock.now(),
                then=form.then(),
            )
            act.location = going.onward("reviews.decide", "obstacle_id")
            db.session.commit()
            flash(_said(obstacle, going), "good")
            return redirect(act.location)
    return render_template(
        "reviews/decide.html",
        form=form,
        obstacle=obstacle,
        task=task,
        place=going.place,
        carried=going.carried,
        approvers=_approvers(task, actor, today) if obstacle.open else [],
    )


def _each_once(posts: Iterable[Appointment]) -> list[Appointment]:
    """One post of each person: the first as the official list has them."""
    found: dict[int, Appointment] = {}
    for one in posts:
        found.setdefault(one.account_id, one)
    return list(found.values())


def _approvers(task: Task, actor: Actor, day: date) -> Sequence[str]:
    """The other leaders of the campaign by name and post: nobody approves an own proposal."""
    found: dict[int, str] = {}
    for one in db.session.scalars(leaders_of(task.campaign, day)):
        if one.account_id != actor.account_id:
            named = one.post if one.account.name in one.post else f"{one.account.name}, {one.post}"
            found.setdefault(one.account_id, named)
    return list(found.values())


def _said(obstacle: Obstacle, going: Going) -> Markup:
    task = obstacle.report.task
    said = Markup(
        'Đã ghi quyết định về phần việc <a href="{}">{}</a>; đơn vị thấy ở trang phần việc.'
    ).format(url_for("progress.task", task_id=task.id), task.title)
    if obstacle.amendment is not None:
        said += Markup(
            ' Hạn mới là một <a href="{}">đề nghị điều chỉnh</a>, chờ lãnh đạo khác duyệt.'
        ).format(url_for("tasks.amendment", amendment_id=obstacle.amendment.id))
    if obstacle.follow_up is not None:
        said += " Đã ghi vào việc cần theo dõi."
    return said + f" {going.left('vướng mắc')}"

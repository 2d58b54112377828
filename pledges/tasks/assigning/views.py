"""Phân công: who answers for the tasks of a campaign, and who supervises them. Routes on the blueprint of tasks."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, current_actor_or_none, guard
from pledges.access.permissions import Permission, Place, may_somewhere, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by as campaigns_seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import ARGUMENT, campaign_question, chosen, url_in
from pledges.core import clock
from pledges.core.database import db
from pledges.core.filters import Question, Wishes, numbered, worded
from pledges.core.forms.several import check_versions
from pledges.core.paging import records_of
from pledges.tasks.assigning import operations
from pledges.tasks.assigning.forms import AssignForm, Wish, values_of
from pledges.tasks.assigning.operations import AssignmentEntry
from pledges.tasks.assigning.queries import unassigned, vacated
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.assigning.showing import duties_of
from pledges.tasks.blueprint import blueprint
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope, whole
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit

UNIT, BLOCK, LACKING = "don-vi", "khoi", "thieu"
VACATED = "da-thoi"


@blueprint.app_template_global()
def assigns_tasks() -> bool:
    """Whether the signed-in person assigns any tasks: what a page asks before it offers that."""
    actor = current_actor_or_none()
    return actor is not None and may_somewhere(actor, Permission.ASSIGN_TASK)


@blueprint.route("/phan-viec/phan-cong", methods=["GET", "POST"])
@guard(Permission.ASSIGN_TASK)
def assignments() -> Response | str:
    """Phân công nhiều phần việc: those of a campaign that the actor may assign, by unit, block, or what is lacking."""
    actor, session = current_actor(), db.session()
    seen = list(session.scalars(campaigns_seen_by(actor)))
    campaign = chosen(seen)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    wishes = Wishes.read(
        request.args,
        "",
        *campaign_question(seen),
        numbered(UNIT, "Đơn vị"),
        worded(BLOCK, "Khối"),
        Question(LACKING, "Còn thiếu", _lacking()),
    )
    units = session.scalars(_units(actor, campaign.id)).all()
    page = records_of(_wanted(actor, campaign, wishes))
    answered = _answered(campaign, list(page.items), actor)
    if not isinstance(answered, AssignForm):
        return answered
    lacking: dict[str, Any] = {LACKING: VACATED}
    return render_template(
        "tasks/assigning/assignments.html",
        form=answered,
        campaign=campaign,
        page=page,
        wishes=wishes.offering(
            {
                UNIT: {str(unit.id): unit.name for unit in units},
                BLOCK: {unit.block: unit.block for unit in units if unit.block},
            }
        ),
        carried={ARGUMENT: campaign.id} | wishes.arguments(**{ARGUMENT: ""}),
        works=works_on(campaign.status),
        vacated=_count_vacated(actor, campaign),
        vacated_url=url_in(campaign, "tasks.assignments", **lacking),
    )


@blueprint.route("/phan-viec/<int:task_id>/phan-cong", methods=["GET", "POST"])
@guard(Permission.ASSIGN_TASK)
def assign(task_id: int) -> Response | str:
    """Phân công một phần việc, with everything that was assigned before."""
    task: Task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ASSIGN_TASK, task.subject(), see=Permission.SEE_TASK)
    answered = _answered(task.campaign, [task], actor, task)
    if not isinstance(answered, AssignForm):
        return answered
    return render_template(
        "tasks/assigning/assign.html",
        form=answered,
        task=task,
        works=works_on(task.campaign.status) and task.status is not TaskStatus.CANCELLED,
    )


def _answered(
    campaign: Campaign, tasks: Sequence[Task], actor: Actor, task: Task | None = None
) -> AssignForm | Response:
    """The form over these tasks; once it was accepted, the way back."""
    session, today = db.session(), clock.today()
    duties = duties_of(session, campaign, tasks, today)
    form = AssignForm.bind(
        values_of(duties, today), duties=duties, supervises=names_supervisors(actor, campaign)
    )
    if form.accepts():
        with form.act() as act:
            # From here on nobody else assigns: what was read before may have been changed while this form waited.
            form.duties = duties_of(session, campaign, tasks, today, anew=True)
            done, stale = _carry_out(session, form, actor)
            arguments: dict[str, Any] = request.args.to_dict()
            here = url_for("progress.task", task_id=task.id) if task is not None else ""
            act.location = here or url_for("tasks.assignments", **arguments)
            session.commit()
            _say(done, stale)
            return redirect(act.location)
    return form


def _carry_out(session: Session, form: AssignForm, actor: Actor) -> tuple[int, list[Task]]:
    """Assign and relieve; how many duties changed, and the tasks that somebody else changed meanwhile."""
    wishes, stale = form.wishes()
    standing = [one.standing for one in wishes if one.standing is not None]
    check_versions(session, standing, {one.id: one.version for one in standing})
    from_on = form.from_on.data
    assert from_on is not None  # noqa: S101 - the field is required
    for wish in wishes:
        _grant(session, wish, from_on, actor)
    return len(wishes), stale


def _grant(session: Session, wish: Wish, from_on: Any, actor: Actor) -> None:
    at = clock.now()
    if wish.appointment is not None:
        entry = AssignmentEntry(wish.duty, wish.appointment, from_on)
        operations.assign(session, wish.duties.task, entry, by=actor, at=at)
    elif wish.standing is not None:
        operations.end(session, wish.standing, from_on, by=actor, at=at)


def _say(done: int, stale: list[Task]) -> None:
    if done:
        flash(f"Đã ghi {done:02} phân công.", "good")
    elif not stale:
        flash("Không có phân công nào thay đổi.", "good")
    if stale:
        numbers = ", ".join(str(task.number or task.title) for task in stale)
        flash(
            f"Phần việc {numbers} vừa được người khác phân công; đồng chí xem lại rồi chọn lại nếu cần.",
            "bad",
        )


def names_supervisors(actor: Actor, campaign: Campaign) -> bool:
    """Whether the actor names who supervises: the organisers do, units name who is responsible."""
    organising = reach(actor, Permission.ASSIGN_TASK, Place.CAMPAIGN)
    return any(campaign.owner.path.startswith(path) for path in organising)


def _wanted(actor: Actor, campaign: Campaign, wishes: Wishes) -> Select[Task]:
    wanted = whole().where(*_assignable(actor, campaign))
    if wishes.number(UNIT) is not None:
        wanted = wanted.where(Task.lead_unit_id == wishes.number(UNIT))
    if wishes[BLOCK]:
        wanted = wanted.where(Task.lead_unit_id.in_(select(Unit.id).where(Unit.block == wishes[BLOCK])))
    if wishes[LACKING] == VACATED:
        wanted = wanted.where(vacated(campaign, clock.today()))
    elif wishes[LACKING]:
        wanted = wanted.where(unassigned(Duty(wishes[LACKING]), clock.today()))
    return wanted


def _lacking() -> dict[str, str]:
    """What can be lacking, in words."""
    return {one.value: f"Chưa có {one.label.lower()}" for one in Duty} | {
        VACATED: "Người đã thôi giữ chức vụ"
    }


def _count_vacated(actor: Actor, campaign: Campaign) -> int:
    """In how many tasks somebody else is to be assigned."""
    asked = _all(actor, campaign).where(vacated(campaign, clock.today()))
    return db.session.scalar(select(func.count()).select_from(asked.order_by(None).subquery())) or 0


def _all(actor: Actor, campaign: Campaign) -> Select[int]:
    return select(Task.id).where(*_assignable(actor, campaign)).order_by(Task.id)


def _assignable(actor: Actor, campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    """The conditions of the tasks that the actor may assign now."""
    return (
        Task.campaign_id == campaign.id,
        in_scope(actor, Permission.ASSIGN_TASK),
        Task.status != TaskStatus.CANCELLED,
        Task.status != TaskStatus.DRAFT,
    )


def _units(actor: Actor, campaign_id: int) -> Select[Unit]:
    led = select(Task.lead_unit_id).where(
        Task.campaign_id == campaign_id, in_scope(actor, Permission.ASSIGN_TASK)
    )
    return select(Unit).where(Unit.id.in_(led)).order_by(Unit.position, Unit.id)

"""Pages of tasks: the list, registering, editing and sending; the page of one task is that of its progress."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, Subject, may
from pledges.access.roles import Actor
from pledges.audit.queries import history
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import participants, seen_by
from pledges.campaigns.rules import takes_late_tasks_only, takes_tasks
from pledges.campaigns.selection import ARGUMENT, selected
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_instant
from pledges.core.forms.rows import rows_pressed
from pledges.core.paging import page_of
from pledges.core.refusal import Refused
from pledges.tasks import decisions, grid_views, lists, operations, several
from pledges.tasks.blueprint import blueprint
from pledges.tasks.forms import MOST_INDICATORS, SubmitForm, TaskEditForm, TaskForm
from pledges.tasks.indicator_rows import IndicatorRow
from pledges.tasks.models import Task
from pledges.tasks.queries import count_registered, measures_used, whole
from pledges.tasks.rules import EDITABLE, TaskEventKind
from pledges.tasks.tally import Tally
from pledges.units.models import Unit

__all__ = ["blueprint", "decisions", "grid_views", "several"]

DRAFT = "draft"


@blueprint.get("/phan-viec")
@guard(Permission.SEE_TASK)
def listing() -> str:
    """Phần việc: the tasks of a campaign that the actor may know of."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    wanted = lists.Wanted.read(request.args)
    units = db.session.execute(lists.lead_units(actor, campaign.id)).all()
    counts = lists.counts(db.session(), actor, campaign.id)
    return render_template(
        "tasks/listing.html",
        campaign=campaign,
        campaigns=list(db.session.scalars(seen_by(actor))),
        wanted=wanted,
        page=page_of(lists.rows(actor, campaign.id, wanted)),
        counts=counts,
        total=sum(counts.values()),
        units=units,
        blocks=list(dict.fromkeys(unit.block for unit in units if unit.block)),
        orders=lists.ORDERS,
        tally=Tally(db.session.scalar(count_registered(campaign.id)) or 0, campaign.expected_task_count),
        can_register=takes_tasks(campaign.status) and bool(_offered(campaign, actor)["leads"]),
        carried={ARGUMENT: campaign.id} | wanted.arguments(),
    )


@blueprint.route("/phan-viec/dang-ky", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def register() -> Response | str:
    """Đăng ký phần việc: one screen, then the check page."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    offered = _offered(campaign, actor)
    if not offered["leads"] or (request.method == "GET" and not takes_tasks(campaign.status)):
        return render_template(
            "tasks/closed.html", campaign=campaign, words=operations.CLOSED if offered["leads"] else None
        )
    leads = offered["leads"]
    first = {"lead_unit": leads[0].id if len(leads) == 1 else None, "start_on": _likely_start(campaign)}
    form = TaskForm.bind(first, **offered)
    if rows_pressed(form):
        return _asked(form, campaign)
    form.for_review = request.form.get("act") != DRAFT
    if form.accepts():
        with form.act() as act:
            if not takes_tasks(campaign.status):
                raise Refused(operations.CLOSED)
            authorise(Permission.ENTER_TASK, _place(campaign, form.lead_unit.record))
            task = operations.draft(db.session(), campaign, form.entry(), by=actor, at=clock.now())
            act.location = _after_keeping(form, task)
            db.session.commit()
            return redirect(act.location)
    return _asked(form, campaign)


@blueprint.route("/phan-viec/<int:task_id>/sua", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def edit(task_id: int) -> Response | str | tuple[str, int]:
    """Sửa phần việc: a draft, or one that was returned, with the reason at the top."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)
    if task.status not in EDITABLE or not takes_tasks(task.campaign.status):
        return render_template("tasks/locked.html", task=task, editable=EDITABLE), 409
    form = TaskEditForm.bind(task, **_offered(task.campaign, actor, task))
    if rows_pressed(form):
        return _asked(form, task.campaign, task)
    form.for_review = request.form.get("act") != DRAFT
    if form.accepts():
        with form.act() as act:
            authorise(Permission.ENTER_TASK, _place(task.campaign, form.lead_unit.record))
            operations.edit(db.session(), task, form.entry(), by=actor, at=clock.now())
            act.location = _after_keeping(form, task)
            db.session.commit()
            return redirect(act.location)
    return _asked(form, task.campaign, task)


@blueprint.route("/phan-viec/<int:task_id>/gui-duyet", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def submit(task_id: int) -> Response | str:
    """Xem lại trước khi gửi: everything as it will be sent."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)
    form = SubmitForm.bind(task)
    if form.accepts():
        with form.act() as act:
            operations.submit(db.session(), task, by=actor, at=clock.now())
            act.location = url_for("tasks.receipt", task_id=task.id)
            db.session.commit()
            return redirect(act.location)
    return render_template(
        "tasks/submit.html",
        form=form,
        task=task,
        possible=task.status in EDITABLE,
        lacking=operations.shortcomings(task),
        takes=takes_tasks(task.campaign.status),
        alike=lists.alike(db.session(), actor, task),
        late=takes_late_tasks_only(task.campaign.status),
    )


@blueprint.get("/phan-viec/<int:task_id>/bien-nhan")
@guard(Permission.ENTER_TASK)
def receipt(task_id: int) -> Response | str:
    """Biên nhận: when the task was sent, and what happens next."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)
    sent = [event for event in task.events if event.kind is TaskEventKind.SUBMITTED]
    if not sent:
        return redirect(url_for("tasks.submit", task_id=task.id))
    return render_template("tasks/receipt.html", task=task, sent=sent[-1], rounds=len(sent))


def _place(campaign: Campaign, unit: Unit) -> Subject:
    """A task of the unit in the campaign, as permissions see it before it exists."""
    return Subject(unit_path=unit.path, campaign_path=campaign.owner.path, area_path=campaign.area.path)


def _offered(campaign: Campaign, actor: Actor, task: Task | None = None) -> dict[str, Any]:
    """The units that take part, and those that the actor may enter for; a task's own units stay among them."""
    day = min(max(clock.today(), campaign.starts_on), campaign.ends_on)
    partners = list(db.session.scalars(participants(campaign, day)))
    if task is not None:
        partners += [unit for unit in (task.lead_unit, *task.cooperating) if unit not in partners]
    leads = [unit for unit in partners if may(actor, Permission.ENTER_TASK, _place(campaign, unit))]
    return {"campaign": campaign, "leads": leads, "partners": partners}


def _likely_start(campaign: Campaign) -> Any:
    return min(max(clock.today(), campaign.starts_on), campaign.ends_on)


def _after_keeping(form: TaskForm, task: Task) -> str:
    if form.for_review:
        return url_for("tasks.submit", task_id=task.id)
    flash("Đã lưu nháp. Phần việc chưa gửi; đồng chí gửi khi đã đủ nội dung.", "good")
    return url_for("tasks.edit", task_id=task.id)


def _asked(form: TaskForm, campaign: Campaign, task: Task | None = None) -> str:
    """The screen of questions, new or of a task."""
    returned = None
    if task is not None:
        returned = next((one for one in reversed(task.events) if one.kind is TaskEventKind.RETURNED), None)
    return render_template(
        "tasks/edit.html" if task is not None else "tasks/register.html",
        form=form,
        campaign=campaign,
        task=task,
        returned=returned,
        saved=_saved(task),
        late=takes_late_tasks_only(campaign.status),
        measures=list(db.session.scalars(measures_used(campaign.area_unit_id).limit(50))),
        blank=IndicatorRow(prefix="indicators-__row__-"),
        most=MOST_INDICATORS,
    )


def _saved(task: Task | None) -> str | None:
    if task is None:
        return None
    last = db.session.scalars(history("task", task.id)).all()[-1]
    return f"Lưu gần nhất lúc {format_instant(last.at)}"

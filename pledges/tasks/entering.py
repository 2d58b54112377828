"""Entering one task: registering, editing, checking before it is sent, the receipt, giving a draft up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.audit.queries import history
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import participants
from pledges.campaigns.rules import takes_late_tasks_only, takes_tasks
from pledges.campaigns.selection import ARGUMENT, selected
from pledges.core import clock
from pledges.core.database import db
from pledges.core.dates import format_instant
from pledges.core.forms import unsent
from pledges.core.forms.rows import rows_pressed
from pledges.core.forms.sending import led_to
from pledges.tasks import operations
from pledges.tasks.alike import Alike, alike_to
from pledges.tasks.behalf import corrects, enters_for_another
from pledges.tasks.blueprint import blueprint
from pledges.tasks.forms import DiscardForm, SubmitForm, TaskEditForm, TaskForm
from pledges.tasks.indicator_rows import IndicatorRow
from pledges.tasks.indicator_rules import MOST_INDICATORS
from pledges.tasks.models import Task
from pledges.tasks.queries import labels_used, measures_used, own_drafts, whole
from pledges.tasks.remarks import own_reason, place_label, remarks_on
from pledges.tasks.rules import EDITABLE, TaskEventKind, TaskPart, TaskStatus
from pledges.units.models import Unit

DRAFT = "draft"
MOST_SUGGESTED = 50
"""Suggestions of each kind that a page carries: what is seldom used helps nobody."""


@dataclass(frozen=True)
class Remarks:
    """Leaders' remarks as the form shows them: by part, by row of indicators from 0 on, and those of rows gone."""

    parts: Mapping[str, str]
    rows: Mapping[int, str]
    left: tuple[str, ...]


@blueprint.route("/phan-viec/dang-ky", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def register() -> Response | str:
    """Đăng ký phần việc: one screen, then the check page."""
    actor = current_actor()
    saved_as = _task_led_to()
    if saved_as is not None:
        return _back_to(saved_as, actor)
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    choices = offered(campaign, actor)
    form = TaskForm.bind(_first(campaign, choices["leads"]), **choices)
    if not choices["leads"] or not takes_tasks(campaign.status):
        form.close()
        words = operations.CLOSED if choices["leads"] else None
        return render_template("tasks/closed.html", campaign=campaign, form=form, words=words)
    if rows_pressed(form):
        return _asked(form, campaign, actor)
    form.for_review = request.form.get("act") != DRAFT
    if form.accepts():
        with form.act() as act:
            authorise(Permission.ENTER_TASK, campaign.subject_of(form.lead_unit.record))
            task = operations.draft(db.session(), campaign, form.entry(), by=actor, at=clock.now())
            act.location = _after_keeping(form, task)
            db.session.commit()
            return redirect(act.location)
    return _asked(form, campaign, actor)


@blueprint.route("/phan-viec/<int:task_id>/sua", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def edit(task_id: int) -> Response | str | tuple[str, int]:
    """Sửa phần việc: a draft, or one that was returned, with the reason at the top."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)
    form = TaskEditForm.bind(task, **offered(task.campaign, actor, task))
    if task.status not in EDITABLE or not takes_tasks(task.campaign.status):
        form.close()
        return render_template("tasks/locked.html", task=task, form=form, editable=EDITABLE), 409
    if rows_pressed(form):
        return _asked(form, task.campaign, actor, task)
    form.for_review = request.form.get("act") != DRAFT
    if form.accepts():
        with form.act() as act:
            authorise(Permission.ENTER_TASK, task.campaign.subject_of(form.lead_unit.record))
            operations.edit(db.session(), task, form.entry(), by=actor, at=clock.now())
            act.location = _after_keeping(form, task)
            db.session.commit()
            return redirect(act.location)
    return _asked(form, task.campaign, actor, task)


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
        lacking=operations.lacking_to_send(task, actor),
        takes=takes_tasks(task.campaign.status),
        alike=alike_to(db.session(), actor, task),
        late=takes_late_tasks_only(task.campaign.status),
    )


@blueprint.route("/phan-viec/<int:task_id>/bo", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def discard(task_id: int) -> Response | str:
    """Bỏ bản nháp: what was never sent can go; the page names what is lost."""
    task = db.first_or_404(whole().where(Task.id == task_id))
    actor = authorise(Permission.ENTER_TASK, task.subject(), see=Permission.SEE_TASK)
    form = DiscardForm.bind(task)
    if form.accepts():
        with form.act() as act:
            act.location = url_for("tasks.listing", **_chosen(task))
            here = url_for("tasks.edit", task_id=task.id)
            anew = unsent.Page(url_for("tasks.register", **_chosen(task)), TaskForm.page_name)
            unsent.leave_page(db.session(), here, actor.account_id, anew)
            operations.discard(db.session(), task, by=actor, at=clock.now())
            db.session.commit()
            flash("Đã bỏ bản nháp.", "info")
            return redirect(act.location)
    return render_template(
        "tasks/discard.html", form=form, task=task, possible=task.status is TaskStatus.DRAFT
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


def _task_led_to() -> Task | None:
    """The task that came of the form which the address names, when somebody goes back to it."""
    place = led_to()
    if not place:
        return None
    arguments = current_app.url_map.bind("").match(urlsplit(place).path)[1]
    return db.session.scalars(whole().where(Task.id == arguments.get("task_id"))).first()


def _back_to(task: Task, actor: Actor) -> Response:
    """Its page of questions while they can be answered, else the page that tells of it."""
    mine = may(actor, Permission.ENTER_TASK, task.subject())
    if not mine or task.status not in EDITABLE or not takes_tasks(task.campaign.status):
        return redirect(url_for("progress.task", task_id=task.id))
    flash("Nội dung đồng chí vừa nhập đã lưu thành bản nháp này; sửa tiếp ở đây.", "info")
    return redirect(url_for("tasks.edit", task_id=task.id))


def _chosen(task: Task) -> dict[str, Any]:
    return {ARGUMENT: task.campaign_id}


def offered(campaign: Campaign, actor: Actor, task: Task | None = None) -> dict[str, Any]:
    """The units that take part, those that the actor may enter for, and of these the ones that it is nhập thay for.

    A task's own units stay among them; its lead unit is the one whose own entry is `corrected`, where it is one.
    """
    day = campaign.day_within(clock.today())
    partners = list(db.session.scalars(participants(campaign, day)))
    if task is not None:
        partners += [unit for unit in (task.lead_unit, *task.cooperating) if unit not in partners]
    leads = [unit for unit in partners if may(actor, Permission.ENTER_TASK, campaign.subject_of(unit))]
    for_others = [unit for unit in leads if enters_for_another(actor, unit)]
    corrected = task.lead_unit if task is not None and corrects(actor, task.lead_unit, task) else None
    return {
        "campaign": campaign,
        "leads": leads,
        "partners": partners,
        "for_others": for_others,
        "corrected": corrected,
    }


def _first(campaign: Campaign, leads: list[Unit]) -> dict[str, Any]:
    """What a new form says already: the only unit, from today to the campaign's end."""
    return {
        "lead_unit": leads[0].id if len(leads) == 1 else None,
        "start_on": campaign.day_within(clock.today()),
        "due_on": campaign.ends_on,
    }


def _after_keeping(form: TaskForm, task: Task) -> str:
    if form.for_review:
        return url_for("tasks.submit", task_id=task.id)
    flash("Đã lưu nháp. Phần việc chưa gửi; đồng chí gửi khi đã đủ nội dung.", "good")
    return url_for("tasks.edit", task_id=task.id)


def _asked(form: TaskForm, campaign: Campaign, actor: Actor, task: Task | None = None) -> str:
    """The screen of questions, new or of a task."""
    area = campaign.area_unit_id
    return render_template(
        "tasks/edit.html" if task is not None else "tasks/register.html",
        form=form,
        campaign=campaign,
        task=task,
        returned=_returned(task),
        remarks=_remarks(form, task),
        saved=_saved(task),
        alike=_alike(form, campaign, actor, task),
        late=takes_late_tasks_only(campaign.status),
        last_draft=db.session.scalars(own_drafts(actor, campaign.id).limit(1)).first(),
        measures=list(db.session.scalars(measures_used(area).limit(MOST_SUGGESTED))),
        labels=list(db.session.scalars(labels_used(area).limit(MOST_SUGGESTED))),
        blank=IndicatorRow(prefix="indicators-__row__-"),
        most=MOST_INDICATORS,
    )


def _alike(form: TaskForm, campaign: Campaign, actor: Actor, task: Task | None) -> list[Alike]:
    """Tasks with a title close to the one that stands in the form, once one does."""
    if not form.title.data:
        return []
    shown = Task(campaign_id=campaign.id, title=form.title.data, id=task.id if task is not None else None)
    return alike_to(db.session(), actor, shown)


def _returned(task: Task | None) -> dict[str, Any] | None:
    """Who returned the task and why, while its unit has not sent it again."""
    if task is None or task.status is not TaskStatus.RETURNED:
        return None
    last = next(one for one in reversed(task.events) if one.kind is TaskEventKind.RETURNED)
    return {"event": last, "reason": own_reason(last.reason, last.remarks)}


def _remarks(form: TaskForm, task: Task | None) -> Remarks:
    """The leaders' remarks where the form asks for what they speak of."""
    if task is None:
        return Remarks({}, {}, ())
    found = remarks_on(task)
    parts = {part.value: words for (part, indicator), words in found.items() if indicator is None}
    of_rows = {indicator: words for (_part, indicator), words in found.items() if indicator is not None}
    rows: dict[int, str] = {}
    for row, entry in enumerate(form.indicators.entries):
        for one in task.indicators:
            if one.position in of_rows and one.label == entry.form.label.data:
                rows[row] = of_rows.pop(one.position)
                break
    left = [f"{place_label(TaskPart.INDICATORS, position)}: {words}" for position, words in of_rows.items()]
    return Remarks(parts, rows, tuple(left))


def _saved(task: Task | None) -> str | None:
    if task is None:
        return None
    last = db.session.scalars(history("task", task.id)).all()[-1]
    return f"Lưu gần nhất lúc {format_instant(last.at)}"

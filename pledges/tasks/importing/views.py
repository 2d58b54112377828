"""Pages of an import: upload, preview with what must be decided, writing, receipt, and the way out."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import takes_tasks
from pledges.campaigns.selection import selected, url_in
from pledges.core import clock
from pledges.core.database import db, take_turn
from pledges.core.forms.base import Form
from pledges.core.workbooks.letters import Suspect
from pledges.core.workbooks.limits import MOST_BYTES
from pledges.core.workbooks.sheets import column_letters
from pledges.tasks.blueprint import blueprint
from pledges.tasks.importing import operations, queries
from pledges.tasks.importing.alike import alike_in
from pledges.tasks.importing.forms import (
    DropForm,
    MendedForm,
    UploadForm,
    WriteForm,
    decisions_form,
    field_name,
)
from pledges.tasks.importing.models import KEPT_FOR, ImportStatus, TaskImport
from pledges.tasks.importing.plan import act_words
from pledges.tasks.importing.planner import plan_of
from pledges.tasks.importing.reading import MOST_TASKS
from pledges.tasks.operations import CLOSED

SAMPLES = 6
"""Cells of each old encoding that are shown before and after; the others are counted."""
TELLING = 40
"""Letters by which a cell tells as much as any."""
NEWEST = 3
"""Unfinished lists in sight; older ones are folded."""
ASKED_AT_ONCE = 100
"""Questions on one page."""


@blueprint.route("/phan-viec/nhap-tep", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def import_list() -> Response | str:
    """Nhập phần việc từ tệp: the template, the upload, and what was begun before."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    form = UploadForm.bind()
    _read_apart(form)

    def begin() -> str:
        made = operations.begin(db.session(), campaign, form.filename, form.sheets, by=actor, at=clock.now())
        return _page("tasks.import_preview", made)

    if done := _done(form, begin):
        return done
    campaigns = list(db.session.scalars(seen_by(actor)))
    return render_template(
        "tasks/import_list.html",
        form=form,
        campaign=campaign,
        campaigns=campaigns,
        takes=takes_tasks(campaign.status),
        closed=CLOSED,
        newest=NEWEST,
        unfinished=db.session.execute(queries.unfinished(actor, [one.id for one in campaigns])).all(),
        days=KEPT_FOR.days,
        most=MOST_TASKS,
        largest=MOST_BYTES // 1024 // 1024,
    )


@blueprint.route("/phan-viec/nhap-tep/<int:import_id>", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def import_preview(import_id: int) -> Response | str:
    """Xem trước: what must be decided, what is wrong, what would be written."""
    upload, actor = _open(import_id)
    plan = plan_of(db.session(), upload, actor)
    shown = (plan.open_questions + [one for one in plan.asked if one.answer])[:ASKED_AT_ONCE]
    form = decisions_form(plan, shown).bind(upload)

    def decide() -> str:
        operations.decide(upload, **form.decided(upload))
        return _page("tasks.import_preview", upload)

    return _done(form, decide) or render_template(
        "tasks/import_preview.html",
        form=form,
        upload=upload,
        plan=plan,
        alike=alike_in(db.session(), plan, upload.campaign_id, actor),
        asked=[(one, form[field_name(one.key)]) for one in shown],
        samples=_samples(plan.suspects),
        takes=takes_tasks(upload.campaign.status),
        closed=CLOSED,
    )


@blueprint.route("/phan-viec/nhap-tep/<int:import_id>/tep-da-sua", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def import_mended(import_id: int) -> Response | str:
    """Tải lên tệp đã sửa: the answers stay."""
    upload, _actor = _open(import_id)
    form = MendedForm.bind(upload)
    _read_apart(form)

    def take_the_mended() -> str:
        operations.replace(upload, form.filename, form.sheets, at=clock.now())
        return _page("tasks.import_preview", upload)

    return _done(form, take_the_mended) or render_template(
        "tasks/import_mended.html", form=form, upload=upload
    )


@blueprint.route("/phan-viec/nhap-tep/<int:import_id>/ghi", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def import_write(import_id: int) -> Response | str:
    """Ghi danh sách: what will happen, then all or nothing."""
    if request.method == "POST":
        take_turn(db.session())  # from here on nobody else writes: what is read now is what is written
    upload, actor = _open(import_id)
    plan = plan_of(db.session(), upload, actor)
    form = WriteForm.bind(upload, plan=plan)

    def write() -> str:
        operations.write(db.session(), upload, plan, by=actor, at=clock.now(), **form.said)
        return _page("tasks.import_receipt", upload)

    if done := _done(form, write):
        return done
    if form.form_errors:
        plan = plan_of(db.session(), upload, actor)
    if not (takes_tasks(upload.campaign.status) and plan.ready):
        for words in form.form_errors:
            flash(words, "warn")
        return redirect(_page("tasks.import_preview", upload))
    form.show(plan)
    return render_template(
        "tasks/import_write.html",
        form=form,
        upload=upload,
        plan=plan,
        alike=alike_in(db.session(), plan, upload.campaign_id, actor),
    )


@blueprint.get("/phan-viec/nhap-tep/<int:import_id>/bien-nhan")
@guard(Permission.ENTER_TASK)
def import_receipt(import_id: int) -> Response | str:
    """Biên nhận: which tasks were written, and what comes next."""
    upload, actor = _own(import_id)
    if upload.status is not ImportStatus.WRITTEN:
        return redirect(_page("tasks.import_preview", upload))
    made, changed = operations.outcome(upload)
    found = db.session.execute(queries.written(actor, [*made, *changed])).all()
    return render_template(
        "tasks/import_receipt.html",
        upload=upload,
        done=act_words("Đã ghi", len(made), "đã sửa", len(changed)),
        made=[one for one in found if one.id in made],
        changed=[one for one in found if one.id in changed],
        submit_url=url_in(upload.campaign, "tasks.submit_several"),
    )


@blueprint.route("/phan-viec/nhap-tep/<int:import_id>/bo", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def import_drop(import_id: int) -> Response | str:
    """Bỏ danh sách đang nhập dở: nothing of it was written."""
    upload, actor = _open(import_id)
    form = DropForm.bind(upload)

    def drop() -> str:
        operations.drop(upload, by=actor, at=clock.now())
        flash(f"Đã bỏ danh sách {upload.filename}. Chưa có gì của tệp được ghi.", "good")
        return url_in(upload.campaign, "tasks.import_list")

    return _done(form, drop) or render_template("tasks/import_drop.html", form=form, upload=upload)


def _own(import_id: int) -> tuple[TaskImport, Actor]:
    """The list, for who uploaded it and still has to do with the campaign; 404 for everybody else."""
    actor = current_actor()
    upload = db.session.scalars(queries.of_uploader(actor).where(TaskImport.id == import_id)).first()
    if upload is None:
        abort(404)
    authorise(Permission.SEE_CAMPAIGN, upload.campaign.subject())
    return upload, actor


def _open(import_id: int) -> tuple[TaskImport, Actor]:
    """The same while it can still be decided on; one that was written or dropped leads to what came of it."""
    upload, actor = _own(import_id)
    if upload.status is not ImportStatus.OPEN:
        abort(_over(upload))
    return upload, actor


def _page(endpoint: str, upload: TaskImport) -> str:
    return url_for(endpoint, import_id=upload.id)


def _done(form: Form, do: Callable[[], str]) -> Response | None:
    """Do what the form asks for, and go where that leads; None when there is a page to show.

    Nothing was sent then, or something is wrong with it: nothing is done.
    """
    if form.accepts():
        with form.act() as act:
            act.location = do()
            db.session.commit()
            return redirect(act.location)
    return None


def _samples(suspects: Sequence[Suspect]) -> list[dict[str, Any]]:
    """Some cells of each old encoding, each text once: those that tell most, in the order of the sheet."""
    distinct = {one.after: one for one in reversed(suspects)}.values()
    telling = sorted(distinct, key=lambda one: (-min(len(one.after), TELLING), one.row, one.column))
    shown: list[Suspect] = []
    for encoding in {one.encoding for one in telling}:
        shown += [one for one in telling if one.encoding is encoding][:SAMPLES]
    shown.sort(key=lambda one: (one.row, one.column))
    return [{"place": f"{column_letters(one.column)}{one.row}", "cell": one} for one in shown]


def _over(upload: TaskImport) -> Response:
    """Where a list that was written or dropped leads."""
    if upload.status is ImportStatus.WRITTEN:
        return redirect(_page("tasks.import_receipt", upload))
    flash(f"Danh sách {upload.filename} đã được bỏ.", "good")
    return redirect(url_in(upload.campaign, "tasks.import_list"))


def _read_apart(form: UploadForm | MendedForm) -> None:
    """Read the file that came while nothing is locked: a large one takes seconds, in which others write."""
    if request.method == "POST":
        db.session.rollback()
        form.read()

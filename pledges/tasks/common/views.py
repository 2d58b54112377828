"""Pages of common tasks, for those who organise the campaign."""

from collections import defaultdict
from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.tasks.blueprint import blueprint
from pledges.tasks.common import operations
from pledges.tasks.common.forms import MembersForm, NameForm, RemoveForm, RenameForm
from pledges.tasks.common.queries import free, members, of_campaign, whole
from pledges.tasks.models import CommonTask, Task


@blueprint.get("/phong-trao/<int:campaign_id>/phan-viec-chung")
@guard(Permission.GROUP_TASKS)
def common_tasks(campaign_id: int) -> str:
    """Phần việc chung của phong trào: each with the tasks of its units."""
    campaign, actor = _campaign(campaign_id)
    grouped: dict[int | None, list[Task]] = defaultdict(list)
    for task in db.session.scalars(members(campaign.id, actor)):
        grouped[task.common_task_id].append(task)
    return render_template(
        "tasks/common/listing.html",
        campaign=campaign,
        commons=[(one, grouped[one.id]) for one in db.session.scalars(of_campaign(campaign.id))],
        editable=works_on(campaign.status),
    )


@blueprint.route("/phong-trao/<int:campaign_id>/phan-viec-chung/dat", methods=["GET", "POST"])
@guard(Permission.GROUP_TASKS)
def name_common(campaign_id: int) -> Response | str:
    """Đặt phần việc chung, with the tasks that it begins with."""
    campaign, actor = _campaign(campaign_id)
    form = NameForm.bind(free=_free(campaign, actor))
    if form.accepts():
        with form.act() as act:
            made = operations.name(
                db.session(), campaign, form.title.data, form.tasks.records, by=actor, at=clock.now()
            )
            act.location = url_for("tasks.common_task", common_id=made.id)
            db.session.commit()
            flash("Đã đặt phần việc chung.", "good")
            return redirect(act.location)
    return render_template(
        "tasks/common/name.html", form=form, campaign=campaign, editable=works_on(campaign.status)
    )


@blueprint.route("/phan-viec-chung/<int:common_id>", methods=["GET", "POST"])
@guard(Permission.GROUP_TASKS)
def common_task(common_id: int) -> Response | str:
    """Một phần việc chung: put tasks in, take tasks out."""
    common, actor = _common(common_id)
    present = _members(common, actor)
    form = MembersForm.bind(members=present, free=_free(common.campaign, actor))
    if form.accepts():
        with form.act() as act:
            _change(common, form, actor)
            act.location = url_for("tasks.common_task", common_id=common.id)
            db.session.commit()
            flash("Đã ghi.", "good")
            return redirect(act.location)
    return render_template(
        "tasks/common/members.html",
        form=form,
        common=common,
        present=present,
        editable=works_on(common.campaign.status),
    )


@blueprint.route("/phan-viec-chung/<int:common_id>/doi-ten", methods=["GET", "POST"])
@guard(Permission.GROUP_TASKS)
def rename_common(common_id: int) -> Response | str:
    """Đổi tên phần việc chung."""
    common, actor = _common(common_id)
    form = RenameForm.bind({"title": common.title})
    if form.accepts():
        with form.act() as act:
            operations.rename(db.session(), common, form.title.data, by=actor, at=clock.now())
            act.location = url_for("tasks.common_task", common_id=common.id)
            db.session.commit()
            flash("Đã đổi tên.", "good")
            return redirect(act.location)
    return render_template("tasks/common/rename.html", form=form, common=common)


@blueprint.route("/phan-viec-chung/<int:common_id>/bo", methods=["GET", "POST"])
@guard(Permission.GROUP_TASKS)
def remove_common(common_id: int) -> Response | str:
    """Bỏ phần việc chung: its tasks stay, each for itself."""
    common, actor = _common(common_id)
    present = _members(common, actor)
    form = RemoveForm.bind()
    if form.accepts():
        with form.act() as act:
            act.location = url_for("tasks.common_tasks", campaign_id=common.campaign_id)
            operations.remove(db.session(), common, present, by=actor, at=clock.now())
            db.session.commit()
            flash("Đã bỏ phần việc chung; các phần việc của đơn vị giữ nguyên.", "good")
            return redirect(act.location)
    return render_template("tasks/common/remove.html", form=form, common=common, present=present)


def _change(common: CommonTask, form: MembersForm, actor: Actor) -> None:
    leaving, joining = form.leaving.records, form.joining.records
    if leaving:
        operations.leave(db.session(), common, leaving, by=actor, at=clock.now())
    if joining or not leaving:
        operations.join(db.session(), common, joining, by=actor, at=clock.now())


def _campaign(campaign_id: int) -> tuple[Campaign, Actor]:
    campaign: Campaign = db.first_or_404(listed().where(Campaign.id == campaign_id))
    return campaign, authorise(Permission.GROUP_TASKS, campaign.subject(), see=Permission.SEE_CAMPAIGN)


def _common(common_id: int) -> tuple[CommonTask, Actor]:
    common: CommonTask = db.first_or_404(whole().where(CommonTask.id == common_id))
    return common, authorise(Permission.GROUP_TASKS, common.campaign.subject(), see=Permission.SEE_CAMPAIGN)


def _members(common: CommonTask, actor: Actor) -> list[Task]:
    return list(
        db.session.scalars(members(common.campaign_id, actor).where(Task.common_task_id == common.id))
    )


def _free(campaign: Campaign, actor: Actor) -> Sequence[Task]:
    return db.session.scalars(free(campaign.id, actor)).all()

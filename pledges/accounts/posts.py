"""Chức vụ được giao: giving a post and ending it. Nobody gives a post to himself."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission, Subject
from pledges.accounts import operations
from pledges.accounts.administrators import keep_one
from pledges.accounts.blueprint import blueprint
from pledges.accounts.forms import EndPostForm, PostForm
from pledges.accounts.models import Appointment
from pledges.accounts.reach import OWN, managed, units_offered
from pledges.core import clock
from pledges.core.database import db


@blueprint.route("/quan-tri/tai-khoan/<int:account_id>/giao-chuc-vu", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def appoint(account_id: int) -> Answer | str:
    """Giao chức vụ in a unit of the own tree."""
    actor = current_actor()
    found = managed(actor, account_id)
    if found.own:
        raise Forbidden(OWN)
    units = units_offered(actor)
    form = PostForm.bind({"unit": request.args.get("don-vi", type=int)}, units=units)
    if form.accepts():
        with form.act() as act:
            if found.account.closed_at is not None:
                raise operations.AccountRefused("Tài khoản đã đóng: mở lại trước khi giao chức vụ.")
            operations.appoint(
                db.session(),
                found.account,
                form.unit.record,
                form.role.data,
                form.post.data or "",
                since=form.since.data or clock.today(),
                until=form.until.data,
                by=actor,
                at=clock.now(),
            )
            act.location = url_for("accounts.account", account_id=account_id)
            db.session.commit()
            flash(f"Đã giao chức vụ {form.post.data} cho {found.account.name}.", "good")
            return redirect(act.location)
    return render_template("accounts/appoint.html", form=form, account=found.account, units=units)


@blueprint.route("/quan-tri/chuc-vu/<int:appointment_id>/ket-thuc", methods=["GET", "POST"])
@guard(Permission.MANAGE_ACCOUNTS)
def end_appointment(appointment_id: int) -> Answer | str:
    """Kết thúc chức vụ, or take back one that was given by mistake."""
    actor = current_actor()
    held = db.session.get(Appointment, appointment_id)
    if held is None:
        abort(404)
    authorise(Permission.MANAGE_ACCOUNTS, Subject(unit_path=held.unit.path))
    today = clock.today()
    form = EndPostForm.bind({"on": today if held.valid_from <= today else today - timedelta(days=1)})
    if form.accepts() and form.on.data:
        with form.act() as act:
            keep_one(db.session(), held, today)
            operations.end_appointment(db.session(), held, on=form.on.data, by=actor, at=clock.now())
            act.location = url_for("accounts.account", account_id=held.account_id)
            db.session.commit()
            flash(f"Đã ghi ngày kết thúc chức vụ {held.post}.", "good")
            return redirect(act.location)
    return render_template("accounts/end_appointment.html", form=form, held=held, today=today)

"""Nhắc việc: the daily digest and the calendar feed of one's own account. Routes on the blueprint of accounts."""

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import current_actor, signed_in
from pledges.accounts.blueprint import blueprint
from pledges.accounts.notices import operations
from pledges.accounts.notices.forms import DigestForm, FeedForm
from pledges.accounts.notices.queries import feed_of, last_digest
from pledges.accounts.sessions import own_account
from pledges.core import clock
from pledges.core.database import db


def notices() -> dict[str, Any]:
    """What the own account's page says of its notices."""
    account_id = current_actor().account_id
    return {
        "sends": current_app.config["SMTP_URL"] is not None and not current_app.config["DEMO"],
        "last_digest": db.session.scalars(last_digest(account_id)).first(),
        "feed": db.session.scalars(feed_of(account_id)).first(),
    }


@blueprint.route("/tai-khoan/thu-nhac-viec", methods=["GET", "POST"])
@signed_in
def choose_digest() -> Answer | str:
    """Nhận hoặc thôi nhận thư nhắc việc hằng ngày."""
    account = own_account()
    form = DigestForm.bind(account)
    if form.accepts():
        with form.act() as act:
            wanted = bool(form.wants_digest.data)
            operations.choose_digest(db.session(), account, wanted=wanted, by=current_actor(), at=clock.now())
            act.location = url_for("accounts.own")
            db.session.commit()
            said = "Đồng chí nhận thư nhắc việc hằng ngày." if wanted else "Đồng chí thôi nhận thư nhắc việc."
            flash(said, "good")
            return redirect(act.location)
    return render_template("accounts/choose_digest.html", form=form, account=account, **notices())


@blueprint.route("/tai-khoan/lich", methods=["GET", "POST"])
@signed_in
def make_calendar() -> Answer | str:
    """Lập địa chỉ lịch đến hạn, or a new one in place of the present; answers with the address, once."""
    account, form = own_account(), FeedForm.bind()
    if form.accepts():
        with form.act() as act:
            secret = operations.make_feed(db.session(), account, by=current_actor(), at=clock.now())
            act.location = url_for("accounts.own")
            db.session.commit()
            address = current_app.config["PUBLIC_ADDRESS"]
            path = url_for("site.calendar", secret=secret)
            url = f"{address}{path}" if address else url_for("site.calendar", secret=secret, _external=True)
            return render_template("accounts/calendar_address.html", url=url)
    return render_template("accounts/make_calendar.html", form=form, **notices())


@blueprint.route("/tai-khoan/lich/bo", methods=["GET", "POST"])
@signed_in
def end_calendar() -> Answer | str:
    """Bỏ địa chỉ lịch: nobody reads the due days by it any more."""
    account, form = own_account(), FeedForm.bind()
    if form.accepts():
        with form.act() as act:
            operations.end_feed(db.session(), account, by=current_actor(), at=clock.now())
            act.location = url_for("accounts.own")
            db.session.commit()
            flash("Đã bỏ địa chỉ lịch đến hạn.", "good")
            return redirect(act.location)
    return render_template("accounts/end_calendar.html", form=form, **notices())

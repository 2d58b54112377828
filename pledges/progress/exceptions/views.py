"""Ngoại lệ của kỳ báo cáo: giving one, and taking it back. Everybody in the campaign reads them among its periods."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.blueprint import blueprint
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.campaigns.rules import works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.exceptions import operations
from pledges.progress.exceptions.forms import GrantForm, RevokeForm
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.queries import one, tasks_of
from pledges.progress.exceptions.rules import ExceptionKind, locked
from pledges.progress.exceptions.showing import given
from pledges.progress.models import Period
from pledges.progress.queries import periods_of


@blueprint.route("/phong-trao/<int:campaign_id>/ky-bao-cao/<int:period_id>/ngoai-le", methods=["GET", "POST"])
@guard(Permission.GRANT_EXCEPTION)
def grant_exception(campaign_id: int, period_id: int) -> Response | str | tuple[str, int]:
    """Cho ngoại lệ: one unit, or one task of it, may report after the lock until a day, or needn't report."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.GRANT_EXCEPTION, found.subject(), see=Permission.SEE_CAMPAIGN)
    period: Period = db.first_or_404(periods_of(found.id).where(Period.id == period_id))
    today = clock.today()
    shut = locked(period, today)
    first = {"kind": ExceptionKind.UNLOCKED if shut else ExceptionKind.EXCUSED}
    tasks = list(db.session.scalars(tasks_of(found.id)))
    form = GrantForm.bind(first, tasks=tasks, period=period, today=today)
    if not works_on(found.status):
        form.close()
    elif form.accepts():
        with form.act() as act:
            operations.grant(db.session(), period, form.entry(), by=actor, at=clock.now())
            act.location = url_for("campaigns.periods", campaign_id=found.id, _anchor="ngoai-le")
            db.session.commit()
            flash("Đã cho ngoại lệ.", "good")
            return redirect(act.location)
    page = render_template(
        "campaigns/grant_exception.html",
        campaign=found,
        period=period,
        form=form,
        open=works_on(found.status),
        shut=shut,
        exceptions=given(db.session(), found.id, actor, today, period.id),
    )
    return page if works_on(found.status) else (page, 409)


@blueprint.route("/ngoai-le/<int:exception_id>/thu-hoi", methods=["GET", "POST"])
@guard(Permission.GRANT_EXCEPTION)
def revoke_exception(exception_id: int) -> Response | str:
    """Thu hồi ngoại lệ: asked before it is done."""
    known: PeriodException = db.first_or_404(one(exception_id))
    campaign = known.period.campaign
    actor = authorise(Permission.GRANT_EXCEPTION, known.subject(), see=Permission.SEE_CAMPAIGN)
    form = RevokeForm.bind(known)
    if form.accepts():
        with form.act() as act:
            operations.revoke(db.session(), known, by=actor, at=clock.now())
            act.location = url_for("campaigns.periods", campaign_id=campaign.id, _anchor="ngoai-le")
            db.session.commit()
            flash("Đã thu hồi ngoại lệ.", "good")
            return redirect(act.location)
    return render_template("campaigns/revoke_exception.html", form=form, exception=known, campaign=campaign)

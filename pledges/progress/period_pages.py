"""Kỳ báo cáo của phong trào: which there are, until when each takes reports, and setting those of own dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, guard
from pledges.access.permissions import Permission
from pledges.campaigns.blueprint import blueprint
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.campaigns.rules import CampaignStatus, Cycle, works_on
from pledges.core import clock
from pledges.core.database import db
from pledges.core.forms.rows import rows_pressed
from pledges.progress.exceptions.rules import locked
from pledges.progress.exceptions.showing import given
from pledges.progress.models import Period
from pledges.progress.period_forms import OwnPeriodsForm, PeriodRow
from pledges.progress.periods import announced_otherwise, holds_from, parted, set_own_periods
from pledges.progress.queries import periods_of


@dataclass(frozen=True)
class PeriodLine:
    """A period with what may be done about it on the day."""

    period: Period
    words: str
    tone: str
    current: bool = False
    over: bool = False


def lines_of(session: Session, campaign: Campaign, day: date) -> list[PeriodLine]:
    """The periods of the campaign, oldest first."""
    return [_line(period, day) for period in session.scalars(periods_of(campaign.id))]


def nearest(lines: Sequence[PeriodLine], number: int = 3) -> list[PeriodLine]:
    """The periods around the day: the last that has begun, and those that follow."""
    begun = [place for place, line in enumerate(lines) if line.current]
    first = begun[-1] if begun else max(len(lines) - number, 0) if _all_over(lines) else 0
    return list(lines[first : first + number])


def _all_over(lines: Sequence[PeriodLine]) -> bool:
    return bool(lines) and all(line.over for line in lines)


def _line(period: Period, day: date) -> PeriodLine:
    if day < period.start_on:
        return PeriodLine(period, "Chưa bắt đầu", "draft")
    if day <= period.due_on:
        return PeriodLine(period, "Đang nhận báo cáo", "sent", current=True)
    if day <= period.grace_until:
        return PeriodLine(period, "Trong ân hạn", "sent", current=True)
    if locked(period, day):
        return PeriodLine(period, "Đã khóa", "draft", over=True)
    return PeriodLine(period, "Đã hết hạn", "draft", over=True)


@blueprint.get("/phong-trao/<int:campaign_id>/ky-bao-cao")
@guard(Permission.SEE_CAMPAIGN)
def periods(campaign_id: int) -> str:
    """Kỳ báo cáo của phong trào, and every exception that was given: for everybody who takes part."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.SEE_CAMPAIGN, found.subject())
    return render_template(
        "campaigns/periods.html",
        campaign=found,
        lines=lines_of(db.session(), found, clock.today()),
        exceptions=given(db.session(), found.id, actor, clock.today()),
        editable=works_on(found.status),
        own=found.cycle is Cycle.OWN,
        holds_from=holds_from(db.session(), found, clock.now())
        if announced_otherwise(db.session(), found, clock.now())
        else "",
    )


@blueprint.route("/phong-trao/<int:campaign_id>/ky-bao-cao/dat", methods=["GET", "POST"])
@guard(Permission.EDIT_CAMPAIGN)
def set_periods(campaign_id: int) -> Response | str | tuple[str, int]:
    """Đặt các kỳ báo cáo: name, days and due day of each that can still be changed."""
    found = db.first_or_404(listed().where(Campaign.id == campaign_id))
    actor = authorise(Permission.EDIT_CAMPAIGN, found.subject(), see=Permission.SEE_CAMPAIGN)
    _movable, held = parted(db.session(), found, clock.now())
    form = OwnPeriodsForm.bind(found, held=held, campaign=found)
    open_to_change = works_on(found.status) and found.cycle is Cycle.OWN
    if not open_to_change:
        form.close()
    elif not rows_pressed(form) and form.accepts():
        with form.act() as act:
            set_own_periods(db.session(), found, form.spans(), by=actor, at=clock.now())
            act.location = url_for("campaigns.periods", campaign_id=found.id)
            db.session.commit()
            flash("Đã lưu các kỳ báo cáo.", "good")
            return redirect(act.location)
    page = render_template(
        "campaigns/set_periods.html",
        campaign=found,
        form=form,
        held=held,
        open=open_to_change,
        announced=found.status is not CampaignStatus.DRAFT,
        blank=PeriodRow(prefix="periods-__row__-"),
    )
    return page if open_to_change else (page, 409)

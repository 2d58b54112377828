"""Opening and moving the periods of a campaign; the office sets those of its own dates itself."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignStatus, Cycle, check_works
from pledges.campaigns.shift import Shift
from pledges.core.base import touch
from pledges.core.clock import day_of
from pledges.core.refusal import Refused
from pledges.progress.cycles import Days, OwnSpan, Schedule, Span, beside, overlap
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.models import Period, Report
from pledges.progress.queries import periods_of

FACTS = ("cycle", "name", "start_on", "end_on", "due_on", "grace_until", "locks_after")
"""What the log keeps of a period."""


class PeriodRefused(Refused):
    """Periods that can't stand beside each other; the message is for the user."""


def schedule_of(campaign: Campaign) -> Schedule:
    """How the campaign asks for reports."""
    return Schedule(
        cycle=campaign.cycle,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        due_day=campaign.reporting_due_day,
        weekday=campaign.reporting_weekday,
        grace_days=campaign.grace_days,
        locks_after_days=campaign.locks_after_days,
    )


def open_periods(session: Session, campaign: Campaign, *, by: Actor, at: datetime) -> list[Period]:
    """The periods of the campaign, after its cycle and days: missing ones are made, others follow or go.

    A period that has begun, on which somebody has reported or for which an exception was given, stays as it was
    announced. Own periods keep their days; those of a cycle that the campaign no longer has go.
    """
    schedule = schedule_of(campaign)
    movable, held = parted(session, campaign, at)
    if campaign.cycle is Cycle.OWN:
        wanted = [schedule.own(_own(one)) for one in movable if one.cycle is Cycle.OWN]
    else:
        wanted = beside(schedule.spans(), held, day_of(at))
    return held + _make_so(session, campaign, movable, wanted, by=by, at=at)


def holds_from(session: Session, campaign: Campaign, at: datetime) -> str:
    """From which period on a new cycle, due day, grace or lock holds, in words; "" while none was announced."""
    movable, held = parted(session, campaign, at)
    if not held:
        return ""
    if not movable:
        return "các kỳ đã bắt đầu giữ như cũ, và không còn kỳ nào chưa bắt đầu"
    return f"áp dụng từ kỳ {movable[0].label}; các kỳ đã bắt đầu giữ như cũ"


def announced_otherwise(session: Session, campaign: Campaign, at: datetime) -> bool:
    """Whether periods that stay have another grace or lock than the campaign sets now."""
    schedule = schedule_of(campaign)
    _movable, held = parted(session, campaign, at)
    return any((one.grace_until, one.locks_after) != _of_today(schedule, one) for one in held)


def _of_today(schedule: Schedule, period: Period) -> tuple[date, date | None]:
    """The grace and the lock that the period would have if it was announced today."""
    span = schedule.own(_own(period))
    return span.grace_until, span.locks_after


def set_own_periods(
    session: Session, campaign: Campaign, spans: Iterable[OwnSpan], *, by: Actor, at: datetime
) -> None:
    """Put these in the place of the own periods that can still be changed; raises `PeriodRefused` for an overlap."""
    check_works(campaign.status)
    if campaign.cycle is not Cycle.OWN:
        raise PeriodRefused("Phong trào không báo cáo theo các kỳ tự đặt; đồng chí sửa chu kỳ báo cáo trước.")
    spans = list(spans)
    movable, held = parted(session, campaign, at)
    for place, span in enumerate(spans):
        others: list[Days] = [*held, *spans[:place]]
        if any(overlap(span, other) for other in others):
            raise PeriodRefused(f"Kỳ “{span.name}” trùng ngày với kỳ khác.")
    schedule = schedule_of(campaign)
    before = [facts(period) for period in movable]
    made = _make_so(session, campaign, movable, [schedule.own(one) for one in spans], by=by, at=at)
    if [facts(period) for period in made] != before:
        touch(campaign)


def follow_own_periods(
    session: Session, before: Campaign, into: Campaign, shift: Shift, *, by: Actor, at: datetime
) -> None:
    """The own periods of the campaign before, moved like its days, as far as they lie within the new campaign's."""
    if into.cycle is not Cycle.OWN:
        return
    moved = [
        OwnSpan(
            _renamed(one, shift), shift.moved(one.start_on), shift.moved(one.end_on), shift.moved(one.due_on)
        )
        for one in session.scalars(periods_of(before.id))
        if one.cycle is Cycle.OWN
    ]
    within = [one for one in moved if into.starts_on <= one.start_on <= one.end_on <= into.ends_on]
    set_own_periods(session, into, within, by=by, at=at)


def _renamed(period: Period, shift: Shift) -> str:
    """The name with the year that the period moves to, where it says the one it had."""
    year = period.start_on.year
    return period.name.replace(str(year), str(shift.moved(period.start_on).year))


def parted(session: Session, campaign: Campaign, at: datetime) -> tuple[list[Period], list[Period]]:
    """The campaign's periods that can still be changed, and those that stay, each oldest first.

    What was not announced yet, because the campaign is in preparation, can be changed although it has begun.
    """
    fixed = set(
        session.scalars(
            select(Report.period_id)
            .join(Period, Period.id == Report.period_id)
            .where(Period.campaign_id == campaign.id)
            .distinct()
        )
    )
    fixed |= set(
        session.scalars(
            select(PeriodException.period_id)
            .join(Period, Period.id == PeriodException.period_id)
            .where(Period.campaign_id == campaign.id)
            .distinct()
        )
    )
    announced = campaign.status is not CampaignStatus.DRAFT
    movable: list[Period] = []
    held: list[Period] = []
    for period in session.scalars(periods_of(campaign.id)):
        begun = announced and period.start_on <= day_of(at)
        (held if begun or period.id in fixed else movable).append(period)
    return movable, held


def _own(period: Period) -> OwnSpan:
    return OwnSpan(period.name, period.start_on, period.end_on, period.due_on)


def _make_so(
    session: Session,
    campaign: Campaign,
    movable: Sequence[Period],
    wanted: Sequence[Span],
    *,
    by: Actor,
    at: datetime,
) -> list[Period]:
    """Make, change and remove periods until those that can be changed are the wanted ones; these, oldest first."""
    by_start = {period.start_on: period for period in movable}
    for period in movable:
        if period.start_on not in {span.start_on for span in wanted}:
            record(session, "period.removed", period, by=by, at=at, before=facts(period))
            session.delete(period)
    return [
        _follow(session, campaign, by_start.get(span.start_on), span, by=by, at=at)
        for span in sorted(wanted, key=lambda one: one.start_on)
    ]


def _follow(
    session: Session, campaign: Campaign, period: Period | None, span: Span, *, by: Actor, at: datetime
) -> Period:
    if period is None:
        made = Period(campaign=campaign, **{name: getattr(span, name) for name in FACTS})
        session.add(made)
        record(session, "period.opened", made, by=by, at=at, after=facts(made))
        return made
    before = facts(period)
    for name in FACTS:
        setattr(period, name, getattr(span, name))
    was, now = differences(before, facts(period))
    if now:
        record(session, "period.changed", period, by=by, at=at, before=was, after=now)
    return period


def facts(period: Period) -> dict[str, Any]:
    """The period as the log keeps it."""
    return {name: getattr(period, name) for name in FACTS}

"""Dòng nhắc: lines about units that have not registered, ready to be copied into a chat."""

from collections.abc import Sequence
from datetime import date, datetime

from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import url_in
from pledges.core.clock import day_of
from pledges.core.dates import format_date, format_instant
from pledges.core.numbers import two_digits
from pledges.tasks.registration import UnitRegistration
from pledges.tasks.rules import TaskStatus


def of_unit(one: UnitRegistration, campaign: Campaign, today: date) -> str:
    """The line for one unit: "Khu phố 3 chưa đăng ký phần việc nào (hạn 29/3/2024). Đăng ký tại: …"."""
    drafts, returned = one.counts[TaskStatus.DRAFT], one.counts[TaskStatus.RETURNED]
    begun = []
    if drafts:
        begun.append(f"{two_digits(drafts)} bản nháp chưa gửi")
    if returned:
        begun.append(f"{two_digits(returned)} phần việc bị trả lại chưa gửi lại")
    lacks = f"còn {' và '.join(begun)}" if begun else "chưa đăng ký phần việc nào"
    act = "Xem và gửi" if begun else "Đăng ký"
    return f"{one.unit.name} {lacks}{_deadline(campaign, today)}. {act} tại: {_url(one, campaign)}"


def of_all(missing: Sequence[UnitRegistration], campaign: Campaign, now: datetime) -> str:
    """The line for all of them: "Đến 16:30 ngày 15/10/2024, còn 03 đơn vị chưa đăng ký phần việc: …"."""
    names = ", ".join(one.unit.name for one in missing)
    said = f"Đến {format_instant(now)}, còn {two_digits(len(missing))} đơn vị chưa đăng ký phần việc"
    return f"{said}{_deadline(campaign, day_of(now))}: {names}."


def _url(one: UnitRegistration, campaign: Campaign) -> str:
    """Where the line leads: to the form, or to the unit's page where something was begun."""
    if one.begun:
        return url_in(campaign, "progress.unit", unit_id=one.unit.id, _external=True)
    return url_in(campaign, "tasks.register", _external=True)


def _deadline(campaign: Campaign, today: date) -> str:
    closes_on = campaign.registration_closes_on
    if closes_on is None:
        return ""
    return f" ({'đã quá hạn' if closes_on < today else 'hạn'} {format_date(closes_on)})"

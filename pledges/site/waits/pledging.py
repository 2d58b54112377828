"""What waits for those who prepare commitments: units without one, or with tasks that theirs does not hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments.comparison import Renewal, to_renew
from pledges.commitments.queries import signed_units, texts_in_force, units_to_prepare
from pledges.commitments.unit_tasks import tasks_of_units
from pledges.core.numbers import two_digits
from pledges.site.waits.kinds import FIRST, Kind, Line, Wait
from pledges.tasks.rules import TaskStatus

NOT_PLEDGED = "{} phần việc đã duyệt chưa có trong bản cam kết đã ký"
CHANGED = "{} so với bản cam kết đã ký"


def to_prepare(session: Session, actor: Actor, campaigns: Sequence[Campaign], today: date) -> Iterator[Wait]:
    """Units whose tasks are not what they signed, or that signed nothing yet, while nobody has begun a new text."""
    places = (Place.UNIT, Place.CAMPAIGN)
    if not any(chain.from_iterable(reach(actor, Permission.PREPARE_COMMITMENT, place) for place in places)):
        return
    for campaign in campaigns:
        units = list(session.scalars(units_to_prepare(actor, campaign.id)))
        if not units:
            continue
        signed = set(session.scalars(signed_units(campaign.id, today)))
        led = tasks_of_units(session, campaign.id)
        texts = session.scalars(texts_in_force(campaign.id, [unit.id for unit in units]))
        renewals = to_renew(session, texts)
        new, more = [], []
        for unit in units:
            url = url_for("commitments.prepare", campaign_id=campaign.id, unit_id=unit.id)
            if unit.id in signed:
                more.append(
                    Line(
                        unit.name,
                        url,
                        _why_again(renewals.get(unit.id), led[unit.id].counts[TaskStatus.APPROVED]),
                    )
                )
            else:
                new.append(Line(unit.name, url))
        yield from _prepare(campaign, Kind.TO_PREPARE, new, "Soạn bản cam kết của", "chưa có bản cam kết")
        words = "có phần việc mới hoặc đã đổi so với bản cam kết đã ký"
        yield from _prepare(campaign, Kind.TO_ADD, more, "Soạn lại bản cam kết của", words)


def _why_again(renewal: Renewal | None, approved: int) -> str:
    """Why a unit that has signed prepares another text."""
    if renewal is not None and renewal.changed:
        return CHANGED.format(renewal.words)
    return NOT_PLEDGED.format(two_digits(approved))


def _prepare(campaign: Campaign, kind: Kind, lines: Sequence[Line], one: str, several: str) -> Iterator[Wait]:
    """One unit by its name, several as a bundle."""
    if not lines:
        return
    alone = len(lines) == 1
    yield Wait(
        kind=kind,
        title=f"{one} {lines[0].title}" if alone else f"{len(lines)} đơn vị {several}",
        url=lines[0].url if alone else url_for("commitments.listing"),
        action="Soạn" if alone else "Xem danh sách",
        text="; ".join(filter(None, (lines[0].note if alone else "", campaign.title))),
        lines=() if alone else lines[:FIRST],
        left=0 if alone else max(len(lines) - FIRST, 0),
        order=(campaign.starts_on, campaign.id),
    )

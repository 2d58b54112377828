"""What waits for clerks: units to phone, and commitments whose signatures are missing."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, may, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import url_in
from pledges.commitments.copies.outside.waiting import waiting_copies
from pledges.documents.calls.late import late_units
from pledges.site import queries
from pledges.site.pledged import with_dropped_tasks
from pledges.site.waits.kinds import Kind, Line, Wait, bundle


def to_call(session: Session, actor: Actor, campaigns: Sequence[Campaign], today: date) -> Iterator[Wait]:
    """The units that are late and have promised no day, or one that has passed; by campaign."""
    if not reach(actor, Permission.RECORD_PAPER_SIGNATURE, Place.CAMPAIGN):
        return
    for campaign in campaigns:
        if not may(actor, Permission.MAKE_FOLLOW_UP, campaign.subject()):
            continue
        called_for = [
            unit for unit in late_units(session, campaign, actor, today) if unit.asks_for_a_call(today)
        ]
        lines = [
            Line(
                unit.name,
                url_for("documents.call", campaign_id=campaign.id, unit_id=unit.unit_id),
                unit.in_short(today),
            )
            for unit in called_for
        ]
        url = url_in(campaign, "documents.calls")
        yield from bundle(
            Kind.TO_CALL, "đơn vị chậm, cần gọi đôn đốc", lines, url=url, action="Xem danh sách gọi"
        )


def to_collect(session: Session, actor: Actor, campaign_ids: Collection[int]) -> Iterator[Wait]:
    """Frozen commitments whose signatures are still missing; those that hold a task cancelled since are frozen anew."""
    if not reach(actor, Permission.RECORD_PAPER_SIGNATURE, Place.CAMPAIGN):
        return
    frozen = session.execute(queries.commitments_to_sign(actor, campaign_ids)).all()
    numbers = [row[0] for row in frozen]
    stale, filed = with_dropped_tasks(session, numbers), waiting_copies(session, numbers)
    to_sign, to_freeze = [], []
    for number, unit, signatories, signed in frozen:
        url = url_for("commitments.commitment", commitment_id=number)
        if number in stale:
            to_freeze.append(Line(unit, url, "có phần việc đã hủy sau khi chốt"))
        elif number in filed:
            there = url_for("commitments.outside_copy", commitment_id=number, copy_id=filed[number])
            to_sign.append(Line(unit, there, f"đã ký {signed}/{signatories}, có tệp PDF ký số chờ đối chiếu"))
        else:
            to_sign.append(Line(unit, url, f"đã ký {signed}/{signatories}"))
    listing = url_for("commitments.listing")
    signatures = "bản cam kết đã chốt, chưa đủ chữ ký"
    yield from bundle(Kind.SIGNATURES, signatures, to_sign, url=listing, action="Ghi nhận chữ ký")
    again = "bản cam kết phải thu hồi để chốt lại"
    yield from bundle(Kind.STALE, again, to_freeze, url=listing, action="Xem danh sách")

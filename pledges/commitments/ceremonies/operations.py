"""What is done at a ceremony: opened, ticked, unticked, closed; its facts are written for the minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import check_works
from pledges.commitments import signatures
from pledges.commitments.ceremonies import queries
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.rules import (
    ANOTHER_NAMED,
    MISTAKE,
    CeremonyRefused,
    check_frozen_by,
    check_ticks,
)
from pledges.commitments.models import Signatory, Signature
from pledges.commitments.signatures import HIMSELF, Seen, Signer
from pledges.core import clock
from pledges.core.dates import format_date
from pledges.core.text import fold


@dataclass(frozen=True, kw_only=True)
class CeremonyEntry:
    """What is entered of a ceremony; the last four only when its minutes are written."""

    held_on: date
    place: str
    certified_by: str
    certified_post: str = ""
    chair: str = ""
    chair_post: str = ""
    secretary: str = ""
    secretary_post: str = ""
    attendees: int | None = None
    began: str = ""
    ended: str = ""
    proceedings: str = ""


def facts(ceremony: Ceremony) -> dict[str, Any]:
    """The ceremony as the log keeps it."""
    return {name: getattr(ceremony, name) for name in CeremonyEntry.__dataclass_fields__}


def open_ceremony(
    session: Session, campaign: Campaign, entry: CeremonyEntry, *, by: Actor, at: datetime
) -> Ceremony:
    """Mở lễ ký; raises `CeremonyRefused` while another of the campaign goes on."""
    check_works(campaign.status)
    if session.scalars(queries.open_in(campaign.id)).first() is not None:
        raise CeremonyRefused("Phong trào này đang có một lễ ký chưa kết thúc; đồng chí làm tiếp ở lễ ký đó.")
    ceremony = Ceremony(
        campaign=campaign, opened_at=at, opened_by_id=by.account_id, opened_by_name=by.name, **asdict(entry)
    )
    session.add(ceremony)
    record(session, "ceremony.opened", ceremony, by=by, at=at, after=facts(ceremony))
    return ceremony


def edit(session: Session, ceremony: Ceremony, entry: CeremonyEntry, *, by: Actor, at: datetime) -> None:
    """Change what stands of a ceremony; what was signed keeps the day and place that it was signed with.

    Raises `CeremonyRefused` for another day or place once something was ticked.
    """
    before = facts(ceremony)
    moved = (entry.held_on, entry.place) != (ceremony.held_on, ceremony.place)
    if moved and session.scalar(queries.ticks(ceremony.id)):
        raise CeremonyRefused(
            "Đã có người được đánh dấu ký ở lễ này nên ngày và địa điểm giữ nguyên; "
            "cần đổi thì bỏ các đánh dấu khi lễ ký còn đang mở."
        )
    for name, value in asdict(entry).items():
        setattr(ceremony, name, value)
    was, now = differences(before, facts(ceremony))
    if now:
        record(session, "ceremony.edited", ceremony, by=by, at=at, before=was, after=now)


def close(session: Session, ceremony: Ceremony, *, by: Actor, at: datetime) -> None:
    """Kết thúc lễ ký: nothing is ticked or unticked afterwards; raises `CeremonyRefused` when it is closed."""
    if not ceremony.open:
        raise CeremonyRefused("Lễ ký đã kết thúc trước đó.")
    ceremony.closed_at, ceremony.closed_by_id, ceremony.closed_by_name = at, by.account_id, by.name
    record(
        session,
        "ceremony.closed",
        ceremony,
        by=by,
        at=at,
        after={"ticks": session.scalar(queries.ticks(ceremony.id))},
    )


def tick(
    session: Session,
    ceremony: Ceremony,
    places: Sequence[Signatory],
    *,
    by: Actor,
    at: datetime,
    signer: Signer = HIMSELF,
) -> list[Signature]:
    """Record those who signed on paper in the hall; who has signed already, in whatever way, is left as he is.

    The caller gives the ceremony and the places as they are now, not as they were when the page was drawn. Raises
    `CeremonyRefused` outside of the ceremony's time, `StepRefused` where the text is not to be signed.
    """
    check_ticks(ceremony.held_on, clock.day_of(at), still_open=ceremony.open)
    seen = Seen(
        on=ceremony.held_on, place=ceremony.place, certified_by=_certifier(ceremony), ceremony=ceremony
    )
    given = []
    for place in _of_campaign(ceremony, places):
        if place.signature is not None:
            continue
        frozen_at = place.commitment.frozen_at
        frozen_on = clock.day_of(frozen_at) if frozen_at is not None else None
        check_frozen_by(place.commitment.unit.name, frozen_on, ceremony.held_on)
        _check_deputy(signer, place, ceremony.held_on)
        given.append(signatures.record_on_paper(session, place, seen, by=by, at=at, signer=signer))
    return given


def untick(session: Session, ceremony: Ceremony, place: Signatory, *, by: Actor, at: datetime) -> bool:
    """Bỏ đánh dấu: take back a tick while the ceremony goes on; whether there was one.

    A place without a signature stays as it is: somebody was quicker. Raises `StepRefused` for a signature that was
    given elsewhere, `CeremonyRefused` once the ceremony is closed.
    """
    check_ticks(ceremony.held_on, clock.day_of(at), still_open=ceremony.open)
    for one in _of_campaign(ceremony, [place]):
        if one.signature is not None:
            signatures.undo(session, one, MISTAKE, by=by, at=at)
            return True
    return False


def _check_deputy(signer: Signer, place: Signatory, on: date) -> None:
    paper = signer.authorisation
    if paper is None:
        if place.name and signer.name and fold(signer.name) != fold(place.name):
            raise CeremonyRefused(ANOTHER_NAMED.format(place.label))
        return
    if paper.unit_id != place.commitment.unit_id:
        raise CeremonyRefused(f"{paper.paper} không phải của {place.commitment.unit.name}.")
    if not paper.alive(on):
        raise CeremonyRefused(f"{paper.paper} không có hiệu lực vào ngày ký {format_date(on)}.")


def _of_campaign(ceremony: Ceremony, places: Iterable[Signatory]) -> Iterable[Signatory]:
    return (place for place in places if place.commitment.campaign_id == ceremony.campaign_id)


def _certifier(ceremony: Ceremony) -> str:
    post = ceremony.certified_post
    return f"{ceremony.certified_by}, {post}" if post else ceremony.certified_by

"""Biên bản lễ ký: what was written down of a ceremony, and the roll with how each signed."""

from collections import Counter
from datetime import date

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.commitments.ceremonies import queries
from pledges.commitments.ceremonies.called import Roll, RollUnit
from pledges.commitments.ceremonies.models import Ceremony
from pledges.commitments.ceremonies.roll import of_ceremony
from pledges.commitments.rules import SigningWay
from pledges.commitments.standing_words import RENEWING
from pledges.core.dates import format_date, long_date
from pledges.core.refusal import Refused
from pledges.documents.drafting.rules import Scope
from pledges.documents.headings import archive_of, heading_of
from pledges.documents.rules import PaperKind
from pledges.documents.sheets.draft import Filled
from pledges.documents.sheets.gaps import COUNT, HOUR, UNKNOWN
from pledges.documents.sheets.paper import Foot
from pledges.documents.sheets.signing_day import MinutesSheet
from pledges.documents.signing_roll import groups_of_editions

DRAFT = "Bản dự thảo, lễ ký chưa kết thúc"
NO_CEREMONY = "Phong trào chưa có lễ ký nào nên chưa lập được biên bản; mở lễ ký ở trang Cam kết."


def filled(
    session: Session, campaign: Campaign, _kind: PaperKind, scope: Scope, _actor: Actor, today: date
) -> Filled:
    """The minutes of the last ceremony held by the scope's day, else of the newest; `Refused` where there is none."""
    ceremony = ceremony_of(session, campaign, scope)
    return minutes_of(ceremony, of_ceremony(session, ceremony), today).filled()


def ceremony_of(session: Session, campaign: Campaign, scope: Scope) -> Ceremony:
    """The last ceremony held by the scope's day, else the newest; `Refused` where there is none."""
    found = list(session.scalars(queries.of_campaign(campaign.id)))
    if not found:
        raise Refused(NO_CEREMONY)
    held = [one for one in found if one.held_on <= scope.as_of] or found
    return max(held, key=lambda one: (one.held_on, one.id))


def file_name(ceremony: Ceremony) -> str:
    """What a file of its minutes is called, without its ending: by the day of which they speak."""
    return f"Biên bản lễ ký {format_date(ceremony.held_on).replace('/', '-')}"


def minutes_of(ceremony: Ceremony, roll: Roll, today: date) -> MinutesSheet:
    """The minutes of a ceremony; of a closed one they say for ever what was signed when it was closed."""
    campaign = ceremony.campaign
    held_on = long_date(ceremony.held_on)
    return MinutesSheet(
        heading=heading_of(campaign, ceremony.held_on if not ceremony.open else today, kind="BB", dated=""),
        abstract=_abstract(ceremony),
        began=f"{ceremony.began or HOUR}, {held_on}",
        place=ceremony.place,
        chair=_named(ceremony.chair, ceremony.chair_post),
        chair_name=ceremony.chair,
        secretary=_named(ceremony.secretary, ceremony.secretary_post),
        secretary_name=ceremony.secretary,
        attendance=_attendance(ceremony, roll),
        proceedings=_proceedings(ceremony),
        outcome=(_outcome(ceremony, roll),),
        groups=tuple(groups_of_editions(roll.called)),
        remarks=tuple(_remarks(ceremony, roll)),
        ended=f"{ceremony.ended or HOUR}, {held_on}",
        recipients=("Các đơn vị ký cam kết", archive_of(campaign.owner)),
        foot=Foot(illustrative=campaign.illustrative, as_of=DRAFT if ceremony.open else ""),
    )


def _abstract(ceremony: Ceremony) -> str:
    """The event of the campaign's launch on its day, else a signing alone."""
    campaign = ceremony.campaign
    launched = campaign.launch_event if ceremony.held_on == campaign.launched_on else ""
    if not launched:
        return f"Lễ ký cam kết thi đua\n{campaign.title}"
    return f"{launched.rstrip(' .')} và ký cam kết thi đua\n{campaign.title}"


def _person(name: str, post: str) -> str:
    return " - ".join(part for part in (name, post) if part)


def _named(name: str, post: str) -> str:
    """A person of the minutes; of whom only the post was written down the name stays an empty place."""
    return _person(name or UNKNOWN, post)


def _attendance(ceremony: Ceremony, roll: Roll) -> str:
    signers = f"{len(roll.called):02} đơn vị ký cam kết với {roll.people:02} người ký"
    if ceremony.attendees is None:
        return f"{COUNT} đại biểu; trong đó có {signers}"
    return f"{ceremony.attendees:02} đại biểu; trong đó có {signers}"


def _proceedings(ceremony: Ceremony) -> tuple[str, ...]:
    written = tuple(line.strip() for line in ceremony.proceedings.splitlines() if line.strip())
    return written or ("Các đơn vị ký bản cam kết thi đua theo danh sách ở mục II.",)


def _outcome(ceremony: Ceremony, roll: Roll) -> str:
    """The counts, as they stand on every page: units by editions in force, people by the ways they signed in."""
    ways: Counter[str] = Counter()
    for unit in roll.called:
        for place in unit.counted:
            if place.signature is not None:
                here = place.signature.ceremony_id == ceremony.id
                ways[_way(place.signature.way, here=here)] += 1
    said = f"Có {roll.units_signed:02}/{len(roll.units):02} đơn vị đã ký đủ; "
    said += f"{roll.people_signed:02}/{roll.people:02} người đã ký"
    parts = "; ".join(f"{number:02} {words}" for words, number in ways.items())
    apart = "".join(f" {words}." for words in (roll.renewing_words, roll.not_ready_words) if words)
    return f"{said}: {parts}.{apart}" if parts else f"{said}.{apart}"


def _way(way: SigningWay, *, here: bool) -> str:
    if here:
        return "ký trên giấy tại hội nghị"
    if way is SigningWay.PAPER:
        return "ký trên giấy trước đó"
    label = way.label
    return label[0].lower() + label[1:]


def _remarks(ceremony: Ceremony, roll: Roll) -> list[str]:
    remarks = []
    if roll.waiting:
        remarks.append(f"Chưa ký đủ: {'; '.join(_missing(unit) for unit in roll.waiting)}.")
    if roll.renewing:
        remarks.append(f"{RENEWING}: {'; '.join(_missing(unit) for unit in roll.renewing)}.")
    if roll.not_ready:
        remarks.append(f"Chưa chốt bản cam kết: {'; '.join(unit.name for unit in roll.not_ready)}.")
    certified = _person(ceremony.certified_by, ceremony.certified_post)
    remarks.append(f"Người chứng nhận các chữ ký trên giấy: {certified}.")
    return remarks


def _missing(unit: RollUnit) -> str:
    return f"{unit.name} ({', '.join(place.label for place in unit.missing)})"

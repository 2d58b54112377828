"""What is done with meetings: they are called, written up, and closed when the decisions are written down."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.followups.models import Meeting
from pledges.followups.rules import check_meeting_day, check_meeting_open


@dataclass(frozen=True, kw_only=True)
class MeetingEntry:
    """What is known of a meeting: what it is called, when and where, who leads it and who writes."""

    title: str
    held_on: date
    place: str = ""
    chair: str = ""
    chair_post: str = ""
    secretary: str = ""
    secretary_post: str = ""


def facts(meeting: Meeting) -> dict[str, Any]:
    """The meeting as the log keeps it."""
    return {
        "title": meeting.title,
        "on": meeting.held_on,
        "meeting_place": meeting.place,
        "chair": meeting.chair,
        "chair_post": meeting.chair_post,
        "secretary": meeting.secretary,
        "secretary_post": meeting.secretary_post,
    }


def call(session: Session, campaign: Campaign, entry: MeetingEntry, *, by: Actor, at: datetime) -> Meeting:
    """Lập cuộc họp; raises `Refused` for a day outside the campaign."""
    check_meeting_day(entry.held_on, campaign.starts_on)
    made = Meeting(
        campaign=campaign, made_at=at, made_by_id=by.account_id, made_by_name=by.name, **vars(entry)
    )
    session.add(made)
    session.flush()
    record(session, "meeting.called", made, by=by, at=at, after=facts(made))
    return made


def edit(session: Session, meeting: Meeting, entry: MeetingEntry, *, by: Actor, at: datetime) -> None:
    """Change what is known of a meeting that goes on; raises `Refused` for one that has ended."""
    check_meeting_open(closed=meeting.closed_at is not None)
    check_meeting_day(entry.held_on, meeting.campaign.starts_on)
    before = facts(meeting)
    for name, value in vars(entry).items():
        setattr(meeting, name, value)
    was, now = differences(before, facts(meeting))
    if now:
        record(session, "meeting.edited", meeting, by=by, at=at, before=was, after=now)


def close(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Kết thúc cuộc họp: no decision is added afterwards; raises `Refused` for one that has ended."""
    check_meeting_open(closed=meeting.closed_at is not None)
    meeting.closed_at, meeting.closed_by_name = at, by.name
    record(session, "meeting.closed", meeting, by=by, at=at)

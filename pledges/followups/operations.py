"""What is done with follow-ups: they are written down where something was decided, changed, and ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.audit.operations import differences, record
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.rules import (
    FollowUpEnd,
    FollowUpSource,
    check_call,
    check_day,
    check_end,
    check_meeting,
    check_open,
    check_place,
    check_text,
)
from pledges.tasks.models import Task
from pledges.units.models import Unit


@dataclass(frozen=True, kw_only=True)
class FollowUpEntry:
    """What is to be done, by whom and until when, and where that was decided.

    A follow-up about a task without a unit lies with the task's lead unit. `owner_name` is only asked for where
    nobody with an account answers for it.
    """

    campaign: Campaign
    source: FollowUpSource
    text: str
    due_on: date | None = None
    unit: Unit | None = None
    task: Task | None = None
    owner: Account | None = None
    owner_name: str = ""
    meeting: Meeting | None = None
    spoke_to: str = ""

    @property
    def place(self) -> Unit | None:
        """The unit with which it lies."""
        return self.unit or (self.task.lead_unit if self.task is not None else None)


def facts(follow_up: FollowUp) -> dict[str, Any]:
    """The follow-up as the log keeps it."""
    return {
        "source": follow_up.source,
        "text": follow_up.text,
        "unit": follow_up.unit.code if follow_up.unit is not None else "",
        "task": follow_up.task.number if follow_up.task is not None else None,
        "responsible": follow_up.owner_name,
        "spoke_to": follow_up.spoke_to,
        "due_on": follow_up.due_on,
    }


def make(session: Session, entry: FollowUpEntry, *, by: Actor, at: datetime) -> FollowUp:
    """Ghi việc cần theo dõi; raises `Refused` for what can't be meant.

    These are: no words, a day before it was decided, a task of another campaign, a call without its other side, and a
    meeting that has ended or is of another campaign.
    """
    _check(entry, entry.meeting.held_on if entry.meeting is not None else clock.day_of(at))
    check_meeting(
        entry.source,
        given=entry.meeting is not None,
        same_campaign=entry.meeting is None or entry.meeting.campaign_id == entry.campaign.id,
        closed=entry.meeting is not None and entry.meeting.closed_at is not None,
    )
    check_call(entry.source, unit=entry.place is not None, spoke_to=entry.spoke_to)
    made = FollowUp(
        campaign=entry.campaign,
        source=entry.source,
        meeting=entry.meeting,
        spoke_to=entry.spoke_to,
        made_at=at,
        made_by_id=by.account_id,
        made_by_name=by.name,
        made_by_post=by.post,
    )
    _write(made, entry)
    session.add(made)
    session.flush()
    record(session, "follow_up.made", made, by=by, at=at, after=facts(made))
    return made


def edit(session: Session, follow_up: FollowUp, entry: FollowUpEntry, *, by: Actor, at: datetime) -> None:
    """Change what is to be done, by whom and until when; where it comes from stays.

    Raises `Refused` for one that ended, and for what `make` refuses.
    """
    check_open(follow_up.ended_as)
    _check(entry, _decided_on(follow_up) if entry.due_on != follow_up.due_on else None)
    check_call(follow_up.source, unit=entry.place is not None, spoke_to=follow_up.spoke_to)
    before = facts(follow_up)
    _write(follow_up, entry)
    session.flush()
    was, now = differences(before, facts(follow_up))
    if now:
        record(session, "follow_up.edited", follow_up, by=by, at=at, before=was, after=now)


def end(
    session: Session, follow_up: FollowUp, how: FollowUpEnd, outcome: str, *, by: Actor, at: datetime
) -> None:
    """Kết thúc: done, or dropped with the reason; raises `Refused` for one that ended, or for no reason."""
    check_open(follow_up.ended_as)
    check_end(how, outcome)
    follow_up.ended_at, follow_up.ended_as = at, how
    follow_up.ended_by_name, follow_up.outcome = by.name, outcome
    record(session, "follow_up.ended", follow_up, by=by, at=at, note=outcome, after={"ended_as": how})


def _check(entry: FollowUpEntry, decided_on: date | None) -> None:
    check_text(entry.text)
    check_place(
        own_task=entry.task is None or entry.task.campaign_id == entry.campaign.id,
        own_unit=entry.place is None or entry.place.path.startswith(entry.campaign.area.path),
    )
    check_day(entry.due_on, decided_on)


def _decided_on(follow_up: FollowUp) -> date:
    meeting = follow_up.meeting
    return meeting.held_on if meeting is not None else clock.day_of(follow_up.made_at)


def _write(follow_up: FollowUp, entry: FollowUpEntry) -> None:
    follow_up.text, follow_up.due_on = entry.text, entry.due_on
    follow_up.unit, follow_up.task = entry.place, entry.task
    follow_up.owner = entry.owner
    follow_up.owner_name = entry.owner.name if entry.owner is not None else entry.owner_name

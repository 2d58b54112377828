"""What the tests of follow-ups and meetings share: one that was written down, and a meeting."""

from datetime import date, timedelta
from typing import Any

from pledges.followups import meetings, operations
from pledges.followups.meetings import MeetingEntry
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.operations import FollowUpEntry
from pledges.followups.rules import FollowUpSource
from tests.support.ward import Ward


def follow_up(ward: Ward, **changes: Any) -> FollowUp:
    """One that the clerk wrote down today, due in a week."""
    said: dict[str, Any] = {
        "campaign": ward.campaign,
        "source": FollowUpSource.OWN,
        "text": "Bổ sung xi măng cho ngõ 12",
        "due_on": ward.day + timedelta(days=7),
    }
    made = operations.make(
        ward.session, FollowUpEntry(**(said | changes)), by=ward.actor("clerk"), at=ward.now
    )
    ward.settle()
    return made


def meeting(ward: Ward, held_on: date | None = None, **changes: str) -> Meeting:
    """A meeting of the ward's campaign, today unless told."""
    entry = MeetingEntry(
        title=changes.pop("title", "Giao ban tháng 10"), held_on=held_on or ward.day, **changes
    )
    made = meetings.call(ward.session, ward.campaign, entry, by=ward.actor("clerk"), at=ward.now)
    ward.settle()
    return made

"""Writing a call down: with whom, what was said, and the day that was promised."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.documents.calls.queries import promises_of
from pledges.followups.models import FollowUp
from pledges.followups.operations import FollowUpEntry, end, make
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.tasks.models import Task
from pledges.units.models import Unit

NO_DAY = "Không hẹn ngày."
CALLED_AGAIN = "Gọi lại ngày {}."


@dataclass(frozen=True)
class CallEntry:
    """Một lần đã gọi: with whom, what was said, and the day promised, where one was; what it was about."""

    spoke_to: str
    said: str
    promised_on: date | None
    about: str = ""
    task: Task | None = None

    @property
    def text(self) -> str:
        """What was said; a promise begins with what was promised."""
        return f"{self.about}: {self.said}" if self.about and self.promised_on is not None else self.said


def note_call(
    session: Session, campaign: Campaign, unit: Unit, entry: CallEntry, *, by: Actor, at: datetime
) -> FollowUp:
    """Ghi đã gọi: a promised day becomes a follow-up in place of earlier promises, which end with this call.

    Without a day the call is written down and ends at once: it says that somebody phoned, and asks for nothing.
    Raises `Refused` for a call without its other side or its words, and for a day that has passed.
    """
    for earlier in session.scalars(promises_of(campaign.id, unit.id)):
        end(session, earlier, FollowUpEnd.DROPPED, CALLED_AGAIN.format(format_date(day_of(at))), by=by, at=at)
    made = make(
        session,
        FollowUpEntry(
            campaign=campaign,
            source=FollowUpSource.CALL,
            text=entry.text if entry.said.strip() else "",
            due_on=entry.promised_on,
            unit=unit,
            task=entry.task,
            spoke_to=entry.spoke_to,
        ),
        by=by,
        at=at,
    )
    if entry.promised_on is None:
        end(session, made, FollowUpEnd.DONE, NO_DAY, by=by, at=at)
    return made

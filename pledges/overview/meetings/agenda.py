"""Nội dung họp: what a meeting goes through, as of its day; page and pack read the same."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.queries import before, of_meeting
from pledges.overview import reading
from pledges.overview.board import Board
from pledges.overview.comparing import Comparison
from pledges.overview.meetings.queries import explanations_open, follow_ups_open
from pledges.overview.needs import Needy
from pledges.overview.rules import ObstacleFacts, Row
from pledges.progress.explanations.models import ExplanationRequest
from pledges.progress.ledger import PeriodFacts


@dataclass(frozen=True)
class Agenda:
    """What a meeting goes through.

    `previous` is the meeting before it, with what was decided there (`followed`) and what came of that; `since` are the
    changes from that meeting's day on, None without one. `decided` was decided in this meeting.
    """

    meeting: Meeting
    day: date
    board: Board
    previous: Meeting | None
    since: Comparison | None
    followed: tuple[FollowUp, ...]
    others: tuple[FollowUp, ...]
    explanations: tuple[ExplanationRequest, ...]
    decided: tuple[FollowUp, ...]

    @property
    def needs(self) -> tuple[Needy, ...]:
        """What asks for attention, the gravest first."""
        return self.board.needs

    @cached_property
    def obstacles(self) -> list[tuple[Row, ObstacleFacts]]:
        """The obstacles that wait for a decision with their tasks, the oldest first."""
        rows = {row.card.id: row for row in self.board.rows}
        return [(rows[one.task_id], one) for one in self.board.obstacles]

    @property
    def last_period(self) -> PeriodFacts | None:
        """The last period whose due day had passed."""
        return self.board.periods[-1] if self.board.periods else None

    @cached_property
    def missing(self) -> list[Row]:
        """The tasks that owed a report for that period, and sent none."""
        return [row for row in self.board.rows if row.cells and _missing(row)]

    @cached_property
    def waiting(self) -> list[Row]:
        """The tasks with a report that waits for review."""
        return [row for row in self.board.rows if row.pending]


def _missing(row: Row) -> bool:
    cell = row.cells[-1].cell
    return cell is not None and cell.missing


def agenda_of(session: Session, meeting: Meeting, actor: Actor, today: date) -> Agenda:
    """The agenda as of the meeting's day, or of today while that is still to come; a fixed number of queries."""
    day = min(meeting.held_on, today)
    campaign = meeting.campaign
    board = reading.of_campaign(session, campaign, actor, day)
    previous = session.scalars(before(meeting).limit(1)).first()
    since = None
    if previous is not None and previous.held_on < day:
        since = Comparison(reading.of_campaign(session, campaign, actor, previous.held_on), board)
    followed = tuple(session.scalars(of_meeting(previous.id))) if previous is not None else ()
    known = {one.id for one in followed}
    return Agenda(
        meeting=meeting,
        day=day,
        board=board,
        previous=previous,
        since=since,
        followed=followed,
        others=tuple(
            one
            for one in session.scalars(follow_ups_open(campaign.id, day))
            if one.id not in known and one.meeting_id != meeting.id and one.days_overdue(day)
        ),
        explanations=tuple(session.scalars(explanations_open(campaign.id, day))),
        decided=tuple(session.scalars(of_meeting(meeting.id))),
    )

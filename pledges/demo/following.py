"""Who answers for the tasks of the demo, and the one meeting that went through them: illustrative."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pledges.access.roles import Actor, Role
from pledges.accounts.models import Account, Appointment
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.demo import rules as files
from pledges.followups import meetings
from pledges.followups.meetings import MeetingEntry
from pledges.followups.models import FollowUp, Meeting
from pledges.followups.operations import FollowUpEntry, end, make
from pledges.followups.rules import FollowUpEnd, FollowUpSource
from pledges.tasks.assigning.operations import AssignmentEntry, assign
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task


class Following:
    """The assignments, the meeting and its decisions."""

    def __init__(
        self, session: Session, actors: Mapping[str, Actor], accounts: Mapping[str, Account]
    ) -> None:
        """Know the people, who are made before anything happens."""
        self.session, self.actors, self.accounts = session, actors, accounts
        self.meeting: Meeting
        self.decided: dict[str, FollowUp] = {}

    def assign(self, tasks: Mapping[str, Task], at: datetime) -> None:
        """The clerk writes down who answers for each task (its unit's head), and which leader supervises its block."""
        clerk, day = self.actors[files.CLERK], clock.day_of(at)
        posts = self._leaders_posts()
        for task in tasks.values():
            head = posts[task.lead_unit.code.lower()]
            leader = posts[files.SUPERVISES[task.lead_unit.block]]
            for duty, post in ((Duty.RESPONSIBLE, head), (Duty.SUPERVISING, leader)):
                assign(self.session, task, AssignmentEntry(duty, post, day), by=clerk, at=at)

    def _leaders_posts(self) -> dict[str, Appointment]:
        """The first post of each leader, by the name to sign in with."""
        held = self.session.scalars(
            select(Appointment)
            .options(joinedload(Appointment.unit), joinedload(Appointment.account))
            .where(Appointment.role == Role.LEADER)
            .order_by(Appointment.id.desc())
        )
        return {one.account.username: one for one in held}

    def call(self, campaign: Campaign, at: datetime) -> None:
        """The clerk calls the meeting."""
        leader, clerk = self.actors[files.LEADER], self.actors[files.CLERK]
        said = MeetingEntry(
            title=files.MEETING,
            held_on=clock.day_of(at),
            place=campaign.launch_place,
            chair=leader.name,
            secretary=clerk.name,
        )
        self.meeting = meetings.call(self.session, campaign, said, by=clerk, at=at)

    def decide(self, one: files.Decision, task: Task, at: datetime) -> None:
        """The clerk writes down what was decided on a task; its unit's head answers for it."""
        entry = FollowUpEntry(
            campaign=self.meeting.campaign,
            source=FollowUpSource.MEETING,
            meeting=self.meeting,
            text=one.text,
            due_on=one.due_on,
            task=task,
            owner=self.accounts[task.lead_unit.code.lower()],
        )
        made = make(self.session, entry, by=self.actors[files.CLERK], at=at)
        self.decided[one.task] = made

    def close(self, at: datetime) -> None:
        """The clerk closes the meeting."""
        meetings.close(self.session, self.meeting, by=self.actors[files.CLERK], at=at)

    def end(self, one: files.Decision, at: datetime) -> None:
        """Who answers for a decision says that it is done."""
        made = self.decided[one.task]
        task = made.task
        assert task is not None  # noqa: S101 - each decision of the demo is about a task
        by = self.actors[task.lead_unit.code.lower()]
        end(self.session, made, FollowUpEnd.DONE, one.outcome, by=by, at=at)

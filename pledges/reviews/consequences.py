"""What follows from a decision on an obstacle: more time, proposed as an amendment; something promised, followed up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Account
from pledges.core.clock import day_of
from pledges.core.dates import format_date, long_date
from pledges.followups.operations import FollowUpEntry
from pledges.followups.rules import FollowUpSource
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.models import Report
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.amending import operations as amending
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.operations import Grounds
from pledges.tasks.amending.texts import entry_of
from pledges.tasks.models import Task
from pledges.tasks.parts import facts_of
from pledges.tasks.rules import date_problems
from pledges.units.models import Unit


@dataclass(frozen=True)
class Extension:
    """Gia hạn: the day by which the task is to be done instead."""

    due_on: date

    def facts(self) -> dict[str, Any]:
        """As the log keeps it."""
        return {"due_on": self.due_on}


@dataclass(frozen=True)
class Undertaking:
    """What was promised with the decision: what is to be done, by whom or which unit, and until when."""

    text: str
    due_on: date | None = None
    owner: Account | None = None
    unit: Unit | None = None

    def facts(self) -> dict[str, Any]:
        """As the log keeps it; the follow-up has an entry of its own."""
        return {}


Consequence = Extension | Undertaking


def extension_problem(task: Task, due_on: date) -> str:
    """Why the task can't be given time until the day, in words; "" when it can."""
    if due_on <= task.due_on:
        return f"Hạn mới phải sau hạn hiện nay ({format_date(task.due_on)})."
    campaign = task.campaign
    found = date_problems(
        start_on=None,
        due_on=due_on,
        campaign_starts_on=campaign.starts_on,
        campaign_ends_on=campaign.ends_on,
    )
    return found.get("due_on", "")


def extend(session: Session, obstacle: Obstacle, wanted: Extension, *, by: Actor, at: datetime) -> Amendment:
    """Propose the later day for what the unit asked in its report; raises `StepRefused` when that can't be."""
    task = obstacle.report.task
    if words := extension_problem(task, wanted.due_on):
        raise StepRefused(words)
    said = {**facts_of(task), "due_on": wanted.due_on.isoformat()}
    entry = entry_of(session, task, said)
    rows = [one.position for one in task.indicators]
    reason = f"{obstacle.reason}\nVướng mắc đơn vị nêu: {obstacle.text}"
    grounds = Grounds(
        reason=reason,
        basis=f"Quyết định về vướng mắc của {by.name} {long_date(day_of(at))}",
        **_paper(obstacle.report),
    )
    return amending.propose(session, task, entry, rows, grounds, by=by, at=at)


def _paper(report: Report) -> dict[str, str]:
    """For whom a leader proposes it, and by which paper: the unit asked for it in its report."""
    sent = [event for one in report.rounds for event in one.events if event.kind is ReportEventKind.SUBMITTED]
    who = next((event.by_name for event in reversed(sent)), report.task.lead_unit.name)
    day = f" gửi {long_date(day_of(sent[-1].at))}" if sent else ""
    return {"on_behalf_of": who, "from_paper": f"Báo cáo {report.period.label}{day}"}


def undertaken(obstacle: Obstacle, wanted: Undertaking) -> FollowUpEntry:
    """The follow-up of what was promised, about the task; it lies with the unit named, else with the task's."""
    task = obstacle.report.task
    return FollowUpEntry(
        campaign=task.campaign,
        source=FollowUpSource.OBSTACLE,
        text=wanted.text,
        due_on=wanted.due_on,
        unit=wanted.unit,
        task=task,
        owner=wanted.owner,
    )

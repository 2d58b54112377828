"""What is done with assignments: somebody is given a duty from a day on, and relieved of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.accounts.models import Appointment
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.queries import of_tasks
from pledges.tasks.assigning.rules import (
    AssignmentRefused,
    Duty,
    Place,
    check_fits,
    check_from,
    check_until,
)
from pledges.tasks.models import Task
from pledges.tasks.rules import TaskStatus


@dataclass(frozen=True)
class AssignmentEntry:
    """Who is to have which duty, in the post that makes it possible, from which day on."""

    duty: Duty
    appointment: Appointment
    from_on: date


def facts(assignment: Assignment) -> dict[str, Any]:
    """The assignment as the log keeps it."""
    return {
        "task": assignment.task.number,
        "duty": assignment.duty,
        "person": assignment.name,
        "post": assignment.post,
        "from": assignment.from_on,
        "until": assignment.until_on,
    }


def place_of(task: Task) -> Place:
    """Where the task lies, for the rule who can have a duty in it."""
    return Place(task.lead_unit.path, task.campaign.owner.path, task.campaign.area.path)


def assign(
    session: Session, task: Task, entry: AssignmentEntry, *, by: Actor, at: datetime
) -> Assignment | None:
    """Phân công: from the day on the person has the duty, and whoever had it is relieved of it that day.

    None when the person has it already, in that post. Raises `AssignmentRefused` for whoever can't have it or doesn't
    hold the post that day, for a day before what is known already, and for a cancelled task; `Refused` for a
    concluded campaign.
    """
    check_works(task.campaign.status)
    if task.status is TaskStatus.CANCELLED:
        raise AssignmentRefused("Phần việc đã hủy nên không phân công nữa.")
    appointment, known = entry.appointment, _known(session, task, entry.duty)
    account = appointment.account
    check_fits(entry.duty, place_of(task), appointment.role, appointment.unit.path, account.name)
    standing = next((one for one in known if one.until_on is None), None)
    if standing is not None and (standing.account_id, standing.post) == (account.id, appointment.post):
        return None
    if not appointment.alive(entry.from_on):
        raise AssignmentRefused(f"{account.name} không giữ chức vụ {appointment.post} vào ngày phân công.")
    check_from(entry.from_on, task.campaign.starts_on, _latest(known))
    if standing is not None:
        _end(session, standing, entry.from_on, by=by, at=at)
    made = Assignment(
        task=task,
        duty=entry.duty,
        account=account,
        name=account.name,
        post=appointment.post,
        from_on=entry.from_on,
        assigned_at=at,
        assigned_by_id=by.account_id,
        assigned_by_name=by.name,
    )
    session.add(made)
    session.flush()
    record(session, "assignment.given", made, by=by, at=at, after=facts(made))
    return made


def end(session: Session, assignment: Assignment, until_on: date, *, by: Actor, at: datetime) -> None:
    """Thôi phân công: the day is the first without the duty; raises `AssignmentRefused` for one that ended."""
    check_works(assignment.task.campaign.status)
    check_until(assignment.from_on, until_on, ended=assignment.until_on is not None)
    _end(session, assignment, until_on, by=by, at=at)


def _end(session: Session, assignment: Assignment, until_on: date, *, by: Actor, at: datetime) -> None:
    assignment.until_on = until_on
    session.flush()
    record(session, "assignment.ended", assignment, by=by, at=at, after=facts(assignment))


def _known(session: Session, task: Task, duty: Duty) -> list[Assignment]:
    return [one for one in session.scalars(of_tasks([task.id])) if one.duty is duty]


def _latest(known: list[Assignment]) -> date | None:
    """The first day on which a new assignment doesn't contradict what is known."""
    return max((one.until_on or one.from_on for one in known), default=None)

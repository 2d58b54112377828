"""Who has which duty in tasks on a day, and whether that person still holds a post for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from pledges.accounts.models import Appointment
from pledges.campaigns.models import Campaign
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.operations import place_of
from pledges.tasks.assigning.queries import candidates, of_tasks
from pledges.tasks.assigning.rules import Duty, fits
from pledges.tasks.models import Task

LEFT = "đã thôi giữ chức vụ"


@dataclass(frozen=True)
class Held:
    """A duty in a task: who can have it on the day, who has it, and everything that was assigned, the last first."""

    duty: Duty
    candidates: tuple[Appointment, ...]
    assignment: Assignment | None
    history: tuple[Assignment, ...]

    @property
    def present(self) -> Appointment | None:
        """The post in which the person has the duty, or another that fits it; None for who holds none any more."""
        if self.assignment is None:
            return None
        own = [one for one in self.candidates if one.account_id == self.assignment.account_id]
        same = [one for one in own if one.post == self.assignment.post]
        return next(iter([*same, *own]), None)

    @property
    def left(self) -> bool:
        """Whether who has the duty no longer holds a post for it: somebody else is to be assigned."""
        return self.assignment is not None and self.present is None


@dataclass(frozen=True)
class TaskDuties:
    """Phân công của một phần việc trên một ngày."""

    task: Task
    day: date
    held: Mapping[Duty, Held]

    @property
    def told(self) -> list[Assignment]:
        """Every assignment, the last first."""
        found = [one for held in self.held.values() for one in held.history]
        return sorted(found, key=lambda one: (one.from_on, one.id), reverse=True)


def duties_of(
    session: Session, campaign: Campaign, tasks: Sequence[Task], day: date, *, anew: bool = False
) -> list[TaskDuties]:
    """The duties in these tasks of one campaign, in their order; two queries.

    `anew` reads what the session knows already once more: others may have assigned since.
    """
    known: dict[int, list[Assignment]] = defaultdict(list)
    asked = of_tasks([task.id for task in tasks]).execution_options(populate_existing=anew)
    for one in session.scalars(asked):
        known[one.task_id].append(one)
    offered = list(session.scalars(candidates([task.lead_unit for task in tasks], campaign, day)))
    return [TaskDuties(task, day, _held(task, known[task.id], offered, day)) for task in tasks]


def _held(
    task: Task, known: Iterable[Assignment], offered: Iterable[Appointment], day: date
) -> dict[Duty, Held]:
    place = place_of(task)
    found = {}
    for duty in Duty:
        history = tuple(one for one in known if one.duty is duty)
        found[duty] = Held(
            duty=duty,
            candidates=tuple(one for one in offered if fits(duty, place, one.role, one.unit.path)),
            assignment=next((one for one in history if one.holds(day)), None),
            history=history,
        )
    return found

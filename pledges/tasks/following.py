"""Chép phần việc từ phong trào trước: what becomes of a task in a campaign that follows, and the copying itself.

Content only: title, product, units, days, funding, movement and indicators. Signatures, commitments, reports, figures,
numbers and approvals stay with the task that was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import takes_tasks
from pledges.campaigns.shift import Shift
from pledges.core.base import touch
from pledges.core.refusal import Refused
from pledges.tasks.models import Indicator, Task
from pledges.tasks.operations import CLOSED, IndicatorEntry, TaskEntry, draft
from pledges.tasks.queries import seen_by
from pledges.tasks.rules import TaskStatus, target_problem
from pledges.units.models import Unit


class AlreadyFollowed(Refused):
    """A task was copied into the campaign before; the message is for the user."""


@dataclass(frozen=True)
class Ground:
    """What a copy has to fit: the days of the new campaign, how far they lie from the old, the units of its area."""

    starts_on: date
    ends_on: date
    shift: Shift
    units: Sequence[Unit]

    def within(self, day: date) -> date:
        """The day in the new campaign that answers to an old one, drawn inside its bounds."""
        return min(max(self.shift.moved(day), self.starts_on), self.ends_on)

    def working(self, start_on: date, due_on: date) -> list[Unit]:
        """The units that exist from one day to the other."""
        return [unit for unit in self.units if unit.alive(start_on) and unit.alive(due_on)]


class Obstruction(StrEnum):
    """Vì sao một phần việc không chép được."""

    FOLLOWED = "followed"
    TOO_SHORT = "too_short"
    NO_UNIT = "no_unit"

    @property
    def label(self) -> str:
        """The reason in words."""
        return {
            Obstruction.FOLLOWED: "đã chép vào phong trào này",
            Obstruction.TOO_SHORT: "phong trào mới quá ngắn",
            Obstruction.NO_UNIT: "không đơn vị nào trong phạm vi còn đến hạn mới",
        }[self]


@dataclass(frozen=True)
class Copy:
    """One task as it would stand in the new campaign. `lead` is None where its lead unit has no part there any more.

    `gone` are the cooperating units that have none; `marks_lost` counts milestones that fall outside its days;
    `reached` holds, by indicator, the level that the old task reached, where it can be the new baseline.
    """

    task: Task
    start_on: date
    due_on: date
    drawn_in: bool
    units: tuple[Unit, ...]
    lead: Unit | None
    cooperating: tuple[Unit, ...]
    gone: tuple[Unit, ...]
    marks_lost: int
    follower: Task | None = None
    reached: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def obstruction(self) -> Obstruction | None:
        """Why it can't be copied; None when it can."""
        if self.follower is not None:
            return Obstruction.FOLLOWED
        if self.start_on >= self.due_on:
            return Obstruction.TOO_SHORT
        return None if self.units else Obstruction.NO_UNIT


def copy_of(task: Task, ground: Ground, follower: Task | None = None) -> Copy:
    """What becomes of the task on the new ground."""
    start_on, due_on = ground.within(task.start_on), ground.within(task.due_on)
    if start_on >= due_on:
        start_on = ground.starts_on
    working = ground.working(start_on, due_on)
    marks = [mark.on for one in task.indicators for mark in one.milestones]
    return Copy(
        task=task,
        start_on=start_on,
        due_on=due_on,
        drawn_in=(start_on, due_on) != (ground.shift.moved(task.start_on), ground.shift.moved(task.due_on)),
        units=tuple(working),
        lead=task.lead_unit if task.lead_unit in working else None,
        cooperating=tuple(unit for unit in task.cooperating if unit in working),
        gone=tuple(unit for unit in task.cooperating if unit not in working),
        marks_lost=sum(not start_on <= ground.shift.moved(on) <= due_on for on in marks),
        follower=follower,
    )


def with_reached(copy: Copy, reached: Mapping[int, Decimal]) -> Copy:
    """The copy with those levels that can be baselines: of indicators that don't add up, still short of the target."""
    fit = {
        one.id: reached[one.id]
        for one in copy.task.indicators
        if one.id in reached and not one.accumulates and _fits(one, reached[one.id])
    }
    return replace(copy, reached=fit)


def _fits(indicator: Indicator, baseline: Decimal) -> bool:
    """Whether the level says something new, and the target still lies ahead of it."""
    if baseline == indicator.baseline:
        return False
    problem = target_problem(
        direction=indicator.direction,
        baseline=baseline,
        target=indicator.target,
        measure=indicator.measure,
        accumulates=indicator.accumulates,
    )
    return problem is None


@dataclass(frozen=True)
class Chosen:
    """A copy to be made: under which lead unit, and with which indicators' reached levels as new baselines."""

    copy: Copy
    lead: Unit
    rebased: frozenset[int] = frozenset()


def entry_of(chosen: Chosen, campaign: Campaign, shift: Shift) -> TaskEntry:
    """The copy as a unit enters it."""
    copy, task = chosen.copy, chosen.copy.task
    movements = {movement.name: movement for movement in campaign.movements}
    return TaskEntry(
        title=task.title,
        product=task.product,
        lead_unit=chosen.lead,
        start_on=copy.start_on,
        due_on=copy.due_on,
        cooperating=tuple(unit for unit in copy.cooperating if unit is not chosen.lead),
        state_funding=task.state_funding,
        social_funding=task.social_funding,
        movement=movements.get(task.movement.name) if task.movement else None,
        indicators=tuple(_indicator(one, chosen, shift) for one in task.indicators),
    )


def _indicator(one: Indicator, chosen: Chosen, shift: Shift) -> IndicatorEntry:
    copy = chosen.copy
    marks = {shift.moved(mark.on): mark.value for mark in one.milestones}
    return IndicatorEntry(
        label=one.label,
        target=one.target,
        measure=one.measure,
        baseline=copy.reached[one.id]
        if one.id in chosen.rebased and one.id in copy.reached
        else one.baseline,
        direction=one.direction,
        accumulates=one.accumulates,
        weight=one.weight,
        measured_from=min(shift.moved(one.measured_from), copy.due_on) if one.measured_from else None,
        milestones=tuple(mark for mark in marks.items() if copy.start_on <= mark[0] <= copy.due_on),
    )


def followers(campaign_id: int) -> Select[Task]:
    """The tasks of a campaign that follow one of an earlier campaign, but for those that were cancelled."""
    copies = (Task.campaign_id == campaign_id) & Task.follows_id.is_not(None)
    return select(Task).where(copies, Task.status != TaskStatus.CANCELLED).order_by(Task.id)


def forerunner(task: Task, actor: Actor) -> Select[Task]:
    """The task of an earlier campaign that this one follows, if the actor may know of it."""
    return seen_by(actor).where(Task.id == task.follows_id)


def follow(
    session: Session, campaign: Campaign, chosen: Iterable[Chosen], shift: Shift, *, by: Actor, at: datetime
) -> list[Task]:
    """Draft the copies for their units, each noting the task that it follows; refused where one was copied before."""
    if not takes_tasks(campaign.status):
        raise Refused(CLOSED)
    present = {task.follows_id for task in session.scalars(followers(campaign.id))}
    made = []
    for one in chosen:
        if one.copy.task.id in present:
            raise AlreadyFollowed(f"Phần việc “{one.copy.task.title}” đã được chép vào phong trào này.")
        entry = entry_of(one, campaign, shift)
        made.append(draft(session, campaign, entry, by=by, at=at, follows=one.copy.task))
    if made:
        touch(campaign)
    return made

"""What the lines of a list are held against: the campaign, its units and movements, and the tasks already there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign, Movement
from pledges.tasks.models import Indicator, Task
from pledges.tasks.queries import in_scope
from pledges.tasks.rows import funding, indicators
from pledges.tasks.rows.names import Names
from pledges.units.models import Unit
from pledges.units.queries import below, listed


@dataclass(frozen=True)
class Known:
    """What is known before a line is read.

    `units` are those that take part or took part, dead ones too, in the order of the official list; `leads` holds the
    numbers of those that the actor may enter for; `tasks` are the campaign's that the actor sees, by their number in
    the product (the column "Mã phần việc").
    """

    campaign: Campaign
    units: tuple[Unit, ...]
    leads: frozenset[int]
    movements: tuple[Movement, ...] = ()
    tasks: Mapping[int, Task] = field(default_factory=dict)

    @cached_property
    def unit_names(self) -> Names[Unit]:
        """The units by all that they go by."""
        return Names(self.units, code=lambda unit: unit.code, words=lambda unit: (unit.name, unit.short_name))

    @cached_property
    def movement_names(self) -> Names[Movement]:
        """The movements by their names."""
        return Names(self.movements, code=lambda one: one.name, words=lambda one: (one.name,))

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each unit in the official list, by its number."""
        return {unit.id: place for place, unit in enumerate(self.units)}

    @cached_property
    def confirmed(self) -> Mapping[str, str]:
        """The answers for which the tasks that are there already stand."""
        kept: dict[str, str] = {}
        for task in self.tasks.values():
            kept |= funding.confirmed(task)
            for indicator in task.indicators:
                kept |= indicators.confirmed(indicator)
        return kept


def known_of(session: Session, actor: Actor, campaign: Campaign) -> Known:
    """What the actor's lines for the campaign are held against, by four queries and those of the tasks' parts."""
    tasks = session.scalars(_of_campaign(actor, campaign)).all()
    named = {unit.id for task in tasks for unit in (task.lead_unit, *task.cooperating)}
    units = _units(session, campaign, named)
    return Known(
        campaign=campaign,
        units=units,
        leads=frozenset(unit.id for unit in units if _may_enter(actor, campaign, unit)),
        movements=tuple(campaign.movements),
        tasks={task.id: task for task in tasks},
    )


def _of_campaign(actor: Actor, campaign: Campaign) -> Select[Task]:
    return (
        select(Task)
        .options(
            joinedload(Task.lead_unit),
            joinedload(Task.movement),
            selectinload(Task.cooperating),
            selectinload(Task.indicators).selectinload(Indicator.milestones),
        )
        .where(Task.campaign_id == campaign.id, in_scope(actor))
        .order_by(Task.number.is_(None), Task.number, Task.id)
    )


def _units(session: Session, campaign: Campaign, named: Iterable[int]) -> tuple[Unit, ...]:
    """Those of the area that are listed in a block, at whatever time, and those that its tasks name."""
    taking_part = below([campaign.area.path]) & (Unit.block != "")
    return tuple(session.scalars(listed().where(or_(taking_part, Unit.id.in_(sorted(named))))))


def _may_enter(actor: Actor, campaign: Campaign, unit: Unit) -> bool:
    place = campaign.subject_of(unit)
    return may(actor, Permission.ENTER_TASK, place)

"""What a unit enters of a task, from a form, a table or a file, and how it gets into the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.campaigns.models import Movement
from pledges.tasks.models import Indicator, Milestone, Task
from pledges.tasks.rules import Direction
from pledges.units.models import Unit

PLAIN = ("title", "product", "start_on", "due_on", "state_funding", "social_funding")


@dataclass(frozen=True)
class IndicatorEntry:
    """A row of indicators as it is entered; milestones are (day, value) pairs."""

    label: str
    target: Decimal
    measure: str
    baseline: Decimal = Decimal(0)
    direction: Direction = Direction.UP
    accumulates: bool = True
    weight: Decimal = Decimal(1)
    measured_from: date | None = None
    milestones: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class TaskEntry:
    """What a unit enters of a task; for whom and from which paper where somebody does it for the unit (nhập thay)."""

    title: str
    product: str
    lead_unit: Unit
    start_on: date
    due_on: date
    indicators: tuple[IndicatorEntry, ...]
    cooperating: tuple[Unit, ...] = ()
    state_funding: Decimal = Decimal(0)
    social_funding: Decimal = Decimal(0)
    movement: Movement | None = field(default=None)
    on_behalf_of: str = ""
    from_paper: str = ""


def fill(task: Task, entry: TaskEntry) -> None:
    """Let the task say what was entered; rows that stay keep their place in the database."""
    for name in PLAIN:
        setattr(task, name, getattr(entry, name))
    task.lead_unit = entry.lead_unit
    task.movement = entry.movement
    task.cooperating = list(entry.cooperating)
    _fill_indicators(task, entry.indicators)


def _fill_indicators(task: Task, rows: Iterable[IndicatorEntry]) -> None:
    rows = list(rows)
    del task.indicators[len(rows) :]
    for position, row in enumerate(rows, 1):
        if position <= len(task.indicators):
            indicator = task.indicators[position - 1]
        else:
            indicator = Indicator(position=position)
            task.indicators.append(indicator)
        _fill_indicator(indicator, row)


def _fill_indicator(indicator: Indicator, row: IndicatorEntry) -> None:
    for name, value in _indicator_values(row).items():
        setattr(indicator, name, value)
    kept = {mark.on: mark for mark in indicator.milestones}
    marks = []
    for on, value in row.milestones:
        mark = kept.get(on) or Milestone(on=on)
        mark.value = value
        marks.append(mark)
    indicator.milestones = marks


def _indicator_values(row: IndicatorEntry) -> Mapping[str, Any]:
    values = dict(row.__dict__)
    values.pop("milestones")
    return values

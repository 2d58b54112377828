"""What a unit enters of a task, from a form, a table or a file, and how it gets into the record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

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
    _fill_facts(task, entry)
    _fill_indicators(task, entry.indicators)


def refill(session: Session, task: Task, entry: TaskEntry, rows: Sequence[int | None]) -> None:
    """Let a task that has been reported on say what was entered: each indicator keeps its own figures.

    `rows` names, for each row, the position of the indicator that it goes on from; None for a new one.
    """
    _fill_facts(task, entry)
    known = {indicator.position: indicator for indicator in task.indicators}
    for gone in known.keys() - set(rows):
        task.indicators.remove(known[gone])
    for position, (row, goes_on) in enumerate(zip(entry.indicators, rows, strict=True), 1):
        # One after the other, from the first on: a place is free before the next one takes it.
        session.flush()
        indicator = known[goes_on] if goes_on is not None else Indicator()
        indicator.position = position
        _fill_indicator(indicator, row)
        if goes_on is None:
            task.indicators.append(indicator)
    session.flush()


def _fill_facts(task: Task, entry: TaskEntry) -> None:
    for name in PLAIN:
        setattr(task, name, getattr(entry, name))
    task.lead_unit = entry.lead_unit
    task.movement = entry.movement
    task.cooperating = list(entry.cooperating)


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

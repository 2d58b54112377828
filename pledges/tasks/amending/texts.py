"""What an amendment keeps of a task, and how it becomes an entry again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.audit.rules import plain
from pledges.core.refusal import Refused
from pledges.tasks.amending.changes import GOES_ON
from pledges.tasks.entries import PLAIN, IndicatorEntry, TaskEntry
from pledges.tasks.models import Task
from pledges.tasks.parts import Facts
from pledges.tasks.rules import Direction
from pledges.units.models import Unit

Rows = Sequence[int | None]
"""For each indicator the position of the one that it goes on from; None for a new one."""


def facts_of_entry(entry: TaskEntry, rows: Rows) -> Facts:
    """What the entry says, in the shape in which a task's facts are kept."""
    partners = sorted(entry.cooperating, key=lambda unit: (unit.position, unit.id))
    said: Facts = plain(
        {name: getattr(entry, name) for name in PLAIN}
        | {
            "lead_unit": entry.lead_unit.code,
            "cooperating": [unit.code for unit in partners],
            "movement": entry.movement.name if entry.movement else None,
            "indicators": [
                _indicator(one, goes_on) for one, goes_on in zip(entry.indicators, rows, strict=True)
            ],
        }
    )
    return said


def _indicator(one: IndicatorEntry, goes_on: int | None) -> dict[str, Any]:
    milestones = [{"on": on, "value": value} for on, value in sorted(one.milestones)]
    return vars(one) | {"milestones": milestones, GOES_ON: goes_on}


def without_places(said: Facts) -> Facts:
    """The text alone, without the places that its indicators go on from."""
    plain_rows = [{key: value for key, value in one.items() if key != GOES_ON} for one in said["indicators"]]
    return {**said, "indicators": plain_rows}


def rows_of(said: Facts) -> list[int | None]:
    """The places that the indicators of a proposed text go on from."""
    return [one.get(GOES_ON) for one in said["indicators"]]


def entry_of(session: Session, task: Task, said: Facts) -> TaskEntry:
    """The proposed text as the operations take it; raises `Refused` for a unit or movement that is no more there."""
    movement = next((one for one in task.campaign.movements if one.name == said["movement"]), None)
    if said["movement"] and movement is None:
        raise Refused(f"Phong trào không còn cuộc vận động “{said['movement']}”.")
    return TaskEntry(
        title=said["title"],
        product=said["product"],
        lead_unit=task.lead_unit,
        start_on=date.fromisoformat(said["start_on"]),
        due_on=date.fromisoformat(said["due_on"]),
        indicators=tuple(IndicatorEntry(**indicator_values(one)) for one in said["indicators"]),
        cooperating=_units(session, task, said["cooperating"]),
        state_funding=Decimal(said["state_funding"]),
        social_funding=Decimal(said["social_funding"]),
        movement=movement,
    )


def _units(session: Session, task: Task, codes: Sequence[str]) -> tuple[Unit, ...]:
    known = {unit.code: unit for unit in task.cooperating}
    known |= {
        unit.code: unit
        for unit in session.scalars(select(Unit).where(Unit.code.in_(set(codes) - known.keys())))
    }
    if missing := [code for code in codes if code not in known]:
        raise Refused(f"Không còn đơn vị {', '.join(missing)} để phối hợp.")
    return tuple(known[code] for code in codes)


def indicator_values(said: Facts) -> dict[str, Any]:
    """What kept facts say of one indicator, in the types in which entries and plans hold it."""
    return {
        "label": said["label"],
        "baseline": Decimal(said["baseline"]),
        "target": Decimal(said["target"]),
        "measure": said["measure"],
        "direction": Direction(said["direction"]),
        "accumulates": said["accumulates"],
        "weight": Decimal(said["weight"]),
        "measured_from": date.fromisoformat(said["measured_from"]) if said["measured_from"] else None,
        "milestones": tuple(
            (date.fromisoformat(mark["on"]), Decimal(mark["value"])) for mark in said["milestones"]
        ),
    }

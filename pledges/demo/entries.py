"""A task of the files as it is entered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.campaigns.models import Movement
from pledges.demo import rules as files
from pledges.tasks.operations import IndicatorEntry, TaskEntry
from pledges.tasks.rules import Direction
from pledges.units.models import Unit


def task_entry(row: dict[str, str], units: Mapping[str, Unit], movements: Iterable[Movement]) -> TaskEntry:
    """The task of a row, with its indicators; units by their codes."""
    by_name = {movement.name: movement for movement in movements}
    return TaskEntry(
        title=row["title"],
        product=row["product"],
        lead_unit=units[row["lead"]],
        cooperating=tuple(units[code] for code in row["cooperating"].split(";") if code),
        start_on=date.fromisoformat(row["start_on"]),
        due_on=date.fromisoformat(row["due_on"]),
        state_funding=files.number(row["budget_million_vnd"]),
        social_funding=files.number(row["social_million_vnd"]),
        movement=by_name.get(row["movement"]),
        indicators=tuple(_indicators(row["number"])),
    )


def _indicators(number: str) -> list[IndicatorEntry]:
    marks: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for row in files.rows("milestones.csv"):
        if row["task"] == number:
            marks[int(row["indicator"])].append((date.fromisoformat(row["on"]), Decimal(row["value"])))
    own = [row for row in files.rows("indicators.csv") if row["task"] == number]
    return [_indicator(row, tuple(marks[position])) for position, row in enumerate(own, 1)]


def _indicator(row: dict[str, Any], milestones: tuple[tuple[date, Decimal], ...]) -> IndicatorEntry:
    return IndicatorEntry(
        label=row["label"],
        baseline=Decimal(row["baseline"]),
        target=Decimal(row["target"]),
        measure=row["measure"],
        direction=Direction(row["direction"]),
        accumulates=row["accumulates"] == "yes",
        weight=Decimal(row["weight"]),
        measured_from=files.day(row["measured_from"]),
        milestones=milestones,
    )

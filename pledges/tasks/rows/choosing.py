"""Choosing the unit or the movement that a cell names, and asking where the name only comes close."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from pledges.campaigns.models import Movement
from pledges.core.text import clean_line
from pledges.tasks.rows.cells import parts_of, quoted, shown
from pledges.tasks.rows.findings import Choice, Findings, Place
from pledges.tasks.rows.known import Known
from pledges.tasks.rows.names import PARTING, SOFT_PARTING, Names
from pledges.tasks.rules import unit_problem
from pledges.units.models import Unit

T = TypeVar("T")

NOT_LISTED = "-"
"""The answer that none of the names that are offered is meant."""


def lead_of(
    place: Place, known: Known, found: Findings, start_on: date | None, due_on: date | None
) -> Unit | None:
    """The lead unit that a cell names; complains of one that is not there or that the actor may not enter for."""
    unit = _unit(place, known, found, start_on, due_on)
    if unit is not None and unit.id not in known.leads:
        found.complain(place, f"Đồng chí không được đăng ký, sửa phần việc của {unit.name}.")
    return unit


def partners_of(
    place: Place, known: Known, found: Findings, start_on: date | None, due_on: date | None
) -> list[Unit]:
    """The cooperating units that a cell names, in the order of the official list."""
    units = [
        _unit(Place(place.row, place.column, name), known, found, start_on, due_on)
        for name in _names(parts_of(place.value), known.unit_names)
    ]
    there = {unit.id: unit for unit in units if unit is not None}
    return sorted(there.values(), key=lambda unit: known.places[unit.id])


def movement_of(place: Place, known: Known, found: Findings) -> Movement | None:
    """The movement that a cell names."""
    if place.blank:
        return None
    missing = "không có trong các cuộc vận động của phong trào này; để trống nếu không gắn."
    return _chosen(place, known.movement_names, found, label=lambda one: one.name, missing=missing)


def _unit(
    place: Place, known: Known, found: Findings, start_on: date | None, due_on: date | None
) -> Unit | None:
    def lives(unit: Unit) -> bool:
        return all(unit.alive(day) for day in (start_on, due_on) if day is not None)

    missing = "không có trong các đơn vị tham gia phong trào; đồng chí sửa lại tên hoặc ghi mã đơn vị."
    unit = _chosen(
        place,
        known.unit_names,
        found,
        label=lambda one: f"{one.name} ({one.code})",
        missing=missing,
        likely=lives,
    )
    if unit is not None and start_on is not None and due_on is not None:
        words = unit_problem(unit.name, alive_at_start=unit.alive(start_on), alive_at_end=unit.alive(due_on))
        if words:
            found.complain(place, words)
    return unit


def _chosen(
    place: Place,
    names: Names[T],
    found: Findings,
    *,
    label: Callable[[T], str],
    missing: str,
    likely: Callable[[T], bool] = lambda _one: True,
) -> T | None:
    """The one record of that name, or the one that was answered; `likely` ones stand before the others."""
    text = shown(place.value)
    exact = names.exact(text)
    same = [one for one in exact if likely(one)] or list(exact)
    if len(same) == 1:
        return same[0]
    close = names.close(text)
    offered = same or [one for one in close if likely(one)] or list(close)
    if not offered:
        found.complain(place, f"{quoted(text)} {missing}")
        return None
    words = f"{quoted(text)} là tên của nhiều nơi" if same else f"Không có {quoted(text)} trong danh sách"
    choices = [Choice(names.code(one), label(one)) for one in offered]
    answer = found.ask(
        place,
        f"name {clean_line(text).casefold()}",
        f"{words}; đồng chí muốn nói mục nào?",
        (*choices, Choice(NOT_LISTED, "Không có trong danh sách")),
    )
    if answer == NOT_LISTED:
        found.complain(place, f"{quoted(text)} {missing}")
    return next((one for one in offered if names.code(one) == answer), None)


def _names(text: str, names: Names[Unit]) -> list[str]:
    """The names in a cell: parted by semicolons and lines, and by commas where a part of it is a name."""
    told = [piece.strip().lstrip("-+•*").strip() for piece in PARTING.split(text)]
    found: list[str] = []
    for piece in filter(None, told):
        parts = [part.strip() for part in SOFT_PARTING.split(piece) if part.strip()]
        together = names.exact(piece) or not any(names.exact(part) for part in parts)
        found += [piece] if together else parts
    return list(dict.fromkeys(found))

"""Reading the line of an indicator, with what is legal but seldom meant asked as the form asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pledges.core.numbers import format_input, format_number
from pledges.core.workbooks.sheets import CellValue
from pledges.tasks.indicator_rules import (
    LONGEST,
    Milestones,
    measuring_problem,
    milestones_problem,
    read_milestones,
    row_problems,
)
from pledges.tasks.models import Indicator
from pledges.tasks.operations import IndicatorEntry
from pledges.tasks.rows.cells import counting_of, day_of, direction_of, number_of, parts_of, shown, text_of
from pledges.tasks.rows.findings import NO, YES, Choice, Findings, Place, key_of
from pledges.tasks.rules import Counting, Direction, is_line_to_hold, is_over_the_whole, is_percent

_TARGET: Final = "target"


def indicator_of(
    row: int,
    cells: Mapping[str, CellValue],
    found: Findings,
    *,
    start_on: date | None,
    due_on: date | None,
) -> IndicatorEntry | None:
    """The indicator that the cells of a row tell of; None when something of it can't be read."""
    at = {key: Place(row, key, cells.get(key)) for key in _KEYS}
    measure = text_of(at["measure"], found, LONGEST["measure"])
    said = _Said(
        label=text_of(at["label"], found, LONGEST["label"]),
        measure=measure,
        baseline=_number(at["baseline"], found, Decimal(0), measure),
        target=number_of(at[_TARGET], found, measure=measure),
        direction=direction_of(at["direction"], found),
        counting=counting_of(at["counting"], found, percent=is_percent(measure)),
        weight=_number(at["weight"], found, Decimal(1)),
    )
    for key, words in said.problems():
        found.complain(at[key], words)
    _confirm(said, at[_TARGET], found)
    measured_from = day_of(at["measured_from"], found)
    milestones = _milestones(at["milestones"], found)
    if due_on is not None and (late := measuring_problem(measured_from, due_on)):
        found.complain(at["measured_from"], late)
    if start_on is not None and due_on is not None and start_on < due_on:
        outside = milestones_problem(milestones, start_on, due_on)
        if outside:
            found.complain(at["milestones"], outside)
    return said.entry(measured_from, milestones)


_KEYS: Final = (
    "label",
    "baseline",
    _TARGET,
    "measure",
    "direction",
    "counting",
    "weight",
    "measured_from",
    "milestones",
)


@dataclass(frozen=True)
class _Said:
    """What was read; None is what could not be, or what is asked about."""

    label: str
    measure: str
    baseline: Decimal | None
    target: Decimal | None
    direction: Direction | None
    counting: Counting | None
    weight: Decimal | None

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong with it, as (column, words)."""
        return list(
            row_problems(
                label=self.label,
                baseline=self.baseline,
                target=self.target,
                measure=self.measure,
                direction=self.direction,
                accumulates=self.counting is Counting.ADDED,
                weight=self.weight,
            )
        )

    def entry(self, measured_from: date | None, milestones: Milestones) -> IndicatorEntry | None:
        """The indicator as the operations take it."""
        if (
            self.baseline is None
            or self.target is None
            or self.direction is None
            or self.counting is None
            or self.weight is None
        ):
            return None
        return IndicatorEntry(
            label=self.label,
            target=self.target,
            measure=self.measure,
            baseline=self.baseline,
            direction=self.direction,
            accumulates=self.counting.accumulates,
            weight=self.weight,
            measured_from=measured_from,
            milestones=milestones,
        )


def _number(place: Place, found: Findings, blank: Decimal, measure: str = "") -> Decimal | None:
    return blank if place.blank else number_of(place, found, measure=measure)


def _milestones(place: Place, found: Findings) -> Milestones:
    text = parts_of(place.value)
    text_of(Place(place.row, place.column, text), found, LONGEST["milestones"])
    try:
        return read_milestones(text)
    except ValueError as error:
        found.complain(place, str(error))
        return ()


def _confirm(said: _Said, place: Place, found: Findings) -> None:
    """Ask about a target that is the baseline, and about a share over 100%."""
    if said.baseline is None or said.target is None:
        return
    about = _about(said.label, said.baseline, said.target, said.measure)
    number = format_number(said.target)
    if is_line_to_hold(said.baseline, said.target):
        words = f"Phải đạt bằng đúng hiện trạng ({number}): đây có phải là mức cần giữ, không cần tăng thêm không?"
        choices = (Choice(YES, "Đúng, đây là mức cần giữ"), Choice(NO, "Không, con số phải sửa lại"))
        if found.ask(place, f"holds {about}", words, choices) == NO:
            found.complain(place, f"Phải đạt bằng đúng hiện trạng ({number}): sửa con số phải đạt.")
    if is_over_the_whole(said.measure, said.baseline, said.target):
        most = format_number(max(said.baseline, said.target))
        words = f"{most} {said.measure}: tỷ lệ này có thể vượt 100% không?"
        choices = (Choice(YES, "Đúng, tỷ lệ này có thể vượt 100%"), Choice(NO, "Không, con số phải sửa lại"))
        if found.ask(place, f"over {about}", words, choices) == NO:
            found.complain(place, "Tỷ lệ trên 100%: sửa lại con số.")


def confirmed(indicator: Indicator) -> dict[str, str]:
    """The answers that an indicator stands for: what was kept has been confirmed."""
    about = _about(indicator.label, indicator.baseline, indicator.target, indicator.measure)
    said = {
        "holds": is_line_to_hold(indicator.baseline, indicator.target),
        "over": is_over_the_whole(indicator.measure, indicator.baseline, indicator.target),
    }
    return {key_of(_TARGET, f"{kind} {about}"): YES for kind, true in said.items() if true}


def _about(label: str, baseline: Decimal, target: Decimal, measure: str) -> str:
    return "\n".join((shown(label), format_input(baseline), format_input(target), shown(measure)))

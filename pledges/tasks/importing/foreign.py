"""Dòng của đơn vị khác: an officer imports the whole ward's list, and only the own unit's rows are theirs to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pledges.tasks.importing.plan import Fate, PlannedLine
from pledges.tasks.rows.cells import shown
from pledges.tasks.rows.findings import Choice, Question, key_of
from pledges.tasks.rows.known import Known
from pledges.units.models import Unit

LEAVE_OUT: Final = "left"
KEEP: Final = "kept"
_FEW: Final = 2
"""So many such rows are asked about together; a single one is more likely a slip, and is told as a fault."""
_MOST_NAMES: Final = 6


@dataclass(frozen=True)
class Folded:
    """The lines as one answer leaves them, and the questions that are still to be asked."""

    lines: Sequence[PlannedLine]
    questions: list[Question]


def folded(
    lines: Sequence[PlannedLine], questions: list[Question], known: Known, answers: Mapping[str, str]
) -> Folded:
    """One question about all rows of other units in place of a fault in each; what else is asked of them can wait."""
    found = {line.row: unit for line in lines if (unit := _other_unit(line, known)) is not None}
    if len(found) < _FEW:
        return Folded(lines, questions)
    key = key_of("lead", "rows of other units")
    choices = (
        Choice(LEAVE_OUT, f"Bỏ qua {len(found)} dòng này"),
        Choice(KEEP, "Không bỏ: đơn vị ghi nhầm, tôi sửa trong tệp"),
    )
    words = f"{len(found)} dòng của đơn vị khác ({_named(list(found.values()))}), đồng chí không được đăng ký thay."
    asked = [Question(row, "lead", key, f"{words} Bỏ qua các dòng này?", choices) for row in found]
    answer = answers.get(key)
    if answer == KEEP:
        return Folded(lines, questions + asked)
    fate = Fate.LEFT if answer == LEAVE_OUT else Fate.ASKED
    theirs = {part.row for line in lines if line.row in found for part in line.line.parts} | set(found)
    return Folded(
        [replace(one, fate=fate, faults=(), lacking=()) if one.row in found else one for one in lines],
        [one for one in questions if one.row not in theirs] + asked,
    )


def _other_unit(line: PlannedLine, known: Known) -> Unit | None:
    """The unit for which the line may not be entered, where that is wrong with it, and it is of no task yet."""
    if line.task is not None or not any(fault.column == "lead" for fault in line.faults):
        return None
    units = known.unit_names.exact(shown(line.line.cells.get("lead")))
    return units[0] if len(units) == 1 and units[0].id not in known.leads else None


def _named(units: Sequence[Unit]) -> str:
    names = list(dict.fromkeys(unit.short_name for unit in units))
    more = f" và {len(names) - _MOST_NAMES} đơn vị nữa" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more

"""Amendments in a test's hand: what a task says, changed here and there, and the way of the proposal."""

from dataclasses import replace
from typing import Any

from pledges.tasks.amending import operations
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.operations import Grounds
from pledges.tasks.behalf import enters_for_another
from pledges.tasks.entries import IndicatorEntry, TaskEntry
from pledges.tasks.models import Task
from tests.support.ward import OFFICERS, Ward

WHY = "Đường bị sạt sau bão, phải xử lý nền trước."


def entry_of(task: Task, **changes: Any) -> TaskEntry:
    """What the task says, with these changes."""
    said = TaskEntry(
        title=task.title,
        product=task.product,
        lead_unit=task.lead_unit,
        start_on=task.start_on,
        due_on=task.due_on,
        indicators=tuple(row_of(task, position) for position in range(1, len(task.indicators) + 1)),
        cooperating=tuple(task.cooperating),
        state_funding=task.state_funding,
        social_funding=task.social_funding,
        movement=task.movement,
    )
    return replace(said, **changes)


def row_of(task: Task, position: int, **changes: Any) -> IndicatorEntry:
    """What an indicator says, with these changes."""
    one = task.indicators[position - 1]
    said = IndicatorEntry(
        label=one.label,
        target=one.target,
        measure=one.measure,
        baseline=one.baseline,
        direction=one.direction,
        accumulates=one.accumulates,
        weight=one.weight,
        measured_from=one.measured_from,
        milestones=tuple((mark.on, mark.value) for mark in one.milestones),
    )
    return replace(said, **changes)


def propose(
    ward: Ward,
    task: Task,
    *,
    rows: list[int | None] | None = None,
    by: str | None = None,
    reason: str = WHY,
    **changes: Any,
) -> Amendment:
    """A proposal of the task's unit."""
    entry = entry_of(task, **changes)
    kept = rows if rows is not None else list(range(1, len(entry.indicators) + 1))
    actor = ward.actor(by or OFFICERS[task.lead_unit.code])
    grounds = Grounds(reason)
    if enters_for_another(actor, task.lead_unit):
        grounds = Grounds(reason, "", "Nguyễn Văn Hòa, Khu trưởng", "Giấy đề nghị ngày 20/9/2024")
    made = operations.propose(ward.session, task, entry, kept, grounds, by=actor, at=ward.now)
    ward.session.commit()
    return made


def amend(ward: Ward, task: Task, *, rows: list[int | None] | None = None, **changes: Any) -> Amendment:
    """An amendment that a leader has approved."""
    made = propose(ward, task, rows=rows, **changes)
    operations.approve(ward.session, made, by=ward.actor("leader"), at=ward.now)
    ward.session.commit()
    return made

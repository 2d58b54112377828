"""The plans that amendments replaced: how a task stood before is reckoned by what was pledged then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from pledges.core.clock import day_of
from pledges.progress.ledger import EarlierPlan
from pledges.progress.rules import IndicatorPlan, TaskPlan
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.amending.texts import indicator_values, rows_of
from pledges.tasks.models import Task
from pledges.tasks.parts import Facts

GONE = 0
"""Stands for the number of an indicator that an amendment removed: nothing was ever reported of it."""


def amendments_of(session: Session, wanted: ColumnElement[bool]) -> Mapping[int, Sequence[Amendment]]:
    """The approved changes of the tasks, the last first; one query."""
    found: dict[int, list[Amendment]] = defaultdict(list)
    asked = (
        select(Amendment)
        .join(Task, Task.id == Amendment.task_id)
        .where(wanted, Amendment.status == AmendmentStatus.APPROVED, Amendment.proposed.is_not(None))
        .order_by(Amendment.decided_at.desc(), Amendment.id.desc())
    )
    for one in session.scalars(asked):
        found[one.task_id].append(one)
    return found


def earlier_plans(
    amendments: Sequence[Amendment], ids: Sequence[int], cancelled_on: date | None
) -> tuple[EarlierPlan, ...]:
    """The plans that the amendments replaced, the first one first; `ids` are the present indicators in their order."""
    found: list[EarlierPlan] = []
    for one in amendments:
        assert one.decided_at is not None  # noqa: S101 - it was approved
        goes_on = dict(zip(rows_of(one.after), ids, strict=True))
        before = one.before
        ids = [goes_on.get(position, GONE) for position in range(1, len(before["indicators"]) + 1)]
        found.append(EarlierPlan(day_of(one.decided_at), _plan(before, cancelled_on), tuple(ids)))
    return tuple(found[::-1])


def _plan(said: Facts, cancelled_on: date | None) -> TaskPlan:
    return TaskPlan(
        start_on=date.fromisoformat(said["start_on"]),
        due_on=date.fromisoformat(said["due_on"]),
        indicators=tuple(IndicatorPlan(**indicator_values(one)) for one in said["indicators"]),
        cancelled_on=cancelled_on,
    )

"""What the tests of the page of a unit's reports share."""

from decimal import Decimal

from sqlalchemy import func, select

from pledges.progress.models import Report, ReportEvent
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.ward import Ward

TREES = (IndicatorEntry("Cây xanh", Decimal(120), "cây"),)
LEVEL = (IndicatorEntry("Hộ phân loại rác", Decimal(80), "% hộ", accumulates=False),)


def url(ward: Ward, unit: str = "KP1", month: str = "2024-10") -> str:
    return f"/bao-cao/don-vi/{ward.unit(unit).id}/{ward.period(month).id}"


def two(ward: Ward) -> tuple[Task, Task]:
    return ward.task(title="Trồng cây", indicators=TREES), ward.task(title="Phân loại rác", indicators=LEVEL)


def field(task: Task, kind: str = "value") -> str:
    return f"task_{task.id}-{kind}_{task.indicators[0].id}"


def word(task: Task, name: str = "narrative") -> str:
    return f"task_{task.id}-{name}"


def drafts(ward: Ward) -> dict[str, tuple[str, list[str]]]:
    """What the newest round of each report says, by the task's title."""
    ward.settle()
    return {
        one.task.title: (
            one.last_round.narrative,  # type: ignore[union-attr]
            [str(figure.value) for figure in one.last_round.figures],  # type: ignore[union-attr]
        )
        for one in ward.session.scalars(select(Report))
    }


def versions(ward: Ward) -> dict[int, int]:
    ward.settle()
    return {one.id: one.version for one in ward.session.scalars(select(Report))}


def sent(ward: Ward) -> int:
    ward.settle()
    return ward.session.scalar(select(func.count(ReportEvent.id))) or 0

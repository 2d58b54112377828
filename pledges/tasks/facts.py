"""What a task says, as data: what the log keeps, what a commitment freezes, what an amendment proposes."""

from typing import Any

from pledges.tasks.entries import PLAIN
from pledges.tasks.models import Indicator, Task


def facts(task: Task) -> dict[str, Any]:
    """The task as the log and the commitment keep it."""
    return {name: getattr(task, name) for name in PLAIN} | {
        "lead_unit": task.lead_unit.code,
        "cooperating": [unit.code for unit in task.cooperating],
        "movement": task.movement.name if task.movement else None,
        "indicators": [indicator_facts(indicator) for indicator in task.indicators],
    }


def logged(task: Task) -> dict[str, Any]:
    """The task as the log keeps it: what it says, and for whom and from which paper it was entered."""
    if not task.on_behalf_of:
        return facts(task)
    return facts(task) | {"on_behalf_of": task.on_behalf_of, "from_paper": task.from_paper}


def indicator_facts(indicator: Indicator) -> dict[str, Any]:
    """An indicator as the log and the commitment keep it."""
    names = ("label", "baseline", "target", "measure", "direction", "accumulates", "weight", "measured_from")
    milestones = [{"on": mark.on, "value": mark.value} for mark in indicator.milestones]
    return {name: getattr(indicator, name) for name in names} | {"milestones": milestones}

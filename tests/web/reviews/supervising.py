"""A leader who supervises a task."""

from datetime import date

from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty
from pledges.tasks.models import Task
from tests.support.ward import Ward


def supervise(ward: Ward, task: Task, name: str) -> None:
    """The person supervises the task since its start."""
    account, by = ward.account(name), ward.account("clerk")
    ward.session.add(
        Assignment(
            task=task,
            duty=Duty.SUPERVISING,
            account=account,
            name=account.name,
            post="Chủ tịch UBND phường",
            from_on=date(2024, 4, 15),
            assigned_at=ward.now,
            assigned_by_id=by.id,
            assigned_by_name=by.name,
        )
    )
    ward.session.commit()

"""The exceptions of a campaign as everybody in it reads them: who, until when, why, by whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.progress.exceptions.models import PeriodException
from pledges.progress.exceptions.queries import of_campaign
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope

ONE_TASK = "một phần việc"
"""What stands for the title of a task of which the reader may not know."""


@dataclass(frozen=True)
class Given:
    """An exception in words; `whom` names the task to those who may know of it."""

    record: PeriodException
    whom: str
    holds: bool
    ended: str

    @property
    def allows(self) -> str:
        """What it allows: "Miễn báo cáo", "Cho báo cáo sau khi khóa, đến hết ngày 5/10/2024"."""
        until = self.record.until
        return self.record.kind.label + (f", đến hết ngày {format_date(until)}" if until else "")


def given(
    session: Session, campaign_id: int, actor: Actor, day: date, period_id: int | None = None
) -> list[Given]:
    """The exceptions of the campaign, or of one period of it; the newest first."""
    found = list(session.scalars(of_campaign(campaign_id, period_id)))
    named = [one.task_id for one in found if one.task_id is not None]
    known = (
        set(session.scalars(select(Task.id).where(Task.id.in_(named), in_scope(actor)))) if named else set()
    )
    return [_given(one, known, day) for one in found]


def _given(one: PeriodException, known: set[int], day: date) -> Given:
    task = ""
    if one.task is not None:
        task = f": {one.task.title if one.task_id in known else ONE_TASK}"
    over = one.kind is ExceptionKind.UNLOCKED and one.until is not None and one.until < day
    ended = "Đã hết hiệu lực" if over else ""
    if one.revoked_at is not None:
        ended = f"{one.revoked_by_name} thu hồi ngày {format_date(day_of(one.revoked_at))}"
    return Given(record=one, whom=f"{one.unit.name}{task}", holds=not ended, ended=ended)

"""What waits for those who enter tasks: what was returned, and what was never sent."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.campaigns.selection import ARGUMENT
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.waits.kinds import Kind, Line, Wait, bundle
from pledges.tasks.rules import TaskStatus


@dataclass(frozen=True)
class OwnTask:
    """A task that one of the person's own units leads."""

    id: int
    campaign_id: int
    status: TaskStatus
    title: str
    unit: str
    unit_id: int


@dataclass(frozen=True)
class Returned:
    """Why something was returned, by whom and when; what was remarked on its parts."""

    reason: str
    by_name: str
    at: datetime
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """Who and when."""
        return f"{self.by_name}, {format_instant(self.at)}"


def of_own_units(session: Session, actor: Actor, campaigns: Sequence[Campaign]) -> list[OwnTask]:
    """The tasks on which the actor's own units still work; none for who enters nothing."""
    if not campaigns or not reach(actor, Permission.ENTER_REPORT, Place.UNIT):
        return []
    found = session.execute(queries.own_tasks(actor, [one.id for one in campaigns]))
    return [OwnTask(*row) for row in found]


def of_several_units(tasks: Sequence[OwnTask]) -> bool:
    """Whether the unit must be said of each of them."""
    return len({task.unit for task in tasks}) > 1


def unsent(session: Session, tasks: Sequence[OwnTask]) -> Iterator[Wait]:
    """The tasks that were returned, and the drafts."""
    yield from _tasks(session, tasks, several=of_several_units(tasks))


def entered_for_others(session: Session, actor: Actor, campaigns: Sequence[Campaign]) -> Iterator[Wait]:
    """Nhập thay: tasks that the actor entered for other units, not sent yet or returned."""
    if not campaigns or not reach(actor, Permission.ENTER_TASK, Place.CAMPAIGN):
        return
    found = session.execute(queries.entered_for_others(actor, [one.id for one in campaigns]))
    yield from _tasks(session, [OwnTask(*row) for row in found], several=True)


def _tasks(session: Session, tasks: Sequence[OwnTask], *, several: bool) -> Iterator[Wait]:
    back = [task.id for task in tasks if task.status is TaskStatus.RETURNED]
    returns = {
        event.task_id: Returned(
            event.own_reason,
            event.by_name,
            event.at,
            tuple((remark.label, remark.words) for remark in event.remarks),
        )
        for event in session.scalars(queries.returns_of_tasks(back))
    }
    for task in tasks:
        if task.status is TaskStatus.RETURNED:
            yield _returned(task, returns[task.id], several=several)
    drafts: dict[int, list[OwnTask]] = defaultdict(list)
    for task in tasks:
        if task.status is TaskStatus.DRAFT:
            drafts[task.campaign_id].append(task)
    for campaign_id, unsent in drafts.items():
        yield from _drafts(campaign_id, unsent, several=several)


def _returned(task: OwnTask, said: Returned, *, several: bool) -> Wait:
    return Wait(
        kind=Kind.RETURNED,
        title=f"Phần việc: {task.title}",
        url=url_for("progress.task", task_id=task.id),
        action="Sửa và gửi lại",
        action_url=url_for("tasks.edit", task_id=task.id),
        due=said.words,
        text=task.unit if several else "",
        reason=said.reason,
        remarks=said.remarks,
        order=(date.min, task.id),
    )


def _drafts(campaign_id: int, drafts: Sequence[OwnTask], *, several: bool) -> Iterator[Wait]:
    """One draft by itself; several in one line, since they can be sent together."""
    if len(drafts) == 1:
        yield Wait(
            kind=Kind.DRAFT,
            title=f"Phần việc: {drafts[0].title}",
            url=url_for("tasks.edit", task_id=drafts[0].id),
            action="Sửa tiếp",
            text=drafts[0].unit if several else "",
            order=(date.max, drafts[0].id),
        )
        return
    lines = [
        Line(task.title, url_for("tasks.edit", task_id=task.id), task.unit if several else "")
        for task in drafts
    ]
    arguments: dict[str, Any] = {ARGUMENT: campaign_id}
    url = url_for("tasks.submit_several", **arguments)
    yield from bundle(Kind.DRAFT, "bản nháp phần việc chưa gửi", lines, url=url, action="Xem, gửi duyệt")

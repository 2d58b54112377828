"""What is done to tasks: register, submit, return, approve, cancel."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from pledges.access.roles import Actor
from pledges.audit.operations import Act, differences, record, record_all
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import check_works, takes_tasks
from pledges.core.base import touch
from pledges.tasks.behalf import behalf_words, check_behalf, enters_for_another, sending_problem
from pledges.tasks.entries import IndicatorEntry, TaskEntry, fill, refill
from pledges.tasks.facts import facts, logged
from pledges.tasks.models import Task, TaskEvent, TaskRemark
from pledges.tasks.queries import with_events
from pledges.tasks.remarks import Remark, in_one
from pledges.tasks.rules import (
    StepRefused,
    TaskEventKind,
    TaskStatus,
    after,
    content_problems,
    date_problems,
    editing_problem,
    unit_problem,
)

__all__ = [
    "CLOSED",
    "NO_REASON",
    "IndicatorEntry",
    "TaskEntry",
    "amend",
    "approve",
    "cancel",
    "commit_to",
    "discard",
    "draft",
    "draft_all",
    "edit",
    "edit_all",
    "lacking_to_send",
    "release",
    "send_back",
    "shortcomings",
    "submit",
]

CLOSED = "Phong trào đã tổng kết nên không nhận đăng ký nữa."
NO_REASON = "Nhập lý do, hoặc ghi ý kiến vào mục cần sửa: đơn vị cần biết phải sửa gì."


def draft(
    session: Session,
    campaign: Campaign,
    entry: TaskEntry,
    *,
    by: Actor,
    at: datetime,
    follows: Task | None = None,
) -> Task:
    """A new task of a unit, not yet submitted; `follows` is the task of an earlier campaign that it is copied from."""
    task, act = _drafted(campaign, entry, by, at, follows)
    session.add(task)
    record_all(session, [act], by=by, at=at)
    return task


def draft_all(
    session: Session, campaign: Campaign, entries: Iterable[TaskEntry], *, by: Actor, at: datetime
) -> list[Task]:
    """New tasks, not yet submitted: the same as one by one, but the database is told once."""
    made = [_drafted(campaign, entry, by, at) for entry in entries]
    session.add_all([task for task, _act in made])
    record_all(session, [act for _task, act in made], by=by, at=at)
    return [task for task, _act in made]


def _drafted(
    campaign: Campaign, entry: TaskEntry, by: Actor, at: datetime, follows: Task | None = None
) -> tuple[Task, Act]:
    """The task, and what the log says of it."""
    task = Task(
        campaign=campaign,
        status=TaskStatus.DRAFT,
        entered_by_id=by.account_id,
        entered_by_name=by.name,
        entered_at=at,
        follows_id=follows.id if follows is not None else None,
    )
    said = _fill_behalf(task, entry, by) if follows is None else ""
    fill(task, entry)
    task.events.append(_event(TaskEventKind.DRAFTED, by, at, said))
    followed = {"follows": follows.title} if follows is not None else {}
    return task, Act("task.drafted", task, after=logged(task) | followed)


def edit(session: Session, task: Task, entry: TaskEntry, *, by: Actor, at: datetime) -> None:
    """Change what a unit registers; raises `StepRefused` once it is with the leaders or in the list."""
    edit_all(session, [(task, entry)], by=by, at=at)


def edit_all(session: Session, entries: Sequence[tuple[Task, TaskEntry]], *, by: Actor, at: datetime) -> None:
    """Change what units register in several tasks: the same as one by one, but the database is told once."""
    with session.no_autoflush:
        session.scalars(with_events([task.id for task, _entry in entries])).all()
        acts = [_edited(task, entry, by, at) for task, entry in entries]
    record_all(session, [act for act in acts if act is not None], by=by, at=at)


def _edited(task: Task, entry: TaskEntry, by: Actor, at: datetime) -> Act | None:
    """Change one, and tell what the log says of it; None when it says the same as before."""
    if words := editing_problem(task.status):
        raise StepRefused(words)
    check_works(task.campaign.status)
    before = logged(task)
    said = _fill_behalf(task, entry, by, task)
    fill(task, entry)
    was, now = differences(before, logged(task))
    if not now:
        return None
    touch(task)
    task.events.append(_event(TaskEventKind.EDITED, by, at, said))
    return Act("task.edited", task, before=was, after=now)


def shortcomings(task: Task) -> list[str]:
    """What the task still lacks before leaders can decide on it, in words; empty when nothing."""
    campaign = task.campaign
    found = content_problems(product=task.product, indicators=len(task.indicators)) | date_problems(
        start_on=task.start_on,
        due_on=task.due_on,
        campaign_starts_on=campaign.starts_on,
        campaign_ends_on=campaign.ends_on,
    )
    labels = {"start_on": "Ngày bắt đầu: ", "due_on": "Ngày hoàn thành: "}
    units = [task.lead_unit, *task.cooperating]
    closed = [] if takes_tasks(campaign.status) else [CLOSED]
    dead = (
        unit_problem(
            unit.name, alive_at_start=unit.alive(task.start_on), alive_at_end=unit.alive(task.due_on)
        )
        for unit in units
    )
    said = [labels.get(name, "") + words for name, words in found.items()]
    return [*closed, *said, *(words for words in dead if words)]


def lacking_to_send(task: Task, by: Actor) -> list[str]:
    """What the task still lacks before this person can send it, in words; empty when nothing."""
    problem = sending_problem(by, task)
    return [*shortcomings(task), *([problem] if problem else [])]


def submit(session: Session, task: Task, *, by: Actor, at: datetime) -> None:
    """Send the task to the leaders; raises `StepRefused` while it lacks something they need to decide.

    The first time it is given the number of its registration, which later rounds keep.
    """
    _check(task, TaskEventKind.SUBMITTED)
    _check_said(lacking_to_send(task, by))
    if task.registration_number is None:
        task.registration_number = _next(session, task, Campaign.last_registration_number)
    _step(session, task, TaskEventKind.SUBMITTED, by=by, at=at)


def send_back(
    session: Session, task: Task, reason: str, *, by: Actor, at: datetime, remarks: Sequence[Remark] = ()
) -> None:
    """Return the task to its unit, with a reason for the whole, remarks on its parts, or both.

    Without a reason of its own the return says what the remarks say, so that the reason tells it wherever it stands.
    """
    _check(task, TaskEventKind.RETURNED)
    reason = reason or in_one(remarks)
    if not reason:
        raise StepRefused(NO_REASON)
    _step(session, task, TaskEventKind.RETURNED, by=by, at=at, reason=reason, remarks=remarks)


def approve(session: Session, task: Task, *, by: Actor, at: datetime, note: str = "") -> int:
    """Take the task into the campaign's list; returns the number it is given, once and for ever.

    What was whole when it was sent is asked again: the campaign or a unit may have changed since.
    """
    _check(task, TaskEventKind.APPROVED)
    _check_said(shortcomings(task))
    task.number = _next(session, task, Campaign.last_task_number)
    _step(session, task, TaskEventKind.APPROVED, by=by, at=at, reason=note)
    return task.number


def commit_to(session: Session, task: Task, *, by: Actor, at: datetime) -> None:
    """Note that the task stands in a signed commitment."""
    _step(session, task, TaskEventKind.COMMITTED, by=by, at=at)


def release(session: Session, task: Task, *, by: Actor, at: datetime) -> None:
    """The commitment that it stands in waits for a signature again."""
    _step(session, task, TaskEventKind.RELEASED, by=by, at=at)


def amend(
    session: Session,
    task: Task,
    entry: TaskEntry,
    rows: Sequence[int | None],
    *,
    by: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Let a task of the list say what was allowed; it waits to be committed to anew.

    `rows` names, for each indicator of the entry, the position of the one that it goes on from; None for a new one.
    """
    _check(task, TaskEventKind.AMENDED)
    before = facts(task)
    refill(session, task, entry, rows)
    _check_said(shortcomings(task))
    said = differences(before, facts(task))
    _step(session, task, TaskEventKind.AMENDED, by=by, at=at, reason=reason, said=said)


def cancel(session: Session, task: Task, reason: str, *, by: Actor, at: datetime) -> None:
    """Cancel the task by decision, with the reason; its number is not given again."""
    _step(session, task, TaskEventKind.CANCELLED, by=by, at=at, reason=reason)


def discard(session: Session, task: Task, *, by: Actor, at: datetime) -> None:
    """Bỏ bản nháp: remove a draft that was never sent; the log keeps what it said.

    Raises `StepRefused` for anything that leaders have seen: that is cancelled, and stays.
    """
    if task.status is not TaskStatus.DRAFT:
        raise StepRefused("Chỉ bỏ được bản nháp chưa gửi lần nào.")
    record(session, "task.discarded", task, by=by, at=at, before=logged(task))
    session.delete(task)


def _fill_behalf(task: Task, entry: TaskEntry, by: Actor, known: Task | None = None) -> str:
    """Note for whom it is entered, where it is; the words for it. `known` is the task as it was, None for a new one.

    What a unit enters itself leaves the note on what was entered for it before; a note on another unit's paper goes.
    """
    answers = {"on_behalf_of": entry.on_behalf_of, "from_paper": entry.from_paper}
    if enters_for_another(by, entry.lead_unit):
        check_behalf(by, entry.lead_unit, known, **answers)
    elif known is None or known.lead_unit is entry.lead_unit:
        return ""
    task.on_behalf_of, task.from_paper = answers.values()
    return behalf_words(**answers)


def _next(session: Session, task: Task, last: InstrumentedAttribute[int]) -> int:
    """The number after the campaign's last one of its kind, taken for ever."""
    counted = sa.update(Campaign).where(Campaign.id == task.campaign_id).values({last: last + 1})
    number: int = session.execute(counted.returning(last)).scalar_one()
    return number


def _check_said(lacking: Sequence[str]) -> None:
    if lacking:
        raise StepRefused(" ".join(lacking))


def _check(task: Task, kind: TaskEventKind) -> TaskStatus:
    return after(task.status, kind)


def _step(
    session: Session,
    task: Task,
    kind: TaskEventKind,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    remarks: Sequence[Remark] = (),
    said: tuple[dict[str, Any], dict[str, Any]] = ({}, {}),
) -> None:
    before = {"status": task.status, "number": task.number} | said[0]
    task.status = _check(task, kind)
    event = _event(kind, by, at, reason)
    event.remarks = [TaskRemark(**asdict(remark)) for remark in remarks]
    task.events.append(event)
    after_: dict[str, Any] = {"status": task.status, "number": task.number} | said[1]
    if remarks:
        after_["remarks"] = [asdict(remark) for remark in remarks]
    record(session, f"task.{kind}", task, by=by, at=at, note=reason, before=before, after=after_)


def _event(kind: TaskEventKind, by: Actor, at: datetime, reason: str = "") -> TaskEvent:
    return TaskEvent(kind=kind, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post, reason=reason)

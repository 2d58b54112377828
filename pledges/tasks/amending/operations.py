"""What is done with amendments: proposed, withdrawn, approved, returned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.audit.rules import canonical
from pledges.campaigns.rules import check_works, works_on
from pledges.core.references import pointed_at
from pledges.tasks import operations as tasks
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import proposed
from pledges.tasks.amending.rules import (
    ALREADY,
    STALE,
    UNCHANGED,
    AmendmentStatus,
    ended_words,
    meaning_problem,
    removal_problem,
)
from pledges.tasks.amending.texts import Rows, entry_of, facts_of_entry, rows_of, without_places
from pledges.tasks.behalf import behalf_problems, enters_for_another
from pledges.tasks.entries import TaskEntry
from pledges.tasks.models import Indicator, Task
from pledges.tasks.parts import facts_of
from pledges.tasks.rules import MOVES, StepRefused, TaskEventKind

LEFT = "Phần việc “{}” không còn trong danh mục nên không điều chỉnh được nữa."
_MEANING = ("measure", "direction", "accumulates")


@dataclass(frozen=True)
class Grounds:
    """Why an amendment is asked for, and by which paper; for whom it is proposed where that is another (nhập thay)."""

    reason: str
    basis: str = ""
    on_behalf_of: str = ""
    from_paper: str = ""


def closed(session: Session, task: Task) -> str:
    """Why no amendment of the task can be proposed now, in words; "" when one can."""
    if not works_on(task.campaign.status):
        return tasks.CLOSED
    if TaskEventKind.AMENDED not in MOVES[task.status]:
        return f"Phần việc đang ở bước “{task.status.label.lower()}”: chỉ đề nghị điều chỉnh phần việc đã vào danh mục."
    return ALREADY if session.scalars(proposed(task.id)).first() is not None else ""


def problems(session: Session, task: Task, entry: TaskEntry, rows: Rows) -> list[str]:
    """Why the task can't come to say this, in words: figures that were reported keep their meaning."""
    known = {indicator.position: indicator for indicator in task.indicators}
    with_figures = pointed_at(session, Indicator, [one.id for one in task.indicators])
    found = [
        removal_problem(one.label)
        for position, one in known.items()
        if position not in rows and one.id in with_figures
    ]
    for row, goes_on in zip(entry.indicators, rows, strict=True):
        one = known[goes_on] if goes_on is not None else None
        if one is None or one.id not in with_figures:
            continue
        if any(getattr(row, name) != getattr(one, name) for name in _MEANING):
            found.append(meaning_problem(one.label))
    return found


def propose(
    session: Session, task: Task, entry: TaskEntry, rows: Rows, grounds: Grounds, *, by: Actor, at: datetime
) -> Amendment:
    """Propose that the task says something else; raises `StepRefused` when it can't, or would say the same."""
    said = facts_of_entry(entry, rows)
    if without_places(said) == facts_of(task):
        raise StepRefused(UNCHANGED)
    if words := problems(session, task, entry, rows):
        raise StepRefused(" ".join(words))
    return _propose(session, task, canonical(said), grounds, by=by, at=at)


def propose_dropping(session: Session, task: Task, grounds: Grounds, *, by: Actor, at: datetime) -> Amendment:
    """Đề nghị bỏ phần việc: once approved it is cancelled, with the reason."""
    return _propose(session, task, None, grounds, by=by, at=at)


def _propose(
    session: Session, task: Task, text: str | None, grounds: Grounds, *, by: Actor, at: datetime
) -> Amendment:
    if words := closed(session, task):
        raise StepRefused(words)
    _check_behalf(task, grounds, by)
    amendment = Amendment(
        task=task,
        status=AmendmentStatus.PROPOSED,
        was=canonical(facts_of(task)),
        proposed=text,
        **vars(grounds),
        proposed_at=at,
        proposed_by_id=by.account_id,
        proposed_by_name=by.name,
        proposed_by_post=by.post,
    )
    session.add(amendment)
    after: dict[str, Any] = {"task": task.number, "drops": amendment.drops, **amendment.after}
    record(
        session,
        "amendment.proposed",
        amendment,
        by=by,
        at=at,
        note=grounds.reason,
        before=dict(amendment.before),
        after=after,
    )
    return amendment


def _check_behalf(task: Task, grounds: Grounds, by: Actor) -> None:
    answers = {"on_behalf_of": grounds.on_behalf_of, "from_paper": grounds.from_paper}
    asked = any(answers.values()) or enters_for_another(by, task.lead_unit)
    if asked and (lacking := behalf_problems(**answers)):
        raise StepRefused(" ".join(lacking.values()))


def withdraw(session: Session, amendment: Amendment, *, by: Actor, at: datetime) -> None:
    """Rút đề nghị, before it was decided."""
    _demand_proposed(amendment)
    amendment.status = AmendmentStatus.WITHDRAWN
    record(session, "amendment.withdrawn", amendment, by=by, at=at)


def send_back(session: Session, amendment: Amendment, reason: str, *, by: Actor, at: datetime) -> None:
    """Không đồng ý, with the reason; the task stays as it was pledged."""
    _check_decides(amendment, by)
    _decide(amendment, AmendmentStatus.RETURNED, reason, by=by, at=at)
    record(session, "amendment.returned", amendment, by=by, at=at, note=reason)


def stale(amendment: Amendment) -> bool:
    """Whether the task says something else by now than when the amendment was proposed."""
    return canonical(facts_of(amendment.task)) != amendment.was


def approve(session: Session, amendment: Amendment, note: str = "", *, by: Actor, at: datetime) -> None:
    """Let the task say what was proposed, or cancel it where that was; it waits to be committed to anew.

    Raises `StepRefused` when the task has changed or left the list since, or can't say it any more.
    """
    task = amendment.task
    check_works(task.campaign.status)
    _check_decides(amendment, by)
    if TaskEventKind.AMENDED not in MOVES[task.status]:
        raise StepRefused(LEFT.format(task.title))
    if stale(amendment):
        raise StepRefused(STALE)
    _decide(amendment, AmendmentStatus.APPROVED, note, by=by, at=at)
    record(session, "amendment.approved", amendment, by=by, at=at, note=note)
    if amendment.drops:
        tasks.cancel(session, task, amendment.reason, by=by, at=at)
        return
    said = amendment.after
    entry, rows = entry_of(session, task, said), rows_of(said)
    if words := problems(session, task, entry, rows):
        raise StepRefused(" ".join(words))
    tasks.amend(session, task, entry, rows, by=by, at=at, reason=amendment.reason)


def _check_decides(amendment: Amendment, by: Actor) -> None:
    _demand_proposed(amendment)
    if amendment.proposed_by_id == by.account_id:
        raise StepRefused("Đồng chí không tự quyết định đề nghị do chính mình lập.")


def _decide(amendment: Amendment, status: AmendmentStatus, words: str, *, by: Actor, at: datetime) -> None:
    amendment.status, amendment.decision = status, words
    amendment.decided_at, amendment.decided_by_id = at, by.account_id
    amendment.decided_by_name, amendment.decided_by_post = by.name, by.post


def _demand_proposed(amendment: Amendment) -> None:
    if amendment.status is not AmendmentStatus.PROPOSED:
        raise StepRefused(ended_words(amendment.status))

"""One step with several tasks at once: approve those that leaders marked, send the drafts of a unit.

A page to check comes first; what changed since it was shown, and what may not be done, is named and left as it is.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pledges.access.guard import current_actor, guard
from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns.selection import ARGUMENT, selected
from pledges.core import clock
from pledges.core.addresses import numbers_in
from pledges.core.among import among
from pledges.core.database import db
from pledges.core.forms.several import SeveralForm
from pledges.core.refusal import Refused
from pledges.tasks import operations
from pledges.tasks.alike import Alike, titles_of
from pledges.tasks.blueprint import blueprint
from pledges.tasks.models import Task
from pledges.tasks.queries import in_scope, seen_by
from pledges.tasks.rules import MOVES, TaskEventKind, TaskStatus
from pledges.tasks.waiting import Sought, waiting_ids
from pledges.units.models import Unit

MOST = 100
"""So many are checked on one page; the rest follows when these are done."""
MARK, TICK = "muc", "danh-dau"
DONE, LEFT = "xong", "de-lai"
_ALL, _NONE = "tat-ca", "khong"


@dataclass(frozen=True)
class Checked:
    """A task on the page to check: what stands in the way, and whether it may be done at all."""

    task: Task
    why_not: str
    lacking: Sequence[str]
    alike: Sequence[Alike]

    @property
    def ready(self) -> bool:
        """Whether the step can be taken now."""
        return not self.why_not and not self.lacking


@dataclass(frozen=True)
class Step:
    """What is done with each: who may, by which event, how; the page to check, and that of the result."""

    permission: Permission
    event: TaskEventKind
    do: Callable[[Session, Task, Actor], object]
    lacking: Callable[[Task, Actor], list[str]]
    page: str
    result: str
    leads_to: str

    def why_not(self, actor: Actor, task: Task) -> str:
        """Why it can't be done with the task, in words; "" when it can."""
        if self.event not in MOVES[task.status]:
            return f"Phần việc đang ở bước “{task.status.label.lower()}”."
        if not may(actor, self.permission, task.subject()):
            return "Đồng chí không có quyền, hoặc chính đồng chí đã lập, sửa hay gửi phần việc này."
        return ""

    def take(self, session: Session, actor: Actor, task: Task) -> bool:
        """Do it where it can be done; whether it was. What is refused changes nothing."""
        if self.why_not(actor, task):
            return False
        try:
            self.do(session, task, actor)
        except Refused:
            return False
        return True


APPROVE = Step(
    Permission.DECIDE_TASK,
    TaskEventKind.APPROVED,
    lambda session, task, actor: operations.approve(session, task, by=actor, at=clock.now()),
    lambda task, _actor: operations.shortcomings(task),
    page="tasks/approve_several.html",
    result="tasks/approved_several.html",
    leads_to="tasks.approved_several",
)
SUBMIT = Step(
    Permission.ENTER_TASK,
    TaskEventKind.SUBMITTED,
    lambda session, task, actor: operations.submit(session, task, by=actor, at=clock.now()),
    operations.lacking_to_send,
    page="tasks/submit_several.html",
    result="tasks/submitted_several.html",
    leads_to="tasks.submitted_several",
)


@blueprint.route("/phan-viec/duyet-nhieu", methods=["GET", "POST"])
@guard(Permission.DECIDE_TASK)
def approve_several() -> Response | str:
    """Duyệt nhiều phần việc: those that were marked in the queue, or all that wait; numbered in the order shown."""
    actor, sought = current_actor(), Sought.read(request.args)
    marked = numbers_in(MARK)
    wanted = SeveralForm.numbers_sent() or marked or waiting_ids(db.session(), actor, sought)
    shown = _in_order(actor, _sent_order(actor, wanted))
    return _page(APPROVE, shown, ticked=bool(marked), sought=sought)


@blueprint.route("/phan-viec/gui-duyet-nhieu", methods=["GET", "POST"])
@guard(Permission.ENTER_TASK)
def submit_several() -> Response | str:
    """Gửi duyệt nhiều phần việc: the drafts of a campaign that the actor may send."""
    actor = current_actor()
    campaign = selected(db.session(), actor)
    if campaign is None:
        return render_template("tasks/no_campaign.html")
    wanted = SeveralForm.numbers_sent() or list(db.session.scalars(_drafts(actor, campaign.id)))
    shown = _in_order(actor, wanted)
    return _page(SUBMIT, shown, ticked=True, campaign=campaign)


@blueprint.get("/phan-viec/duyet-nhieu/ket-qua")
@guard(Permission.DECIDE_TASK)
def approved_several() -> str:
    """Kết quả duyệt nhiều phần việc: the numbers that were given, and what was left with the reason."""
    return _result(APPROVE, waiting=len(waiting_ids(db.session(), current_actor(), Sought.everything())))


@blueprint.get("/phan-viec/gui-duyet-nhieu/ket-qua")
@guard(Permission.ENTER_TASK)
def submitted_several() -> str:
    """Kết quả gửi duyệt nhiều phần việc: the numbers of the registrations, and what was left with the reason."""
    return _result(SUBMIT)


def _page(step: Step, shown: Sequence[Task], *, ticked: bool, **context: Any) -> Response | str:
    """The page to check: GET lists what was chosen, POST does what can be done and leads to the result."""
    actor, listed = current_actor(), shown[:MOST]
    checked = _checked(step, actor, listed)
    form = SeveralForm.over(listed, _ticked(checked, at_first=ticked))
    if form.accepts():
        with form.act() as act:
            done, left = _take(step, actor, form)
            result = {DONE: done, LEFT: left, ARGUMENT: request.args.get(ARGUMENT)}
            act.location = url_for(step.leads_to, **result)  # type: ignore[arg-type]
            db.session.commit()
            return redirect(act.location)
    form.seen.data = {task.id: task.version for task in listed}
    return render_template(
        step.page,
        form=form,
        checked=checked,
        ready=sum(one.ready for one in checked),
        more=len(shown) - len(listed),
        chosen=set(form.chosen.data or ()),
        tick={wish: _address(wish) for wish in (_ALL, _NONE)},
        **context,
    )


def _take(step: Step, actor: Actor, form: SeveralForm) -> tuple[list[int], list[int]]:
    """Take the step with each chosen task in the order of the page; the ids of those done, and of those left."""
    session = db.session()
    same, changed = form.sort_out(session)
    done = [task.id for task in same if step.take(session, actor, task)]
    return done, [task.id for task in (*changed, *same) if task.id not in done]


def _result(step: Step, **context: Any) -> str:
    actor = current_actor()
    done, left = (_in_order(actor, numbers_in(name)) for name in (DONE, LEFT))
    return render_template(
        step.result,
        done=[task for task in done if step.event not in MOVES[task.status]],
        left=_checked(step, actor, left),
        **context,
    )


def _address(wish: str) -> str:
    """This page with all that can be done ticked, or none of it: for browsers without scripts."""
    arguments: dict[str, Any] = request.args.to_dict(flat=False) | {TICK: wish}
    return url_for(str(request.endpoint), **arguments)


def _in_order(actor: Actor, numbers: Sequence[int]) -> list[Task]:
    """The tasks of these ids that the actor may know of, in their order."""
    found = {task.id: task for task in db.session.scalars(seen_by(actor).where(among(Task.id, numbers)))}
    return [found[number] for number in numbers if number in found]


def _sent_order(actor: Actor, numbers: Collection[int]) -> list[int]:
    """These ids as the queue has them; those that do not wait come last."""
    waiting = [
        number for number in waiting_ids(db.session(), actor, Sought.everything()) if number in set(numbers)
    ]
    return [*waiting, *(number for number in numbers if number not in waiting)]


def _drafts(actor: Actor, campaign_id: int) -> Select[int]:
    """The drafts of a campaign that the actor may send, in the order of the official list and of entering."""
    return (
        select(Task.id)
        .join(Task.lead_unit)
        .where(
            Task.campaign_id == campaign_id,
            Task.status == TaskStatus.DRAFT,
            in_scope(actor, Permission.ENTER_TASK),
        )
        .order_by(Unit.position, Unit.id, Task.id)
    )


def _ticked(checked: Iterable[Checked], *, at_first: bool) -> list[int]:
    """Which are ticked when the page opens: as the address wishes, never what can't be done."""
    wish = request.args.get(TICK)
    tick = wish == _ALL if wish in {_ALL, _NONE} else at_first
    return [one.task.id for one in checked if tick and one.ready]


def _checked(step: Step, actor: Actor, tasks: Sequence[Task]) -> list[Checked]:
    titles = titles_of(db.session(), actor, {task.campaign_id for task in tasks})
    found = []
    for task in tasks:
        why_not = step.why_not(actor, task)
        lacking = [] if why_not else step.lacking(task, actor)
        close = [] if why_not else list(titles[task.campaign_id].close_to(task.title_fold, but=task.id))
        found.append(Checked(task, why_not, lacking, close))
    return found

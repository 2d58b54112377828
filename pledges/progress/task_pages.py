"""The page of a task: facts, state with its formulas, reports, obstacles, explanations, commitment, story."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from pledges.access.guard import allowed, authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.rules import works_on
from pledges.commitments.models import Commitment
from pledges.commitments.queries import editions
from pledges.core import as_of, clock
from pledges.core.database import db
from pledges.progress import formulas, queries, reading, restated
from pledges.progress.blueprint import blueprint
from pledges.progress.explanations.queries import of_task as explanations_of
from pledges.progress.ledger import Ledger
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.proofs.queries import rules_of
from pledges.progress.proofs.rules import wanted
from pledges.progress.report_pages import closed, last_said
from pledges.progress.rows import most_pressing, rows_of
from pledges.progress.story import of_task
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import of_task as amendments_of
from pledges.tasks.assigning.showing import duties_of
from pledges.tasks.following import forerunner
from pledges.tasks.models import Task, TaskEvent
from pledges.tasks.queries import whole
from pledges.tasks.rules import EDITABLE, MOVES, REGISTERED, TaskEventKind, TaskStatus

STORY_IN_SIGHT = 12
"""Happenings that stand open on the page; the older ones are folded below them."""


@blueprint.get("/phan-viec/<int:task_id>")
@guard(Permission.SEE_TASK)
def task(task_id: int) -> str:
    """Phần việc: facts, state with its reason, reports, obstacles, commitment, story."""
    shown: Task = db.first_or_404(whole().where(Task.id == task_id))
    authorise(Permission.SEE_TASK, shown.subject())
    session, asked = db.session(), as_of.requested()
    ledger = reading.of_task(session, shown)
    rows = rows_of(ledger, shown.id, asked.day, last_said(session, shown))
    obstacles = list(session.scalars(queries.obstacles_of_task(shown.id)))
    reports = list(session.scalars(queries.rounds_of_task(shown.id)))
    amendments = list(session.scalars(amendments_of(shown.id)))
    asked_for = list(session.scalars(explanations_of(shown.id)))
    return render_template(
        "progress/task.html",
        task=shown,
        asked=asked,
        **_standings(ledger, shown, asked.day),
        rows=rows,
        registered=shown.status in REGISTERED and works_on(shown.campaign.status),
        pressing=most_pressing(rows) if closed(shown) is None else None,
        obstacles=obstacles[::-1],
        explanations=asked_for[::-1],
        extended=_extension(obstacles, amendments),
        amendments=amendments[::-1],
        amendable=_amendable(shown, amendments),
        returned=_return_of(shown),
        commitments=_commitments(session, shown),
        follows=session.scalars(forerunner(shown, current_actor())).first(),
        story=of_task(shown, reports, obstacles, asked_for),
        in_sight=STORY_IN_SIGHT,
        duties=duties_of(session, shown.campaign, [shown], clock.today())[0],
        proofs_wanted=wanted(session.scalars(rules_of([shown.id]))),
        editable=shown.status in EDITABLE and works_on(shown.campaign.status),
        moves=MOVES[shown.status],
        TaskEventKind=TaskEventKind,
    )


def _amendable(shown: Task, amendments: Iterable[Amendment]) -> bool:
    """Whether an amendment can be proposed now: the task stands in the list, and no other waits."""
    in_list = TaskEventKind.AMENDED in MOVES[shown.status] and works_on(shown.campaign.status)
    return in_list and not any(one.waits for one in amendments)


def _extension(obstacles: Iterable[Obstacle], amendments: Iterable[Amendment]) -> Obstacle | None:
    """The last obstacle granted more time without a day named, while no amendment was proposed since.

    Decisions have asked for the day, and proposed the amendment themselves, since migration 0007; older ones led here.
    """
    granted = [
        one
        for one in obstacles
        if one.decision is Decision.EXTEND and one.decided_at is not None and one.amendment_id is None
    ]
    last = max(granted, key=lambda one: (one.decided_at, one.id), default=None)
    if last is None or any(one.proposed_at >= last.decided_at for one in amendments if last.decided_at):
        return None
    return last


def _return_of(shown: Task) -> TaskEvent | None:
    """The return that the task's unit has still to answer."""
    returns = [event for event in shown.events if event.kind is TaskEventKind.RETURNED]
    return returns[-1] if shown.status is TaskStatus.RETURNED else None


def _standings(ledger: Ledger, shown: Task, day: date) -> dict[str, Any]:
    """How the task stands on the day, and how it would if what was sent were accepted, where that differs."""
    if shown.number is None:
        return {"standing": None, "tentative": None, "formulas": [], "mean": None, "changed": []}
    standing, tentative = ledger.standing(shown.id, day), ledger.tentative(shown.id, day)
    differs = (tentative.state, tentative.progress) != (standing.state, standing.progress)
    return {
        "standing": standing,
        "tentative": tentative if differs else None,
        "formulas": formulas.of_task(ledger, shown.id, day),
        "mean": formulas.mean_words(standing),
        "changed": restated.of_task(ledger, shown.id, day),
    }


def _commitments(session: Session, shown: Task) -> list[Commitment]:
    """The editions of the unit's commitment that hold the task, newest first, for those who may know of them."""
    found = session.scalars(editions(shown.campaign_id, shown.lead_unit_id))
    return [
        one
        for one in found
        if any(held["number"] == shown.number for held in one.frozen_content().get("tasks", ()))
        and allowed(Permission.SEE_COMMITMENT, one.subject())
    ]

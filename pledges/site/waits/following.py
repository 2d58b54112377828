"""What somebody asked of a person or unit by a day: explanations, and what is followed up."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.progress.calendar import SOONEST
from pledges.progress.obstacles.rules import Decision
from pledges.site.waits import queries
from pledges.site.waits.kinds import Kind, Wait, until


def to_explain(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Questions on an indicator that an own unit has not answered."""
    if not reach(actor, Permission.ENTER_REPORT, Place.UNIT):
        return
    for number, question, answer_by, indicator, title, unit, asked_by in session.execute(
        queries.to_explain(actor)
    ):
        url = url_for("progress.explain", request_id=number)
        yield Wait(
            kind=Kind.EXPLAIN_LATE if answer_by < today else Kind.TO_EXPLAIN,
            title=f"Giải trình chỉ tiêu {indicator}: {title}",
            url=url,
            action="Giải trình",
            due=until(answer_by, today),
            text=f"{unit} · {asked_by} hỏi",
            reason=question,
            order=(answer_by, number),
        )


def to_follow(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """What the person, or an own unit, is to do by a day that has come near, has passed, or was never said."""
    found = session.execute(queries.to_follow(actor))
    for number, text, due_on, owner_id, unit, made_by, title, decision in found:
        handed_over = decision is Decision.REASSIGN  # the unit hasn't heard of it yet
        if due_on is not None and due_on - today > SOONEST and not handed_over:
            continue
        url = url_for("followups.follow_up", follow_up_id=number)
        mine = owner_id == actor.account_id
        yield Wait(
            kind=Kind.FOLLOW_UP_LATE if due_on is not None and due_on < today else Kind.FOLLOW_UP,
            title=text,
            url=url,
            action="Báo xong" if mine else "Xem",
            action_url=url_for("followups.end", follow_up_id=number) if mine else url,
            due=until(due_on, today) if due_on is not None else "",
            text=" · ".join(filter(None, (unit, title if handed_over else None, f"{made_by} ghi"))),
            order=(due_on or date.max, number),
        )

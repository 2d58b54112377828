"""What waits for leaders: a count, the oldest by name, each one press from done."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.core.text import upper_first
from pledges.progress.calendar import period_label
from pledges.site import queries
from pledges.site.waits import queries as waiting
from pledges.site.waits.kinds import Kind, Line, Wait, bundle, since
from pledges.tasks.amending.queries import to_decide
from pledges.tasks.assigning.queries import tasks_of
from pledges.tasks.assigning.rules import Duty


def of_leader(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Obstacles to decide on, reports to review, tasks and amendments to approve, answers to take; the oldest first."""
    if not reach(actor, Permission.REVIEW_REPORT, Place.CAMPAIGN):
        return
    yield from _obstacles(session, actor, today)
    yield from _reports(session, actor, today)
    yield from _tasks(session, actor, today)
    yield from _amendments(session, actor, today)
    yield from _explained(session, actor, today)


def _queue(kind: str) -> str:
    return f"{url_for('reviews.queue')}?loai={kind}"


def _obstacles(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Those of the tasks that the leader supervises first, and apart from the others."""
    supervised = set(session.scalars(tasks_of(actor.account_id, Duty.SUPERVISING, today)))
    own: list[Line] = []
    others: list[Line] = []
    for number, text, title, unit, at, task_id in session.execute(queries.obstacles_to_decide(actor)):
        said = f"{unit} · nêu {since(day_of(at), today)} · {title}"
        line = Line(text, url_for("reviews.decide", obstacle_id=number), said)
        (own if task_id in supervised else others).append(line)
    where, action = _queue("vuong-mac"), "Xem và quyết định"
    mine = "vướng mắc của phần việc đồng chí theo dõi, chưa có quyết định"
    yield from bundle(Kind.OBSTACLE, mine, own, url=where, action=action)
    yield from bundle(
        Kind.OBSTACLE, "vướng mắc chưa có quyết định", others, url=where, action=action, order=date.max
    )


def _reports(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    lines = [
        Line(
            f"{upper_first(period_label(*called))}: {title}",
            url_for("reviews.accept", report_id=number),
            f"{unit} · gửi {since(day_of(at), today)}",
        )
        for number, title, unit, at, *called in session.execute(queries.reports_to_review(actor))
    ]
    yield from bundle(
        Kind.TO_REVIEW, "báo cáo chờ duyệt", lines, url=_queue("bao-cao"), action="Duyệt báo cáo"
    )


def _tasks(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    lines = [
        Line(title, url_for("tasks.approve", task_id=number), f"{unit} · gửi {since(day_of(at), today)}")
        for number, title, unit, at in session.execute(queries.tasks_to_approve(actor))
    ]
    yield from bundle(
        Kind.TO_APPROVE, "phần việc chờ duyệt", lines, url=_queue("phan-viec"), action="Duyệt phần việc"
    )


def _amendments(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    lines = [
        Line(
            title,
            url_for("tasks.approve_amendment", amendment_id=number),
            f"{unit} · đề nghị {since(day_of(at), today)}",
        )
        for number, title, unit, at in session.execute(to_decide(actor))
    ]
    words = "đề nghị điều chỉnh chờ duyệt"
    yield from bundle(Kind.TO_AMEND, words, lines, url=_queue("dieu-chinh"), action="Xem, duyệt")


def _explained(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    lines = [
        Line(
            f"{indicator}: {title}",
            url_for("reviews.close_explanation", request_id=number),
            f"{unit} · trả lời {since(day_of(at), today)}",
        )
        for number, title, indicator, unit, at in session.execute(waiting.explained(actor))
        if at is not None
    ]
    yield from bundle(
        Kind.EXPLAINED, "giải trình chờ xem", lines, url=_queue("giai-trinh"), action="Xem giải trình"
    )

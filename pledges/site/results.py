"""What became of a person's registrations: those that leaders have still to decide on, and what they decided lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.clock import day_of
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.waits import Line, since
from pledges.tasks.rules import TaskEventKind

LATELY = timedelta(days=14)
MOST = 8


@dataclass(frozen=True)
class Result:
    """A decision on a registration: "Được duyệt: phần việc số 7 “…”"."""

    words: str
    title: str
    url: str
    reason: str
    who: str
    at_text: str
    at_iso: str
    tone: str


@dataclass(frozen=True)
class Registrations:
    """What lies with the leaders, the longest waiting first, and what they decided lately, newest first."""

    waiting: list[Line]
    left: int
    decided: list[Result]


def registrations(
    session: Session, actor: Actor, campaign_ids: Collection[int], today: date
) -> Registrations:
    """The registrations of the actor's own units, and those entered for others; two queries, however many."""
    if not may_somewhere(actor, Permission.ENTER_TASK):
        return Registrations([], 0, [])
    sent = [
        Line(
            title,
            url_for("progress.task", task_id=task_id),
            f"số đăng ký {number}, {unit}, gửi {since(day_of(at), today)}",
        )
        for task_id, title, number, unit, at in session.execute(
            queries.registrations_sent(actor, campaign_ids)
        )
    ]
    return Registrations(sent[:MOST], max(len(sent) - MOST, 0), _decided(session, actor, today))


def _decided(session: Session, actor: Actor, today: date) -> list[Result]:
    first = clock.at(today - LATELY, 0)
    found = session.execute(queries.decisions_on_registrations(actor, first).limit(MOST))
    return [
        Result(
            words=f"Được duyệt, số {number} trong danh mục" if kind is TaskEventKind.APPROVED else "Đã hủy",
            title=title,
            url=url_for("progress.task", task_id=task_id),
            reason=reason,
            who=by_name,
            at_text=format_instant(at),
            at_iso=at.isoformat(timespec="seconds"),
            tone=kind.tone,
        )
        for task_id, title, number, kind, reason, by_name, at in found
    ]

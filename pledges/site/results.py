"""What became of a person's registrations, amendments and obstacles: what leaders decide, and did lately."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, may_somewhere
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.clock import day_of
from pledges.core.dates import format_instant
from pledges.progress.obstacles.queries import decided_of_own
from pledges.progress.obstacles.rules import Decision
from pledges.site import queries
from pledges.site.waits.kinds import Line, since
from pledges.tasks.amending.models import Amendment
from pledges.tasks.amending.queries import decided_of_own as amendments_of_own
from pledges.tasks.amending.queries import waiting_of_own
from pledges.tasks.amending.rules import AmendmentStatus
from pledges.tasks.rules import TaskEventKind

LATELY = timedelta(days=14)
MOST = 8


@dataclass(frozen=True)
class Result:
    """A decision on a registration, an amendment or an obstacle: "Được duyệt: phần việc số 7 “…”"."""

    at: datetime
    words: str
    title: str
    url: str
    reason: str
    who: str
    tone: str

    @property
    def at_text(self) -> str:
        """When, as people read it."""
        return format_instant(self.at)

    @property
    def at_iso(self) -> str:
        """When, as machines read it."""
        return self.at.isoformat(timespec="seconds")


@dataclass(frozen=True)
class Registrations:
    """What lies with the leaders, the longest waiting first, and what they decided lately, newest first."""

    waiting: list[Line]
    left: int
    decided: list[Result]


def registrations(
    session: Session, actor: Actor, campaign_ids: Collection[int], today: date
) -> Registrations:
    """The registrations and amendments of the own units, and those entered for others; five queries, however many."""
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
    sent += [
        Line(
            one.task.title,
            url_for("tasks.amendment", amendment_id=one.id),
            f"đề nghị điều chỉnh, {one.task.lead_unit.short_name}, gửi {since(day_of(one.proposed_at), today)}",
        )
        for one in session.scalars(waiting_of_own(actor))
    ]
    first = clock.at(today - LATELY, 0)
    decided = [
        *_decided(session, actor, first),
        *_amended(session, actor, first),
        *_obstacles(session, actor, first),
    ]
    newest = sorted(decided, key=lambda one: one.at, reverse=True)[:MOST]
    return Registrations(sent[:MOST], max(len(sent) - MOST, 0), newest)


def _amended(session: Session, actor: Actor, first: datetime) -> Iterator[Result]:
    for one in session.scalars(amendments_of_own(actor, first).limit(MOST)):
        cancelled = one.drops and one.status is AmendmentStatus.APPROVED  # told as what became of the task
        if one.decided_at is not None and not cancelled:
            yield Result(
                at=one.decided_at,
                words=_decision(one),
                title=one.task.title,
                url=url_for("tasks.amendment", amendment_id=one.id),
                reason=one.decision,
                who=one.decided_by_name,
                tone=one.status.tone,
            )


def _obstacles(session: Session, actor: Actor, first: datetime) -> Iterator[Result]:
    for one in session.scalars(decided_of_own(actor, first).limit(MOST)):
        if one.decided_at is not None and one.decision is not None:
            task = one.report.task
            yield Result(
                at=one.decided_at,
                words=f"Lãnh đạo đã quyết định về vướng mắc ({one.decision.label.lower()})",
                title=task.title,
                url=url_for("progress.task", task_id=task.id, _anchor=f"vuong-mac-{one.id}"),
                reason=one.reason,
                who=one.decided_by_name,
                tone="back" if one.decision is Decision.REFUSE else "good",
            )


def _decision(amendment: Amendment) -> str:
    approved = amendment.status is AmendmentStatus.APPROVED
    return "Được điều chỉnh, chờ ký lại cam kết" if approved else "Không đồng ý điều chỉnh"


def _decided(session: Session, actor: Actor, first: datetime) -> list[Result]:
    found = session.execute(queries.decisions_on_registrations(actor, first).limit(MOST))
    return [
        Result(
            words=f"Được duyệt, số {number} trong danh mục" if kind is TaskEventKind.APPROVED else "Đã hủy",
            title=title,
            url=url_for("progress.task", task_id=task_id),
            reason=reason,
            who=by_name,
            at=at,
            tone=kind.tone,
        )
        for task_id, title, number, kind, reason, by_name, at in found
    ]

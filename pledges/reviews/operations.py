"""Verdicts on reports, and decisions on obstacles."""

from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.core.base import touch
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.models import Report, ReportEvent, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision


def accept(session: Session, report: Report, *, by: Actor, at: datetime, note: str = "") -> None:
    """Accept the submitted round: its figures count from this moment on; refused once the campaign is concluded."""
    check_works(report.task.campaign.status)
    _decide(session, report, ReportEventKind.ACCEPTED, note, by=by, at=at)


def send_back(session: Session, report: Report, reason: str, *, by: Actor, at: datetime) -> None:
    """Return the submitted round to the unit, with the reason."""
    _decide(session, report, ReportEventKind.RETURNED, reason, by=by, at=at)


def decide(
    session: Session, obstacle: Obstacle, decision: Decision, reason: str, *, by: Actor, at: datetime
) -> None:
    """A leader's decision on an obstacle, with the reason; raises `StepRefused` when it no longer waits for one."""
    if obstacle.decision is not None:
        raise StepRefused(f"Vướng mắc này đã được {obstacle.decided_by_name} quyết định.")
    if not obstacle.open:
        raise StepRefused("Đơn vị đã rút vướng mắc này nên không quyết định nữa.")
    obstacle.decision, obstacle.reason = decision, reason
    obstacle.decided_at, obstacle.decided_by_id, obstacle.decided_by_name = at, by.account_id, by.name
    record(session, "obstacle.decided", obstacle, by=by, at=at, note=reason, after={"decision": decision})


def _decide(
    session: Session, report: Report, kind: ReportEventKind, reason: str, *, by: Actor, at: datetime
) -> None:
    one = _submitted(report)
    one.events.append(
        ReportEvent(kind=kind, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post, reason=reason)
    )
    touch(report)
    record(session, f"report.{kind}", report, by=by, at=at, note=reason, after={"round": one.number})


def _submitted(report: Report) -> ReportRound:
    one = report.last_round
    if one is None or one.last_event is None or one.last_event.kind is not ReportEventKind.SUBMITTED:
        raise StepRefused("Báo cáo không ở bước chờ duyệt; có thể đồng chí khác vừa duyệt.")
    return one

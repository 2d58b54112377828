"""Verdicts on reports, and decisions on obstacles."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import record
from pledges.campaigns.rules import check_works
from pledges.core.base import touch
from pledges.followups import operations as followups
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.models import Report, ReportEvent, ReportRemark, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.obstacles.rules import Decision
from pledges.progress.remarks import LineRemark, in_one, labels_of
from pledges.reviews.consequences import Consequence, Extension, Undertaking, extend, undertaken

NO_REASON = "Chưa ghi lý do trả lại: đồng chí ghi lý do chung, hoặc ý kiến ở chỉ tiêu cần sửa."


def accept(session: Session, report: Report, *, by: Actor, at: datetime, note: str = "") -> None:
    """Accept the submitted round: its figures count from this moment on; refused once the campaign is concluded."""
    check_works(report.task.campaign.status)
    _judge(session, report, ReportEventKind.ACCEPTED, note, by=by, at=at)


def send_back(
    session: Session,
    report: Report,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    remarks: Sequence[LineRemark] = (),
) -> None:
    """Return the submitted round to the unit: a reason for the whole, remarks on its lines, or both."""
    labels = labels_of(report)
    if not (reason or remarks):
        raise StepRefused(NO_REASON)
    if any(one.indicator_id not in labels for one in remarks):
        raise StepRefused("Có ý kiến về một chỉ tiêu mà phần việc không còn; đồng chí mở lại trang này.")
    event = _judge(
        session,
        report,
        ReportEventKind.RETURNED,
        reason or in_one(remarks, labels),
        by=by,
        at=at,
        remarks=remarks,
    )
    event.remarks = [ReportRemark(indicator_id=one.indicator_id, words=one.words) for one in remarks]


def decide(
    session: Session,
    obstacle: Obstacle,
    decision: Decision,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    then: Consequence | None = None,
) -> None:
    """A leader's decision on an obstacle, with the reason, and what follows from it.

    More time (`Extension`) is proposed as an amendment that another person approves; what was promised
    (`Undertaking`) is followed up. Raises `StepRefused` when it no longer waits for a decision, more time is granted
    without a day, or another unit is to take it over and none, or no day, is named.
    """
    if obstacle.decision is not None:
        raise StepRefused(f"Vướng mắc này đã được {obstacle.decided_by_name} quyết định.")
    if not obstacle.open:
        raise StepRefused("Đơn vị đã rút vướng mắc này nên không quyết định nữa.")
    if (decision is Decision.EXTEND) is not isinstance(then, Extension):
        raise StepRefused("Gia hạn thì đồng chí nhập hạn mới; quyết định khác thì không đổi hạn.")
    if decision is Decision.REASSIGN and not _handed_over(obstacle, then):
        raise StepRefused("Giao đơn vị khác thì đồng chí chọn đơn vị nhận việc và ngày phải xong.")
    if isinstance(then, Undertaking) and decision is Decision.REFUSE:
        raise StepRefused("Không chấp thuận thì không có việc giao ai theo dõi.")
    obstacle.decision, obstacle.reason = decision, reason
    obstacle.decided_at, obstacle.decided_by_id, obstacle.decided_by_name = at, by.account_id, by.name
    after = {"decision": decision, **(then.facts() if then is not None else {})}
    record(session, "obstacle.decided", obstacle, by=by, at=at, note=reason, after=after)
    if isinstance(then, Extension):
        obstacle.amendment = extend(session, obstacle, then, by=by, at=at)
    elif isinstance(then, Undertaking):
        obstacle.follow_up = followups.make(session, undertaken(obstacle, then), by=by, at=at)


def _handed_over(obstacle: Obstacle, then: Consequence | None) -> bool:
    """Whether another unit than the task's is named, and a day."""
    return (
        isinstance(then, Undertaking)
        and then.due_on is not None
        and then.unit not in {None, obstacle.report.task.lead_unit}
    )


def _judge(
    session: Session,
    report: Report,
    kind: ReportEventKind,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    remarks: Sequence[LineRemark] = (),
) -> ReportEvent:
    one = _submitted(report)
    event = ReportEvent(
        kind=kind, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post, reason=reason
    )
    one.events.append(event)
    report.waits_since = None
    touch(report)
    after: dict[str, object] = {"round": one.number}
    if remarks:
        after["remarks"] = {mark.indicator_id: mark.words for mark in remarks}
    record(session, f"report.{kind}", report, by=by, at=at, note=reason, after=after)
    return event


def _submitted(report: Report) -> ReportRound:
    one = report.last_round
    if one is None or not one.waits:
        raise StepRefused("Báo cáo không ở bước chờ duyệt; có thể đồng chí khác vừa duyệt.")
    return one

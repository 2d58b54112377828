"""What waits for leaders, clerks and administrators: a count, the oldest by name, each one press from done."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.clock import day_of
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.waits import FIRST, Kind, Line, Wait, since


def _bundle(kind: Kind, words: str, lines: Sequence[Line], *, url: str, action: str) -> Iterator[Wait]:
    """One wait for several things of a kind; nothing when there is none."""
    if lines:
        yield Wait(
            kind=kind,
            title=f"{len(lines)} {words}",
            url=url,
            action=action,
            lines=lines[:FIRST],
            left=max(len(lines) - FIRST, 0),
        )


def of_leader(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Obstacles to decide on, reports to review, tasks to approve; the oldest first."""
    if not reach(actor, Permission.REVIEW_REPORT, Place.CAMPAIGN):
        return
    queue = url_for("reviews.queue")
    obstacles = [
        Line(
            text,
            url_for("reviews.decide", obstacle_id=number),
            f"{unit} · nêu {since(day_of(at), today)} · {title}",
        )
        for number, text, title, unit, at in session.execute(queries.obstacles_to_decide(actor))
    ]
    yield from _bundle(
        Kind.OBSTACLE, "vướng mắc chưa có quyết định", obstacles, url=queue, action="Xem và quyết định"
    )
    reports = [
        Line(
            f"Tháng {start.month}/{start.year}: {title}",
            url_for("reviews.accept", report_id=number),
            f"{unit} · gửi {since(day_of(at), today)}",
        )
        for number, title, unit, start, at in session.execute(queries.reports_to_review(actor))
    ]
    yield from _bundle(Kind.TO_REVIEW, "báo cáo chờ duyệt", reports, url=queue, action="Duyệt báo cáo")
    tasks = [
        Line(title, url_for("tasks.approve", task_id=number), f"{unit} · gửi {since(day_of(at), today)}")
        for number, title, unit, at in session.execute(queries.tasks_to_approve(actor))
    ]
    yield from _bundle(Kind.TO_APPROVE, "phần việc chờ duyệt", tasks, url=queue, action="Duyệt phần việc")


def of_clerk(session: Session, actor: Actor) -> Iterator[Wait]:
    """Frozen commitments whose signatures are still missing."""
    if not reach(actor, Permission.RECORD_PAPER_SIGNATURE, Place.CAMPAIGN):
        return
    lines = [
        Line(
            unit,
            url_for("commitments.commitment", commitment_id=number),
            f"đã ký {signed}/{signatories}",
        )
        for number, unit, signatories, signed in session.execute(queries.commitments_to_sign(actor))
    ]
    yield from _bundle(
        Kind.SIGNATURES,
        "bản cam kết đã chốt, chưa đủ chữ ký",
        lines,
        url=url_for("commitments.listing"),
        action="Ghi nhận chữ ký",
    )


def of_administrator(session: Session, actor: Actor) -> Iterator[Wait]:
    """Accounts that are locked."""
    if not reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT):
        return
    lines = [
        Line(name, url_for("accounts.account", account_id=number), f"từ {format_instant(at)}" if at else "")
        for number, name, at in session.execute(queries.locked_accounts(actor))
    ]
    yield from _bundle(
        Kind.LOCKED, "tài khoản đang bị khóa", lines, url=url_for("accounts.listing"), action="Xem tài khoản"
    )

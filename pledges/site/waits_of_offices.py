"""What waits for leaders, clerks and administrators: a count, the oldest by name, each one press from done."""

from collections.abc import Collection, Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.commitments.copies.outside.waiting import waiting_copies
from pledges.core.clock import day_of
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.pledged import with_dropped_tasks
from pledges.site.waits import Kind, Line, Wait, bundle, since
from pledges.tasks.amending.queries import to_decide


def of_leader(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    """Obstacles to decide on, reports to review, tasks and amendments to approve; the oldest first."""
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
    yield from bundle(
        Kind.OBSTACLE,
        "vướng mắc chưa có quyết định",
        obstacles,
        url=f"{queue}?loai=vuong-mac",
        action="Xem và quyết định",
    )
    reports = [
        Line(
            f"Tháng {start.month}/{start.year}: {title}",
            url_for("reviews.accept", report_id=number),
            f"{unit} · gửi {since(day_of(at), today)}",
        )
        for number, title, unit, start, at in session.execute(queries.reports_to_review(actor))
    ]
    yield from bundle(
        Kind.TO_REVIEW, "báo cáo chờ duyệt", reports, url=f"{queue}?loai=bao-cao", action="Duyệt báo cáo"
    )
    tasks = [
        Line(title, url_for("tasks.approve", task_id=number), f"{unit} · gửi {since(day_of(at), today)}")
        for number, title, unit, at in session.execute(queries.tasks_to_approve(actor))
    ]
    yield from bundle(
        Kind.TO_APPROVE, "phần việc chờ duyệt", tasks, url=f"{queue}?loai=phan-viec", action="Duyệt phần việc"
    )
    yield from _amendments(session, actor, today)


def _amendments(session: Session, actor: Actor, today: date) -> Iterator[Wait]:
    lines = [
        Line(
            title,
            url_for("tasks.approve_amendment", amendment_id=number),
            f"{unit} · đề nghị {since(day_of(at), today)}",
        )
        for number, title, unit, at in session.execute(to_decide(actor))
    ]
    url = f"{url_for('reviews.queue')}?loai=dieu-chinh"
    words = "đề nghị điều chỉnh chờ duyệt"
    yield from bundle(Kind.TO_AMEND, words, lines, url=url, action="Xem, duyệt")


def of_clerk(session: Session, actor: Actor, campaign_ids: Collection[int]) -> Iterator[Wait]:
    """Frozen commitments whose signatures are still missing; those that hold a task cancelled since are frozen anew."""
    if not reach(actor, Permission.RECORD_PAPER_SIGNATURE, Place.CAMPAIGN):
        return
    frozen = session.execute(queries.commitments_to_sign(actor, campaign_ids)).all()
    numbers = [row[0] for row in frozen]
    stale, filed = with_dropped_tasks(session, numbers), waiting_copies(session, numbers)
    to_sign, to_freeze = [], []
    for number, unit, signatories, signed in frozen:
        url = url_for("commitments.commitment", commitment_id=number)
        if number in stale:
            to_freeze.append(Line(unit, url, "có phần việc đã hủy sau khi chốt"))
        elif number in filed:
            there = url_for("commitments.outside_copy", commitment_id=number, copy_id=filed[number])
            to_sign.append(Line(unit, there, f"đã ký {signed}/{signatories}, có tệp PDF ký số chờ đối chiếu"))
        else:
            to_sign.append(Line(unit, url, f"đã ký {signed}/{signatories}"))
    listing = url_for("commitments.listing")
    signatures = "bản cam kết đã chốt, chưa đủ chữ ký"
    yield from bundle(Kind.SIGNATURES, signatures, to_sign, url=listing, action="Ghi nhận chữ ký")
    again = "bản cam kết phải thu hồi để chốt lại"
    yield from bundle(Kind.STALE, again, to_freeze, url=listing, action="Xem danh sách")


def of_administrator(session: Session, actor: Actor) -> Iterator[Wait]:
    """Accounts that are locked."""
    if not reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT):
        return
    lines = [
        Line(name, url_for("accounts.account", account_id=number), f"từ {format_instant(at)}" if at else "")
        for number, name, at in session.execute(queries.locked_accounts(actor))
    ]
    yield from bundle(
        Kind.LOCKED, "tài khoản đang bị khóa", lines, url=url_for("accounts.listing"), action="Xem tài khoản"
    )

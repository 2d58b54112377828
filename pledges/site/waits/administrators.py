"""What waits for administrators."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core import clock
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.waits.kinds import Kind, Line, Wait, bundle
from pledges.upkeep.personal.queries import waiting


def of_administrator(session: Session, actor: Actor) -> Iterator[Wait]:
    """What people ask about their data, and accounts that are locked."""
    if not reach(actor, Permission.MANAGE_ACCOUNTS, Place.UNIT):
        return
    for one in session.scalars(waiting(actor)):
        yield Wait(
            kind=Kind.DATA_LATE if one.late(clock.now()) else Kind.DATA_ASKED,
            title=f"{one.kind.label} dữ liệu: {one.account.name}",
            url=url_for("upkeep.answer_request", data_request_id=one.id),
            action="Giải quyết",
            due=f"trả lời trước {format_instant(one.due_at)}",
            order=(clock.day_of(one.due_at), one.id),
        )
    lines = [
        Line(name, url_for("accounts.account", account_id=number), f"từ {format_instant(at)}" if at else "")
        for number, name, at in session.execute(queries.locked_accounts(actor))
    ]
    yield from bundle(
        Kind.LOCKED, "tài khoản đang bị khóa", lines, url=url_for("accounts.listing"), action="Xem tài khoản"
    )

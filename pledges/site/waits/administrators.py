"""What waits for administrators."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy.orm import Session

from pledges.access.permissions import Permission, Place, reach
from pledges.access.roles import Actor
from pledges.core.dates import format_instant
from pledges.site import queries
from pledges.site.waits.kinds import Kind, Line, Wait, bundle


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

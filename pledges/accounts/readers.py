"""Who is signed in, asked anew in each request: one statement of plain columns, however many posts a person holds.

The same statement tells the head of the log, so that a page which is kept until something changes asks nothing more.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Holding
from pledges.accounts.models import Account, Appointment, EndedSession
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.units.models import Unit
from pledges.units.rules import alive


@dataclass(frozen=True)
class Reader:
    """The owner of a session that goes on, with the posts held today; `log_head` is the newest hash of the log."""

    actor: Actor
    must_change_password: bool
    log_head: str


_HEAD = sa.select(LogEntry.hash).order_by(LogEntry.number.desc()).limit(1).scalar_subquery()
_ASKED = (
    sa.select(
        Account.name,
        Account.must_change_password,
        _HEAD.label("log_head"),
        Appointment.role,
        Appointment.unit_id,
        Appointment.post,
        Appointment.valid_from,
        Appointment.valid_to,
        Unit.path,
        Unit.valid_from.label("unit_from"),
        Unit.valid_to.label("unit_until"),
    )
    .select_from(Account)
    .outerjoin(Appointment, Appointment.account_id == Account.id)
    .outerjoin(Unit, Unit.id == Appointment.unit_id)
    .where(
        Account.id == sa.bindparam("account"),
        Account.session_stamp == sa.bindparam("stamp"),
        Account.locked_at.is_(None),
        Account.closed_at.is_(None),
        ~sa.exists().where(EndedSession.key == sa.bindparam("session")),
    )
    .order_by(Appointment.valid_from.desc(), Appointment.id)
)
"""The open account of this stamp with every post it ever held, unless the session was signed out of."""


def reader(session: Session, account_id: int, stamp: str, session_key: str) -> Reader | None:
    """The owner of the session; None where it has ended, or the account's sessions all have."""
    given = {"account": account_id, "stamp": stamp, "session": session_key}
    rows = session.connection().execute(_ASKED, given).all()
    if not rows:
        return None
    today = clock.today()
    holdings = tuple(
        Holding(row.role, row.unit_id, row.path, row.post)
        for row in rows
        if row.unit_id is not None
        and alive(row.valid_from, row.valid_to, today)
        and alive(row.unit_from, row.unit_until, today)
    )
    first = rows[0]
    return Reader(Actor(account_id, first.name, holdings), first.must_change_password, first.log_head or "")

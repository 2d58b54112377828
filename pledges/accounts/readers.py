"""Who is signed in, asked anew in each request: one statement of plain columns, however many posts a person holds.

The same statement tells the head of the log, so that a page which is kept until something changes asks nothing more.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Holding
from pledges.accounts.models import Account, AccountSession, Appointment
from pledges.accounts.second_factor.models import SecondFactor
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.units.models import Unit
from pledges.units.rules import alive


@dataclass(frozen=True)
class Reader:
    """The owner of a session that goes on, with the posts held today; `log_head` is the newest hash of the log."""

    actor: Actor
    must_change_password: bool
    has_second_factor: bool
    session_id: int
    seen_at: datetime
    log_head: str


_HEAD = sa.select(LogEntry.hash).order_by(LogEntry.number.desc()).limit(1).scalar_subquery()
_ASKED = (
    sa.select(
        Account.name,
        Account.must_change_password,
        sa.exists().where(SecondFactor.account_id == Account.id).label("has_second_factor"),
        AccountSession.id.label("session_id"),
        AccountSession.seen_at,
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
    .select_from(AccountSession)
    .join(Account, Account.id == AccountSession.account_id)
    .outerjoin(Appointment, Appointment.account_id == Account.id)
    .outerjoin(Unit, Unit.id == Appointment.unit_id)
    .where(
        Account.id == sa.bindparam("account"),
        Account.closed_at.is_(None),
        AccountSession.key_digest == sa.bindparam("session"),
    )
    .order_by(Appointment.valid_from.desc(), Appointment.id)
)
"""The open account of a session with every post it ever held; nothing where the session has ended."""


def reader(session: Session, account_id: int, session_digest: str) -> Reader | None:
    """The owner of the session; None where it has ended."""
    given = {"account": account_id, "session": session_digest}
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
    return Reader(
        Actor(account_id, first.name, holdings),
        must_change_password=first.must_change_password,
        has_second_factor=first.has_second_factor,
        session_id=first.session_id,
        seen_at=first.seen_at,
        log_head=first.log_head or "",
    )

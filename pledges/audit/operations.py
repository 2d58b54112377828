"""Writing the log: in the same transaction as the change, one writer at a time."""

from contextlib import closing
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.models import LogEntry
from pledges.audit.queries import all_entries, head
from pledges.audit.rules import GENESIS, Fault, canonical, first_fault
from pledges.audit.words import WORDS
from pledges.core.base import Base
from pledges.core.database import take_turn


def record(
    session: Session,
    action: str,
    subject: Base,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> LogEntry:
    """Write one entry at the end of the chain and return it; `action` must have its words.

    The subject is flushed first, so that it has its number. Other writers stay out until this transaction ends.
    """
    if action not in WORDS:
        message = f"{action} has no words in pledges.audit.words"
        raise KeyError(message)
    session.flush()
    take_turn(session)
    newest = session.scalars(head()).first()
    entry = LogEntry(
        number=newest.number + 1 if newest else 1,
        at=at,
        actor_id=by.account_id,
        actor_name=by.name,
        actor_post=by.post,
        action=action,
        subject_kind=subject.__tablename__,
        subject_id=number_of(subject),
        note=note,
        before=canonical(before or {}),
        after=canonical(after or {}),
        previous=newest.hash if newest else GENESIS,
    )
    entry.hash = entry.sealed().digest()
    session.add(entry)
    session.flush()
    return entry


def number_of(subject: Base) -> int:
    """The number of a record that the database knows."""
    identity: tuple[int, ...] = sa.inspect(subject).identity or (0,)
    return identity[0]


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two sides of a change, without what stayed the same."""
    changed = [key for key in after if before.get(key) != after[key]]
    return {key: before.get(key) for key in changed}, {key: after[key] for key in changed}


def verify(session: Session) -> Fault | None:
    """The first entry at which the chain breaks, or None when it is whole."""
    # Closed on purpose: at a fault the rest is never read, and PostgreSQL would keep its place open.
    with closing(session.scalars(all_entries().execution_options(yield_per=1000))) as entries:
        return first_fault((entry.sealed(), entry.hash) for entry in entries)

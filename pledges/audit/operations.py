"""Writing the log: in the same transaction as the change, one writer at a time."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Act:
    """What was done to one record: the action, a note, and what the record said before and says after."""

    action: str
    subject: Base
    note: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


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
    act = Act(action, subject, note, before or {}, after or {})
    return record_all(session, [act], by=by, at=at)[0]


def record_all(session: Session, acts: Sequence[Act], *, by: Actor, at: datetime) -> list[LogEntry]:
    """Write an entry for each act, in their order: the same as one by one, but the database is asked once."""
    for act in acts:
        if act.action not in WORDS:
            message = f"{act.action} has no words in pledges.audit.words"
            raise KeyError(message)
    if not acts:
        return []
    session.flush()
    take_turn(session)
    newest = session.scalars(head()).first()
    entries = []
    for act in acts:
        newest = _following(newest, act, by, at)
        entries.append(newest)
    session.add_all(entries)
    session.flush()
    return entries


def _following(newest: LogEntry | None, act: Act, by: Actor, at: datetime) -> LogEntry:
    """The entry after the newest one, sealed."""
    entry = LogEntry(
        number=newest.number + 1 if newest else 1,
        at=at,
        actor_id=by.account_id,
        actor_name=by.name,
        actor_post=by.post,
        action=act.action,
        subject_kind=act.subject.__tablename__,
        subject_id=number_of(act.subject),
        note=act.note,
        before=canonical(act.before),
        after=canonical(act.after),
        previous=newest.hash if newest else GENESIS,
    )
    entry.hash = entry.sealed().digest()
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

"""Keeping the index right: whatever a session changes is searched anew from the moment it is committed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, event
from sqlalchemy.orm import Session

from pledges.core.base import Base
from pledges.index.models import EntryKind, SearchEntry
from pledges.index.queries import sign_of
from pledges.index.sources import SOURCES, Source, Watch

_TOUCHED = "records_to_index"
CHUNK = 500
COLUMNS = ("scope", "title", "title_fold", "body", "body_fold", "sort")


def rebuild(session: Session) -> dict[EntryKind, int]:
    """Compare every entry with its record and right what differs; the numbers of those that did, by kind."""
    wrong = {}
    for kind, source in SOURCES.items():
        ids = set(session.scalars(source.ids()))
        held = sa.select(SearchEntry.record_id).where(SearchEntry.kind == kind)
        wrong[kind] = refresh(session, kind, ids | set(session.scalars(held)))
    return wrong


def refresh(session: Session, kind: EntryKind, ids: Iterable[int]) -> int:
    """Write, right or remove the entries of these records; how many were wrong."""
    wrong, ordered = 0, sorted(set(ids))
    for start in range(0, len(ordered), CHUNK):
        wrong += _refresh(session, SOURCES[kind], ordered[start : start + CHUNK])
    return wrong


def _refresh(session: Session, source: Source, ids: Sequence[int]) -> int:
    kind = source.kind
    columns = [getattr(SearchEntry, name) for name in COLUMNS]
    held = {
        record_id: (number, dict(zip(COLUMNS, texts, strict=True)))
        for number, record_id, *texts in session.execute(
            sa.select(SearchEntry.id, SearchEntry.record_id, *columns).where(
                SearchEntry.kind == kind, SearchEntry.record_id.in_(ids)
            )
        )
    }
    told = {one.record_id: one.columns(sign_of(kind)) for one in source.read(session, ids)}
    new = [{"kind": kind, "record_id": one, **told[one]} for one in told if one not in held]
    changed = [{"id": held[one][0], **told[one]} for one in told if one in held and held[one][1] != told[one]]
    gone = [number for one, (number, _columns) in held.items() if one not in told]
    if new:
        session.execute(sa.insert(SearchEntry), new)
    if changed:
        session.execute(sa.update(SearchEntry), changed)
    if gone:
        session.execute(sa.delete(SearchEntry).where(SearchEntry.id.in_(gone)))
    return len(new) + len(changed) + len(gone)


@event.listens_for(Session, "after_flush")
def _note_changes(session: Session, _context: Any) -> None:
    """Remember which entries a flush concerns; what they say then is read once, before the commit."""
    for source in SOURCES.values():
        for watch in source.watches:
            for record in (*session.new, *session.dirty, *session.deleted):
                if isinstance(record, watch.model) and _concerned(session, record, watch):
                    touched = session.info.setdefault(_TOUCHED, defaultdict(list))
                    touched[source.kind].append(watch.concerns(record))


def _concerned(session: Session, record: Base, watch: Watch) -> bool:
    if record in session.new or record in session.deleted:
        return True
    state = sa.inspect(record)
    return not watch.facts or any(state.attrs[name].history.has_changes() for name in watch.facts)


@event.listens_for(Session, "before_commit")
def _index_changes(session: Session) -> None:
    """Write the entries in the same transaction as the change; a savepoint's are written with the whole."""
    if session.in_nested_transaction():
        return
    session.flush()
    for kind, concerned in session.info.pop(_TOUCHED, {}).items():
        refresh(session, kind, _numbers(session, concerned))


def _numbers(session: Session, concerned: Iterable[Select[int] | Iterable[int]]) -> set[int]:
    found: set[int] = set()
    for one in concerned:
        found.update(session.scalars(one) if isinstance(one, Select) else one)
    return found


@event.listens_for(Session, "after_rollback")
def _forget_changes(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_TOUCHED, None)

"""Questions to the log."""

from sqlalchemy import Select, select

from pledges.audit.models import LogEntry


def all_entries() -> Select[LogEntry]:
    """Every entry, oldest first."""
    return select(LogEntry).order_by(LogEntry.number)


def newest_first() -> Select[LogEntry]:
    """Every entry, newest first."""
    return select(LogEntry).order_by(LogEntry.number.desc())


def head() -> Select[LogEntry]:
    """The newest entry: its hash is the head of the chain."""
    return newest_first().limit(1)


def history(subject_kind: str, subject_id: int) -> Select[LogEntry]:
    """What happened to one record, oldest first."""
    return (
        select(LogEntry)
        .where(LogEntry.subject_kind == subject_kind, LogEntry.subject_id == subject_id)
        .order_by(LogEntry.number)
    )


def acts_of(actor_id: int) -> Select[LogEntry]:
    """What one person did, newest first."""
    return select(LogEntry).where(LogEntry.actor_id == actor_id).order_by(LogEntry.number.desc())

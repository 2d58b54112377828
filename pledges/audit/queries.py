"""Questions to the log."""

from datetime import datetime

from sqlalchemy import Select, func, select

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


def sealed_as(beginning: str) -> Select[LogEntry]:
    """The entries whose hash begins so, oldest first."""
    return all_entries().where(LogEntry.hash.startswith(beginning, autoescape=True))


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


def filtered(
    *,
    actor_id: int | None = None,
    subject_kind: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[LogEntry]:
    """The entries of one person, about one kind of record, within a time; newest first."""
    statement = newest_first()
    if actor_id is not None:
        statement = statement.where(LogEntry.actor_id == actor_id)
    if subject_kind is not None:
        statement = statement.where(LogEntry.subject_kind == subject_kind)
    if since is not None:
        statement = statement.where(LogEntry.at >= since)
    if until is not None:
        statement = statement.where(LogEntry.at <= until)
    return statement


def people() -> Select[int, str]:
    """Everybody who stands in the log, with the name that the log knows best: the newest."""
    newest = select(func.max(LogEntry.number)).group_by(LogEntry.actor_id)
    return (
        select(LogEntry.actor_id, LogEntry.actor_name)
        .where(LogEntry.number.in_(newest))
        .order_by(LogEntry.actor_name, LogEntry.actor_id)
    )

"""The log as a feed of changes: the newest entry that can change a page of figures is the version of them all.

Each change writes its entry in its own transaction, and writers take turns (`operations`), so the entries that a
reader sees are a beginning of the chain, and the tables say what these entries tell: no more in one snapshot, and no
less. What was worked out under a version is therefore good as long as the version is the newest.
"""

from dataclasses import dataclass
from threading import Lock

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry

QUIET = frozenset(
    {
        "account.backup_asked",
        "account.backup_downloaded",
        "account.created",
        "account.own_data_downloaded",
        "account.signed_in",
        "account.password_changed",
        "account.password_reset",
        "account.locked",
        "account.recovery_codes_made",
        "account.second_factor_removed",
        "account.second_factor_reset",
        "account.second_factor_set",
        "account.sessions_ended",
        "account.unlocked",
        "calendar_feed.made",
        "calendar_feed.ended",
        "campaign.fallback_downloaded",
        "data_request.answered",
        "data_request.made",
        "commitment.copy_filed",
        "commitment.copy_put_aside",
        "commitment.papers_downloaded",
        "commitment.pdf_compared",
        "document.attached",
        "document.attached_again",
        "document.attachment_put_aside",
        "document.discarded",
        "document.drafted",
        "document.edited",
        "document.issued",
        "document.print_kept",
        "document.print_refused",
        "document.refreshed",
        "document.replaced",
        "document.returned",
        "document.submitted",
        "document.withdrawn",
        "file.stored",
        "print_job.asked",
        "report.drafted",
        "report.edited",
        "task.drafted",
    }
)
"""Acts after which every kept page says what it said before: a draft is no figure, a signing-in no change."""

_STATE = "newest entries"


@dataclass(frozen=True)
class Version:
    """An entry of the log. The hash tells the chain too: of another database, or after a restore, it is another."""

    number: int = 0
    hash: str = ""


@dataclass(frozen=True)
class _Known:
    """The newest entry that was read, and the newest by then that isn't quiet."""

    read: Version
    version: Version


class _Place:
    """What a process knows of its database's log."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.known = _Known(Version(), Version())

    def note(self, known: _Known, *, anew: bool) -> None:
        """Go on to a newer entry; an older snapshot of another thread takes nothing back, another chain all."""
        with self.lock:
            if anew or known.read.number > self.known.read.number:
                self.known = known


def version(session: Session, head: str | None = None) -> Version:
    """The newest entry, as the session's transaction sees it, that can change a page of figures.

    Asks for the entries since the last one that this process read: one, on most days, and none where the transaction
    has read the `head` (the hash of the newest entry) already. Where the last one is not there (the transaction is
    older, or the database another), the whole log is asked.
    """
    place: _Place = current_app.extensions.setdefault(_STATE, _Place())
    known = place.known
    if head and head == known.read.hash:
        return known.version
    rows = session.execute(_since(known.read.number)).all() if known.read.number else []
    entries = [(Version(number, seal), action) for number, seal, action in rows]
    another = bool(entries) and entries[0][0] != known.read
    if entries and not another:
        loud = [entry for entry, action in entries[1:] if action not in QUIET]
        found = _Known(entries[-1][0], loud[-1] if loud else known.version)
    else:
        found = _whole(session)
    place.note(found, anew=another)
    return found.version


def _since(number: int) -> Select[int, str, str]:
    return (
        select(LogEntry.number, LogEntry.hash, LogEntry.action)
        .where(LogEntry.number >= number)
        .order_by(LogEntry.number)
    )


def _whole(session: Session) -> _Known:
    """By the whole log, the newest entries first."""
    newest = select(LogEntry.number, LogEntry.hash).order_by(LogEntry.number.desc()).limit(1)
    read = session.execute(newest).first()
    loud = session.execute(newest.where(LogEntry.action.not_in(QUIET))).first()
    return _Known(Version(*read) if read else Version(), Version(*loud) if loud else Version())

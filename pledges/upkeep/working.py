"""Một lần sao lưu: taken, rehearsed, written down, the old ones removed; one at a time between all processes.

How far it has come, and why the last one failed, stands in a file that the administrator's page reads.
"""

import json
import logging
import sqlite3
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from pledges.core import clock
from pledges.core.locks import held, is_free
from pledges.instance import write_private
from pledges.troubles import of_database, of_disk
from pledges.upkeep import shelf
from pledges.upkeep.places import Place
from pledges.upkeep.rehearsing import Rehearsal, rehearse
from pledges.upkeep.rules import BackupError, BackupKind
from pledges.upkeep.taking import take

log = logging.getLogger(__name__)
REHEARSING, DONE, FAILED = "rehearsing", "done", "failed"
BUSY = "Đang có một lần sao lưu khác chạy: hãy chờ nó xong."
_LOCK, _STATE = "backup.lock", "backup.json"
_SECONDS_BETWEEN = 0.5
REFUSED = (BackupError, OSError, sqlite3.Error, SQLAlchemyError, psycopg.Error)
"""What disk and database say no by; rows that are copied go past SQLAlchemy."""


@dataclass(frozen=True)
class State:
    """Tình trạng sao lưu: the stage of the one that runs, or how the last one ended."""

    stage: str
    at: str
    done: int = 0
    total: int = 0
    said: str = ""

    @property
    def moment(self) -> datetime:
        """When this was written."""
        return datetime.fromisoformat(self.at)

    @property
    def failed(self) -> bool:
        """Whether the last one came to nothing, or can't be put back."""
        return self.stage == FAILED


def running(place: Place) -> bool:
    """Whether some process takes a backup now."""
    return not is_free(place.work / _LOCK)


def state(place: Place) -> State | None:
    """What was last written; None when no backup was ever begun, or nothing can be read."""
    try:
        return State(**json.loads((place.work / _STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def back_up(place: Place, kind: BackupKind) -> tuple[Path, Rehearsal]:
    """Take a backup, rehearse it and rotate. Raises BackupError, of whatever disk or database refused."""
    with held(place.work / _LOCK) as mine:
        if not mine:
            raise BackupError(BUSY)
        progress = _Progress(place.work / _STATE)
        place = replace(place, key=place.key.prepared() if place.key else None)
        try:
            path = take(place, kind, progress.tell)
            progress.tell(REHEARSING, 0, 0)
            rehearsal = _rehearsed(place, path)
            shelf.note(path, rehearsal)
        except REFUSED as error:
            sentence = _sentence(place, error)
            log.error("the backup failed: %s", sentence)  # noqa: TRY400 - the sentence says where and why
            with suppress(OSError):
                progress.end(FAILED, sentence)
            raise BackupError(sentence) from error
        if rehearsal.whole:
            shelf.rotate(place)
        else:
            shelf.rotate_bad(place)
        progress.end(DONE if rehearsal.whole else FAILED, "; ".join(rehearsal.problems))
    return path, rehearsal


def _rehearsed(place: Place, path: Path) -> Rehearsal:
    """How the rehearsal went; one that broke off is one that failed, so that it is known what became of the file."""
    try:
        return rehearse(place, path)
    except REFUSED as error:
        log.exception("the rehearsal broke off")
        at = clock.real().isoformat(timespec="seconds")
        return Rehearsal(at, 0.0, (_sentence(place, error).rstrip("."),), None)


def _sentence(place: Place, error: Exception) -> str:
    if isinstance(error, BackupError):
        return str(error)
    return of_disk(error) if isinstance(error, OSError) else of_database(error, place.address)


class _Progress:
    """Writes how far it is, not too often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._last: tuple[str, float] = ("", 0.0)

    def tell(self, stage: str, done: int, total: int) -> None:
        now = clock.real()
        same, since = stage == self._last[0], now.timestamp() - self._last[1]
        if not same or since >= _SECONDS_BETWEEN:
            self._last = (stage, now.timestamp())
            self._write(State(stage, now.isoformat(timespec="seconds"), done, total))

    def end(self, stage: str, said: str) -> None:
        self._write(State(stage, clock.real().isoformat(timespec="seconds"), said=said))

    def _write(self, state: State) -> None:
        write_private(self.path, json.dumps(asdict(state), ensure_ascii=False) + "\n")

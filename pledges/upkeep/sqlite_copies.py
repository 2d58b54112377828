"""SQLite: a copy by its own means while others write, and the copy put into a file again."""

import gzip
import os
import shutil
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

from pledges.upkeep.container import DAMAGED, PIECE
from pledges.upkeep.databases import address_of, engine_at, facts_of, one_moment, stored_in
from pledges.upkeep.rules import BackupError
from pledges.upkeep.snapshots import Snapshot, packed

PART = "database/pledges.sqlite.gz"
_PATIENCE = 15.0


def copy(source: Path, target: Path) -> None:
    """Copy a database in one reading transaction: writers go on, and nothing of what they do gets in."""
    with (
        closing(sqlite3.connect(source, timeout=_PATIENCE)) as one,
        closing(sqlite3.connect(target)) as other,
    ):
        one.backup(other)
        other.execute("PRAGMA journal_mode=DELETE")


def snapshot(source: Path, scratch: Path) -> Snapshot:
    """The database as it stands now."""
    made = scratch / "copy.sqlite"
    copy(source, made)
    with one_moment(engine_at(address_of(made))) as connection:
        facts, stored = facts_of(connection), stored_in(connection)
    settle(made)
    file = scratch / "copy.sqlite.gz"
    with made.open("rb") as plain, packed(file) as target:
        shutil.copyfileobj(plain, target, PIECE)
    made.unlink()
    return Snapshot("sqlite", facts, stored, {PART: file})


def unpack(folder: Path, target: Path) -> None:
    """Put the database of an opened backup into a file, for good."""
    try:
        with gzip.open(folder / PART) as plain, target.open("xb") as file:
            shutil.copyfileobj(plain, file, PIECE)
            file.flush()
            os.fsync(file.fileno())
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BackupError(DAMAGED) from error


def settle(file: Path) -> None:
    """Bring everything into the one file. Raises sqlite3.OperationalError while anybody else has it open."""
    with closing(sqlite3.connect(file, timeout=0)) as connection:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    if mode != "delete":
        raise sqlite3.OperationalError("database is locked")

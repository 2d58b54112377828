"""Diễn tập khôi phục: a backup is put back to a scratch place and held against its manifest.

The very file is opened, by the key. SQLite's database is laid out and opened; PostgreSQL's rows go into a schema of
their own, under tables that the migrations make, in a transaction that is taken back. Each file is
read to its end and held against its hash, and none is written: they would need the room twice.
"""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from psycopg import errors

from pledges.core import clock
from pledges.upkeep import postgres_copies, sqlite_copies
from pledges.upkeep.checking import differences
from pledges.upkeep.databases import address_of, engine_at, one_moment
from pledges.upkeep.migrating import bring
from pledges.upkeep.opening import demand_kind, extract, open_backup
from pledges.upkeep.places import Place
from pledges.upkeep.rules import BackupError, Manifest

_NO_SCHEMA = "Không diễn tập được: người dùng PostgreSQL không có quyền lập schema trong cơ sở dữ liệu"


@dataclass(frozen=True)
class Rehearsal:
    """Kết quả diễn tập: when, whether all was as it should be, and what was not."""

    at: str
    seconds: float
    problems: tuple[str, ...]
    manifest: Manifest | None

    @property
    def whole(self) -> bool:
        """Whether it can be put back."""
        return not self.problems


def rehearse(place: Place, path: Path) -> Rehearsal:
    """Put a backup back to a scratch place, and say how it went; what is wrong is an answer, no error."""
    begun, manifest = time.monotonic(), None
    try:
        with place.scratch() as scratch:
            manifest, problems = _put_back(place, path, scratch)
    except BackupError as error:
        problems = [str(error).rstrip(".")]
    at = clock.real().isoformat(timespec="seconds")
    return Rehearsal(at, round(time.monotonic() - begun, 2), tuple(problems), manifest)


def _put_back(place: Place, path: Path, scratch: Path) -> tuple[Manifest, list[str]]:
    opened = open_backup(path, place.key, scratch)
    demand_kind(opened.head, "postgresql" if place.database is None else "sqlite")
    folder = scratch / "opened"
    manifest = extract(opened, folder, lambda name: name.startswith("database/"))
    if place.database:
        file = scratch / "database.sqlite"
        sqlite_copies.unpack(folder, file)
        with one_moment(engine_at(address_of(file))) as connection:
            return manifest, differences(connection, manifest)
    return manifest, _in_scratch_schema(place.address, manifest, folder)


def fill(connection: sa.Connection, manifest: Manifest, folder: Path) -> None:
    """Make the tables of the backup's own revision in an empty PostgreSQL, and put its rows into them."""
    for revision in manifest.head.revisions:
        bring(connection, revision)
    postgres_copies.load(connection, manifest, folder)


def _in_scratch_schema(address: str, manifest: Manifest, folder: Path) -> list[str]:
    """Put the rows into a schema that is never committed: whatever happens, nothing of it stays."""
    name = f"rehearsal_{secrets.token_hex(6)}"
    with engine_at(address).connect() as connection, connection.begin() as passing:
        try:
            connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
        except sa.exc.ProgrammingError as error:
            if isinstance(error.orig, errors.InsufficientPrivilege):
                raise BackupError(_NO_SCHEMA) from error
            raise
        connection.exec_driver_sql(f'SET LOCAL search_path TO "{name}"')
        fill(connection, manifest, folder)
        problems = differences(connection, manifest)
        passing.rollback()
    return problems

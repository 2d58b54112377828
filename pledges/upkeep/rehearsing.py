"""Diễn tập khôi phục: a backup is put back to a scratch place and held against its manifest.

The very file is opened, by the key. SQLite's database is laid out and opened; PostgreSQL's rows go into a schema of
their own, under tables that the migrations make, and the schema is dropped. Of the files each is read to its end and
held against its hash, and none is written: they would need the room twice.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    with scratch_schema(place.address) as schema:
        engine = engine_at(place.address, schema)
        fill(engine, manifest, folder)
        with one_moment(engine) as connection:
            return manifest, differences(connection, manifest)


def fill(engine: sa.Engine, manifest: Manifest, folder: Path) -> None:
    """Make the tables of the backup's own revision in an empty PostgreSQL, and put its rows into them."""
    for revision in manifest.head.revisions:
        with engine.connect() as connection:
            bring(connection, revision)
    with engine.begin() as connection:
        postgres_copies.load(connection, manifest, folder)


@contextmanager
def scratch_schema(address: str) -> Iterator[str]:
    """A schema in the same database that is gone afterwards."""
    name = f"rehearsal_{secrets.token_hex(6)}"
    engine = engine_at(address)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    except sa.exc.ProgrammingError as error:
        if isinstance(error.orig, errors.InsufficientPrivilege):
            message = (
                "không diễn tập được: người dùng PostgreSQL không có quyền lập schema trong cơ sở dữ liệu"
            )
            raise BackupError(message) from error
        raise
    try:
        yield name
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')

"""A database as it stands at one moment: its migrations, the rows of its tables, the end of its log.

Knows no application: what is backed up, put back or updated may be of an older program than this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.orm import Session

from pledges.audit.operations import verify
from pledges.core.database import READS
from pledges.index.models import ENGINE_TABLES

SECONDS_TO_CONNECT = 5
REVISIONS = "alembic_version"
LOG = "log_entry"
STORED = "stored_file"


@dataclass(frozen=True)
class Facts:
    """What can be counted: the rows of each table, the entries of the log, the hash of the newest."""

    revisions: tuple[str, ...]
    counts: dict[str, int]
    sealed: int
    seal: str


def engine_at(address: str) -> sa.Engine:
    """An engine whose connections are closed after use."""
    url = sa.make_url(address)
    limits: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        limits["connect_timeout"] = SECONDS_TO_CONNECT
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args=limits)


@contextmanager
def one_moment(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in which everything is of one moment, and that keeps nobody from writing."""
    options: dict[str, Any] = {READS: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect() as connection, connection.execution_options(**options).begin():
        yield connection


def file_of(address: str) -> Path | None:
    """The file of a SQLite database; None for a server's."""
    url = sa.make_url(address)
    if url.get_backend_name() != "sqlite":
        return None
    return Path(url.database or "")


def address_of(file: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{file}"


def tables_of(connection: sa.Connection) -> list[str]:
    """The tables that hold rows of ours: not what the engine keeps for the search."""
    names = sa.inspect(connection).get_table_names()
    return sorted(one for one in names if not one.startswith(ENGINE_TABLES) and one != REVISIONS)


def revisions_of(connection: sa.Connection) -> tuple[str, ...]:
    """The migrations that the database has been through."""
    return tuple(sorted(MigrationContext.configure(connection).get_current_heads()))


def facts_of(connection: sa.Connection) -> Facts:
    """What stands in the database."""
    names = tables_of(connection)
    counts = {
        name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in names
    }
    sealed, seal = 0, ""
    if LOG in counts:
        entry = sa.table(LOG, sa.column("number"), sa.column("hash"))
        newest = connection.execute(sa.select(entry).order_by(entry.c.number.desc()).limit(1)).first()
        sealed, seal = (newest.number, newest.hash) if newest else (0, "")
    return Facts(revisions_of(connection), counts, sealed, seal)


def stored_in(connection: sa.Connection) -> list[tuple[str, int]]:
    """The SHA-256 and size of every file that has a row."""
    stored = sa.table(STORED, sa.column("sha256"), sa.column("size"))
    rows = connection.execute(sa.select(stored).order_by(stored.c.sha256))
    return [(row.sha256, row.size) for row in rows]


def chain_fault(connection: sa.Connection) -> str | None:
    """Where the log's chain breaks, in words; None when it is whole."""
    with Session(connection) as session:
        fault = verify(session)
    return f"nhật ký hỏng từ mục số {fault.number}: {fault.reason}" if fault else None


def broken_references(connection: sa.Connection) -> str | None:
    """Rows that refer to nothing, and pages that SQLite can't read; PostgreSQL watches over both itself."""
    if connection.dialect.name != "sqlite":
        return None
    said = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if said != "ok":
        return f"tệp cơ sở dữ liệu hỏng ({said})"
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return f"bảng {broken[0]} có dòng trỏ tới dòng không còn" if broken else None

"""What a database of either kind holds, in short, and whether it changed since."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Engine

from pledges.core.base import Base
from pledges.settings import DATABASE_FILE
from tests.fuzz.rights import ASIDE


class Records(Protocol):
    """The records of an application, seen from beside it."""

    def version(self) -> str:
        """Something that is another one whenever somebody else has written."""

    def digest(self) -> dict[str, str]:
        """What each table of records holds, in short."""

    def column(self, table: str, name: str) -> list[str]:
        """One column of a table."""

    def close(self) -> None:
        """Give everything back."""


class OfSQLite:
    """A file of SQLite; the tables of the search are made of the others."""

    def __init__(self, instance: Path) -> None:
        self._open = sqlite3.connect(instance / DATABASE_FILE, isolation_level=None)
        names = self._open.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.tables = [name for (name,) in names if name not in ASIDE and not name.startswith("search_")]

    def version(self) -> str:
        """SQLite counts what others write."""
        return str(self._open.execute("PRAGMA data_version").fetchone()[0])

    def digest(self) -> dict[str, str]:
        """The rows in no order."""
        return {name: _digest(self._open.execute(f'SELECT * FROM "{name}"')) for name in self.tables}  # noqa: S608 - our own names

    def column(self, table: str, name: str) -> list[str]:
        """Every value."""
        return [value for (value,) in self._open.execute(f'SELECT "{name}" FROM "{table}"')]  # noqa: S608 - as above

    def close(self) -> None:
        """Give the file back."""
        self._open.close()


class OfPostgres:
    """A database of PostgreSQL, whose server says where its log of writing ends."""

    def __init__(self, engine: Engine) -> None:
        self._open = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        tables = [
            name for name in Base.metadata.tables if name not in ASIDE and not name.startswith("search_")
        ]
        each = (
            f"SELECT '{name}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t"  # noqa: S608 - our own names
            for name in tables
        )
        self._digests = sa.text(" UNION ALL ".join(each).replace(":", "\\:"))

    def version(self) -> str:
        """How far the log goes."""
        return str(self._open.scalar(sa.text("SELECT pg_current_wal_insert_lsn()")))

    def digest(self) -> dict[str, str]:
        """Made by the server, in one question."""
        return {name: str(short) for name, short in self._open.execute(self._digests)}

    def column(self, table: str, name: str) -> list[str]:
        """Every value."""
        return list(self._open.scalars(sa.select(sa.column(name)).select_from(sa.table(table))))

    def close(self) -> None:
        """Give the connection back."""
        self._open.close()


def kept_words(records: Records) -> str:
    """The words that are kept unsent."""
    rows = records.column("unsent_form", "fields")
    return " ".join(value for fields in rows for _name, value in json.loads(fields))


def _digest(rows: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode(errors="replace")).hexdigest()

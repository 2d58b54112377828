"""PostgreSQL: its rows, table by table, from one moment, by COPY; and put back under the migrations' own tables.

pg_dump is not needed, on neither side. References are taken off while rows come in, and put on again: then
PostgreSQL holds every row against them. All of it is one transaction.
"""

import gzip
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from pledges.upkeep.container import PIECE
from pledges.upkeep.databases import engine_at, facts_of, one_moment, stored_in, tables_of
from pledges.upkeep.rules import BackupError, Manifest
from pledges.upkeep.snapshots import Snapshot, packed

_REFERENCES = """
    SELECT c.relname, o.conname, pg_get_constraintdef(o.oid)
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
    WHERE o.contype = 'f' AND o.connamespace = current_schema()::regnamespace AND c.relname <> ALL(%s)
    ORDER BY 1, 2
"""
_NUMBERS = """
    SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1
"""
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
_ENGINES_OWN = ["search_text"]


def part(table: str) -> str:
    """The part of a backup with the rows of a table."""
    return f"database/{table}.copy.gz"


def snapshot(address: str, scratch: Path) -> Snapshot:
    """The database as it stands now."""
    parts: dict[str, Path] = {}
    columns: dict[str, list[str]] = {}
    with one_moment(engine_at(address)) as connection:
        facts, stored = facts_of(connection), stored_in(connection)
        with _cursor(connection) as cursor:
            for table in facts.counts:
                cursor.execute(_COLUMNS, (table,))
                columns[table] = [row[0] for row in cursor.fetchall()]
                parts[part(table)] = scratch / f"{table}.copy.gz"
                with (
                    packed(parts[part(table)]) as file,
                    cursor.copy(_copy("COPY {} ({}) TO STDOUT", table, columns[table])) as rows,
                ):
                    for row in rows:
                        file.write(row)
            cursor.execute(_NUMBERS)
            numbers = {name: last for name, last in cursor.fetchall() if last}
    return Snapshot("postgresql", facts, stored, parts, columns, numbers)


def load(connection: sa.Connection, manifest: Manifest, folder: Path) -> None:
    """Put the rows of an opened backup into tables that the migrations have just made."""
    full = [table for table in tables_of(connection) if connection.scalar(_any_row(table))]
    if full:
        raise BackupError(f"Bảng {full[0]} đã có dòng: chỉ khôi phục vào cơ sở dữ liệu trống.")
    with _cursor(connection) as cursor:
        cursor.execute(_REFERENCES, (_ENGINES_OWN,))
        references = cursor.fetchall()
        for table, name, _definition in references:
            cursor.execute(_on_constraint("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
        for table, columns in manifest.columns.items():
            with (
                gzip.open(folder / part(table)) as file,
                cursor.copy(_copy("COPY {} ({}) FROM STDIN", table, columns)) as rows,
            ):
                while piece := file.read(PIECE):
                    rows.write(piece)
        for table, name, definition in references:
            command = _on_constraint("ALTER TABLE {} ADD CONSTRAINT {} ", table, name)
            cursor.execute(command + sql.SQL(definition))
        for name, last in manifest.numbers.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", (f'"{name}"', last))


def _cursor(connection: sa.Connection) -> Any:
    raw: Any = connection.connection.driver_connection
    return raw.cursor()


def _any_row(table: str) -> sa.Select[Any]:
    return sa.select(sa.exists(sa.select(sa.literal(1)).select_from(sa.table(table))))


def _copy(words: str, table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL(words).format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)))


def _on_constraint(words: str, table: str, name: str) -> sql.Composed:
    return sql.SQL(words).format(sql.Identifier(table), sql.Identifier(name))

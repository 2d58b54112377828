"""Other wards in the same database: copies of the measured one, made by the database itself.

A copied ward has the measured one's units and ten campaigns of its size. Of each report the copies take its round, the
figure of one indicator, and both events: as little as a report can consist of.
"""

# ruff: noqa: S608 - every name stands in this module

import sqlite3
from contextlib import closing
from pathlib import Path

CAMPAIGNS = 10
"""So many campaigns has a copied ward."""
STEP = 10_000
"""How far the numbers of one copy lie from those of the next; no table of the measured ward has more rows."""

_TABLES = {
    "unit": "",
    "campaign": "",
    "period": "",
    "task": "",
    "task_event": "",
    "indicator": "WHERE position = 1",
    "report": "",
    "report_round": "",
    "figure": "WHERE indicator_id IN (SELECT id FROM indicator WHERE position = 1)",
    "report_event": "",
}
_OF_COPY = frozenset({"id", "campaign_id", "period_id", "task_id", "indicator_id", "report_id", "round_id"})
_OF_WARD = frozenset({"owner_unit_id", "area_unit_id", "lead_unit_id"})


def add_copies(file: Path, reports: int) -> int:
    """Copy the ward until so many reports stand beside its own; how many there are beside them then."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        own = connection.execute("SELECT count(*) FROM report").fetchone()[0]
        copies = -(-reports // own)
        connection.execute("BEGIN")
        connection.execute(f"CREATE TEMP TABLE copies AS {_numbers(copies)}")
        for table, chosen in _TABLES.items():
            connection.execute(f"CREATE TEMP TABLE rows_of_{table} AS SELECT * FROM {table} {chosen}")
        for table in _TABLES:
            connection.execute(_copying(connection, table))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    return copies * own


def _numbers(last: int) -> str:
    """From 1 to the last; the ward of each, ten to a ward."""
    counted = f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {last})"
    return f"{counted} SELECT n, (n - 1) / {CAMPAIGNS} + 1 AS ward FROM count"


def _copying(connection: sqlite3.Connection, table: str) -> str:
    """Insert all copies of a table's rows, one copy after the other; units once a ward."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(_copied(table, column) for column in columns)
    once = f" WHERE (copies.n - 1) % {CAMPAIGNS} = 0" if table == "unit" else ""
    names = ", ".join(f'"{column}"' for column in columns)
    source = f"FROM copies CROSS JOIN rows_of_{table} AS own"
    return f"INSERT INTO {table} ({names}) SELECT {values} {source}{once} ORDER BY copies.n, own.id"


def _copied(table: str, column: str) -> str:
    own = f'own."{column}"'
    if table == "unit" and column == "path":
        return (
            f"CASE WHEN own.id = 1 THEN '/' ELSE '/' || (1 + ward * {STEP}) || '/' END "
            f"|| (own.id + ward * {STEP}) || '/'"
        )
    if column == "code":
        return f"{own} || '.' || copies.n"
    if column in _OF_WARD or (table == "unit" and column == "id"):
        return f"{own} + ward * {STEP}"
    return f"{own} + copies.n * {STEP}" if column in _OF_COPY else own

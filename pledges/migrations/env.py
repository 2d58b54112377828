"""How migrations run: over the engine, or a connection that is brought; a whole upgrade in one transaction.

Who brings a connection may bring a `check` too: it sees the result before it is committed, and by raising undoes it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

from pledges.core.database import db
from pledges.core.types import SORT_KEY, Instant, Quantity
from pledges.index.models import ENGINE_TABLES

OWN_TYPES = {Instant: "types.Instant()", Quantity: "types.Quantity()"}


def render_item(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """The product's own types under their names; a change of what they are is then a change of one module."""
    if kind == "type":
        name = "types.SORT_KEY" if item is SORT_KEY else OWN_TYPES.get(type(item))
        if name:
            autogenerate.imports.add("from pledges.core import types")
            return name
    return False


def drop_empty(migration: MigrationContext, _revision: Iterable[Any], directives: list[Any]) -> None:
    """Write no revision when nothing has changed."""
    options = migration.config.cmd_opts if migration.config else None
    if getattr(options, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives.clear()


def has_a_model(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave alone what the database's own engine keeps for the search: migrations make it, no model has it."""
    return kind != "table" or not (name or "").startswith(ENGINE_TABLES)


@contextmanager
def references_unchecked(connection: Connection) -> Iterator[None]:
    """Let SQLite change a table by making it anew.

    With references watched, dropping the old one would take all rows along that refer to it: they are checked as a
    whole afterwards instead. The switch does nothing within a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    """Raise for rows that refer to nothing: then the migration is undone as a whole."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            message = f"references that lead nowhere after the migration: {broken[:5]}"
            raise RuntimeError(message)


@contextmanager
def _connected() -> Iterator[Connection]:
    """The connection that the caller brought, or one of the application's own."""
    brought = context.config.attributes.get("connection")
    if brought is not None:
        yield brought
        return
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        yield connection


def run() -> None:
    """Bring the database where the command wants it."""
    with _connected() as connection, references_unchecked(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            transactional_ddl=True,  # SQLite's too: every transaction is begun as one (core.database)
            include_name=has_a_model,
            compare_type=True,
            compare_server_default=True,
            render_item=render_item,
            process_revision_directives=drop_empty,
        )
        with context.begin_transaction():
            context.run_migrations()
            check_references(connection)
            if check := context.config.attributes.get("check"):
                check(connection)


run()

"""What the benchmarks share: an application over a database of its own, people signed in, times and statements."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from flask import Flask

from pledges import create_app, paths
from pledges.accounts.models import Account
from pledges.accounts.sessions import start
from pledges.core import clock
from pledges.core.base import Base
from pledges.core.database import db
from tests.support.postgres import Server

MOST_ROWS = 5000
"""So many rows go to the database at once."""


@contextmanager
def address(kind: str) -> Iterator[dict[str, str]]:
    """The setting that names a database of the kind: none for SQLite, which lies in the instance."""
    if kind == "sqlite":
        yield {}
        return
    server = Server()
    try:
        yield {"DATABASE_URL": server.create("measured")}
    finally:
        server.stop()


def application(folder: Path, day: date, **settings: Any) -> Flask:
    """An application on a standing clock, over tables as the migrations make them."""
    app = create_app(
        {
            "INSTANCE": folder,
            "SECRET_KEY": "only for measuring, in a folder that goes away",
            "TESTING": True,
            "CLOCK": clock.standing(day),
            **settings,
        }
    )
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(str(paths.MIGRATIONS)), "head")
    return app


def close(app: Flask) -> None:
    """Give back every connection."""
    with app.app_context():
        db.engine.dispose()


def insert(kind: type[Base], rows: list[dict[str, Any]]) -> None:
    """Many rows at once, past the session: what is searched is not kept by it."""
    table = sa.inspect(kind).local_table
    for start_at in range(0, len(rows), MOST_ROWS):
        db.session.execute(sa.insert(table), rows[start_at : start_at + MOST_ROWS])


def signed_in(app: Flask, username: str) -> Any:
    """A browser of somebody's."""
    client = app.test_client()
    with client.session_transaction() as cookie, app.test_request_context(method="POST") as context:
        start(db.session.scalars(sa.select(Account).where(Account.username == username)).one())
        db.session.commit()
        cookie.update(dict(context.session))
    return client


def times(rounds: int, act: Callable[[], object]) -> list[float]:
    """How long each round took, in milliseconds."""
    found = []
    for _ in range(rounds):
        before = time.perf_counter()
        act()
        found.append((time.perf_counter() - before) * 1000)
    return found


def middle(found: list[float]) -> float:
    """The time that half of the rounds took at most."""
    return statistics.median(found)


def slowest(found: list[float]) -> float:
    """The time that 95 of 100 rounds took at most."""
    return sorted(found)[min(len(found) - 1, int(len(found) * 0.95))]


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)

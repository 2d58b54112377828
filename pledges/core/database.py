"""The database: SQLite as the embedded default, PostgreSQL as the large one.

Three habits are kept here for every view: a reader never writes, a writer takes its place in the queue before it
reads (so that two of them never wait for each other), and an edit says which version of the record it saw.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from psycopg import IsolationLevel
from sqlalchemy import Connection, Dialect, Engine, event, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import StaleDataError

from pledges.core import writers
from pledges.core.base import Base, Versioned
from pledges.core.watching.figures import writer_waited

db = SQLAlchemy(model_class=Base, disable_autonaming=True)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_CHECKED = "checked_versions"
_PENDING = "written_not_committed"
_MADE = "made_in_this_transaction"
_TURN = "has_its_turn"

_WRITE = "BEGIN IMMEDIATE"
_LIMITS = {"connect_timeout": 5, "tcp_user_timeout": 15_000}
"""How long PostgreSQL may be silent, in seconds and milliseconds: a request does not wait for a server that is gone."""
TURN = 4_062_022
"""The key of the lock that lets one transaction at a time write to PostgreSQL."""
CROSSED = frozenset({"40001", "40P01"})
"""What PostgreSQL says when two transactions stood in each other's way, and one of them had to go."""


class WriteWhileReading(RuntimeError):
    """A request that only reads tried to change the database."""


class ForgottenVersion(RuntimeError):
    """A form changed records that people edit, and none of them was checked for another's change."""


READS = "pledges_only_reads"
"""An option of a connection whose transaction writes nothing: on SQLite it keeps nobody from writing."""


NOTES = "pledges_notes_a_fault"
"""An option of a connection, and of a session: it notes a fault, though its request only reads."""


@contextmanager
def only_reading() -> Iterator[Session]:
    """A session of its own that keeps nobody from writing, and in which everything is of one moment."""
    options: dict[str, Any] = {READS: True}
    if db.engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with Session(db.engine.execution_options(**options), info={READS: True}) as session:
        yield session


def reads_only(session: Session) -> bool:
    """Whether nothing can be written in the session, so that what it reads is what everybody reads."""
    return reading() or bool(session.info.get(READS))


def reading() -> bool:
    """Whether the code runs for a request that may only read."""
    return has_request_context() and request.method in SAFE_METHODS


@contextmanager
def noting() -> Iterator[Session]:
    """A transaction of its own in which a request that only reads notes what it found to be wrong.

    For what must be known even if nobody ever writes: a print that is gone. It is committed at the end, and
    whatever the request reads or does not read stays as it is. Nothing else may be written here.
    """
    with Session(db.engine.execution_options(**{NOTES: True}), info={NOTES: True}) as session:
        yield session
        session.commit()


def note_checked(session: Session, record: Base) -> None:
    """Remember that the version of the record, as the user saw it, is the present one."""
    session.info.setdefault(_CHECKED, []).append(record)


def uncommitted(session: Session) -> bool:
    """Whether the session holds changes that nobody has committed or rolled back."""
    return bool(session.new or session.deleted or session.info.get(_PENDING)) or any(
        session.is_modified(record) for record in session.dirty
    )


def take_turn(session: Session) -> None:
    """Wait until no other transaction writes; from then on this one does, until it ends.

    On PostgreSQL by a lock that is taken before any row's, so that two writers never wait for each other; on SQLite
    the begin of the transaction has seen to it.
    """
    if session.info.get(_TURN) or session.get_bind().dialect.name != "postgresql":
        return
    asked = time.monotonic()
    session.connection().execute(select(func.pg_advisory_xact_lock(TURN)))
    writer_waited(time.monotonic() - asked)
    session.info[_TURN] = True


def crossed(error: BaseException | None) -> bool:
    """Whether the database refused because of what somebody else changed at the same moment."""
    if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in CROSSED:
        return True
    return isinstance(error, (IntegrityError, StaleDataError))


@event.listens_for(Engine, "do_connect")
def _set_up(dialect: Dialect, _record: Any, _arguments: Any, named: dict[str, Any]) -> None:
    if dialect.name == "sqlite":
        named.setdefault("factory", writers.Connection)
    else:
        for name, limit in _LIMITS.items():
            named.setdefault(name, limit)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Write whole and synced; and let `INSERT OR REPLACE` remove no row past the trigger that refuses it."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={writers.BUSY_MS}",
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if isinstance(connection, writers.Connection):
        connection.join()


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Plan each statement for the values that it is asked with, however often it has been asked before.

    Who may see what, and how common a word is, decides between ways that differ a hundredfold. No answer takes so
    long that starting processes or a compiler for it would pay: that alone takes ten milliseconds, or a hundred.
    """
    if isinstance(connection, sqlite3.Connection):
        return
    for setting in (
        "plan_cache_mode = force_custom_plan",
        "max_parallel_workers_per_gather = 0",
        "jit = off",
        f"lock_timeout = '{writers.PATIENCE * 1000:.0f}ms'",
    ):
        connection.execute(f"SET {setting}")
    connection.commit()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    only_reads = (reading() and not options.get(NOTES)) or options.get(READS, False)
    raw: Any = connection.connection.dbapi_connection
    if only_reads or not isinstance(raw, writers.Connection):
        connection.exec_driver_sql("BEGIN" if only_reads else _WRITE)
        return
    try:
        raw.begin_to_write()
    except sqlite3.Error as error:
        raise DBAPIError.instance(_WRITE, None, error, sqlite3.Error, dialect=connection.dialect) from error


@event.listens_for(Engine, "begin")
def _begin_postgresql(connection: Connection) -> None:
    """Show a page the state of one moment, as SQLite does: whoever writes between two of its questions waits unseen.

    Writers see what is there when they have their turn.
    """
    options = connection.get_execution_options()
    if connection.dialect.name != "postgresql" or "isolation_level" in options:
        return
    raw: Any = connection.connection.dbapi_connection
    wanted = IsolationLevel.REPEATABLE_READ if reading() and not options.get(NOTES) else None
    if raw.isolation_level != wanted:
        raw.isolation_level = wanted


@event.listens_for(Session, "before_flush")
def _keep_habits(session: Session, _context: Any, _instances: Any) -> None:
    notes = bool(session.info.get(NOTES))
    if notes or not reading():
        take_turn(session)
    if notes or not has_request_context():
        return
    changed = [record for record in session.dirty if session.is_modified(record)]
    if reading() and (changed or session.new or session.deleted):
        message = f"{request.method} {request.path} would change the database; change it in a POST"
        raise WriteWhileReading(message)
    made = session.info.setdefault(_MADE, [])  # nobody else can have seen these
    made.extend(session.new)
    edited = [
        record
        for record in changed
        if isinstance(record, Versioned) and not any(record is one for one in made)
    ]
    if edited and not session.info.get(_CHECKED):
        message = (
            f"{request.path} changes {edited[0]!r} without a version check: use an EditForm bound to the record "
            "(pledges.core.forms), so that another person's change is never overwritten unseen"
        )
        raise ForgottenVersion(message)


@event.listens_for(Session, "do_orm_execute")
def _keep_habits_at_once(state: ORMExecuteState) -> None:
    """A statement that changes many rows goes past the flush."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    if reading():
        message = f"{request.method} {request.path} would change the database; change it in a POST"
        raise WriteWhileReading(message)
    take_turn(state.session)
    state.session.info[_PENDING] = True


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: Any) -> None:
    session.info[_PENDING] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _note_end(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)
        session.info.pop(_CHECKED, None)
        session.info.pop(_MADE, None)


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_soft_rollback")
def _note_turn_over(session: Session, *_previous: Any) -> None:
    """Going back to a savepoint gives up the locks that were taken since."""
    session.info.pop(_TURN, None)


def init(app: Flask) -> None:
    """Tie the database to the application; a connection that broke (the server was restarted) is made anew.

    What people typed does not stand in the traces of errors.
    """
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_pre_ping": True, "hide_parameters": True})
    db.init_app(app)

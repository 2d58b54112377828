"""Lượt ghi: on SQLite one transaction writes at a time, and here they come in the order in which they asked.

SQLite's own way of waiting is to sleep and to try again, for longer each time: who comes last finds the database free
first, and who waits longest waits on. Here the threads of a process stand in a row. Of several processes each sends
one to the door, which is a locked file; who stands there writes next, so that none is passed over for long.

The turn goes with the connection: it is given back by commit, rollback and close, and by a connection that is let go
of unclosed. The kernel opens the door when a process dies.
"""

import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from weakref import WeakValueDictionary

from pledges.core.locks import give_back, take
from pledges.core.watching.figures import writer_waited

PATIENCE = 10.0
"""So many seconds a transaction waits for its turn, then it is refused; far more than all before it take together."""
BUSY_MS = 15_000
"""How long SQLite waits by itself, for what has nothing to do with turns: while the journal is put in order."""
DOOR = "-turn"
"""What the name of the door adds to the database's."""
_PAUSE = 0.002
_LOOK = 0.25


class Late(sqlite3.OperationalError):
    """The turn did not come in time: what SQLite itself would say of it."""

    def __init__(self) -> None:
        super().__init__("database is locked")
        self.sqlite_errorcode = sqlite3.SQLITE_BUSY
        self.sqlite_errorname = "SQLITE_BUSY"


class WaitsForItself(RuntimeError):
    """A thread that has its turn asks for another one: it would wait until it gave up."""


class Row:
    """The writers of one database within this process, in their order."""

    def __init__(self, file: Path) -> None:
        self.file = file
        # What is let go of may be cleaned up at any moment, also while this very thread is in here.
        self._guard = threading.RLock()
        self._waiting: deque[_Place] = deque()
        self._holder: int | None = None
        self._door: IO[bytes] | None = None
        self._opened_by = 0

    def take(self, until: float) -> None:
        """Wait for the turn; raises `Late` when it has not come by then."""
        place = _Place()
        with self._guard:
            if self._holder == place.thread:
                message = "this thread writes already: end that transaction, or write in its session"
                raise WaitsForItself(message)
            self._waiting.append(place)
            self._call_next()
        while not place.called.wait(min(_LOOK, max(0.0, until - time.monotonic()))):
            with self._guard:
                self._call_next()
                if not place.called.is_set() and time.monotonic() >= until:
                    self._waiting.remove(place)
                    raise Late

    def give_back(self) -> None:
        """Let the next one write."""
        with self._guard:
            self._holder = None
            self._call_next()

    def _call_next(self) -> None:
        if self._holder is None and self._waiting:
            place = self._waiting.popleft()
            self._holder = place.thread
            place.called.set()

    @contextmanager
    def at_the_door(self, until: float) -> Iterator[None]:
        """Be the one of all processes who writes next; raises `Late`. Where there can be no door, there is none."""
        door = self._opened()
        if door is None:
            yield
            return
        while not take(door):
            if time.monotonic() >= until:
                raise Late
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            give_back(door)

    def _opened(self) -> IO[bytes] | None:
        """The door's file; a process that was forked off opens its own, for the lock is the opening's."""
        if self._door is None or self._opened_by != os.getpid():
            with suppress(
                OSError
            ):  # a folder in which nothing can be written: the database will say so itself
                self._door, self._opened_by = Path(f"{self.file}{DOOR}").open("ab"), os.getpid()  # noqa: SIM115
        return self._door

    def __del__(self) -> None:
        """Let the door's file go."""
        if self._door is not None:
            self._door.close()


class _Place:
    """One that waits."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.called = threading.Event()


_rows: WeakValueDictionary[Path, Row] = WeakValueDictionary()
_rows_guard = threading.Lock()


def row_of(file: Path) -> Row:
    """The row of a database; one for all its connections."""
    with _rows_guard:
        row = _rows.get(file)
        if row is None:
            row = _rows[file] = Row(file)
        return row


class Connection(sqlite3.Connection):
    """A connection that stands in the row before it writes."""

    row: Row | None = None
    has_turn = False

    def join(self) -> None:
        """Find the row of the database that this connection opened; one in memory has none."""
        (file,) = (path for _, name, path in self.execute("PRAGMA database_list") if name == "main")
        self.row = row_of(Path(file).resolve()) if file else None

    def begin_to_write(self, patience: float = PATIENCE) -> None:
        """Begin a transaction that writes, in its turn; raises `Late`, or whatever SQLite says."""
        asked = time.monotonic()
        until = asked + patience
        if self.row is None or self.in_transaction:
            self.execute("BEGIN IMMEDIATE")
            return
        self.row.take(until)
        self.has_turn = True
        try:
            with self.row.at_the_door(until):
                self._begin(until)
        except BaseException:
            self._give_back()
            raise
        writer_waited(time.monotonic() - asked)

    def _begin(self, until: float) -> None:
        """Begin as soon as the one process that may still write has ended; nobody can come in between."""
        self.execute("PRAGMA busy_timeout=0")
        try:
            while True:
                try:
                    self.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if time.monotonic() >= until:
                        raise Late from error
                    time.sleep(_PAUSE)
                else:
                    return
        finally:
            self.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    def commit(self) -> None:
        """Commit; one that fails keeps the turn for the rollback."""
        super().commit()
        self._give_back()

    def rollback(self) -> None:
        """Roll back."""
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        """Close; what was not committed is gone."""
        try:
            super().close()
        finally:
            self._give_back()

    def __del__(self) -> None:
        """Stand in nobody's way when nobody closed it."""
        self._give_back()

    def _give_back(self) -> None:
        if self.has_turn and self.row is not None:
            self.has_turn = False
            self.row.give_back()

"""Who writes to SQLite next: in the order of asking, across processes too, and nobody waits for ever or for itself."""

import gc
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError

from pledges.core import database, writers

NUMBER, LONGEST = 12, 20
pause = threading.Event().wait
assert database.db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = sa.create_engine(f"sqlite:///{tmp_path / 'kho.sqlite'}", pool_size=NUMBER + 2)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE done (number INTEGER PRIMARY KEY, who INTEGER)")
        connection.exec_driver_sql(
            "CREATE TABLE part (of INTEGER REFERENCES done DEFERRABLE INITIALLY DEFERRED)"
        )
    yield made
    made.dispose()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers.Connection.begin_to_write, "__defaults__", (0.2,))


def write(engine: sa.Engine, who: int = 0) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO done (who) VALUES (?)", (who,))


def aside(engine: sa.Engine, who: int = 0) -> threading.Thread:
    thread = threading.Thread(target=write, args=[engine, who])
    thread.start()
    return thread


def waiting(engine: sa.Engine, number: int) -> None:
    """Till so many stand in the row."""
    ends = time.monotonic() + LONGEST
    found = writers.row_of(Path(str(engine.url.database)).resolve())
    while len(found._waiting) != number:
        assert time.monotonic() < ends, f"{len(found._waiting)} wait"
        pause(0.002)


def test_they_write_in_the_order_in_which_they_asked(engine: sa.Engine):
    threads = []
    with engine.begin():
        for who in range(NUMBER):
            threads.append(aside(engine, who))
            waiting(engine, who + 1)
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT who FROM done ORDER BY number")
        assert list(rows.scalars()) == list(range(NUMBER))


def test_a_thread_that_writes_never_waits_for_itself(engine: sa.Engine):
    begun = time.monotonic()
    with engine.begin(), pytest.raises(writers.WaitsForItself):
        write(engine)
    assert time.monotonic() - begun < 1
    write(engine)


@pytest.mark.usefixtures("impatient")
def test_who_waits_too_long_is_refused_as_by_sqlite_and_stands_in_nobodys_way(engine: sa.Engine):
    refused: list[OperationalError] = []

    def give_up() -> None:
        with pytest.raises(OperationalError, match="database is locked") as raised:
            write(engine)
        refused.append(raised.value)

    with engine.begin():
        thread = threading.Thread(target=give_up)
        thread.start()
        thread.join()
    assert len(refused) == 1
    write(engine)


@pytest.mark.parametrize("end", ["commit", "rollback", "close", "invalidate"])
def test_the_turn_ends_with_the_transaction(engine: sa.Engine, end: str):
    connection = engine.connect()
    connection.exec_driver_sql("INSERT INTO done (who) VALUES (1)")
    thread = aside(engine)
    waiting(engine, 1)
    getattr(connection, end)()
    thread.join(LONGEST)
    assert not thread.is_alive()
    connection.close()


def test_a_connection_that_nobody_closed_holds_nobody_up(tmp_path: Path):
    alone = writers.Connection(tmp_path / "kho.sqlite", isolation_level=None)
    alone.join()
    alone.begin_to_write()
    place = alone.row
    assert place is not None
    del alone
    gc.collect()
    place.take(time.monotonic() + 1)


def test_a_commit_that_fails_keeps_the_turn_till_it_is_rolled_back(engine: sa.Engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO part VALUES (77)")
    write(engine)


def test_readers_take_no_turn(engine: sa.Engine):
    with engine.begin(), engine.connect().execution_options(**{database.READS: True}) as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM done").scalar() == 0


OTHER = """
    import sys, threading, types
    alone = types.ModuleType("pledges")  # the row of writers by itself: nothing else of the program is loaded
    alone.__path__ = [sys.argv[1]]
    sys.modules["pledges"] = alone
    from pledges.core.writers import Connection
    def run():
        connection = Connection(sys.argv[2], isolation_level=None, check_same_thread=False)
        connection.join()
        while True:
            connection.begin_to_write()
            connection.execute("INSERT INTO done (who) VALUES (99)")
            connection.commit()
            begun.set()
    begun = threading.Event()
    for _ in range(4):
        threading.Thread(target=run, daemon=True).start()
    begun.wait()
    print("writes", flush=True)
    threading.Event().wait()
"""


def test_another_process_that_writes_without_a_pause_passes_nobody_over(engine: sa.Engine):
    """And when it is killed, whatever it held is free."""
    program, database = str(Path(writers.__file__).parents[1]), str(engine.url.database)
    command = [sys.executable, "-c", textwrap.dedent(OTHER), program, database]
    longest = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"writes\n"
            for _ in range(NUMBER):
                begun = time.monotonic()
                write(engine)
                longest = max(longest, time.monotonic() - begun)
        finally:
            other.kill()
    write(engine)
    assert longest < 1

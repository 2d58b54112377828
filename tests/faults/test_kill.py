"""A server that is killed again and again while an office works: what it acknowledged is there, once.

The long run of the same, with a hundred people and the servers as they are started, is `benchmarks/reliability.py`.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from pledges import instance as instances
from pledges.settings import DATABASE_FILE
from tests.faults import office, tally
from tests.faults.browsing import Act, Ledger
from tests.faults.crowd import Crowd
from tests.faults.servers import Forked, GunicornWorkers, Server
from tests.support import apps
from tests.support.apps import KEY
from tests.support.databases import Database
from tests.support.ward import Ward

OFFICERS, LEADERS, CLERKS = 5, 2, 1
KILLS = {"sqlite": 6, "postgresql": 4}
ACTS_BETWEEN = 5
THINKING = 0.02
LONGEST = 60.0
"""Seconds that a server may take for so many acts."""


def server_over(ward: Ward, kind: str, log: Path) -> Server:
    folder: Path = ward.app.config["INSTANCE"]
    instances.write_private(folder / instances.SECRET_FILE, KEY)
    if kind == "sqlite":
        return Forked(folder, log)
    return GunicornWorkers(folder, log, DATABASE_URL=ward.app.config["DATABASE_URL"])


def until(ledger: Ledger, acts: int) -> None:
    """Till so many acts are acknowledged."""
    ends = time.monotonic() + LONGEST
    while len(ledger.acknowledged()) < acts:
        assert time.monotonic() < ends, f"{len(ledger.acknowledged())} acts, {ledger.faults}"
        assert not ledger.faults
        time.sleep(0.01)


def test_whatever_was_acknowledged_is_there_once(database: Database, tmp_path: Path):
    ward = database.ward()
    made = office.build(ward.session, OFFICERS, LEADERS, CLERKS)
    ward.settle()
    apps.close(ward.app)
    server = server_over(ward, database.kind, tmp_path / "log")
    crowd = Crowd(made, server.port, THINKING)
    server.start()
    try:
        with crowd.at_work() as ledger:
            for kill in range(1, KILLS[database.kind] + 1):
                until(ledger, made.people + kill * ACTS_BETWEEN)
                server.kill()
            until(ledger, len(ledger.acknowledged()) + ACTS_BETWEEN)
    finally:
        server.stop()
    result = tally.compare(ward.session, ledger)
    assert result.whole, result
    assert result.acknowledged >= (KILLS[database.kind] + 1) * ACTS_BETWEEN
    assert {"task", "task sent", "task approved"} <= set(result.by_kind)
    assert result.cut_off > 0
    assert "locked" not in server.complaints
    assert "Traceback" not in server.complaints
    if database.kind == "sqlite":
        with closing(sqlite3.connect(ward.app.config["INSTANCE"] / DATABASE_FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_comparison_misses_nothing(ward: Ward):
    kept, twice = ward.task(title="Có thật"), [ward.task(title="Hai lần") for _ in range(2)]
    ledger = Ledger(
        acts=[
            Act("task", kept.title, waited=0.1),
            Act("task approved", str(kept.id), waited=0.2),
            Act("task", twice[0].title, waited=0.3),
            Act("task", "Đã báo mà không có", waited=0.4),
            Act("task", "Chưa báo"),
        ]
    )
    result = tally.compare(ward.session, ledger)
    assert result.lost == ["task Đã báo mà không có"]
    assert result.doubled == ["task Hai lần"]
    assert (result.sent, result.acknowledged, result.found) == (5, 4, 3)
    assert (result.chain, result.disagreements, result.longest_wait) == ("", [], 0.4)
    assert not result.whole
    assert not tally.compare(ward.session, Ledger(faults=["POST /x: 500"])).whole
    assert tally.compare(ward.session, Ledger()).whole


def test_a_log_with_another_number_of_entries_does_not_agree(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    ward.task(title="Có trong nhật ký dưới tên khác")
    monkeypatch.setitem(tally.IN_LOG, "task", "task.discarded")
    result = tally.compare(ward.session, Ledger())
    assert [one.partition(":")[0] for one in result.disagreements] == ["task.discarded"]
    assert not result.whole


def test_of_a_backup_is_asked_what_was_acknowledged_before_it():
    acts = [
        Act("task", "trước", waited=0.1, at=1.0),
        Act("task", "sau", waited=0.1, at=3.0),
        Act("task", "chưa"),
    ]
    assert [act.key for act in Ledger(acts=acts).before(2.0).acts] == ["trước"]

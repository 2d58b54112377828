"""The same on PostgreSQL, in small: it refuses NUL and numbers beyond its types, which SQLite takes."""

from pathlib import Path

import pytest

from pledges.documents.packs.beside import Beside
from pledges.upkeep import beside as upkeep
from tests.doors.knocking import Knocker
from tests.fuzz.firing import asked_of
from tests.support.databases import Database, Postgres, SQLite
from tests.support.ward import Ward

SEED = 20241016
ADDRESSES, FORMS = 60, 60
"""Of each so many."""


@pytest.fixture
def on_postgres(postgres: Postgres, sqlite: SQLite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Beside, "begin", lambda _self, _app: None)
    monkeypatch.setattr(upkeep, "begin", lambda _app, _kind: None)
    made = Database("postgresql", tmp_path, sqlite, postgres)
    yield made.ward()
    made.close()


def test_bad_input_finds_no_fault_on_postgresql(on_postgres: Ward):
    on_postgres.task("KP1", "draft")
    report = on_postgres.task("KP1")
    on_postgres.report(report, "2024-08", [100])
    people = {name: Knocker(on_postgres, name) for name in ("officer_kp1", "clerk", "leader", "admin")}
    on_postgres.settle()
    found = asked_of(on_postgres.app, people, ADDRESSES, FORMS, SEED)
    assert found == []

"""The same on PostgreSQL, in small: it refuses NUL and numbers beyond its types, which SQLite takes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pledges.documents.packs.beside import Beside
from pledges.upkeep import beside as upkeep
from tests.doors.places import HaKhanh
from tests.doors.records import fill_one
from tests.fuzz import runs
from tests.fuzz.firing import beside_postgres
from tests.fuzz.house import Range
from tests.support.databases import Database, Postgres, SQLite

SEED = 20241016
ADDRESSES, FORMS, UPLOADS = 40, 40, 12


@pytest.fixture
def target(
    postgres: Postgres, sqlite: SQLite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Range]:
    """One unit of the ward with a record of every kind."""
    monkeypatch.setattr(Beside, "begin", lambda _self, _app: None)
    monkeypatch.setattr(upkeep, "begin", lambda _app, _kind: None)
    made = Database("postgresql", tmp_path, sqlite, postgres)
    ward = HaKhanh(made.ward().app)
    with beside_postgres(ward, fill_one(ward)) as target:
        yield target
    ward.session.close()
    made.close()


def test_bad_input_finds_no_fault_on_postgresql(target: Range):
    runs.uploads(target, UPLOADS, SEED)
    runs.addresses(target, ADDRESSES, SEED)
    runs.forms(target, FORMS, SEED)
    results = target.results
    assert sum(results.tried.values()) == UPLOADS + ADDRESSES + FORMS
    assert not results.findings, "\n\n".join(str(one.told()) for one in results.findings[:5])
    assert results.compared, "no refusal wrote anything at all: what is kept unsent is not looked at"

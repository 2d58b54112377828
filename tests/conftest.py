"""The fixtures that every test may ask for; what they give is in tests/support."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import KINDS, Database, Postgres, SQLite
from tests.support.demos import Demo
from tests.support.queries import Count, counting
from tests.support.ward import Ward


def pytest_sessionstart() -> None:
    """Look for rubbish seldom: a worker lives for minutes, and looking costs a sixth of its time."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """SQLite with the small world in it, made once and copied for each test."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test asks for it."""
    made = Postgres(tmp_path_factory.mktemp("postgres"))
    yield made
    made.server.stop()


@pytest.fixture(scope="session")
def loaded_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo as the program loads it, to be copied."""
    return Demo(tmp_path_factory.getbasetemp())


def remembers(request: pytest.FixtureRequest) -> bool:
    """Whether the program is whole in this test: what makers write with a part replaced is no other test's."""
    return "monkeypatch" not in request.fixturenames


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, sqlite: SQLite, tmp_path: Path) -> Iterator[Database]:
    """Both kinds of database, one after the other: `database.ward()`, `database.empty()`."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    made = Database(request.param, tmp_path, sqlite, server, remembers=remembers(request))
    yield made
    made.close()


@pytest.fixture
def ward(request: pytest.FixtureRequest, sqlite: SQLite, tmp_path: Path) -> Iterator[Ward]:
    """The small world on SQLite: who and what is in it, and makers of more."""
    made = Database("sqlite", tmp_path, sqlite, None, remembers=remembers(request))
    yield made.ward()
    made.close()


@pytest.fixture
def sign_in(ward: Ward) -> Callable[[str], Critic]:
    """`sign_in("officer_kp1")`: that person's browser; `sign_in("nobody")`: one where nobody is signed in."""
    return lambda name: Critic(ward, None if name == "nobody" else name)


@pytest.fixture
def freeze(ward: Ward) -> Callable[[date | datetime], None]:
    """Let it be another moment, or the morning of another day."""
    return ward.hands.put


@pytest.fixture
def count_queries(ward: Ward) -> Callable[[], AbstractContextManager[Count]]:
    """`with count_queries() as count:` … `len(count)`: what the requests within asked of the database."""
    return lambda: counting(apps.engine_of(ward.app))

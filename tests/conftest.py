"""The fixtures that every test may ask for; what they give is in tests/support."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from pledges.settings import DATABASE_FILE
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.critic import Critic
from tests.support.queries import Count, counting
from tests.support.tables import make_tables
from tests.support.ward import Ward


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the small world in it, made once and copied for each test."""
    instance = tmp_path_factory.mktemp("template") / "instance"
    app = apps.make(instance, Hands(world.DAY))
    make_tables(app)
    with Session(apps.engine_of(app)) as session:
        world.build(session)
    apps.close(app)
    apps.settle(instance / DATABASE_FILE)
    return instance / DATABASE_FILE


@pytest.fixture
def ward(template: Path, tmp_path: Path) -> Iterator[Ward]:
    """The small world on SQLite: who and what is in it, and makers of more."""
    instance = tmp_path / "instance"
    apps.copy(template, instance)
    made = Ward(apps.make(instance, Hands(world.DAY)))
    yield made
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

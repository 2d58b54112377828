"""A page is of one moment: what somebody else writes between two of its questions is not half in it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from pledges.core.database import db
from pledges.overview import reading
from pledges.tasks.models import Task
from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import Database
from tests.support.ward import Ward

TITLE = "Phần việc đăng ký trong lúc đang đọc"


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


@pytest.fixture
def registering(ward: Ward) -> Callable[[], None]:
    """Somebody else, who registers a task and commits it."""
    task = ward.task("KP1")
    columns = {column.key: getattr(task, column.key) for column in sa.inspect(Task).column_attrs}
    ward.settle()
    more = {"title": TITLE, "number": 99, "registration_number": 99}

    def register() -> None:
        with Session(apps.engine_of(ward.app)) as session:
            session.execute(sa.insert(Task).values({k: v for k, v in columns.items() if k != "id"} | more))
            session.commit()

    def aside() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(register).result(20)

    return aside


def test_a_board_is_drawn_while_a_task_is_registered(
    ward: Ward, registering: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    cards = reading._cards

    def meanwhile(*asked: Any) -> Iterator[Any]:
        registering()
        return cards(*asked)

    clerk = Critic(ward, "clerk")
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_cards", meanwhile)
        assert TITLE not in clerk.get("/theo-doi").text
    assert ward.session.scalars(sa.select(Task).where(Task.title == TITLE)).one()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_readers_stay_in_their_moment(
    ward: Ward, registering: Callable[[], None], method: str, database: Database
):
    if method == "POST" and database.kind == "sqlite":
        method = "HEAD"  # there a writer keeps everybody else from writing
    asked = sa.select(sa.func.count()).select_from(Task).where(Task.title == TITLE)
    with ward.app.test_request_context("/", method=method):
        session = db.session()
        assert session.scalar(asked) == 0
        registering()
        assert session.scalar(asked) == int(method == "POST")
        session.rollback()
        assert session.scalar(asked) == 1
        session.close()

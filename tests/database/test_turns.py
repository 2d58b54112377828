"""Writers go one after the other: none holds a row while it waits for its turn, and one that had to go is told."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from pledges.accounts.models import Account
from pledges.core.database import TURN
from pledges.tasks.models import Task
from tests.support import apps
from tests.support.critic import Critic, fill
from tests.support.databases import Database, Postgres, SQLite
from tests.support.page import Page
from tests.support.ward import Ward
from tests.support.world import PASSWORD

WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
TAKE_TURN = sa.select(sa.func.pg_advisory_xact_lock(TURN))
LONGEST = 20


@pytest.fixture
def ward(postgres: Postgres, sqlite: SQLite, tmp_path: Path) -> Iterator[Ward]:
    """SQLite lets one transaction at a time write anyhow."""
    database = Database("postgresql", tmp_path, sqlite, postgres)
    yield database.ward()
    database.close()


@pytest.fixture
def others(ward: Ward) -> Iterator[sa.Connection]:
    """Somebody else in the same database."""
    with apps.engine_of(ward.app).connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def until_waiting(connection: sa.Connection) -> None:
    """Till a request waits for a lock."""
    ends = time.monotonic() + LONGEST
    while not connection.scalar(WAITING):
        assert time.monotonic() < ends, "nobody waits"
        time.sleep(0.01)


def edited(lan: Critic, aside: ThreadPoolExecutor, task: Task) -> Future[TestResponse]:
    """An edit of the task, sent aside."""
    ward = lan.ward
    form = lan.get(f"/phan-viec/{task.id}/sua").form()
    fields = fill(form, {"title": "Tên mới"}, button="Lưu nháp")
    ward.settle()
    return aside.submit(lan.client.post, form.action, data=fields)


def test_a_form_that_waits_for_its_turn_holds_no_row(
    ward: Ward, others: sa.Connection, aside: ThreadPoolExecutor
):
    task, lan = ward.task(status="draft"), Critic(ward, "officer_kp1")
    number = task.id
    others.execute(TAKE_TURN)
    answer = edited(lan, aside, task)
    until_waiting(others)
    others.execute(sa.select(Task.id).where(Task.id == number).with_for_update(nowait=True))
    others.rollback()
    assert answer.result(LONGEST).status_code == 302
    assert task.title == "Tên mới"


def test_a_sign_in_that_waits_for_its_turn_holds_no_row(
    ward: Ward, others: sa.Connection, aside: ThreadPoolExecutor
):
    nobody = Critic(ward)
    form = nobody.get("/dang-nhap").form("/dang-nhap")
    fields = fill(form, {"username": "officer_kp1", "password": PASSWORD})
    number = ward.account("officer_kp1").id
    ward.settle()
    others.execute(TAKE_TURN)
    answer = aside.submit(nobody.client.post, form.action, data=fields)
    until_waiting(others)
    others.execute(sa.select(Account.id).where(Account.id == number).with_for_update(nowait=True))
    others.rollback()
    assert answer.result(LONGEST).status_code == 302


def test_who_had_to_go_for_another_keeps_what_was_typed(
    ward: Ward, others: sa.Connection, aside: ThreadPoolExecutor
):
    """The database's own tools know nothing of turns: PostgreSQL ends one of two that wait for each other."""
    task, lan = ward.task(status="draft"), Critic(ward, "officer_kp1")
    number = task.id
    others.execute(sa.text(f"SET LOCAL deadlock_timeout = '{LONGEST}s'"))
    others.execute(sa.select(Task.id).where(Task.id == number).with_for_update())
    answer = edited(lan, aside, task)
    until_waiting(others)
    others.execute(TAKE_TURN)
    others.rollback()
    page = Page("", answer.result(LONGEST))
    assert page.status == 200
    assert any("vừa được thay đổi ở nơi khác" in line for line in page.errors)
    assert page.form().fields["title"] == ["Tên mới"]
    assert task.title != "Tên mới"

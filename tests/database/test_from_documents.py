"""An office that worked before sessions were rows loses nothing but its open sessions when it is brought up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask

from tests.database.test_from_first_release import AT, fill, rows
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of


@pytest.fixture
def before(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """People who are locked out, attempts, and a session that was signed out of."""
    app = apps.make(tmp_path / "instance", Hands(world.DAY), DATABASE_URL=database.empty())
    with app.app_context():
        command.upgrade(migrations_of(app), "0001")
        fill(apps.engine_of(app))
        command.upgrade(migrations_of(app), "0008")
    tables = sa.MetaData()
    tables.reflect(apps.engine_of(app))
    with apps.engine_of(app).begin() as connection:
        account = tables.tables["account"]
        connection.execute(account.update().values(session_stamp="stamp", locked_at=AT))
        connection.execute(tables.tables["ended_session"].insert().values(key="ended", at=AT))
        attempt = {"username": "kp1", "address": "10.0.0.9", "at": AT}
        connection.execute(tables.tables["sign_in_attempt"].insert().values(attempt))
    yield app
    apps.close(app)


def test_people_and_attempts_stay_and_sessions_begin_anew(before: Flask):
    people = "SELECT id, username, password_hash, must_change_password, version FROM account ORDER BY id"
    posts = "SELECT id, account_id FROM appointment ORDER BY id"
    known = rows(before, people), rows(before, posts)
    make_tables(before)
    assert (rows(before, people), rows(before, posts)) == known
    assert rows(before, "SELECT count(*) FROM account WHERE locked_at IS NOT NULL") == [(len(known[0]),)]
    assert rows(before, "SELECT count(*) FROM account WHERE password_expires_at IS NOT NULL") == [(0,)]
    assert rows(before, "SELECT username, address, browser FROM sign_in_attempt") == [("kp1", "10.0.0.9", "")]
    assert rows(before, "SELECT count(*) FROM account_session") == [(0,)]
    with before.app_context():
        command.downgrade(migrations_of(before), "0008")
    assert rows(before, people) == known[0]
    assert rows(before, "SELECT count(*) FROM sign_in_attempt") == [(1,)]
    assert rows(before, "SELECT count(*) FROM ended_session") == [(0,)]
    make_tables(before)
    assert rows(before, people) == known[0]

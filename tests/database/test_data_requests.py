"""An office that worked before requests about personal data loses nothing when it is brought up to date, or back."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from tests.database.test_from_first_release import fill, rows
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of

PEOPLE = "SELECT id, username, password_hash, version FROM account ORDER BY id"


def test_people_stay_and_requests_can_be_kept(database: Database, tmp_path: Path):
    app = apps.make(tmp_path / "instance", Hands(world.DAY), DATABASE_URL=database.empty())
    with app.app_context():
        command.upgrade(migrations_of(app), "0001")
        fill(apps.engine_of(app))
        command.upgrade(migrations_of(app), "0009")
    known = rows(app, PEOPLE)
    make_tables(app)
    assert rows(app, PEOPLE) == known
    assert rows(app, "SELECT count(*) FROM data_request") == [(0,)]
    with app.app_context():
        command.downgrade(migrations_of(app), "0009")
    assert rows(app, PEOPLE) == known
    assert not sa.inspect(apps.engine_of(app)).has_table("data_request")
    make_tables(app)
    assert rows(app, PEOPLE) == known
    apps.close(app)

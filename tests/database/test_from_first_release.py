"""An office that worked with the first release loses nothing when it is brought up to date."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask

from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of

AT = datetime(2024, 3, 20, 9, 0)  # noqa: DTZ001 - SQLite's columns of that release hold no zone; both take it
BY = {"by_id": 1, "by_name": "Nguyễn Thị An", "by_post": "Khu trưởng"}
DAYS = {"start_on": date(2024, 4, 1), "due_on": date(2024, 12, 31)}


@pytest.fixture
def first_release(database: Database, tmp_path: Path) -> Iterator[Flask]:
    app = apps.make(tmp_path / "instance", Hands(world.DAY), DATABASE_URL=database.empty())
    with app.app_context():
        command.upgrade(migrations_of(app), "0001")
    fill(apps.engine_of(app))
    yield app
    apps.close(app)


def fill(engine: sa.Engine) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    unit = {"kind": "ward", "name": "Phường", "short_name": "P", "document_style": "state", "block": ""}
    unit |= {"head_position": "", "position": 1, "path": "/1/", "name_fold": "phuong", "name_sort": "x"}
    campaign = {"code": "C", "title": "Phong trào", "title_fold": "phong trao", "kind": "thematic"}
    campaign |= {"status": "registering", "owner_unit_id": 1, "area_unit_id": 1, "expected_task_count": 3}
    campaign |= {"starts_on": date(2024, 3, 1), "ends_on": date(2025, 3, 1), "reporting_due_day": 25}
    campaign |= {"illustrative": False, "last_task_number": 1}
    texts = ("theme", "slogan", "launch_event", "launch_place", "presider", "presider_post", "announcer")
    campaign |= dict.fromkeys((*texts, "announcer_post", "terms"), "")
    with engine.begin() as connection:

        def add(table: str, **values: object) -> None:
            if "version" in tables.tables[table].c:
                values["version"] = 1
            connection.execute(tables.tables[table].insert().values(values))

        add("unit", id=1, code="P", **unit)
        add("campaign", id=1, **campaign)
        for number, status, entered in (
            (1, "approved", 1),
            (2, "draft", None),
            (3, "submitted", None),
            (4, "cancelled", None),
        ):
            money = {"state_funding": 0, "social_funding": 0}
            words = {
                "title": f"Việc {number}",
                "title_fold": "viec",
                "title_sort": "viec",
                "product": "Đường",
            }
            who = {"entered_by_id": 1, "entered_by_name": "An", "entered_at": AT}
            add(
                "task",
                id=number,
                campaign_id=1,
                number=entered,
                lead_unit_id=1,
                status=status,
                **DAYS,
                **money,
                **words,
                **who,
            )
            add(
                "indicator",
                id=number,
                task_id=number,
                position=1,
                label="Mét đường",
                baseline=0,
                target=10 * number,
                measure="m",
                direction="up",
                accumulates=True,
                weight=1,
            )
        # The third was sent before the first; the first was returned and sent again.
        for task, kind in (
            (3, "submitted"),
            (1, "submitted"),
            (1, "returned"),
            (1, "submitted"),
            (1, "approved"),
        ):
            add("task_event", task_id=task, kind=kind, at=AT, reason="Thiếu sản phẩm", **BY)


def rows(app: Flask, statement: str) -> list[tuple[object, ...]]:
    with apps.engine_of(app).connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def test_rows_that_refer_to_a_changed_table_stay(first_release: Flask):
    make_tables(first_release)
    assert rows(first_release, "SELECT task_id FROM indicator ORDER BY task_id") == [(1,), (2,), (3,), (4,)]
    assert rows(first_release, "SELECT count(*) FROM task_event") == [(5,)]
    assert rows(first_release, "SELECT title, number FROM task WHERE id = 1") == [("Việc 1", 1)]


def test_what_was_sent_has_its_number_in_the_order_of_sending(first_release: Flask):
    make_tables(first_release)
    found = rows(first_release, "SELECT id, registration_number FROM task ORDER BY id")
    assert found == [(1, 2), (2, None), (3, 1), (4, None)]
    assert rows(first_release, "SELECT last_registration_number FROM campaign") == [(2,)]


def keep(app: Flask, key: str, at: datetime, *fields: tuple[str, str]) -> None:
    tables = sa.MetaData()
    tables.reflect(apps.engine_of(app))
    with apps.engine_of(app).begin() as connection:
        account = tables.tables["account"]
        if not connection.execute(sa.select(account.c.id)).all():
            who = dict.fromkeys(("username", "name", "name_fold", "name_sort", "password_hash"), "lan")
            who |= dict.fromkeys(("phone", "email", "session_stamp"), "")
            connection.execute(
                account.insert().values(id=1, must_change_password=False, created_at=AT, version=1, **who)
            )
        kept = {"key": key, "account_id": 1, "path": "/phan-viec/dang-ky", "at": at}
        connection.execute(tables.tables["kept_entry"].insert().values(**kept, fields=json.dumps(fields)))


def test_what_ended_sessions_left_is_kept_as_unsent(first_release: Flask):
    token = ("csrf_token", "cũ")
    keep(first_release, "k1", AT, ("form_key", "1.a.b"), token, ("title", "Trồng câ"))
    keep(first_release, "k2", AT.replace(hour=10), ("form_key", "1.a.b"), token, ("title", "Trồng cây"))
    keep(first_release, "k3", AT, ("form_key", "1.c.d"), ("narrative", "Đã làm"))
    make_tables(first_release)
    found = rows(first_release, "SELECT key, path, title, fields, revision FROM unsent_form ORDER BY key")
    assert found == [
        ("1.a.b", "/phan-viec/dang-ky", "Trồng cây", '[["title", "Trồng cây"]]', 1),
        ("1.c.d", "/phan-viec/dang-ky", "", '[["narrative", "Đã làm"]]', 1),
    ]
    with first_release.app_context():
        command.downgrade(migrations_of(first_release), "0001")
    (first, _) = rows(first_release, "SELECT fields FROM kept_entry ORDER BY key")
    assert json.loads(str(first[0])) == [["title", "Trồng cây"], ["form_key", "1.a.b"]]


def test_the_way_back_to_the_first_release_keeps_its_rows(first_release: Flask):
    make_tables(first_release)
    with first_release.app_context():
        command.downgrade(migrations_of(first_release), "0001")
    assert rows(first_release, "SELECT count(*) FROM indicator") == [(4,)]
    assert rows(first_release, "SELECT count(*) FROM task") == [(4,)]

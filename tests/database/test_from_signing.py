"""An office that worked with the release before progress and review loses nothing when it is brought up to date."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from flask import Flask

from tests.database.test_from_first_release import AT, BY, fill, rows
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of

LATER = AT.replace(hour=10)


@pytest.fixture
def before(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """Two periods with a report each: one that waits again after a return, one that was accepted."""
    app = apps.make(tmp_path / "instance", Hands(world.DAY), DATABASE_URL=database.empty())
    with app.app_context():
        command.upgrade(migrations_of(app), "0001")
        fill(apps.engine_of(app))
        command.upgrade(migrations_of(app), "0006")
    report(apps.engine_of(app))
    yield app
    apps.close(app)


def report(engine: sa.Engine) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    said = dict.fromkeys(("narrative", "obstacle", "next_step"), "Đã làm")
    with engine.begin() as connection:

        def add(table: str, **values: object) -> None:
            connection.execute(tables.tables[table].insert().values(values))

        for number, month in ((1, 4), (2, 5)):
            days = {"start_on": date(2024, month, 1), "end_on": date(2024, month, 28)}
            add("period", id=number, campaign_id=1, due_on=date(2024, month, 25), **days)
            add("report", id=number, task_id=1, period_id=number, created_at=AT, version=1)
        for number, of in ((1, 1), (2, 1), (3, 2)):
            place = 2 if number == 2 else 1
            add("report_round", id=number, report_id=of, number=place, entered_by_id=1, entered_at=AT, **said)
            add("figure", id=number, round_id=number, indicator_id=1, value=5)
        for of, kind, at in (
            (1, "submitted", AT),
            (1, "returned", AT),
            (2, "submitted", LATER),
            (3, "submitted", AT),
            (3, "accepted", LATER),
        ):
            add("report_event", round_id=of, kind=kind, at=at, reason="Xem lại", **BY)


def test_periods_are_months_without_grace_or_lock(before: Flask):
    make_tables(before)
    found = rows(before, "SELECT cycle, name, grace_until = due_on, locks_after FROM period ORDER BY id")
    assert [(cycle, name, bool(same), lock) for cycle, name, same, lock in found] == [
        ("monthly", "", True, None),
        ("monthly", "", True, None),
    ]
    asked = "SELECT cycle, reporting_weekday, grace_days, locks_after_days FROM campaign"
    assert rows(before, asked) == [("monthly", 5, 0, None)]


def test_what_waits_is_noted_since_it_was_sent_last(before: Flask):
    make_tables(before)
    (waits,), (answered,) = rows(before, "SELECT waits_since FROM report ORDER BY id")
    assert moment(waits) == LATER
    assert answered is None


def moment(said: object) -> datetime:
    """A moment as either database gives it, without its zone."""
    return (datetime.fromisoformat(said) if isinstance(said, str) else said).replace(tzinfo=None)


def test_rounds_and_figures_stay_and_say_nothing_new(before: Flask):
    make_tables(before)
    assert rows(before, "SELECT count(*), max(affirmed) FROM figure") == [(3, "")]
    words = "SELECT count(*), max(correction), max(on_behalf_of), max(from_paper) FROM report_round"
    assert rows(before, words) == [(3, "", "", "")]
    assert rows(before, "SELECT count(*) FROM report_event") == [(5,)]


def test_the_way_back_keeps_reports(before: Flask):
    make_tables(before)
    with before.app_context():
        command.downgrade(migrations_of(before), "0006")
    assert rows(before, "SELECT count(*) FROM report") == [(2,)]
    assert rows(before, "SELECT count(*) FROM period") == [(2,)]
    make_tables(before)
    assert rows(before, "SELECT count(*) FROM report WHERE waits_since IS NOT NULL") == [(1,)]

"""The migrations make what the models say, on both kinds of database, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from pledges import paths
from pledges.core.base import Base
from pledges.index.models import ENGINE_TABLES
from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.databases import Database
from tests.support.tables import make_tables, migrations_of


def has_a_model(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not (name or "").startswith(ENGINE_TABLES)


@contextmanager
def on_nothing(database: Database, folder: Path) -> Iterator[Flask]:
    app = apps.make(folder / "instance", Hands(world.DAY), DATABASE_URL=database.empty())
    yield app
    apps.close(app)


@pytest.fixture
def migrated(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """What an upgrade from nothing made; it is made once, and copied for each test."""
    app = apps.make(tmp_path / "instance", Hands(world.DAY), DATABASE_URL=database.migrated())
    yield app
    apps.close(app)


def description(app: Flask) -> dict[str, object]:
    """Everything that the database knows of its tables, but the order in which it tells it."""
    look = sa.inspect(apps.engine_of(app))
    return {table: table_description(look, table) for table in tables_of(look) - {"alembic_version"}}


def tables_of(look: sa.Inspector) -> set[str]:
    """The tables, without what the database's own engine keeps for the search."""
    return {table for table in look.get_table_names() if not table.startswith(ENGINE_TABLES)}


def of_the_engine(app: Flask) -> set[str]:
    """What the engine keeps: it has no model, and only migrations make and remove it."""
    return set(sa.inspect(apps.engine_of(app)).get_table_names()) - tables_of(sa.inspect(apps.engine_of(app)))


def table_description(look: sa.Inspector, table: str) -> dict[str, object]:
    columns = {
        one["name"]: (
            str(one["type"]),
            getattr(one["type"], "collation", None),
            one["nullable"],
            one["default"],
        )
        for one in look.get_columns(table)
    }
    return {
        "columns": columns,
        "primary key": look.get_pk_constraint(table)["constrained_columns"],
        "checks": {one["name"]: one["sqltext"] for one in look.get_check_constraints(table)},
        "unique": {one["name"]: one["column_names"] for one in look.get_unique_constraints(table)},
        "indexes": {one["name"]: plain_index(one) for one in look.get_indexes(table)},
        "references": {
            one["name"]: (one["constrained_columns"], one["referred_table"], one["options"])
            for one in look.get_foreign_keys(table)
        },
    }


def plain_index(index: object) -> str:
    return re.sub(r"0x[0-9a-f]+", "", repr(index))


def test_an_upgrade_from_nothing_makes_what_the_models_say(migrated: Flask):
    with apps.engine_of(migrated).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_name": has_a_model},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_constraints_have_the_same_names_and_words(database: Database, tmp_path: Path):
    with on_nothing(database, tmp_path / "a") as migrated:
        make_tables(migrated)
        made = description(migrated)
    apps.close(migrated)
    (tmp_path / "empty.sqlite").unlink(missing_ok=True)
    with on_nothing(database, tmp_path / "b") as modelled:
        Base.metadata.create_all(apps.engine_of(modelled))
        said = description(modelled)
    assert made == said


def test_the_way_back_leaves_nothing(migrated: Flask, database: Database):
    with migrated.app_context():
        command.downgrade(migrations_of(migrated), "base")
    engine = apps.engine_of(migrated)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    with engine.connect() as connection:
        asked = {
            "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": (
                "SELECT count(*) FROM pg_proc WHERE proname LIKE '%%refuse' OR proname LIKE 'search%%'"
            ),
        }
        assert connection.exec_driver_sql(asked[database.kind]).scalar_one() == 0


def test_after_the_way_back_it_can_be_made_again(migrated: Flask):
    with migrated.app_context():
        command.downgrade(migrations_of(migrated), "base")
    make_tables(migrated)
    assert set(sa.inspect(apps.engine_of(migrated)).get_table_names()) >= set(Base.metadata.tables)


def test_an_upgrade_of_what_is_new_changes_nothing(migrated: Flask):
    before = description(migrated)
    make_tables(migrated)
    assert description(migrated) == before


def test_the_revisions_are_one_line():
    script = ScriptDirectory(str(paths.MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_every_table_has_a_model(migrated: Flask):
    tables = tables_of(sa.inspect(apps.engine_of(migrated))) - {"alembic_version"}
    assert tables == set(Base.metadata.tables)


def test_the_engine_keeps_what_is_searched(migrated: Flask):
    assert "search_text" in of_the_engine(migrated)


def test_no_name_is_too_long_for_postgresql():
    names = [
        one.name for table in Base.metadata.tables.values() for one in (*table.constraints, *table.indexes)
    ]
    assert [name for name in names if name and len(str(name)) > 63] == []

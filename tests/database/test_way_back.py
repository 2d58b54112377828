"""An office that goes back to the release before signing in three ways keeps what was signed, under its seals."""

import pytest
import sqlalchemy as sa
from alembic import command

from tests.database.conftest import fill
from tests.support import apps
from tests.support.databases import Database
from tests.support.tables import migrations_of

KEPT = ("commitment", "signatory", "signature", "log_entry", "task", "stored_file", "search_entry")
SEALED = (
    "UPDATE signature SET way = 'in_app'",
    "DELETE FROM signature",
    "UPDATE commitment SET content = 'x' WHERE content IS NOT NULL",
    "DELETE FROM commitment WHERE content IS NOT NULL",
)


def rows(engine: sa.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {of: connection.exec_driver_sql(f"SELECT count(*) FROM {of}").scalar_one() for of in KEPT}  # noqa: S608


def triggers(engine: sa.Engine) -> list[tuple[str, ...]]:
    asked = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    with engine.connect() as connection:
        found = connection.exec_driver_sql(asked[engine.dialect.name])
        return [tuple(" ".join(text.split()) for text in row) for row in found]


def sealed(engine: sa.Engine) -> None:
    for statement in SEALED:
        with pytest.raises(sa.exc.DBAPIError, match="sealed"), engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_signatures_and_seals_outlive_the_way_back_and_forth(database: Database):
    ward = database.ward()
    fill(ward)
    ward.session.close()
    app, engine = ward.app, apps.engine_of(ward.app)
    before, guarded = rows(engine), triggers(engine)
    with app.app_context():
        command.downgrade(migrations_of(app), "0005")
    engine.dispose()
    assert rows(engine) == before
    sealed(engine)
    with engine.connect() as connection:
        ways = connection.exec_driver_sql("SELECT DISTINCT way FROM signature").scalars().all()
    assert ways == ["paper"], "the older release knows no signed PDF"
    with app.app_context():
        command.upgrade(migrations_of(app), "head")
    engine.dispose()
    assert rows(engine) == before
    assert triggers(engine) == guarded
    sealed(engine)

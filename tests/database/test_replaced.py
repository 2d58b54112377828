"""SQLite's `INSERT OR REPLACE` removes the rows that stand in the way: not those that are never removed."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from pledges.audit.operations import verify
from pledges.core.base import Base
from tests.support import apps
from tests.support.ward import Ward


@pytest.mark.parametrize(
    ("table", "key", "other"),
    [
        ("log_entry", "number", {"hash": "khác"}),
        ("log_entry", "hash", {"number": "1000"}),
        ("signature", "id", {}),
        ("signature", "signatory_id", {"id": "1000"}),
        ("commitment", "id", {}),
    ],
)
def test_what_is_never_removed_is_not_replaced(ward: Ward, table: str, key: str, other: dict[str, str]):
    ward.commitment("KP1", "signed")
    ward.settle()
    columns = [column.name for column in Base.metadata.tables[table].columns]
    said = [f"'{other[name]}'" if name in other else f'"{name}"' for name in columns]
    assert key not in other
    into = ", ".join(f'"{name}"' for name in columns)
    statement = f"INSERT OR REPLACE INTO {table} ({into}) SELECT {', '.join(said)} FROM {table} LIMIT 1"  # noqa: S608
    before = everything(ward, table)
    with (
        apps.engine_of(ward.app).connect() as connection,
        pytest.raises(DatabaseError, match="rows are never"),
    ):
        connection.exec_driver_sql(statement)
    assert before == everything(ward, table) != []
    assert verify(ward.session) is None


def everything(ward: Ward, table: str) -> list[tuple[object, ...]]:
    with apps.engine_of(ward.app).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(Base.metadata.tables[table]))]

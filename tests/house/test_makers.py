"""What a maker of the small world remembers is what the operations write, over the database that it was for alone."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pledges.core.base import Base
from tests.support.critic import Critic
from tests.support.databases import Database, SQLite
from tests.support.ward import Ward

SIGNED_IN = "account_session"
DRAWN = "check_code"
"""Codes that nobody can guess are drawn anew each time."""


def rows(ward: Ward) -> dict[str, Sequence[Any]]:
    tables = [table for table in Base.metadata.sorted_tables if table.name != SIGNED_IN]
    return {table.name: ward.session.execute(sa.select(table)).all() for table in tables}


def made(sqlite: SQLite, folder: Path, *, remembers: bool) -> tuple[int, dict[str, Sequence[Any]]]:
    """Every maker once, one with somebody signed in before it; how often operations were gone through for them."""
    database = Database("sqlite", folder, sqlite, None, remembers=remembers)
    ward = database.ward()
    known = len(sqlite.written)
    try:
        task = ward.task(title="Phần việc để nhớ", cooperating=["KP2"])
        ward.report(task, "2024-09", [100, 50], obstacle="Thiếu vật tư.")
        Critic(ward, "officer_kp1").get("/")
        ward.commitment("KP1", "signed")
        second = ward.task("KP2", "returned", due_on=date(2024, 11, 30))
        assert second.title, "what is given can be read and changed"
        return len(sqlite.written) - known, rows(ward)
    finally:
        database.close()


def test_what_is_remembered_is_what_the_operations_write(sqlite: SQLite, tmp_path: Path):
    none, by_operations = made(sqlite, tmp_path, remembers=False)
    learned, first = made(sqlite, tmp_path, remembers=True)
    again, second = made(sqlite, tmp_path, remembers=True)
    assert (none, learned, again) == (0, 4, 0)
    assert first == second
    assert {**by_operations, DRAWN: None} == {**first, DRAWN: None}
    assert all(by_operations[name] for name in ("task", "report", "commitment", "log_entry", "search_entry"))


@pytest.mark.parametrize("foreign", ["session", "request"])
def test_whoever_else_writes_ends_it(ward: Ward, foreign: str):
    assert ward.trail is not None
    task = ward.task(status="submitted")
    assert ward.trail.is_known()
    if foreign == "session":
        ward.unit("KP1").short_name = "K.1"
        ward.settle()
    else:
        Critic(ward, "leader").send(f"/phan-viec/{task.id}/tra-lai", {"reason": "Chưa rõ sản phẩm."})
    assert not ward.trail.is_known()
    known = len(ward.trail.kept)
    ward.task(title="Làm sau")
    assert len(ward.trail.kept) == known

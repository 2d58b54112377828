"""The log only grows: what tries to change it is refused, and what changed it all the same is named."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pledges.access.roles import NOBODY
from pledges.accounts.models import Account
from pledges.audit.models import LogEntry
from pledges.audit.operations import record, verify
from tests.support import apps
from tests.support.databases import Database
from tests.support.live import at_once
from tests.support.ward import Ward

WRITERS, TURNS, GIVEN_UP = 8, 5, 2


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def by_hand(ward: Ward, statement: str) -> None:
    """What somebody does who has the database's own password."""
    engine = apps.engine_of(ward.app)
    with engine.begin() as connection:
        unlock, lock = triggers(connection)
        for one in unlock:
            connection.exec_driver_sql(one)
        assert connection.exec_driver_sql(statement).rowcount == 1
        for one in lock:
            connection.exec_driver_sql(one)


def triggers(connection: sa.Connection) -> tuple[list[str], list[str]]:
    """What takes the guards of the log away, and what puts them back."""
    if connection.dialect.name == "postgresql":
        alter = "ALTER TABLE log_entry {} TRIGGER USER"
        return [alter.format("DISABLE")], [alter.format("ENABLE")]
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log_entry'"
    made = list(connection.exec_driver_sql(asked))
    return [f"DROP TRIGGER {name}" for name, _ in made], [statement for _, statement in made]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_entry SET note = 'khác' WHERE number = 3",
        "UPDATE log_entry SET number = 1000 WHERE number = 3",
        "DELETE FROM log_entry WHERE number = 3",
        "DELETE FROM log_entry",
    ],
)
def test_entries_are_neither_changed_nor_removed(ward: Ward, statement: str):
    engine = apps.engine_of(ward.app)
    with engine.connect() as connection, pytest.raises(DatabaseError, match="log_entry rows are never"):
        connection.exec_driver_sql(statement)
    assert verify(ward.session) is None


def test_the_table_is_not_emptied_at_once(ward: Ward):
    engine = apps.engine_of(ward.app)
    # SQLite knows no TRUNCATE: a DELETE without a condition is what it has.
    statement = {"sqlite": "DELETE FROM log_entry", "postgresql": "TRUNCATE log_entry CASCADE"}[
        engine.dialect.name
    ]
    with engine.connect() as connection, pytest.raises(DatabaseError, match="log_entry rows are never"):
        connection.exec_driver_sql(statement)


def test_an_entry_is_not_replaced_by_another_of_its_number(ward: Ward):
    engine = apps.engine_of(ward.app)
    columns = ", ".join(f'"{column.name}"' for column in LogEntry.__table__.columns)
    values = columns.replace('"note"', "'khác'").replace('"hash"', "'khác'")
    replace = {"sqlite": "INSERT OR REPLACE INTO", "postgresql": "INSERT INTO"}[engine.dialect.name]
    update = {"sqlite": "", "postgresql": " ON CONFLICT (number) DO UPDATE SET note = 'khác'"}[
        engine.dialect.name
    ]
    statement = f"{replace} log_entry ({columns}) SELECT {values} FROM log_entry WHERE number = 3{update}"  # noqa: S608
    with engine.connect() as connection, pytest.raises(DatabaseError, match="log_entry rows are never"):
        connection.exec_driver_sql(statement)


def test_the_chain_of_the_world_is_whole(ward: Ward):
    assert ward.session.query(LogEntry).count() > 50
    assert verify(ward.session) is None


@pytest.mark.parametrize(
    ("change", "number", "reason"),
    [
        ("note = note || ' '", 7, "nội dung không khớp"),
        ("actor_name = 'Hệ thốnG'", 7, "nội dung không khớp"),
        ("after = replace(after, 'KP1', 'KP2')", None, "nội dung không khớp"),
        ("previous = hash", 7, "không nối đúng"),
        ("hash = previous", 7, "nội dung không khớp"),
    ],
)
def test_one_byte_changed_by_hand_is_named(ward: Ward, change: str, number: int | None, reason: str):
    if number is None:
        found = ward.session.scalars(sa.select(LogEntry.number).where(LogEntry.after.contains("KP1"))).first()
        assert found is not None
        number = found
    if change == "hash = previous":  # the hash is unique: the entry takes one that no other has
        change = "hash = replace(hash, substr(hash, 1, 1), 'x')"
    ward.settle()
    by_hand(ward, f"UPDATE log_entry SET {change} WHERE number = {number}")  # noqa: S608
    fault = verify(ward.session)
    assert fault is not None
    assert fault.number == number
    assert reason in fault.reason


def test_an_entry_removed_by_hand_is_named(ward: Ward):
    ward.settle()
    by_hand(ward, "DELETE FROM log_entry WHERE number = 5")
    fault = verify(ward.session)
    assert fault is not None
    assert fault.number == 5
    assert "thiếu mục số 5" in fault.reason


def test_the_command_names_the_entry(ward: Ward):
    run = ward.app.test_cli_runner()
    told = run.invoke(args=["verify-log"])
    assert told.exit_code == 0
    assert "toàn vẹn" in told.output
    by_hand(ward, "UPDATE log_entry SET note = 'x' WHERE number = 9")
    told = run.invoke(args=["verify-log"])
    assert told.exit_code == 1
    assert "mục số 9" in told.output


def edit(ward: Ward, number: int) -> None:
    """A writer that reads first, as a view does, and writes a few changes, each with its entry."""
    for turn in range(TURNS):
        with Session(apps.engine_of(ward.app)) as session:
            account = session.get_one(Account, number)
            account.phone = f"033 {turn}"
            record(session, "account.edited", account, by=NOBODY, at=ward.now, note=f"{number} {turn}")
            if turn == GIVEN_UP:
                session.rollback()
            else:
                session.commit()


def test_writers_at_once_keep_the_chain_whole(ward: Ward):
    before = ward.session.query(LogEntry).count()
    numbers = list(ward.session.scalars(sa.select(Account.id).order_by(Account.id).limit(WRITERS)))
    ward.settle()
    at_once(WRITERS, lambda turn: edit(ward, numbers[turn]))
    assert ward.session.query(LogEntry).count() == before + WRITERS * (TURNS - 1)
    assert verify(ward.session) is None

"""The database has the last word: each constraint is broken once, on both kinds of database."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.database.broken import BROKEN, FREE_PLACE, NOBODY, TABLES, Change, Twin
from tests.support import apps
from tests.support.ward import Ward

"""Constraint → how it is broken. Those of enumerations and of what hangs on itself are broken in one way all."""
OWN = {
    "ck_unit_own_parent": "parent_id",
    "ck_task_own_forerunner": "follows_id",
    "ck_campaign_own_forerunner": "follows_id",
}
"""Constraint → the reference that must not lead to its own row."""

WORDS = {
    f"ck_{table.name}_{column.type.name}": (table, column)
    for table in TABLES.values()
    for column in table.columns
    if isinstance(column.type, sa.Enum)
}
NEVER_CHANGED = {"signature"}
"""Tables whose rows a trigger keeps: what is wrong comes as another row."""
RIGHT = {
    "ck_task_taskstatus": {"status": "draft"},
    "ck_task_remark_taskpart": {"part": "title"},
    "ck_obstacle_decision": {"decision": "help"},
    "ck_signature_capacity": {"capacity": "kt"},
    "ck_amendment_amendmentstatus": {"status": "proposed"},
    "ck_task_import_importstatus": {"status": "written"},
    "ck_follow_up_followupend": {"source": "call"},
    "ck_follow_up_followupsource": {"source": "call"},
    "ck_period_exception_exceptionkind": {"kind": "excused"},
    "ck_document_documentstatus": {"status": "draft"},
    "ck_print_job_jobstatus": {"status": "waiting"},
    "ck_data_request_requestoutcome": {"outcome": "done"},
}
"""Rows to choose so that no other constraint is broken too."""
SAID_BEFORE = {
    "ck_indicator_direction": "ck_indicator_target",  # a target is right in a direction only
    "ck_task_taskstatus": "ck_task_received",  # who has a number is known by the status
    "uq_log_entry_hash": "log_entry rows are never replaced",  # SQLite's trigger comes first
}
LED_FROM = {"copy_id": {"way": "outside"}, "amendment_id": {"decision": "extend"}}
"""Columns that lead from certain rows alone."""
REFERENCES = [
    (table.name, reference.column_keys[0])
    for table in TABLES.values()
    for reference in sorted(table.foreign_key_constraints, key=lambda one: str(one.name))
]


def constraints() -> dict[str, sa.Table]:
    """Every CHECK, UNIQUE and unique index of the models."""
    found = {}
    for table in TABLES.values():
        kinds = (sa.CheckConstraint, sa.UniqueConstraint)
        found |= {str(one.name): table for one in table.constraints if isinstance(one, kinds)}
        found |= {str(one.name): table for one in table.indexes if one.unique}
    return found


def row_of(connection: sa.Connection, table: sa.Table, where: Mapping[str, Any]) -> dict[str, Any]:
    conditions = [table.c[name] == value for name, value in where.items()]
    row = connection.execute(sa.select(table).where(*conditions).limit(1)).mappings().first()
    assert row is not None, f"no {table.name} with {where}"
    return dict(row)


def is_this(table: sa.Table, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*[column == row[column.name] for column in table.primary_key])


def breaking(connection: sa.Connection, table: sa.Table, how: Change | Twin) -> sa.UpdateBase:
    row = row_of(connection, table, how.where)
    if isinstance(how, Change):
        return sa.update(table).where(is_this(table, row)).values(how.values)
    numbered = {column.name: NOBODY for column in table.primary_key if column.type.python_type is int}
    return sa.insert(table).values(row | numbered | how.but)


def refused(ward: Ward, table: sa.Table, how: Change | Twin) -> str:
    """What the database says to it."""
    with apps.engine_of(ward.app).connect() as connection:
        statement = breaking(connection, table, how)
        with pytest.raises(IntegrityError) as told:
            connection.execute(statement)
        connection.rollback()
    return str(told.value.orig)


def names_it(said: str, constraint: str, table: sa.Table) -> bool:
    """SQLite names the columns of a UNIQUE, not its name."""
    unique = [
        one for one in table.constraints if isinstance(one, sa.UniqueConstraint) and one.name == constraint
    ]
    partial = [one for one in table.indexes if one.name == constraint]
    columns = [
        ", ".join(f"{table.name}.{column.name}" for column in one.columns) for one in (*unique, *partial)
    ]
    if constraint in said or SAID_BEFORE.get(constraint, constraint) in said:
        return True
    return any(f"UNIQUE constraint failed: {one}" == said for one in columns)


@pytest.mark.parametrize("constraint", sorted(BROKEN))
def test_the_database_refuses(filled: Ward, constraint: str):
    table = constraints()[constraint]
    said = refused(filled, table, BROKEN[constraint])
    assert names_it(said, constraint, table), said


@pytest.mark.parametrize("constraint", sorted(WORDS))
def test_the_database_refuses_a_word_that_is_not_in_the_list(filled: Ward, constraint: str):
    table, column = WORDS[constraint]
    kind = Twin if table.name in NEVER_CHANGED else Change
    strange = kind({column.name: sa.literal_column("'khác'")}, RIGHT.get(constraint, {}))
    said = refused(filled, table, strange)
    assert constraint in said or SAID_BEFORE.get(constraint, constraint) in said


@pytest.mark.parametrize(("constraint", "column"), sorted(OWN.items()))
def test_nothing_hangs_on_itself(filled: Ward, constraint: str, column: str):
    table = constraints()[constraint]
    assert constraint in refused(filled, table, Change({column: table.c.id}))


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_nothing_points_at_what_is_not_there(filled: Ward, table: str, column: str):
    how = (
        Twin({"signatory_id": FREE_PLACE, "mark": None, column: NOBODY}, LED_FROM.get(column, {}))
        if table in NEVER_CHANGED
        else Change({column: NOBODY}, LED_FROM.get(column, {}))
    )
    said = refused(filled, TABLES[table], how)
    assert "foreign key" in said.lower()


def test_every_constraint_is_broken_once():
    assert {*BROKEN, *WORDS, *OWN} == set(constraints())


def test_every_table_has_a_row_to_break(filled: Ward):
    with apps.engine_of(filled.app).connect() as connection:
        empty = [
            name
            for name, table in TABLES.items()
            if connection.execute(sa.select(table).limit(1)).first() is None
        ]
    assert empty == []

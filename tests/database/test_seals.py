"""What was sealed stays: the text of a frozen commitment and every signature, whoever asks the database."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.support import apps
from tests.support.ward import Ward

CHANGES = {
    "UPDATE commitment SET content = content || ' '": "sealed commitment",
    "UPDATE commitment SET digest = replace(digest, 'a', 'b') || ''": "sealed commitment",
    "UPDATE commitment SET content = NULL, digest = NULL": "sealed commitment",
    "DELETE FROM commitment": "sealed commitment",
    "UPDATE signature SET by_name = 'Người khác'": "sealed signature",
    "UPDATE signature SET signed_on = signed_on": "sealed signature",
    "DELETE FROM signature": "sealed signature",
}


@pytest.mark.parametrize("statement", CHANGES)
def test_what_is_sealed_is_neither_changed_nor_removed(filled: Ward, statement: str):
    with apps.engine_of(filled.app).connect() as connection:
        with pytest.raises(DatabaseError, match=f"{CHANGES[statement]} rows are never"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def test_signatures_are_not_emptied_at_once(filled: Ward):
    engine = apps.engine_of(filled.app)
    # SQLite knows no TRUNCATE: a DELETE without a condition is what it has.
    statement = {"sqlite": "DELETE FROM signature", "postgresql": "TRUNCATE signature"}[engine.dialect.name]
    with engine.connect() as connection:
        with pytest.raises(DatabaseError, match="sealed signature rows are never"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def test_a_draft_still_changes_and_a_sealed_one_still_moves_on(filled: Ward):
    with apps.engine_of(filled.app).connect() as connection:
        frozen = "UPDATE commitment SET version = version + 1, content = content WHERE status = 'frozen'"
        assert connection.exec_driver_sql(frozen).rowcount >= 1
        same = (
            "campaign_id, unit_id, place, terms, copies, witness, witness_post, in_order, "
            "prepared_by_id, prepared_at"
        )
        draft = (
            f"INSERT INTO commitment ({same}, edition, status, withdrawn_because, version) "  # noqa: S608 - ours
            f"SELECT {same}, 9, 'draft', '', 1 FROM commitment WHERE status = 'signed'"
        )
        made = connection.exec_driver_sql(draft).rowcount
        assert made >= 1
        sealed = sa.text("UPDATE commitment SET content = '{}', digest = :digest WHERE edition = 9")
        assert connection.execute(sealed, {"digest": "0" * 64}).rowcount == made
        assert connection.exec_driver_sql("DELETE FROM commitment WHERE edition = 8").rowcount == 0
        connection.rollback()

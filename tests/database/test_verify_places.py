"""Who was to sign, who did, and what was filed: changed past the program, each is found."""

import sqlite3
from contextlib import closing

import pytest

from tests.database.test_verify import by_hand, demand_named, verify, ward
from tests.support import apps
from tests.support.ward import Ward

__all__ = ["ward"]

PAST = {
    "a signatory of the frozen text": (
        "UPDATE signatory SET name = 'Kẻ Khác' WHERE commitment_id = (SELECT id FROM commitment WHERE unit_id = KP1)",
        "Khu phố 1, lần 1: những người ký trong dữ liệu khác với những người ký trong nội dung đã chốt",
    ),
    "a place to sign": (
        "DELETE FROM signatory WHERE commitment_id = (SELECT id FROM commitment WHERE unit_id = KP3)",
        "Khu phố 3, lần 1: những người ký trong dữ liệu khác",
    ),
    "who signed": (
        "UPDATE signature SET signer_name = 'Kẻ Khác' WHERE undone_at IS NULL",
        "Khu phố 1, lần 1: chữ ký của Phạm Văn Đức, Khu trưởng khác với mục số",
    ),
    "who saw it signed": (
        "UPDATE signature SET certified_by = 'Kẻ Khác' WHERE undone_at IS NULL",
        "Khu phố 1, lần 1: chữ ký của Phạm Văn Đức, Khu trưởng khác với mục số",
    ),
    "a superseding": (
        "UPDATE commitment SET status = 'superseded', superseded_at = frozen_at WHERE unit_id = KP1",
        "Khu phố 1, lần 1: việc thay bằng bản mới không khớp giữa dữ liệu và nhật ký",
    ),
    "a filed copy": (
        "DELETE FROM signed_copy",
        "Khu phố 1, lần 1: mất bản đã ký mà nhật ký ghi đã lưu, tệp ",
    ),
    "a copy put aside in silence": (
        "UPDATE signed_copy SET aside_at = filed_at, aside_because = 'x'",
        "ra ngoài hồ sơ không khớp giữa dữ liệu và nhật ký",
    ),
}


@pytest.mark.parametrize("past", PAST)
def test_what_is_changed_by_hand_is_named(ward: Ward, past: str):
    demand_named(ward, *PAST[past])


def test_a_signature_without_its_place_stops_nothing(ward: Ward):
    statement = "DELETE FROM signatory WHERE commitment_id = (SELECT id FROM commitment WHERE unit_id = KP1)"
    engine, unit = apps.engine_of(ward.app), ward.unit("KP1").id
    ward.settle()
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as raw:  # watches no references
            raw.execute(statement.replace("KP1", str(unit)))
            raw.commit()
    else:
        by_hand(ward, statement)
    code, told = verify(ward)
    assert code == 1
    assert "không còn người ký nào trong dữ liệu" in told
    assert "Khu phố 1, lần 1: những người ký trong dữ liệu khác" in told


def test_it_runs_while_somebody_writes(ward: Ward):
    ward.settle()
    with apps.engine_of(ward.app).begin() as writing:
        writing.exec_driver_sql("UPDATE unit SET position = position")
        code, told = verify(ward)
    assert code == 0, told

"""The command that puts a backup back: what it says, and how it ends."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pyrage import x25519

from pledges.settings import DATABASE_FILE
from tests.support.backups import backed_up
from tests.support.commands import Ended, carried_out
from tests.support.ward import Ward


def put_back(*arguments: str | Path, **environment: str) -> Ended:
    return carried_out(["restore", *map(str, arguments)], {"PATH": os.environ["PATH"], **environment})


def test_it_says_what_it_put_back_and_leaves_alone_what_has_data(ward: Ward, tmp_path: Path):
    path, rehearsal = backed_up(ward.app)
    assert rehearsal.manifest
    there = tmp_path / "another"
    done = put_back(path, "--into", there)
    assert (done.code, done.err) == (0, "")
    assert "Đã khôi phục bản sao lưu lúc" in done.out
    refused = put_back(path, "--into", there)
    assert (refused.code, "thêm --replace" in refused.err) == (1, True)
    with closing(sqlite3.connect(there / DATABASE_FILE)) as another_program:
        another_program.execute("PRAGMA journal_mode=WAL")
        another_program.execute("SELECT count(*) FROM unit").fetchone()
        refused = put_back(path, "--into", there, "--replace")
    assert (refused.code, "đang có chương trình khác mở" in refused.err) == (1, True)
    replaced = put_back(path, "--into", there, "--replace")
    assert (replaced.code, "được cất ở" in replaced.out) == (0, True)


def test_a_sealed_one_asks_for_its_key(ward: Ward, tmp_path: Path):
    identity = x25519.Identity.generate()
    path, rehearsal = backed_up(ward.app, BACKUP_KEY=str(identity.to_public()))
    assert rehearsal.whole
    there, key = tmp_path / "another", tmp_path / "key.txt"
    assert "niêm bằng khóa" in put_back(path, "--into", there).err
    assert (
        "chỉ niêm được" in put_back(path, "--into", there, PLEDGES_BACKUP_KEY=str(identity.to_public())).err
    )
    key.write_text("ngắn", encoding="utf-8")
    assert f"Khóa trong tệp {key} quá ngắn" in put_back(path, "--into", there, "--key-file", key).err
    assert not (there / DATABASE_FILE).exists()
    key.write_text(f"# public key: {identity.to_public()}\n{identity}\n", encoding="utf-8")
    assert put_back(path, "--into", there, "--key-file", key).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "không hiểu"), (["/nowhere.tar"], "Không có tệp sao lưu /nowhere.tar"), ([__file__], "hỏng")],
)
def test_what_can_not_be_done_is_one_sentence(tmp_path: Path, arguments: list[str], said: str):
    ended = put_back(*arguments, "--into", tmp_path / "another")
    assert ended.code == 1
    assert said in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("key", ["bí mật", "age1khong-phai-khoa"])
def test_a_key_that_seals_nothing_stops_every_command(tmp_path: Path, key: str):
    ended = put_back("/nowhere.tar", "--into", tmp_path, PLEDGES_BACKUP_KEY=key)
    assert ended.code == 1
    assert "Thiết đặt BACKUP_KEY (biến môi trường PLEDGES_BACKUP_KEY)" in ended.err
    assert key not in ended.err

"""What a start finds where its data should be, and will not work with: one sentence, and nothing is made."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.commands import refusal

UNREACHABLE = "postgresql://nguoi:bimat@127.0.0.1:1/so"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "pledges.sqlite").write_bytes(b"khong phai co so du lieu" * 100)
    sentence = refusal("--port", "0", "--instance", str(tmp_path))
    assert sentence == f"Tệp {tmp_path / 'pledges.sqlite'} không phải là cơ sở dữ liệu SQLite."


def test_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "pledges.sqlite")) as connection:
        connection.execute("CREATE TABLE khac (id INTEGER)")
    assert "bảng của chương trình khác" in refusal("--port", "0", "--instance", str(tmp_path))


def test_files_without_their_database_get_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "files" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "ab" / ("ab" * 32)).write_bytes(b"anh")
    sentence = refusal("--port", "0", "--empty", "--instance", str(tmp_path))
    assert "cơ sở dữ liệu trống hoặc không còn: hãy xem ổ đĩa đã gắn chưa" in sentence
    assert not (tmp_path / "pledges.sqlite").exists()


def test_nothing_is_made_beside_the_halves_of_a_restore(tmp_path: Path) -> None:
    (tmp_path / "restoring.json").write_text('{"file": "/dia/b.tar", "aside": ""}', encoding="utf-8")
    sentence = "Lần khôi phục trước bị ngắt giữa chừng: hãy chạy lại lệnh restore /dia/b.tar --replace."
    for command in ("start", "prepare"):
        assert refusal("--instance", str(tmp_path), command=command) == sentence
    assert not (tmp_path / "pledges.sqlite").exists()
    assert not (tmp_path / "secret-key").exists()


def test_a_postgresql_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    sentence = refusal("--port", "0", "--instance", str(tmp_path), PLEDGES_DATABASE_URL=UNREACHABLE)
    assert sentence == "Không kết nối được PostgreSQL ở 127.0.0.1:1/so: hãy xem máy chủ có đang chạy không."


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    sentence = refusal("--port", "0", "--instance", str(tmp_path / "tep" / "kho"))
    assert "một tệp, không phải thư mục" in sentence

"""What a crash left half done: found, told, set aside and never deleted; and what is going on is left alone."""

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from pledges import instance as instances
from pledges.core.locks import take
from pledges.files import operations
from pledges.files.models import StoredFile
from pledges.files.operations import DRAFT, FileMissing, content_of, place, store
from pledges.upkeep import repair
from tests.support.ward import Ward

PDF = b"%PDF-1.7 minutes"


@pytest.fixture
def files(ward: Ward) -> Path:
    return Path(ward.app.config["INSTANCE"]) / "files"


def kept(ward: Ward, files: Path, content: bytes = PDF) -> str:
    """A file that was stored as always."""
    stored = store(ward.session, files, content, by=ward.actor("clerk"), at=ward.now)
    ward.session.commit()
    sha256 = stored.sha256
    ward.settle()
    return sha256


def stray(ward: Ward, files: Path, content: bytes = b"%PDF-1.7 stray") -> str:
    """The program was killed between the file and its row."""
    stored = store(ward.session, files, content, by=ward.actor("clerk"), at=ward.now)
    sha256 = stored.sha256
    ward.session.rollback()
    return sha256


def draft(files: Path) -> Path:
    """The program was killed while it wrote a file."""
    path = files / "ab" / f"{DRAFT}k3x9"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7 ha")
    return path


def test_nothing_to_find(ward: Ward, files: Path):
    kept(ward, files)
    assert repair.repair(ward.app).whole
    assert repair.at_start(ward.app) == []


def test_an_instance_without_files_is_whole(ward: Ward, files: Path):
    assert not files.exists()
    assert repair.found(ward.app).whole


def test_files_without_rows_and_drafts_are_set_aside_whole(ward: Ward, files: Path):
    known, lost = kept(ward, files), stray(ward, files)
    part = draft(files)
    assert repair.found(ward.app) == repair.Finding((part.name,), (lost,), ())
    assert part.exists(), "looking moves nothing"
    done = repair.repair(ward.app)
    assert (done.drafts, done.strays, done.missing) == ((part.name,), (lost,), ())
    assert done.set_aside is not None
    assert {one.name: one.read_bytes() for one in done.set_aside.iterdir()} == {
        lost: b"%PDF-1.7 stray",
        part.name: b"%PDF-1.7 ha",
    }
    assert done.words == [
        f"01 tệp ghi dở khi chương trình bị ngắt, đã chuyển vào {done.set_aside}: {part.name}.",
        f"01 tệp không hồ sơ nào nhắc đến, đã chuyển vào {done.set_aside}: {lost[:16]}.",
    ]
    assert content_of(files, known) == PDF
    assert repair.repair(ward.app).whole


def test_the_same_file_twice_stays_twice(ward: Ward, files: Path):
    for _time in range(2):
        lost = stray(ward, files)
        done = repair.repair(ward.app)
    assert done.set_aside is not None
    assert sorted(one.name for one in done.set_aside.iterdir()) == [lost, f"{lost} 2"]


def test_rows_without_files_are_told_and_stay(ward: Ward, files: Path, caplog: pytest.LogCaptureFixture):
    gone = kept(ward, files)
    place(files, gone).unlink()
    with caplog.at_level(logging.WARNING):
        words = repair.at_start(ward.app)
    assert words == [
        f"01 tệp có trong hồ sơ nhưng không còn trên đĩa, hãy khôi phục từ bản sao lưu: {gone[:16]}."
    ]
    assert gone[:16] in caplog.text
    assert ward.session.scalars(select(StoredFile.sha256)).all() == [gone]
    with pytest.raises(FileMissing):
        content_of(files, gone)


def test_a_draft_that_somebody_writes_is_left_alone(ward: Ward, files: Path):
    path = draft(files)
    with path.open("ab") as file:
        assert take(file)
        assert repair.repair(ward.app).whole
    assert repair.repair(ward.app).drafts == (path.name,)


def test_what_was_set_aside_before_its_row_came_is_written_again(
    ward: Ward, files: Path, monkeypatch: pytest.MonkeyPatch
):
    """Another process repairs while this one stands between the file and its turn."""

    def repaired_meanwhile(_session: object) -> None:
        monkeypatch.undo()
        ward.session.rollback()
        assert len(repair.repair(ward.app).strays) == 1

    clerk = ward.actor("clerk")
    monkeypatch.setattr(operations, "take_turn", repaired_meanwhile)
    stored = store(ward.session, files, PDF, by=clerk, at=ward.now)
    ward.session.commit()
    assert content_of(files, stored.sha256) == PDF


def test_more_names_than_are_told_are_counted(ward: Ward):
    names = tuple(f"{number:064x}" for number in range(7))
    assert repair.Finding(missing=names).words[0].endswith("và 2 tệp nữa.")


def test_a_disk_that_lets_nothing_be_moved_keeps_nobody_from_starting(
    ward: Ward, files: Path, monkeypatch: pytest.MonkeyPatch
):
    lost = stray(ward, files)

    def refused(*_told: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refused)
    assert repair.at_start(ward.app) == [
        f"01 tệp không hồ sơ nào nhắc đến, chưa chuyển đi: {lost[:16]}.",
    ]


@contextmanager
def noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done to the disk, in order."""
    done: list[str] = []
    sync, rename = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append(f"sync {'folder' if stat.S_ISDIR(os.fstat(handle).st_mode) else 'file'}")
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("name")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    yield done
    monkeypatch.undo()


def test_the_name_comes_after_the_content_and_is_synced_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    new = ["sync folder", "sync folder", "sync file", "name", "sync folder"]
    with noted(monkeypatch) as done:
        operations.write(tmp_path / "files" / "ab" / "abc", PDF)
        assert done == new  # the two new folders first: a name in a folder without a name is no name
        done.clear()
        operations.write(tmp_path / "files" / "ab" / "abc", PDF)
        assert done == ["sync folder"]
        done.clear()
        instances.write_private(tmp_path / "key", "k")
        assert done == ["sync file", "name", "sync folder"]


def test_the_command_looks_and_repairs(ward: Ward, files: Path):
    lost = stray(ward, files)
    look = ward.app.test_cli_runner().invoke(args=["repair", "--look"])
    assert (look.exit_code, look.output) == (
        0,
        f"01 tệp không hồ sơ nào nhắc đến, chưa chuyển đi: {lost[:16]}.\n",
    )
    runner = ward.app.test_cli_runner()
    assert "đã chuyển vào" in runner.invoke(args=["repair"]).output
    assert runner.invoke(args=["repair"]).output == "Tệp và hồ sơ khớp nhau, không có gì ghi dở.\n"
    kept(ward, files)
    place(files, kept(ward, files)).unlink()
    assert runner.invoke(args=["repair"]).exit_code == 1

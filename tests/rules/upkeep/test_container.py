"""The file of a backup: what comes out is what went in, or a sentence."""

import gzip
import io
import tarfile
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from pledges.backup_keys import Key, SealError, read_key
from pledges.upkeep import sqlite_copies
from pledges.upkeep.container import TRAILER, Part, check_whole, is_sealed, parts_in, tarred, unseal, write
from pledges.upkeep.rules import BackupError

CONTENT = {"head.json": b"{}", "database/unit.copy.gz": bytes(range(256)) * 9000, "empty": b""}
PARTS = [Part.of(name, content) for name, content in CONTENT.items()]
IDENTITY = x25519.Identity.generate()
PASSPHRASE = "trời hôm nay nhiều mây trắng"


def written(folder: Path, key: Key | None) -> Path:
    path = folder / "a.tar"
    with path.open("w+b") as file:
        write(file, PARTS, key)
    return path


def read(path: Path, key: Key | None) -> dict[str, bytes]:
    check_whole(path)
    tar = unseal(path, key, path.with_suffix(".open"))
    return {name: file.read() for name, file in parts_in(tar)}


def test_an_open_one_is_a_tar_that_any_tar_reads(tmp_path: Path):
    path = written(tmp_path, None)
    assert read(path, None) == CONTENT
    assert not is_sealed(path)
    with tarfile.open(path) as tar:
        assert tar.getnames() == list(CONTENT)


def test_a_secret_key_seals_and_opens(tmp_path: Path):
    path = written(tmp_path, read_key(str(IDENTITY)).prepared())
    assert is_sealed(path)
    assert CONTENT["database/unit.copy.gz"][:600] not in path.read_bytes()
    assert read(path, read_key(f"# created: 2026\n# public key: age1x\n{IDENTITY}\n")) == CONTENT
    with tarfile.open(path) as tar:  # and so does age itself
        sealed = tar.extractfile("noi-dung.tar.age")
        assert sealed
        opened = pyrage.decrypt(sealed.read(), [IDENTITY])
    assert opened == b"".join(tarred(PARTS))


def test_a_public_key_seals_what_this_process_alone_and_the_secret_one_open(tmp_path: Path):
    key = read_key(str(IDENTITY.to_public())).prepared()
    path = written(tmp_path, key)
    assert read(path, key) == CONTENT
    assert read(path, read_key(str(IDENTITY))) == CONTENT
    with pytest.raises(BackupError, match="Khóa công khai chỉ niêm được"):
        read(path, read_key(str(IDENTITY.to_public())))


def test_a_passphrase_seals_and_opens(tmp_path: Path):
    path = written(tmp_path, read_key(PASSPHRASE).prepared())
    assert read(path, read_key(f"{PASSPHRASE}\n")) == CONTENT


def test_without_the_key_or_with_another_nothing_comes_out(tmp_path: Path):
    path = written(tmp_path, read_key(str(IDENTITY)).prepared())
    with pytest.raises(BackupError, match="niêm bằng khóa"):
        read(path, None)
    with pytest.raises(BackupError, match="Khóa không mở được"):
        read(path, read_key(str(x25519.Identity.generate())))


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * 5000, b"\0" * 2048, b"x" * (TRAILER - 1) + b"\n"],
    ids=["empty", "x", "zeros", "short"],
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "a.tar"
    path.write_bytes(content)
    with pytest.raises(BackupError):
        read(path, None)


def test_a_part_that_changes_its_length_ends_it():
    with pytest.raises(BackupError, match="đổi độ dài"):
        b"".join(tarred([Part("grown", 3, lambda: (b"four",))]))


def test_a_large_part_is_never_held_whole(tmp_path: Path):
    """Pieces are asked for one by one, each when the one before has been written."""
    asked: list[int] = []
    target = io.BytesIO()

    def pieces():
        for number in range(5):
            assert target.tell() >= number * 1000
            asked.append(number)
            yield b"x" * 1000

    write(target, [Part("a", 5000, pieces)], None)
    assert asked == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ngắn quá", "quá ngắn"),
        ("age1không", "không phải khóa age"),
        ("AGE-SECRET-KEY-1X", "không phải khóa age"),
    ],
)
def test_a_key_that_is_none_is_refused(text: str, why: str):
    with pytest.raises(SealError, match=why):
        read_key(text)


def test_a_key_is_not_shown():
    assert str(IDENTITY) not in repr(read_key(str(IDENTITY)).prepared())
    assert PASSPHRASE not in repr(read_key(PASSPHRASE))


def test_a_part_with_holes_is_refused_before_they_are_filled(tmp_path: Path):
    info = tarfile.TarInfo("database/pledges.sqlite.gz")
    info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,1"}
    info.pax_headers |= {"GNU.sparse.size": str(10**15)}
    info.size = 1
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(b"a"))
    with pytest.raises(BackupError, match="phần lạ"):
        next(parts_in(path))


@pytest.mark.parametrize("packed", [b"no gzip", gzip.compress(bytes(9000))[:-9]])
def test_a_database_that_does_not_unpack_is_told_in_a_sentence(tmp_path: Path, packed: bytes):
    (tmp_path / "database").mkdir()
    (tmp_path / sqlite_copies.PART).write_bytes(packed)
    with pytest.raises(BackupError, match="hỏng"):
        sqlite_copies.unpack(tmp_path, tmp_path / "a.sqlite")

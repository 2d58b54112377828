"""Mở bản sao lưu: every byte is held against what was written before anything of it is believed."""

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pledges.backup_keys import Key
from pledges.instance import SECRET_FILE
from pledges.upkeep.container import PIECE, Progress, check_whole, parts_in, unseal
from pledges.upkeep.migrating import known
from pledges.upkeep.places import OWN
from pledges.upkeep.rules import BackupError, Head, Manifest, Member, read_head, read_manifest
from pledges.upkeep.taking import HEAD, MANIFEST

_OWN = "|".join(map(re.escape, (HEAD, SECRET_FILE, *OWN)))
_DATABASE, _FILE = (
    r"database/[a-z0-9_]+\.(?:sqlite|copy)\.gz",
    r"(?:files|altered)/([0-9a-f]{2})/\1[0-9a-f]{62}",
)
_ALLOWED = re.compile(f"{_OWN}|{_DATABASE}|{_FILE}")
_DIALECTS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
Wanted = Callable[[str], bool]


@dataclass(frozen=True)
class Opened:
    """A backup whose bytes are whole and whose seal is off: its head, and the open tar."""

    head: Head
    tar: Path


def open_backup(path: Path, key: Key | None, scratch: Path, progress: Progress | None = None) -> Opened:
    """Check and unseal a backup; raises BackupError for one that is damaged, sealed by another key, or newer."""
    if not path.is_file():
        raise BackupError(f"Không có tệp sao lưu {path}.")
    check_whole(path, progress)
    tar = unseal(path, key, scratch / "open.tar")
    with closing(parts_in(tar)) as parts:
        first = next(parts, None)
        text = first[1].read(PIECE) if first and first[0] == HEAD else b""
    head = read_head(text)
    strange = set(head.revisions) - known()
    if strange:
        raise BackupError(
            f"Bản sao lưu do bản mới hơn của chương trình ({head.program}) lập: hãy cài bản đó rồi khôi phục."
        )
    return Opened(head, tar)


def demand_kind(head: Head, dialect: str) -> None:
    """Refuse rows of one kind of database for another."""
    if head.dialect != dialect:
        has, wants = (_DIALECTS.get(one, one) for one in (head.dialect, dialect))
        raise BackupError(
            f"Bản sao lưu là của {has}, máy này đang đặt {wants}: hãy đặt DATABASE_URL là {has} rồi khôi phục."
        )


def extract(opened: Opened, folder: Path, wanted: Wanted, *, sync: bool = False) -> Manifest:
    """Lay out what is wanted of a backup, and hold every part against the manifest at its end.

    With `sync` what was laid out is on the disk for good.
    """
    found: list[Member] = []
    manifest: Manifest | None = None
    for name, file in parts_in(opened.tar):
        if manifest is not None:
            raise BackupError("Bản sao lưu có phần thừa sau bản kê.")
        if name == MANIFEST:
            manifest = read_manifest(file.read())
            continue
        if not _ALLOWED.fullmatch(name):
            raise BackupError(f"Bản sao lưu có phần lạ: {name}.")
        found.append(_lay_out(name, file, folder / name if wanted(name) else None, sync=sync))
    if manifest is None:
        raise BackupError("Bản sao lưu không có bản kê.")
    if tuple(found) != manifest.members or manifest.head != opened.head:
        wrong = next((one.name for one in found if one not in manifest.members), "bản kê")
        raise BackupError(f"Bản sao lưu không khớp bản kê của nó ở {wrong}.")
    return manifest


def _lay_out(name: str, file: IO[bytes], target: Path | None, *, sync: bool) -> Member:
    digest, size = hashlib.sha256(), 0
    if target:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    out = target.open("xb") if target else None
    try:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            if out:
                out.write(piece)
        if out and sync:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out:
            out.close()
    sha256 = digest.hexdigest()
    if name.startswith("files/") and not name.endswith(sha256):
        raise BackupError(f"Tệp {name} trong bản sao lưu không khớp mã của nó.")
    return Member(name, sha256, size)

"""Sao lưu: one file with everything, written beside, synced, then named.

The database first, from one moment, while others write; the files after it: one that came in between has no row and
stays out, and none that has a row is missed, since a file is on the disk before its row is committed.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

from pledges.core import clock
from pledges.files.operations import place as place_of
from pledges.instance import SECRET_FILE, sync_folder
from pledges.upkeep import postgres_copies, sqlite_copies
from pledges.upkeep.container import Part, pieces_of, write
from pledges.upkeep.places import LEFT_AFTER, OWN, Place
from pledges.upkeep.rules import FORMAT, BackupError, BackupKind, Head, Manifest, Member, Name, megabytes
from pledges.upkeep.snapshots import Snapshot
from pledges.version import VERSION

HEAD, MANIFEST = "head.json", "manifest.json"
DRAFTS = (".sao-luu-*.part", ".du-phong-*.part")
SPARE = 100_000_000
"""So many bytes of a disk are left to those who write meanwhile."""
Tell = Callable[[str, int, int], None]
"""What is told while it goes on: the stage, how much of it is done, and of how much."""
DATABASE, FILES = "database", "files"


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody listens."""


@dataclass
class _Taking:
    """One backup while it is written."""

    place: Place
    kind: BackupKind
    snapshot: Snapshot
    name: Name
    tell: Tell
    members: list[Member] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[Part]:
        """Everything, in its order; what was found on the way stands in the last part."""
        head = self._head()
        yield self._small(HEAD, head.text())
        yield self._small(SECRET_FILE, (self.place.secret + "\n").encode())
        for name in OWN:
            path = self.place.instance / name
            if path.is_file():
                yield self._small(name, path.read_bytes())
        for name, path in self.snapshot.parts.items():
            digest = _digest(path)
            self.members.append(Member(name, digest, path.stat().st_size))
            yield Part.file(name, path)
        yield from self._files()
        yield Part.of(MANIFEST, self._manifest(head).text())

    def _small(self, name: str, content: bytes) -> Part:
        self.members.append(Member(name, hashlib.sha256(content).hexdigest(), len(content)))
        return Part.of(name, content)

    def _files(self) -> Iterator[Part]:
        """Files that have rows. One that is gone is named; one that was altered goes along under another name."""
        total = sum(size for _sha256, size in self.snapshot.stored)
        done = 0
        for sha256, size in self.snapshot.stored:
            self.tell(FILES, done, total)
            done += size
            path = place_of(self.place.files, sha256)
            if not path.is_file():
                self.absent.append(sha256)
                continue
            found = _digest(path)
            if found != sha256:
                self.absent.append(sha256)
            folder = "files" if found == sha256 else "altered"
            name = f"{folder}/{sha256[:2]}/{sha256}"
            self.members.append(Member(name, found, path.stat().st_size))
            yield Part.file(name, path)

    def _head(self) -> Head:
        made_at = self.name.at.astimezone(UTC).isoformat(timespec="seconds")
        return Head(FORMAT, VERSION, self.snapshot.dialect, self.snapshot.facts.revisions, made_at)

    def _manifest(self, head: Head) -> Manifest:
        facts = self.snapshot.facts
        return Manifest(
            head=head,
            kind=self.kind,
            counts=facts.counts,
            sealed=facts.sealed,
            seal=facts.seal,
            members=tuple(self.members),
            columns=self.snapshot.columns,
            numbers=self.snapshot.numbers,
            absent=tuple(self.absent),
        )


def take(place: Place, kind: BackupKind, tell: Tell = silent) -> Path:
    """Take a backup and give its file; whoever fails leaves nothing behind. Raises BackupError or OSError."""
    tell(DATABASE, 0, 0)
    make_folder(place)
    _sweep(place.backups)
    _demand_room(place)
    name = _free_name(place, kind)
    with place.scratch() as scratch:
        snapshot = snapshot_of(place, scratch)
        taking = _Taking(place, kind, snapshot, name, tell)
        target = place.backups / str(name)
        draft = target.with_name(f".{target.name}.part")
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "w+b") as file:
                write(file, taking.parts(), place.key)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
            sync_folder(place.backups)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    return target


def _sweep(folder: Path) -> None:
    """Remove drafts that a power cut left: each is as large as a backup. Another's that is being written stays."""
    long_ago = clock.real().timestamp() - LEFT_AFTER
    for draft in (path for pattern in DRAFTS for path in folder.glob(pattern)):
        with suppress(OSError):
            if draft.stat().st_mtime < long_ago:
                draft.unlink()


def _free_name(place: Place, kind: BackupKind) -> Name:
    """The name of this second, or of the next one that is free."""
    name = Name(clock.real().replace(microsecond=0), kind)
    while (place.backups / str(name)).exists():
        name = Name(name.at + timedelta(seconds=1), kind)
    return name


def snapshot_of(place: Place, scratch: Path) -> Snapshot:
    """The database at this moment, by the means of its kind."""
    file = place.database
    if file is None:
        return postgres_copies.snapshot(place.address, scratch)
    if not file.is_file():
        raise BackupError(f"Kho {place.instance} chưa có cơ sở dữ liệu để sao lưu.")
    return sqlite_copies.snapshot(file, scratch)


def make_folder(place: Place) -> None:
    """Make the instance's own folder of backups; one elsewhere must be there, else the disk isn't plugged in."""
    if place.backups.is_relative_to(place.instance):
        place.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not place.backups.is_dir():
        raise BackupError(f"Không thấy thư mục sao lưu {place.backups}: xem ổ đĩa đã cắm và gắn chưa.")


def _demand_room(place: Place) -> None:
    """Refuse to begin what can't end: room for the files, twice for the database (plain and packed)."""
    database = place.database.stat().st_size if place.database and place.database.is_file() else 0
    files = sum(path.stat().st_size for path in place.files.rglob("*") if path.is_file())
    kept, passing = files + database, 2 * database
    if place.beside:
        kept += passing
    for folder, wanted in ((place.backups, kept), (place.work, passing)):
        free = shutil.disk_usage(folder).free
        if free < wanted + SPARE:
            raise BackupError(
                f"Không đủ chỗ để sao lưu vào {folder}: cần khoảng {megabytes(wanted)}, còn {megabytes(free)}."
            )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return digest.hexdigest()

"""Khôi phục: a backup becomes the instance; what stood there is put aside by another name, never removed.

Everything is laid out beside and held against the manifest before anything that stands is touched. Then names are
changed, the database last (`exchanging`). Sessions stay behind: one may have been ended since.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from pledges.backup_keys import Key
from pledges.files.operations import place as place_of
from pledges.instance import ACCOUNTS_FILE, MARKER_FILE, SECRET_FILE, sync_folder, write_private
from pledges.upkeep import sqlite_copies
from pledges.upkeep.checking import differences
from pledges.upkeep.databases import address_of, engine_at, one_moment, tables_of
from pledges.upkeep.exchanging import Exchange, exchange
from pledges.upkeep.opening import demand_kind, extract, open_backup
from pledges.upkeep.places import FILES, Place
from pledges.upkeep.rehearsing import fill
from pledges.upkeep.rules import BackupError, Manifest

RESTORED_SETTINGS = "config.restored.py"
_ENDED = ("sign_in_proof", "account_session")
"""Tables of who is signed in: whoever was kept out after the backup was taken must not come in again."""
_BESIDE_SQLITE = ("", "-wal", "-shm")
_IN_USE = "Cơ sở dữ liệu {} đang có chương trình khác mở: hãy dừng chương trình rồi khôi phục."
_NOT_EMPTY = "Kho {} đã có dữ liệu: thêm --replace để cất dữ liệu hiện nay sang một bên rồi khôi phục."
_TABLES_THERE = (
    "Cơ sở dữ liệu PostgreSQL đã có bảng: hãy tạo cơ sở dữ liệu mới, trống, ghi tên nó vào DATABASE_URL "
    "rồi khôi phục."
)


@dataclass(frozen=True)
class Restored:
    """What was put back, where what stood there was put, and what people should know."""

    manifest: Manifest
    aside: Path | None
    notes: tuple[str, ...] = ()


def restore(
    place: Place, file: Path, key: Key | None, *, replace: bool, only_database: bool = False
) -> Restored:
    """Put a backup back. Raises BackupError and leaves everything as it was for one that can't be."""
    with place.scratch() as scratch:
        opened = open_backup(file, key, scratch)
        demand_kind(opened.head, "postgresql" if place.database is None else "sqlite")
        standing = [*_database(place), *([] if only_database else _others(place))]
        if standing and not replace:
            raise BackupError(_NOT_EMPTY.format(place.instance))
        folder = scratch / "opened"
        manifest = extract(opened, folder, _rows if only_database else _everything, sync=True)
        if place.database is None:
            with exchange(place, file) as swap:
                aside = _into_postgres(place, swap, manifest, folder, standing)
        else:
            draft = place.database.with_name(f".{place.database.name}.restoring")
            try:
                _draft(draft, manifest, folder, signed_in=only_database)
                with exchange(place, file) as swap:
                    aside = _into_file(place.database, swap, place, draft, folder, standing)
            finally:
                for end in _BESIDE_SQLITE:
                    Path(f"{draft}{end}").unlink(missing_ok=True)
        return Restored(manifest, aside, tuple(_notes(place, manifest, folder)))


def _rows(name: str) -> bool:
    return name.startswith("database/")


def _everything(_name: str) -> bool:
    return True


def _database(place: Place) -> list[Path]:
    """The files of the database that stands there."""
    files = [Path(f"{place.database}{end}") for end in _BESIDE_SQLITE] if place.database else []
    return [one for one in files if one.exists()]


def _others(place: Place) -> Iterator[Path]:
    """What else of an instance is there already."""
    for name in (FILES, SECRET_FILE, MARKER_FILE, ACCOUNTS_FILE):
        path = place.instance / name
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            yield path


def _draft(draft: Path, manifest: Manifest, folder: Path, *, signed_in: bool) -> None:
    """Lay the database out beside the one that stands, and hold it against the manifest."""
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.unlink(missing_ok=True)
    sqlite_copies.unpack(folder, draft)
    with one_moment(engine_at(address_of(draft))) as connection:
        _demand_whole(differences(connection, manifest))
    if not signed_in:
        with closing(sqlite3.connect(draft)) as raw, raw:
            for name in _ended(manifest):
                raw.execute(f"DELETE FROM {name}")  # noqa: S608 # nosec B608 # names of ours
    sqlite_copies.settle(draft)


def _into_file(
    database: Path, swap: Exchange, place: Place, draft: Path, folder: Path, standing: Sequence[Path]
) -> Path | None:
    if database.exists():
        demand_alone(database)
    aside = swap.put_aside([path for path in standing if path.exists()])
    _place_files(place, swap, folder)
    draft.replace(swap.comes(database))
    sync_folder(database.parent)
    return aside


def _into_postgres(
    place: Place, swap: Exchange, manifest: Manifest, folder: Path, standing: Sequence[Path]
) -> Path | None:
    """All rows in one transaction, which is taken back when anything is not as the manifest says."""
    with engine_at(place.address).begin() as connection:
        if tables_of(connection):
            raise BackupError(_TABLES_THERE)
        fill(connection, manifest, folder)
        _demand_whole(differences(connection, manifest))
        for name in _ended(manifest):
            connection.execute(sa.delete(sa.table(name)))
        aside = swap.put_aside(standing)
        _place_files(place, swap, folder)
    return aside


def _ended(manifest: Manifest) -> list[str]:
    """The tables to empty; an older program had none."""
    return [name for name in _ENDED if name in manifest.counts]


def demand_alone(database: Path) -> None:
    """Refuse while another program has the database open; one that is no database is nobody's."""
    try:
        sqlite_copies.settle(database)
    except sqlite3.OperationalError as error:
        raise BackupError(_IN_USE.format(database)) from error
    except sqlite3.DatabaseError:
        return


def _demand_whole(problems: Sequence[str]) -> None:
    if problems:
        raise BackupError(f"Bản sao lưu không khôi phục được: {'; '.join(problems)}.")


def _place_files(place: Place, swap: Exchange, folder: Path) -> None:
    """Everything of the instance but its database."""
    if not (folder / SECRET_FILE).is_file():
        return  # only the database was asked for
    files = folder / FILES
    files.mkdir(exist_ok=True)
    for path in sorted((folder / "altered").glob("*/*")):
        target = place_of(files, path.name)
        target.parent.mkdir(exist_ok=True)
        path.rename(target)
    if place.files.exists():
        place.files.rmdir()  # an empty one: any other was put aside
    files.rename(swap.comes(place.files))
    for name in (SECRET_FILE, MARKER_FILE, ACCOUNTS_FILE):
        if (folder / name).is_file():
            write_private(swap.comes(place.instance / name), (folder / name).read_text(encoding="utf-8"))
    own = folder / "config.py"
    if own.is_file() and own.read_text(encoding="utf-8") != _text(place.instance / "config.py"):
        write_private(swap.comes(place.instance / RESTORED_SETTINGS), own.read_text(encoding="utf-8"))
    sync_folder(place.instance)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _notes(place: Place, manifest: Manifest, folder: Path) -> Iterator[str]:
    if (folder / "config.py").is_file() and (place.instance / RESTORED_SETTINGS).is_file():
        own = place.instance / RESTORED_SETTINGS
        yield f"Thiết đặt riêng của kho cũ ở {own}: hãy xem lại rồi đổi tên thành config.py."
    if manifest.absent:
        yield f"{len(manifest.absent)} tệp đã mất hoặc bị sửa từ trước khi sao lưu."

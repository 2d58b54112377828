"""Khôi phục: a backup becomes the instance; what stood there is put aside by another name, never removed.

Everything is laid out beside and held against the manifest before anything that stands is touched. Then names are
changed, the database last: an instance without its database is seen to be unfinished.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pledges.backup_keys import Key
from pledges.core import clock
from pledges.files.operations import place as place_of
from pledges.instance import ACCOUNTS_FILE, MARKER_FILE, SECRET_FILE, sync_folder, write_private
from pledges.upkeep import sqlite_copies
from pledges.upkeep.checking import differences
from pledges.upkeep.databases import address_of, engine_at, one_moment, tables_of
from pledges.upkeep.opening import demand_kind, extract, open_backup
from pledges.upkeep.places import FILES, Place
from pledges.upkeep.rehearsing import fill
from pledges.upkeep.rules import BackupError, Manifest

ASIDE = "aside-"
RESTORED_SETTINGS = "config.restored.py"
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
            aside = _into_postgres(place, manifest, folder, standing)
        else:
            aside = _into_file(place, place.database, manifest, folder, standing)
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


def _into_file(
    place: Place, database: Path, manifest: Manifest, folder: Path, standing: Sequence[Path]
) -> Path | None:
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = database.with_name(f".{database.name}.restoring")
    draft.unlink(missing_ok=True)
    try:
        sqlite_copies.unpack(folder, draft)
        with one_moment(engine_at(address_of(draft))) as connection:
            _demand_whole(differences(connection, manifest))
        sqlite_copies.settle(draft)
        if database.exists():
            demand_alone(database)
        aside = put_aside(place, [path for path in standing if path.exists()])
        _place_files(place, folder)
        draft.replace(database)
        sync_folder(database.parent)
    finally:
        for end in _BESIDE_SQLITE:
            Path(f"{draft}{end}").unlink(missing_ok=True)
    return aside


def _into_postgres(place: Place, manifest: Manifest, folder: Path, standing: Sequence[Path]) -> Path | None:
    """All rows in one transaction, which is taken back when anything is not as the manifest says."""
    with engine_at(place.address).begin() as connection:
        if tables_of(connection):
            raise BackupError(_TABLES_THERE)
        fill(connection, manifest, folder)
        _demand_whole(differences(connection, manifest))
        aside = put_aside(place, standing)
        _place_files(place, folder)
    return aside


def demand_alone(database: Path) -> None:
    """Refuse while another program has the database open; one that is no database is nobody's."""
    try:
        sqlite_copies.settle(database)
    except sqlite3.OperationalError as error:
        raise BackupError(_IN_USE.format(database)) from error
    except sqlite3.DatabaseError:
        return


def put_aside(place: Place, standing: Sequence[Path]) -> Path | None:
    """Give what stands there another name, within the instance; where it lies now."""
    if not standing:
        return None
    aside = place.instance / f"{ASIDE}{clock.local(clock.real()):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for path in standing:
        if path.is_relative_to(place.instance):
            path.rename(aside / path.name)
        else:  # a database elsewhere stays on its disk
            path.rename(path.with_name(f"{aside.name}-{path.name}"))
    sync_folder(place.instance)
    return aside


def _demand_whole(problems: Sequence[str]) -> None:
    if problems:
        raise BackupError(f"Bản sao lưu không khôi phục được: {'; '.join(problems)}.")


def _place_files(place: Place, folder: Path) -> None:
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
    files.rename(place.files)
    for name in (SECRET_FILE, MARKER_FILE, ACCOUNTS_FILE):
        if (folder / name).is_file():
            write_private(place.instance / name, (folder / name).read_text(encoding="utf-8"))
    own = folder / "config.py"
    if own.is_file() and own.read_text(encoding="utf-8") != _text(place.instance / "config.py"):
        write_private(place.instance / RESTORED_SETTINGS, own.read_text(encoding="utf-8"))
    sync_folder(place.instance)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _notes(place: Place, manifest: Manifest, folder: Path) -> Iterator[str]:
    if (folder / "config.py").is_file() and (place.instance / RESTORED_SETTINGS).is_file():
        own = place.instance / RESTORED_SETTINGS
        yield f"Thiết đặt riêng của kho cũ ở {own}: hãy xem lại rồi đổi tên thành config.py."
    if manifest.absent:
        yield f"{len(manifest.absent)} tệp đã mất hoặc bị sửa từ trước khi sao lưu."

"""The instance folder: the secret key, whether it was made as a demo, and one maker at a time.

Knows no Flask: it is read before there is an application.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

SECRET_FILE = "secret-key"  # noqa: S105 # nosec B105 # the name of the file, not the key
MARKER_FILE = "demo.json"
LOCK_FILE = "making.lock"
RESTORING_FILE = "restoring.json"
"""Lies there while a backup takes the place of what stands."""
ACCOUNTS_FILE = "demo-accounts.txt"


@dataclass(frozen=True, slots=True)
class Marker:
    """What `demo.json` says: the day of the demo's standing clock, and whether its data is wholly there."""

    today: date
    loaded: bool


def make_folder(folder: Path) -> None:
    """Make the folder, open to its owner alone; one that exists keeps the rights that it has."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the disk know the names in a folder: a file that is synced may still be without its name after a power cut.

    Windows has no such thing, and needs none.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def secret_key(folder: Path) -> str | None:
    """The key that the first start wrote, if there was one."""
    path = folder / SECRET_FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def make_secret_key(folder: Path) -> None:
    """Write a new key, unless there is one."""
    if secret_key(folder) is None:
        write_private(folder / SECRET_FILE, secrets.token_hex(32) + "\n")


def marker(folder: Path) -> Marker | None:
    """What the folder says of a demo; nothing in a real instance.

    Raises ValueError when the file is there but not readable as what it should be.
    """
    path = folder / MARKER_FILE
    if not path.is_file():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Marker(date.fromisoformat(said["today"]), loaded=bool(said["loaded"]))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def mark(folder: Path, marker: Marker) -> None:
    """Mark the instance as a demo, for good."""
    said = {"today": marker.today.isoformat(), "loaded": marker.loaded}
    write_private(folder / MARKER_FILE, json.dumps(said) + "\n")


if sys.platform == "win32":
    import msvcrt

    def _wait_for(file: IO[str]) -> None:
        while True:  # LK_LOCK gives up after ten tries of a second each
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return
else:
    import fcntl

    def _wait_for(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)


@contextmanager
def one_maker(folder: Path) -> Iterator[None]:
    """Wait until nobody else makes or migrates this instance; the lock ends with the process."""
    with (folder / LOCK_FILE).open("w", encoding="utf-8") as file:
        _wait_for(file)
        yield

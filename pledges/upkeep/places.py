"""Where an instance lies, where its backups go, and by which key they are sealed."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pledges import instance
from pledges.backup_keys import Key, read_key
from pledges.core.clock import real
from pledges.upkeep.databases import file_of
from pledges.upkeep.rules import Keep

BACKUPS, WORK = "backups", "upkeep"
FILES = "files"
_SCRATCH = "scratch-"
LEFT_AFTER = 2 * 24 * 3600
"""After so many seconds what somebody is still said to be writing was left by one who was killed."""
OWN = (instance.MARKER_FILE, instance.ACCOUNTS_FILE, "config.py")
"""Small files of the instance that go along; the secret key is asked of the settings."""


@dataclass(frozen=True)
class Place:
    """Kho: one instance, and what the settings say of its backups."""

    instance: Path
    address: str
    secret: str
    backups: Path
    key: Key | None
    keep: Keep

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Place":
        """The place that the settings name."""
        folder = Path(settings["INSTANCE"])
        key = read_key(settings["BACKUP_KEY"]) if settings["BACKUP_KEY"] else None
        keep = Keep(settings["BACKUP_DAYS"], settings["BACKUP_WEEKS"], settings["BACKUP_MONTHS"])
        backups = settings["BACKUP_FOLDER"] or folder / BACKUPS
        return cls(folder, settings["DATABASE_URL"], settings["SECRET_KEY"], backups, key, keep)

    @property
    def beside(self) -> bool:
        """Whether the backups lie on the same disk as the instance: then both are lost at once."""
        there = next((one for one in (self.backups, *self.backups.parents) if one.exists()), self.instance)
        return there.stat().st_dev == self.instance.stat().st_dev

    @property
    def database(self) -> Path | None:
        """The file of a SQLite database."""
        return file_of(self.address)

    @property
    def files(self) -> Path:
        """Where uploaded files and prints lie."""
        return self.instance / FILES

    @property
    def work(self) -> Path:
        """Where upkeep keeps its locks, what it is doing, and what it needs for a moment."""
        folder = self.instance / WORK
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder that is gone afterwards; what somebody who was killed left of an earlier one goes too."""
        for left in self.work.glob(f"{_SCRATCH}*"):
            if real().timestamp() - left.stat().st_mtime > LEFT_AFTER:
                shutil.rmtree(left, ignore_errors=True)
        with TemporaryDirectory(prefix=_SCRATCH, dir=self.work) as made:
            yield Path(made)

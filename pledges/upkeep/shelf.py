"""Kệ sao lưu: the backups that lie there, what is known of each, and which may go.

What is known stands beside each backup as JSON, outside the database: putting an older state back does not lose it.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pledges.core import clock
from pledges.instance import write_private
from pledges.upkeep.container import is_sealed
from pledges.upkeep.places import Place
from pledges.upkeep.rehearsing import Rehearsal
from pledges.upkeep.rules import TOO_OLD, BackupError, Name, to_remove

log = logging.getLogger(__name__)

BAD_KEPT = 3
"""So many that could not be put back are kept, the newest: while a fault lasts one is taken every hour."""
AHEAD = timedelta(minutes=5)
"""What lies further in the future was taken by a clock that ran ahead: it stands for none of the days until then."""
_NOTE = ".json"


@dataclass(frozen=True)
class Kept:
    """Một bản sao lưu trên kệ: the file, and what is known of it."""

    name: Name
    path: Path
    size: int
    sealed: bool
    at: datetime | None = None
    """When it was rehearsed; None for one that never was."""
    seconds: float = 0.0
    problems: tuple[str, ...] = ()
    rows: int = 0
    files: int = 0
    sealed_entries: int = 0
    absent: int = 0

    @property
    def good(self) -> bool:
        """Whether it was put back to a scratch place, and all was there."""
        return self.at is not None and not self.problems


def listed(folder: Path) -> list[Kept]:
    """The backups, newest first."""
    try:
        names = [(Name.read(path.name), path) for path in folder.glob("*")] if folder.is_dir() else []
    except OSError:  # a disk that fails holds no backup that counts; the page must say so, not fail with it
        log.exception("the folder of backups can't be read")
        return []
    found = [_kept(name, path) for name, path in names if name]
    return sorted(found, key=lambda one: one.name.at, reverse=True)


def named(folder: Path, text: str) -> Kept | None:
    """The backup of a name, if it lies there; a text that is no such name leads nowhere."""
    name = Name.read(text)
    path = folder / str(name)
    return _kept(name, path) if name and str(name) == text and path.is_file() else None


def last_good(kept: Sequence[Kept], now: datetime) -> Kept | None:
    """The newest that was rehearsed well; none of the future."""
    return next((one for one in kept if one.good and one.name.at <= now + AHEAD), None)


def too_old(kept: Kept | None, now: datetime) -> bool:
    """Whether people should be told that backups are missing."""
    return kept is None or now - kept.name.at > TOO_OLD


def note(path: Path, rehearsal: Rehearsal) -> None:
    """Write down beside a backup how its rehearsal went."""
    manifest = rehearsal.manifest
    said: dict[str, Any] = {
        "at": rehearsal.at,
        "seconds": rehearsal.seconds,
        "problems": rehearsal.problems,
        "rows": manifest.rows if manifest else 0,
        "files": manifest.files if manifest else 0,
        "sealed_entries": manifest.sealed if manifest else 0,
        "absent": len(manifest.absent) if manifest else 0,
        "head": asdict(manifest.head) if manifest else None,
        "counts": manifest.counts if manifest else {},
        "seal": manifest.seal if manifest else "",
    }
    write_private(_note_of(path), json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def rotate(place: Place) -> list[Path]:
    """Remove what nothing keeps any more; what was removed."""
    kept, now = listed(place.backups), clock.real()
    good = last_good(kept, now)
    names = to_remove([one.name for one in kept], place.keep, now, good.name if good else None)
    return [_removed(place.backups / str(name)) for name in names]


def rotate_bad(place: Place) -> list[Path]:
    """Of those that could not be put back leave the newest few; what was removed. Good ones stay."""
    bad = [one for one in listed(place.backups) if one.problems]
    return [_removed(one.path) for one in bad[BAD_KEPT:]]


def _removed(path: Path) -> Path:
    path.unlink(missing_ok=True)
    _note_of(path).unlink(missing_ok=True)
    return path


def _note_of(path: Path) -> Path:
    return path.with_name(path.name + _NOTE)


def _kept(name: Name, path: Path) -> Kept:
    try:
        size = path.stat().st_size
        sealed = is_sealed(path)
    except BackupError:
        sealed = False
    except (
        OSError
    ):  # removed just now, or another user's: whatever is said of it, it can't be put back from here
        return Kept(name, path, 0, sealed=False)
    try:
        said = json.loads(_note_of(path).read_text(encoding="utf-8"))
        return Kept(
            name,
            path,
            size,
            sealed,
            at=datetime.fromisoformat(said["at"]),
            seconds=said["seconds"],
            problems=tuple(said["problems"]),
            rows=said["rows"],
            files=said["files"],
            sealed_entries=said["sealed_entries"],
            absent=said["absent"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Kept(name, path, size, sealed)

"""Tình trạng máy chủ: what the administrator's page says: room, backups, the log, versions, what a crash left."""

import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.audit.queries import head
from pledges.core import clock
from pledges.instance import SECRET_FILE
from pledges.upkeep import beside, fallback, repair, shelf, working
from pledges.upkeep.databases import revisions_of
from pledges.upkeep.places import Place
from pledges.upkeep.rules import TOO_OLD, megabytes
from pledges.upkeep.shelf import Kept
from pledges.upkeep.working import State
from pledges.version import VERSION

_LITTLE = 0.1
"""With less than this part of a disk free, people are told."""


@dataclass(frozen=True)
class Disk:
    """Một ổ đĩa: how much is free of how much."""

    free: int
    total: int

    @classmethod
    def of(cls, folder: Path) -> "Disk | None":
        """The disk of a folder; None when it isn't there."""
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            return None
        return cls(usage.free, usage.total)

    @property
    def words(self) -> str:
        """The room that is left, in words."""
        return f"còn {megabytes(self.free)} trong {megabytes(self.total)}"

    @property
    def little(self) -> bool:
        """Whether it will be full before long."""
        return self.free < self.total * _LITTLE


@dataclass(frozen=True)
class Standing:
    """Everything the page says."""

    place: Place
    disk: Disk | None
    shelf_disk: Disk | None
    database_size: int
    kept: list[Kept]
    last: State | None
    goes_on: bool
    late: bool
    fallback: datetime | None
    newest: LogEntry | None
    versions: list[tuple[str, str]]
    findings: list[str]
    hour: int | None
    demo: bool

    @property
    def good(self) -> Kept | None:
        """The newest backup that was rehearsed well."""
        return shelf.last_good(self.kept, clock.real())


def standing(session: Session, app: Flask) -> Standing:
    """How the server stands now."""
    place = Place.of(app.config)
    kept = shelf.listed(place.backups)
    return Standing(
        place=place,
        disk=Disk.of(place.instance),
        shelf_disk=None if place.beside else Disk.of(place.backups),
        database_size=_size(session, place),
        kept=kept,
        last=working.state(place),
        goes_on=working.running(place) or beside.starting(app),
        late=late(place, kept),
        fallback=fallback.newest_at(place),
        newest=session.scalars(head()).first(),
        versions=_versions(session),
        findings=repair.found(app).words,
        hour=None if app.config["DEMO"] else app.config["BACKUP_HOUR"],
        demo=app.config["DEMO"],
    )


def late(place: Place, kept: list[Kept] | None = None) -> bool:
    """Whether people should be told that backups are missing; an instance that is new has the time to get one."""
    now = clock.real()
    good = shelf.last_good(shelf.listed(place.backups) if kept is None else kept, now)
    return shelf.too_old(good, now) and now - _begun(place) > TOO_OLD


def _begun(place: Place) -> datetime:
    """When the instance was made."""
    try:
        written = (place.instance / SECRET_FILE).stat().st_mtime
    except OSError:
        return clock.real()
    return datetime.fromtimestamp(written, UTC)


def _size(session: Session, place: Place) -> int:
    if place.database:
        files = [Path(f"{place.database}{end}") for end in ("", "-wal")]
        return sum(one.stat().st_size for one in files if one.exists())
    return session.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0


def _versions(session: Session) -> list[tuple[str, str]]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    question = "SELECT sqlite_version()" if sqlite else "SHOW server_version"
    revision = ", ".join(revisions_of(session.connection()))
    return [
        ("Chương trình", VERSION),
        ("Phiên bản cơ sở dữ liệu", revision),
        ("SQLite" if sqlite else "PostgreSQL", str(session.scalar(sa.text(question)))),
        ("Python", platform.python_version()),
        (
            "Hệ điều hành",
            f"{platform.system()} {platform.release()}" if os.name == "posix" else platform.platform(),
        ),
    ]

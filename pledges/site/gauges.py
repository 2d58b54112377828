"""Số đo của từng mảng: room, backups, the log, packs that wait, failed attempts to sign in; read when asked for."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from pledges.accounts.models import SignInAttempt
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.core.watching.figures import Gauge
from pledges.documents.packs.queries import waiting
from pledges.upkeep import shelf, working
from pledges.upkeep.places import Place
from pledges.version import VERSION

ATTEMPTS_WITHIN = timedelta(minutes=15)


def gauges(session: Session, settings: Mapping[str, Any]) -> list[Gauge]:
    """What stands now; what can't be read is left out."""
    place = Place.of(settings)
    found = [Gauge("pledges_build_info", "The program.", 1, {"version": VERSION})]
    found += _of_disk("instance", place.instance)
    found += _of_disk("backups", place.backups)
    with suppress(OSError):
        found += _of_backups(place)
    try:
        found += [*_of_database(session), Gauge("pledges_database_up", "The database answers.", 1)]
    except SQLAlchemyError:
        found.append(Gauge("pledges_database_up", "The database answers.", 0))
        with suppress(SQLAlchemyError):
            session.rollback()
    return found


def _of_disk(name: str, folder: Path) -> Iterator[Gauge]:
    with suppress(OSError):
        usage = shutil.disk_usage(folder)
        yield Gauge("pledges_disk_free_bytes", "Room that is left.", usage.free, {"place": name})
        yield Gauge("pledges_disk_size_bytes", "Room in all.", usage.total, {"place": name})


def _of_backups(place: Place) -> Iterator[Gauge]:
    good = shelf.last_good(shelf.listed(place.backups), clock.real())
    if good is not None and good.at is not None:
        age = (clock.real() - good.name.at).total_seconds()
        yield Gauge("pledges_backup_age_seconds", "Since the last backup that was rehearsed well.", age)
        rehearsed = good.at.timestamp()
        yield Gauge("pledges_backup_rehearsed_timestamp_seconds", "When that was rehearsed.", rehearsed)
    last = working.state(place)
    failed = int(last is not None and last.failed)
    yield Gauge("pledges_backup_failed", "The last attempt came to nothing.", failed)


def _of_database(session: Session) -> Iterator[Gauge]:
    since = clock.now() - ATTEMPTS_WITHIN
    attempts = sa.select(sa.func.count()).where(SignInAttempt.at > since)
    packs = sa.select(sa.func.count()).select_from(waiting().order_by(None).subquery())
    head = sa.select(sa.func.max(LogEntry.number))
    yield Gauge("pledges_log_head_number", "The newest entry of the sealed log.", session.scalar(head) or 0)
    yield Gauge("pledges_packs_waiting", "Packs that nobody draws yet.", session.scalar(packs) or 0)
    yield Gauge(
        "pledges_sign_in_failures", "Failed attempts of the last 15 minutes.", session.scalar(attempts) or 0
    )

"""Cập nhật: a database of an older program is backed up, migrated, held against what it was; or stays as it was.

The migration and the look at its result are one transaction: what is wrong undoes it. Should the database not be as
it was even so (a migration that commits by itself, a broken disk), the backup is put back.
"""

import dataclasses
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from pledges.troubles import of_database
from pledges.upkeep.databases import Facts, broken_references, chain_fault, engine_at, facts_of, one_moment
from pledges.upkeep.exchanging import interrupted
from pledges.upkeep.migrating import bring, scripts
from pledges.upkeep.places import Place
from pledges.upkeep.restoring import restore
from pledges.upkeep.rules import BackupError, BackupKind
from pledges.upkeep.working import REFUSED, back_up

log = logging.getLogger(__name__)
SHRUNK = {"0003": frozenset({"kept_entry"})}
"""Tables that migrations of the first releases were to empty; a later one says so itself, in `shrinks`."""


class UpdateFailed(Exception):
    """The database is as it was before; the text is one Vietnamese sentence."""


class _NotAsBefore(Exception):
    """The migration changed what it should not have; the text says what."""


def update(place: Place) -> Path:
    """Bring the database to the program's newest migration; the backup that was taken before. Raises UpdateFailed."""
    if broken_off := interrupted(place.instance):
        raise UpdateFailed(broken_off)
    place = dataclasses.replace(place, key=place.key.prepared() if place.key else None)
    with one_moment(engine_at(place.address)) as connection:
        before = facts_of(connection)
        fault = chain_fault(connection)
    if fault:
        raise UpdateFailed(
            f"Chưa nâng cấp: {fault}. Hãy chạy lệnh verify bằng bản cũ của chương trình và báo lãnh đạo."
        )
    try:
        backup, rehearsal = back_up(place, BackupKind.BEFORE_UPDATE)
    except BackupError as error:
        raise UpdateFailed(f"Chưa nâng cấp vì chưa sao lưu được: {str(error).rstrip('.')}.") from error
    if not rehearsal.whole:
        raise UpdateFailed(
            f"Chưa nâng cấp vì bản sao lưu {backup} không khôi phục thử được: {'; '.join(rehearsal.problems)}."
        )
    try:
        _migrate(place, before)
    except Exception as error:
        log.exception("the update failed")
        raise UpdateFailed(_undone(place, before, backup, _reason(place, error))) from error
    return backup


def _migrate(place: Place, before: Facts) -> None:
    allowed = shrinking(scripts(), before.revisions)

    def check(connection: sa.Connection) -> None:
        problems = list(changes_for_the_worse(connection, before, allowed))
        if problems:
            raise _NotAsBefore("; ".join(problems))

    with engine_at(place.address).connect() as connection:
        bring(connection, "head", check)


def shrinking(script: ScriptDirectory, since: Sequence[str]) -> frozenset[str]:
    """The tables that may have fewer rows after the migrations since these revisions."""
    passed = script.iterate_revisions("head", tuple(since) or "base")
    said = [
        SHRUNK.get(one.revision, frozenset()) | frozenset(getattr(one.module, "shrinks", ()))
        for one in passed
    ]
    return frozenset().union(*said)


def changes_for_the_worse(connection: sa.Connection, before: Facts, allowed: frozenset[str]) -> Iterator[str]:
    """What a migration lost or broke, in words."""
    if fault := broken_references(connection):
        yield fault
    after = facts_of(connection)
    for table, count in before.counts.items():
        left = after.counts.get(table, 0)
        if left < count and table not in allowed:
            yield f"bảng {table} từ {count} dòng còn {left}"
    if after.sealed < before.sealed:
        yield "nhật ký mất mục"
    if fault := chain_fault(connection):
        yield fault


def _undone(place: Place, before: Facts, backup: Path, reason: str) -> str:
    """See to it that the database is as it was, and say so."""
    told = f"Không nâng cấp được cơ sở dữ liệu ({reason})"
    if _as_before(place, before):
        return f"{told}: dữ liệu cũ còn nguyên như trước khi nâng cấp, bản sao lưu ở {backup}."
    if place.database is None:
        return (
            f"{told}, và cơ sở dữ liệu không còn như trước: hãy tạo cơ sở dữ liệu trống, ghi vào DATABASE_URL "
            f"rồi chạy lệnh restore {backup}."
        )
    try:
        restored = restore(place, backup, place.key, replace=True, only_database=True)
    except REFUSED as error:
        return f"{told}, và chưa đặt lại được dữ liệu cũ ({str(error).rstrip('.')}): hãy chạy lệnh restore {backup}."
    return f"{told}: đã đặt lại dữ liệu cũ từ bản sao lưu {backup}; phần nâng cấp dở ở {restored.aside}."


def _as_before(place: Place, before: Facts) -> bool:
    try:
        with one_moment(engine_at(place.address)) as connection:
            return broken_references(connection) is None and facts_of(connection) == before
    except (SQLAlchemyError, sqlite3.Error):
        return False


def _reason(place: Place, error: Exception) -> str:
    if isinstance(error, (SQLAlchemyError, sqlite3.Error)):
        return of_database(error, place.address).rstrip(".")
    if isinstance(error, CommandError):
        return " ".join(map(str, error.args)).rstrip(".")
    return str(error).rstrip(".") or type(error).__name__

"""A backup that is taken while eight write: of one moment, whole, and of what its own log says."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.files import operations as files
from pledges.files.models import StoredFile
from pledges.upkeep.databases import engine_at, one_moment
from pledges.upkeep.restoring import restore
from tests.support import apps
from tests.support.backups import backed_up, elsewhere
from tests.support.databases import Database

WRITERS = 8
LONGEST = 400
"""The most files that one writer stores: the test ends, whatever the backup does."""


def write(app: Flask, by: Actor, number: int, acknowledged: list[str], stop: Event) -> None:
    """Store one file after the other, each with its row and its entry, and note what was acknowledged."""
    engine = apps.engine_of(app)
    for count in range(LONGEST):
        if stop.is_set():
            return
        with Session(engine) as session:
            content = f"%PDF-1.7 {number} {count}".encode()
            sha256 = files.store(
                session, app.config["INSTANCE"] / "files", content, by=by, at=clock.real()
            ).sha256
            session.commit()
        acknowledged.append(sha256)


def test_what_is_put_back_is_whole_and_agrees_with_its_log(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path
):
    ward = database.ward()
    app, clerk, stop = ward.app, ward.actor("clerk"), Event()
    before = ward.session.scalar(sa.select(sa.func.count()).select_from(StoredFile))
    ward.session.rollback()
    acknowledged: list[str] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, app, clerk, number, acknowledged, stop) for number in range(WRITERS)]
        while len(acknowledged) < WRITERS and not all(map(Future.done, writing)):
            stop.wait(0.01)
        earlier = set(acknowledged)
        path, rehearsal = backed_up(app)
        meanwhile = len(acknowledged) - len(earlier)
        stop.set()
        for one in writing:
            one.result()
    assert rehearsal.problems == ()
    assert meanwhile > 0, "they went on while it was taken"
    with elsewhere(app, tmp_path / "elsewhere", request) as place:
        restore(place, path, None, replace=False)
        with one_moment(engine_at(place.address)) as connection, Session(connection) as session:
            rows = set(session.scalars(sa.select(StoredFile.sha256)))
            entries = session.scalar(sa.select(sa.func.count()).where(LogEntry.action == "file.stored"))
            newest = session.scalars(sa.select(LogEntry).order_by(LogEntry.number.desc())).first()
            seal, number = newest.hash, newest.number
        here = {one.name for one in place.files.rglob("*") if one.is_file()}
        assert len(rows) == entries + before
        assert here == rows
        assert set() < earlier <= rows, "what was acknowledged before it was begun is in it"
    ward.settle()
    assert ward.session.get_one(LogEntry, number).hash == seal, (
        "the same chain, up to the moment of the backup"
    )

"""The same content from several at the same moment is kept once, and nobody is turned away."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.files import operations
from pledges.files.models import StoredFile
from tests.support import apps
from tests.support.databases import Database
from tests.support.live import at_once
from tests.support.ward import Ward

SENDERS = 8
SCAN = b"%PDF-1.7 a scan that eight people send"


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def test_one_row_for_all(ward: Ward):
    engine, folder = apps.engine_of(ward.app), ward.app.config["INSTANCE"] / "files"
    clerk, now = ward.actor("clerk"), ward.now
    ward.settle()

    def send(_turn: int) -> int:
        with Session(engine) as session:
            stored = operations.store(session, folder, SCAN, by=clerk, at=now)
            session.commit()
            return stored.id

    numbers = at_once(SENDERS, send)
    assert ward.session.scalars(select(StoredFile.id)).all() == [numbers[0]]
    assert set(numbers) == {numbers[0]}
    entries = select(func.count(LogEntry.number)).where(LogEntry.action == "file.stored")
    assert ward.session.scalar(entries) == 1
    assert verify(ward.session) is None

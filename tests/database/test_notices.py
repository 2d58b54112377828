"""What waits and what was written to whom, on both kinds of database."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from pledges.accounts.notices.operations import claim_digest, give_back_digest
from pledges.accounts.notices.queries import to_be_written_to
from pledges.core.database import db
from pledges.documents.calls.late import late_units
from pledges.documents.calls.operations import CallEntry, note_call
from pledges.progress.exceptions.operations import ExceptionEntry, grant
from pledges.progress.exceptions.rules import ExceptionKind
from pledges.site import due_days, inbox
from pledges.site.waits.kinds import Kind
from tests.support.apps import engine_of
from tests.support.databases import Database
from tests.support.ward import Ward


@pytest.fixture
def ward(database: Database) -> Ward:
    made = database.ward()
    made.task("KP1", start_on=date(2024, 9, 1))
    made.account("officer_kp1").email = "lan@khupho1.vn"
    made.settle()
    return made


def test_of_two_who_write_to_somebody_one_does(ward: Ward):
    number = ward.account("officer_kp1").id
    ward.settle()
    with Session(engine_of(ward.app)) as one, Session(engine_of(ward.app)) as other:
        for session in (one, other):
            assert [row[0] for row in session.execute(to_be_written_to(ward.day))] == [number]
            session.rollback()
        assert claim_digest(one, number, ward.day, 2, at=ward.now)
        assert not claim_digest(other, number, ward.day, 2, at=ward.now)
        assert other.execute(to_be_written_to(ward.day)).all() == []
        other.rollback()
        give_back_digest(one, number, ward.day)
        assert claim_digest(other, number, ward.day, 2, at=ward.now)


def kinds(ward: Ward, name: str) -> list[Kind]:
    actor = ward.actor(name)
    ward.settle()
    with ward.app.test_request_context():
        found = [one.kind for one in inbox.of(db.session(), actor, ward.day)]
        assert due_days.of(db.session(), actor, ward.day) or name == "admin"
        db.session.rollback()
    return found


def test_what_waits_is_found(ward: Ward):
    assert kinds(ward, "officer_kp1")[:2] == [Kind.OVERDUE, Kind.DUE]
    period = ward.period("2024-09")
    period.locks_after = date(2024, 10, 1)
    ward.settle()
    assert Kind.LOCKED_OUT in kinds(ward, "officer_kp1")
    entry = ExceptionEntry(ward.unit("KP1"), ExceptionKind.UNLOCKED, "Mất điện.", until=date(2024, 10, 18))
    grant(ward.session, ward.period("2024-09"), entry, by=ward.actor("clerk"), at=ward.now)
    ward.settle()
    assert kinds(ward, "officer_kp1")[0] is Kind.LOCKING
    assert Kind.TO_CALL in kinds(ward, "clerk")
    entry = CallEntry("Chị Lan", "Sẽ gửi.", ward.day)
    note_call(ward.session, ward.campaign, ward.unit("KP1"), entry, by=ward.actor("clerk"), at=ward.now)
    ward.settle()
    (late,) = late_units(ward.session, ward.campaign, ward.actor("clerk"), ward.day)
    assert late.promise is not None
    assert Kind.TO_CALL not in kinds(ward, "clerk")
    assert kinds(ward, "leader") == []
    assert kinds(ward, "admin") == []

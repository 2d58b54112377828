"""A clock that was set back: a start says so or refuses, and the log keeps its order."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from pledges.audit.models import LogEntry
from pledges.audit.operations import verify
from pledges.core import clock
from pledges.troubles import Refusal
from pledges.upkeep import starting
from tests.support.critic import Critic
from tests.support.ward import Ward


def at(monkeypatch: pytest.MonkeyPatch, ward: Ward, before: timedelta) -> datetime:
    """Let the machine's clock be so far before the newest entry of the log."""
    newest = ward.session.query(LogEntry).order_by(LogEntry.number.desc()).first()
    assert newest is not None
    moment = newest.at - before
    ward.settle()
    monkeypatch.setattr(clock, "real", lambda: moment)
    return moment


@pytest.mark.parametrize("before", [timedelta(0), timedelta(seconds=90), -timedelta(days=400)])
def test_a_clock_that_is_right_or_nearly_so_is_not_spoken_of(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, before: timedelta
):
    at(monkeypatch, ward, before)
    assert starting.look(ward.app) == []


def test_a_clock_some_hours_behind_is_told(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, ward, timedelta(hours=3))
    (said,) = starting.look(ward.app)
    assert said.startswith("Đồng hồ của máy chỉ ")
    assert "trước mục nhật ký mới nhất" in said


def test_a_clock_years_behind_stops_the_start_unless_it_is_believed(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, ward, timedelta(days=1400))
    with pytest.raises(Refusal, match=r"ngày trên văn bản sẽ sai.* --clock-is-right"):
        starting.look(ward.app)
    assert len(starting.look(ward.app, clock_is_right=True)) == 1


def test_the_standing_clock_of_a_demo_is_not_judged(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, ward, timedelta(days=1400))
    monkeypatch.setitem(ward.app.config, "DEMO_TODAY", ward.day)
    assert starting.look(ward.app) == []


def test_an_empty_log_says_nothing(ward: Ward, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(starting, "head", lambda: LogEntry.__table__.select().where(LogEntry.number < 0))
    assert starting.look(ward.app) == []


def test_entries_keep_their_order_when_the_clock_goes_back(ward: Ward):
    first = ward.task(at=ward.now)
    ward.hands.put(ward.now - timedelta(days=3))
    second = ward.task("KP2", at=ward.now)
    entries = ward.session.query(LogEntry).order_by(LogEntry.number).all()
    of = {
        one: [entry.number for entry in entries if entry.subject_kind == "task" and entry.subject_id == one]
        for one in (first.id, second.id)
    }
    assert max(of[first.id]) < min(of[second.id])
    assert verify(ward.session) is None


@pytest.mark.parametrize(("back", "status"), [(60, 200), (3600, 302)])
def test_a_session_lives_no_longer_because_the_clock_went_back(
    sign_in: Callable[[str], Critic], monkeypatch: pytest.MonkeyPatch, back: int, status: int
):
    lan = sign_in("officer_kp1")
    lan.get("/phan-viec")
    moment = clock.real() - timedelta(seconds=back)
    monkeypatch.setattr(clock, "real", lambda: moment)
    assert lan.client.get("/phan-viec").status_code == status


def test_a_database_that_breaks_at_the_start_is_told_in_a_sentence(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
):
    def broken() -> None:
        raise DatabaseError("x", None, sqlite3.DatabaseError("database disk image is malformed"))

    monkeypatch.setattr(starting, "head", broken)
    with pytest.raises(Refusal, match="bị hỏng: hãy lấy lại bản sao lưu"):
        starting.look(ward.app)

"""The shelf of backups on bad days: a clock that ran ahead, what nobody can read, what never turns out well."""

import itertools
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from pledges.upkeep import nightly, shelf, taking, working
from pledges.upkeep.container import Part, write
from pledges.upkeep.places import Place
from pledges.upkeep.rehearsing import Rehearsal
from pledges.upkeep.rules import BackupError, BackupKind, Keep, Name

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
BROKEN = ("nhật ký hỏng từ mục số 7",)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "backups").mkdir()
    return Place(tmp_path, f"sqlite:///{tmp_path / 'a.sqlite'}", "secret", tmp_path / "backups", None, Keep())


def lay(place: Place, at: datetime, problems: tuple[str, ...] = ()) -> Path:
    """A backup that was rehearsed at once."""
    path = place.backups / str(Name(at, BackupKind.NIGHTLY))
    with path.open("w+b") as file:
        write(file, [Part.of("head.json", b"{}")], None)
    shelf.note(path, Rehearsal(at.isoformat(), 1.0, problems, None))
    return path


def names(place: Place) -> list[Path]:
    return [one.path for one in shelf.listed(place.backups)]


def test_one_from_a_clock_that_ran_ahead_stands_for_no_night(place: Place):
    ahead = lay(place, NOW + timedelta(days=400))
    assert nightly.due(place, 2, NOW)
    assert shelf.too_old(shelf.last_good(shelf.listed(place.backups), NOW), NOW)
    tonight = lay(place, NOW)
    assert not nightly.due(place, 2, NOW + timedelta(hours=1))
    assert shelf.last_good(shelf.listed(place.backups), NOW) == shelf.named(place.backups, tonight.name)
    assert ahead in names(place), "it may hold what no other does"


def test_a_failure_in_the_future_keeps_no_night_from_being_tried(
    place: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(working.clock, "real", lambda: NOW + timedelta(days=400))
    working._Progress(place.work / "backup.json").end(working.FAILED, "đĩa đầy")
    assert nightly.due(place, 2, NOW)


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_what_can_not_be_read_hides_no_other_and_stops_no_night(place: Place, spoil: Callable[[Path], None]):
    spoil(place.backups / str(Name(NOW - timedelta(days=3), BackupKind.BY_HAND)))
    good = lay(place, NOW - timedelta(days=1))
    found = shelf.listed(place.backups)
    assert [one.path for one in found if one.good] == [good]
    assert nightly.due(place, 2, NOW)


def test_what_never_turns_out_well_does_not_fill_the_disk(place: Place, monkeypatch: pytest.MonkeyPatch):
    good = lay(place, NOW - timedelta(days=2))
    taken = (lay(place, NOW + timedelta(hours=hour), BROKEN) for hour in itertools.count())
    monkeypatch.setattr(working, "take", lambda *_given: next(taken))
    monkeypatch.setattr(working, "rehearse", lambda *_given: Rehearsal(NOW.isoformat(), 1.0, BROKEN, None))
    for _hour in range(8):
        path, rehearsal = working.back_up(place, BackupKind.NIGHTLY)
        assert not rehearsal.whole
    left = names(place)
    assert good in left
    assert path in left, "the newest"
    assert len(left) == 1 + shelf.BAD_KEPT


def test_what_a_power_cut_left_goes_after_two_days(place: Place, monkeypatch: pytest.MonkeyPatch):
    old, young, strange = (
        place.backups / name
        for name in (
            ".sao-luu-20261101-020000-dem.tar.part",
            ".sao-luu-20261124-020000-dem.tar.part",
            ".other.part",
        )
    )
    for path, days in ((old, 3), (young, 1), (strange, 9)):
        path.write_bytes(b"half")
        at = (datetime.now(UTC) - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    with pytest.raises(BackupError, match="chưa có cơ sở dữ liệu"):
        taking.take(place, BackupKind.NIGHTLY)
    assert [path.exists() for path in (old, young, strange)] == [False, True, True]


@pytest.mark.parametrize("step", ["take", "rehearse"])
def test_a_database_server_that_hangs_up_is_told_as_a_failure(
    place: Place, monkeypatch: pytest.MonkeyPatch, step: str
):
    def hang_up(*_given: object) -> None:
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(working, "take", lambda *_given: lay(place, NOW))
    monkeypatch.setattr(working, step, hang_up)
    told = ""
    try:
        told = "; ".join(working.back_up(place, BackupKind.NIGHTLY)[1].problems)
    except BackupError as error:
        told = str(error)
    assert "báo lỗi: server closed" in told
    state = working.state(place)
    assert state
    assert state.failed
    assert not any(one.good for one in shelf.listed(place.backups))

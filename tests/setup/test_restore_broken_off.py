"""A restore that breaks off between two names: everything as it was, or a start that says what to do."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pledges.settings import load
from pledges.upkeep.databases import engine_at, facts_of, one_moment
from pledges.upkeep.exchanging import Exchange, interrupted
from pledges.upkeep.places import Place
from pledges.upkeep.restoring import restore
from pledges.upkeep.starting import look
from pledges.upkeep.updating import UpdateFailed, update
from tests.support.backups import backed_up, elsewhere
from tests.support.ward import Ward

STEPS = {"the mark": 1, "files aside": 2, "files": 3, "the key": 4, "the database": 5}
FULL = 28
Arm = Callable[[str], None]


@pytest.fixture
def office(ward: Ward, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Path]]:
    """An office, and a backup that is older than it."""
    path, _rehearsal = backed_up(ward.app)
    with elsewhere(ward.app, tmp_path / "office", request) as place:
        restore(place, path, None, replace=False)
        (place.files / "ab").mkdir(parents=True)
        (place.files / "ab" / "newer").write_bytes(b"newer")
        (place.instance / "secret-key").write_text("newer", encoding="utf-8")
        yield place, path


@pytest.fixture
def cut_after(monkeypatch: pytest.MonkeyPatch) -> Arm:
    """Let the disk refuse once, after so many names were changed."""
    count, last = itertools.count(1), [0]

    def change(real: Callable[[Path, Path], Path], self: Path, target: Path) -> Path:
        done = real(self, target)
        if last[0] and next(count) == last[0]:
            raise OSError(FULL, "No space left on device")
        return done

    for name in ("rename", "replace"):
        real = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda self, target, real=real: change(real, self, target))
    return lambda step: last.__setitem__(0, STEPS[step])


def everything(place: Place) -> dict[str, bytes]:
    found = (path for path in place.instance.rglob("*") if path.is_file() and "upkeep" not in path.parts)
    return {str(path.relative_to(place.instance)): path.read_bytes() for path in found}


@pytest.mark.parametrize("step", STEPS)
def test_what_fails_puts_everything_back(office: tuple[Place, Path], cut_after: Arm, step: str):
    place, path = office
    before = everything(place)
    cut_after(step)
    with pytest.raises(OSError, match="No space"):
        restore(place, path, None, replace=True)
    assert everything(place) == before
    assert list(place.instance.glob("aside-*")) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_leaves_a_database_and_a_sentence(
    ward: Ward, office: tuple[Place, Path], cut_after: Arm, monkeypatch: pytest.MonkeyPatch, step: str
):
    place, path = office
    assert place.database
    with monkeypatch.context() as dying:
        dying.setattr(Exchange, "undo", lambda _self: None)
        cut_after(step)
        with pytest.raises(OSError, match="No space"):
            restore(place, path, None, replace=True)
    with one_moment(engine_at(place.address)) as connection:
        assert facts_of(connection).counts["account"] > 1
    assert not load({"INSTANCE": place.instance, "SECRET_KEY": "0123456789abcdef" * 4})["DEMO_ALLOWED"]
    monkeypatch.setitem(ward.app.config, "INSTANCE", place.instance)
    said = interrupted(place.instance) or ""
    assert f"chạy lại lệnh restore {path} --replace. Dữ liệu có trước vẫn còn ở" in said
    with pytest.raises(UpdateFailed, match="bị ngắt giữa chừng"):
        update(place)
    restore(place, path, None, replace=True)
    assert interrupted(place.instance) is None
    assert look(ward.app) == []
    assert b"newer" in {one.read_bytes() for one in place.instance.glob("aside-*/secret-key")}

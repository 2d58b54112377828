"""The two wards behind the doors: made once for a run, copied for each worker."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pledges.documents.packs.beside import Beside
from pledges.settings import DATABASE_FILE
from pledges.upkeep import beside as upkeep
from tests.doors.knocking import Restored
from tests.doors.places import Places
from tests.doors.records import fill
from tests.support import apps, shared, world
from tests.support.clock import Hands
from tests.support.databases import build_world
from tests.support.ward import Ward


@dataclass
class House:
    """The application with both wards, where its records are, and its way back to what it was."""

    ward: Ward
    places: Places
    restored: Restored


def _make(folder: Path) -> None:
    instance = folder / "made" / "instance"
    build_world(instance)
    ward = Ward(apps.make(instance, Hands(world.DAY)))
    places = fill(ward)
    ward.close()
    apps.settle(instance / DATABASE_FILE)
    (folder / "places.json").write_text(json.dumps(places.of), encoding="utf-8")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Both wards, filled; every request leaves them as they were."""
    made = shared.once(tmp_path_factory.getbasetemp(), "doors", _make)
    instance = tmp_path_factory.mktemp("doors") / "own" / "instance"
    shutil.copytree(made / "made" / "instance", instance)
    with pytest.MonkeyPatch.context() as patch:
        # No process draws packs or takes backups beside the tests.
        patch.setattr(Beside, "begin", lambda _self, _app: None)
        patch.setattr(upkeep, "begin", lambda _app, _kind: None)
        ward = Ward(apps.make(instance, Hands(world.DAY)))
        restored = Restored(instance)
        yield House(ward, Places(json.loads((made / "places.json").read_text(encoding="utf-8"))), restored)
        restored.close()
        ward.close()


@pytest.fixture
def own(house: House) -> Iterator[House]:
    """The same for a test that changes something, or looks at a change: it is undone afterwards."""
    house.restored.restore()
    yield house
    house.ward.settle()
    house.restored.restore()

"""The two wards behind the doors: made once for a run, copied for each worker."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from pledges.documents.packs.beside import Beside
from pledges.settings import DATABASE_FILE
from pledges.upkeep import beside as upkeep
from pledges.upkeep.rules import BackupKind
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
    ward = Ward(apps.make(instance, Hands(world.DAY)))
    restored = Restored(instance)
    draws, backs_up = Beside.begin, upkeep.begin

    def draw(beside: Beside, app: Flask) -> None:
        if app is not ward.app:
            draws(beside, app)

    def back_up(app: Flask, kind: BackupKind) -> None:
        if app is not ward.app:
            backs_up(app, kind)

    with pytest.MonkeyPatch.context() as patch:
        # Nobody draws packs or takes backups beside this application; other tests of the process have theirs.
        patch.setattr(Beside, "begin", draw)
        patch.setattr(upkeep, "begin", back_up)
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

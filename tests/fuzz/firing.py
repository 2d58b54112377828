"""Firing at the house: the application as the doors have it, and every kind of run with its share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
import sqlalchemy as sa

from pledges.site import navigation
from tests.doors.conftest import House
from tests.doors.places import Places
from tests.fuzz import runs
from tests.fuzz.house import Range
from tests.fuzz.judging import Log, listening
from tests.fuzz.records import OfPostgres, OfSQLite
from tests.fuzz.results import Results
from tests.support import apps
from tests.support.ward import Ward

Run = Callable[[Range, int, int], None]
RUNS: dict[str, Run] = {
    "forms": runs.forms,
    "uploads": runs.uploads,
    "addresses": runs.addresses,
    "bodies": runs.bodies,
}
"""In this order: what the forms' pages are opened for tells which arguments they read, too."""
SHARES = {"addresses": 0.3, "forms": 0.45, "uploads": 0.15, "bodies": 0.1}


@contextmanager
def ranged(house: House) -> Iterator[Range]:
    """The house as a target; the counts of the bar are left out, for they cost more than the pages."""
    with counts_left_out() as log:
        target = Range(house, log, lambda app: OfSQLite(app.config["INSTANCE"]))
        yield target
        target.close()


@contextmanager
def counts_left_out() -> Iterator[Log]:
    """Hear the log, while no page counts what waits."""
    with pytest.MonkeyPatch.context() as patch, listening() as log:
        patch.setattr(navigation, "how_many_wait", lambda _actor: sa.select(sa.literal(0)))
        yield log


def fired(house: House, requests: int, seed: int) -> Iterator[tuple[str, Results, float]]:
    """So many hostile requests in all: each kind with what was tried and found, and the seconds it took."""
    with ranged(house) as target:
        for kind, fire in RUNS.items():
            begun = time.monotonic()
            fire(target, int(requests * SHARES[kind]), seed)
            yield kind, target.begin_anew(), round(time.monotonic() - begun, 1)


class Left:
    """A house that stays as the last request left it."""

    def restore(self) -> bool:
        """Nothing is undone."""
        return False

    def keep(self) -> None:
        """Nothing is kept to go back to."""


@contextmanager
def beside_postgres(ward: Ward, places: Places) -> Iterator[Range]:
    """A house on PostgreSQL as a target; nothing is undone, so that each answer is judged by what the last one left."""
    with counts_left_out() as log:
        house = House(ward, places, cast("Any", Left()))
        target = Range(house, log, lambda app: OfPostgres(apps.engine_of(app)), undoes=False)
        yield target
        target.close()

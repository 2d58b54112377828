"""Backups taken in the midst of work by the product's own command: each is put back and held against the ledger."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from pledges.audit.models import LogEntry
from pledges.audit.queries import head
from pledges.upkeep import shelf
from pledges.upkeep.databases import engine_at, one_moment
from pledges.upkeep.places import Place
from pledges.upkeep.restoring import restore
from pledges.upkeep.rules import BackupError
from tests.faults import tally
from tests.faults.browsing import Ledger
from tests.faults.servers import Server
from tests.support import apps
from tests.support.backups import place_of

LONGEST = 300.0
"""Seconds that one backup may take on a busy machine."""


@dataclass(frozen=True)
class Taken:
    """One backup: after which kill (0: in the calm time), when it was begun and ended, and what the command said."""

    kills: int
    folder: Path
    begun: float
    ended: float
    code: int
    said: str


class Backups:
    """Takes them one after the other; `empty` makes an empty database for an instance, and gives its address."""

    def __init__(self, app: Flask, server: Server, folder: Path, empty: Callable[[Path], str]) -> None:
        self.app, self.server, self.folder, self.empty = app, server, folder, empty
        self._hand = ThreadPoolExecutor(1)
        self._begun: list[Future[Taken]] = []

    def begin(self, kills: int) -> None:
        """Have the next one taken, and don't wait for it."""
        folder = self.folder / str(len(self._begun))
        folder.mkdir(parents=True)
        self._begun.append(self._hand.submit(self._take, kills, folder))

    def _take(self, kills: int, folder: Path) -> Taken:
        begun = time.monotonic()
        ended = self.server.run("backup", within=LONGEST, BACKUP_FOLDER=str(folder))
        return Taken(
            kills, folder, begun, time.monotonic(), ended.returncode, f"{ended.stdout}{ended.stderr}".strip()
        )

    def wait(self) -> None:
        """Till all are taken."""
        self._hand.shutdown()

    def put_back(self, ledger: Ledger) -> list[dict[str, object]]:
        """Put each back to an empty place: what had to be in it, and what was found."""
        return [self._put_back(one.result(), ledger) for one in self._begun]

    def _put_back(self, taken: Taken, ledger: Ledger) -> dict[str, object]:
        acts = [act for act in ledger.acknowledged() if taken.begun <= act.at <= taken.ended]
        told: dict[str, object] = {
            "after_kills": taken.kills,
            "seconds": round(taken.ended - taken.begun, 1),
            "acts_meanwhile": len(acts),
            "rehearsed": taken.code == 0,
        }
        instance = taken.folder / "restored" / "instance"
        instance.mkdir(parents=True)
        place = place_of(self.app, INSTANCE=instance, DATABASE_URL=self.empty(instance), BACKUP_FOLDER=None)
        try:
            (kept,) = shelf.listed(taken.folder)
            restore(place, kept.path, None, replace=False)
        except (BackupError, ValueError) as error:
            return {**told, "restored": False, "problem": f"{error} {taken.said}"}
        return {**told, "restored": True, "problem": "", **self._held(place, ledger.before(taken.begun))}

    def _held(self, place: Place, ledger: Ledger) -> dict[str, object]:
        """What was put back, held against what was acknowledged before, its own log, and the log that went on."""
        with one_moment(engine_at(place.address)) as connection, Session(connection) as session:
            result = tally.compare(session, ledger)
            newest = session.scalars(head()).one()
            number, seal = newest.number, newest.hash
        with one_moment(apps.engine_of(self.app)) as connection, Session(connection) as session:
            lives_on = session.get_one(LogEntry, number).hash == seal
        return {
            "had_to_be_there": result.acknowledged,
            "found": result.found,
            "lost": result.lost,
            "doubled": result.doubled,
            "chain": result.chain or ("" if lives_on else f"{number}: not the chain that went on"),
            "disagreements": result.disagreements,
        }

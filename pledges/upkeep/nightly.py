"""Giờ sao lưu: the started server backs up each night by itself from a set hour on (BACKUP_HOUR).

One thread looks at the clock and starts a process beside; it takes no backup itself. A machine that was off in the
night makes up for it in the morning. Other servers over the same instance see the day's backup, or its lock, and wait.
"""

import logging
from datetime import datetime, timedelta
from threading import Event, Thread

from flask import Flask

from pledges.core import clock
from pledges.upkeep import beside, shelf, working
from pledges.upkeep.places import Place
from pledges.upkeep.rules import BackupKind

log = logging.getLogger(__name__)

EVERY = 300.0
"""So many seconds pass between two looks at the clock."""
AGAIN = timedelta(hours=1)
"""After so long a backup that failed is tried again."""


class Watchman(Thread):
    """The thread; `stop` ends it."""

    def __init__(self, app: Flask, hour: int, every: float = EVERY) -> None:
        super().__init__(name="night watchman", daemon=True)
        self.app, self.hour, self.every = app, hour, every
        self._ended = Event()

    def run(self) -> None:
        """Look at the clock until the program ends."""
        while not self._ended.wait(self.every):
            self.look(clock.real())

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def look(self, now: datetime) -> bool:
        """Start the day's backup when its hour has come and it isn't there; whether it was started."""
        try:
            if not due(Place.of(self.app.config), self.hour, now):
                return False
            beside.begin(self.app, BackupKind.NIGHTLY)
        except Exception:
            log.exception("the day's backup could not be begun")
            return False
        return True


def due(place: Place, hour: int, now: datetime) -> bool:
    """Whether the day's backup should be begun now."""
    if clock.local(now).hour < hour or working.running(place):
        return False
    since = clock.at(clock.day_of(now), hour)
    good = shelf.last_good(shelf.listed(place.backups), now)
    if good is not None and good.name.at >= since:
        return False
    last = working.state(place)
    lately = (
        last is not None and -shelf.AHEAD <= now - last.moment < AGAIN
    )  # not one of a clock that ran ahead
    return last is None or not (last.failed and lately)


def begin(app: Flask) -> Watchman | None:
    """Start watching, where an hour is set and the data is an office's own."""
    hour = app.config["BACKUP_HOUR"]
    if hour is None or app.config["DEMO"]:
        return None
    watchman = Watchman(app, hour)
    watchman.start()
    return watchman

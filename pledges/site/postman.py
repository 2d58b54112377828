"""Giờ gửi thư: the started server sends each day's digest by itself from a set hour on (DIGEST_HOUR).

For the machine in the corner of an office that knows no cron. One thread beside those that serve; the letters of a day
are claimed one by one, so a second process, or `send-digests` at the same time, sends none twice.
"""

import logging
from datetime import date
from threading import Event, Thread

from flask import Flask

from pledges.core import clock
from pledges.core.refusal import Refused
from pledges.site.digests import send_due

log = logging.getLogger(__name__)

EVERY = 300.0
"""So many seconds pass between two looks at the clock, and between two tries of a server that was gone."""


class Postman(Thread):
    """The thread; `stop` ends it between two letters' days."""

    def __init__(self, app: Flask, hour: int, every: float = EVERY) -> None:
        super().__init__(name="postman", daemon=True)
        self.app, self.hour, self.every = app, hour, every
        self._done_on: date | None = None
        self._ended = Event()

    def run(self) -> None:
        """Look at the clock until the program ends."""
        while not self._ended.wait(self.every):
            self.look()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def look(self) -> None:
        """Send the day's letters when their hour has come and they aren't all sent."""
        try:
            with self.app.app_context():
                now = clock.local(clock.now())
                if now.hour < self.hour or self._done_on == now.date():
                    return
                if send_due(now.date()).whole:
                    self._done_on = now.date()
        except Refused as refused:
            log.warning("no letters are sent: %s", refused)
            self.stop()
        except Exception:
            log.exception("the day's letters could not be sent")


def begin(app: Flask) -> Postman | None:
    """Start sending, where an hour is set."""
    hour = app.config["DIGEST_HOUR"]
    if hour is None:
        return None
    postman = Postman(app, hour)
    postman.start()
    return postman

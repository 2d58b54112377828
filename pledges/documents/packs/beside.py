"""Lập tập ở tiến trình bên cạnh: drawing in the server's own process would hold up everybody's pages.

The process is `python -m pledges draw-packs` over the same instance, at low priority. It ends when nothing waits. One
that dies is missed by the next who looks at a pack, or asks for one: there is no watchman.
"""

import subprocess
import time
from dataclasses import dataclass, field

from flask import Flask, current_app

from pledges.core.beside import end as end_process
from pledges.core.beside import launch
from pledges.core.database import only_reading
from pledges.documents.packs import queries
from pledges.documents.packs.shelf import shelf_of

COMMAND = "draw-packs"
STARTING = 10.0
"""So many seconds a process may take until it has its turn; before that no other is started."""
_EXTENSION = "packs beside"


@dataclass
class Beside:
    """The processes that this one started and that have not been seen to end; the newest last."""

    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    @property
    def starting(self) -> bool:
        """Whether the newest may not have come to its work yet."""
        return bool(self.alive()) and time.monotonic() - self.since < STARTING

    def alive(self) -> "list[subprocess.Popen[bytes]]":
        """Those that run; the others are let go of."""
        self.processes = [one for one in self.processes if one.poll() is None]
        return self.processes

    def begin(self, app: Flask) -> None:
        """Start another one."""
        self.alive().append(launch(app, COMMAND))
        self.since = time.monotonic()

    def end(self) -> None:
        """End them; what is being drawn waits for the next."""
        for one in self.alive():
            end_process(one)


def wake(*, anew: bool = False) -> None:
    """See to it that somebody draws what waits or was left; with `anew` though one has just been started."""
    app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - for the settings
    beside = of(app)
    if shelf_of(app.config["INSTANCE"]).nobody_draws() and (anew or not beside.starting):
        beside.begin(app)


def wake_if_needed(app: Flask) -> None:
    """At the start of the program: remove what is too old, and go on with what was asked for before it ended."""
    shelf_of(app.config["INSTANCE"]).tidy()
    with app.app_context(), only_reading() as session:
        if session.scalars(queries.waiting()).first() or session.scalars(queries.begun()).first():
            wake()


def of(app: Flask) -> Beside:
    """What this process knows of the one beside it."""
    beside: Beside = app.extensions.setdefault(_EXTENSION, Beside())
    return beside

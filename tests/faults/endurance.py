"""One server under a crowd, calm and then killed again and again: the long run of `benchmarks/reliability.py`."""

import os
import platform
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from pledges.upkeep.databases import one_moment
from tests.faults import tally
from tests.faults.browsing import Act, Ledger
from tests.faults.crowd import Crowd
from tests.faults.office import Office
from tests.faults.saving import Backups
from tests.faults.servers import Server
from tests.support import apps

BETWEEN = (2.0, 5.0)
"""Seconds at least from the server's coming back to the next kill."""
KILL = ("after", "acts", "under_way", "answers")
"""What is known of each: seconds and acts since the last, writes that it cut off, seconds till the next answer."""
ACTS, PATIENCE = 5, 10.0
"""So many acts at least are acknowledged before the next kill, if they come within so many seconds more."""
WATCHING, MORE = 2.0, (0.0, 0.04)
"""A kill comes within so many seconds as soon as a write is under way, and a moment later: anywhere in its course."""
AGAIN = (1.0, 5.0)
"""Seconds until a person has seen that no page came, and tries again."""
SETTLING = 8.0
"""Seconds after the last kill in which everybody has sent again."""
BACKUP_EVERY, COMPARED_EVERY = 20, 10
"""Of the kills."""
ARRIVING = 300.0
LONG = 1.0
"""No acknowledged write should wait for longer."""


@dataclass(frozen=True)
class Plan:
    """How much of it; within so many seconds the last kill has come, however many there were."""

    kills: int
    people: int
    calm: float
    think: float
    within: float


@dataclass
class Run:
    """One server's run, and what is known of it so far."""

    name: str
    plan: Plan
    server: Server
    app: Flask
    office: Office
    backups: Backups
    keep: Callable[[dict[str, Any]], None]
    known: dict[str, Any] = field(default_factory=dict)
    kills: list[dict[str, float]] = field(default_factory=list)
    down: list[tuple[float, float]] = field(default_factory=list)
    """From when till when there was no server."""
    calm_acts: int = 0

    def measure(self) -> None:
        """A calm time, the kills, and the comparison of what was acknowledged with what is there."""
        crowd = Crowd(self.office, self.server.port, self.plan.think, AGAIN)
        self.server.start()
        begun = time.monotonic()
        try:
            with crowd.at_work() as ledger:
                _arrive(crowd, ledger)
                self._calm(ledger)
                self.calm_acts = len(ledger.acts)
                ends = begun + self.plan.within
                while len(self.kills) < self.plan.kills and time.monotonic() < ends:
                    self._kill(ledger)
                time.sleep(SETTLING)
            self.backups.wait()
        finally:
            self.server.stop()
            self.known["documents_drawn"] = crowd.printed
            self._compare(crowd.ledger)  # whoever broke it off learns what it came to by then
            self._tell()
        self.known["backups"] = self.backups.put_back(ledger)
        self.known["complete"] = len(self.kills) == self.plan.kills
        self.known["seconds"] = round(time.monotonic() - begun)
        self._tell()

    def _calm(self, ledger: Ledger) -> None:
        before, pages = len(ledger.acts), ledger.pages
        time.sleep(self.plan.calm / 2)
        self.backups.begin(0)
        time.sleep(self.plan.calm / 2)
        self.known["calm"] = {
            "seconds": self.plan.calm, "pages": ledger.pages - pages, **self._waits(ledger, before),
        }  # fmt: skip

    def _kill(self, ledger: Ledger) -> None:
        """Let them work, then kill; what is known by then is kept."""
        back, sent = time.monotonic(), len(ledger.acknowledged())
        time.sleep(random.uniform(*BETWEEN))  # noqa: S311 - no secret
        ends = time.monotonic() + PATIENCE
        while len(ledger.acknowledged()) < sent + ACTS and time.monotonic() < ends:
            time.sleep(0.1)
        flying = _until_one_flies(ledger)
        killed, acts = time.monotonic(), len(ledger.acknowledged()) - sent
        self.server.kill()
        self.down.append((killed, time.monotonic()))
        self.kills.append(
            {
                "after": round(killed - back, 1),
                "acts": acts,
                "under_way": flying,
                "answers": round(self.down[-1][1] - killed, 2),
            }
        )
        if len(self.kills) % min(BACKUP_EVERY, self.plan.kills) == 0:
            self.backups.begin(len(self.kills))
        if len(self.kills) % COMPARED_EVERY == 0:
            self._compare(ledger.so_far())
        self._tell()
        done = f"{len(ledger.acknowledged())} acts, {len(ledger.faults)} faults"
        sys.stderr.write(f"{self.name}: {len(self.kills)} kills {self.kills[-1]}, {done}\n")

    def _waits(self, ledger: Ledger, since: int) -> dict[str, float]:
        """How long acknowledged writes took since then."""
        acts = [act for act in list(ledger.acts)[since:] if act.acknowledged]
        waits = sorted(act.waited for act in acts if act.waited is not None)
        if not waits:
            return {"writes": 0}
        percent = {f"p{part}": round(waits[len(waits) * part // 100], 3) for part in (50, 95, 99)}
        return {
            "writes": len(waits),
            **percent,
            "longest": round(waits[-1], 3),
            "over_a_second": sum(one > LONG for one in waits),
            "while_serving": sum(self._waited_of_a_server(act) > LONG for act in acts),
        }

    def _waited_of_a_server(self, act: Act) -> float:
        """How long an act waited, without the time in which there was no server."""
        waited = act.waited or 0.0
        begun = act.at - waited
        return waited - sum(max(0.0, min(act.at, till) - max(begun, since)) for since, till in self.down)

    def _compare(self, ledger: Ledger) -> None:
        with one_moment(apps.engine_of(self.app)) as connection, Session(connection) as session:
            result = tally.compare(session, ledger)
        if self.kills:
            self.known["amid_kills"] = self._waits(ledger, self.calm_acts)
        complaints = self.server.complaints
        self.known |= {
            **result.written(),
            "locked_in_the_log": complaints.count("database is locked"),
            "traces_in_the_log": complaints.count("Traceback"),
        }

    def _tell(self) -> None:
        self.keep(
            {
                "server": self.name,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "machine": {
                    "processors": os.cpu_count(),
                    "model": _processor(),
                    "python": platform.python_version(),
                },
                "plan": asdict(self.plan),
                "complete": False,
                "kills": {name: [kill[name] for kill in self.kills] for name in KILL},
                "too_quiet": sum(kill["acts"] < ACTS for kill in self.kills),
                **self.known,
            }
        )


def _processor() -> str:
    """What the kernel calls it."""
    found = re.search(
        r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE
    )
    return found[1] if found else platform.machine()


def _until_one_flies(ledger: Ledger) -> int:
    """Till somebody's write is under way, and a moment more: how many are then."""
    ends = time.monotonic() + WATCHING
    while not ledger.flying and time.monotonic() < ends:
        time.sleep(0.001)
    time.sleep(random.uniform(*MORE))  # noqa: S311 - no secret
    return len(ledger.flying)


def _arrive(crowd: Crowd, ledger: Ledger) -> None:
    """Till everybody has signed in."""
    ends = time.monotonic() + ARRIVING
    for _person in crowd.office.officers + crowd.office.leaders + crowd.office.clerks:
        if not crowd.arrived.acquire(timeout=max(0.0, ends - time.monotonic())):
            message = f"not everybody could sign in: {ledger.faults[:3]}"
            raise SystemExit(message)

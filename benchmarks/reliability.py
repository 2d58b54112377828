"""A hundred people at work while the server is killed every few seconds: what was lost, doubled, or kept waiting.

    python benchmarks/reliability.py [--kills 100] [--people 100] [--calm 60] [--think 12] [--out docs/reliability.json]

For each of the two servers (waitress over SQLite as `start` serves, gunicorn over PostgreSQL as docs/production.md has
it): first a calm time, in which waits are measured, then so many kills of the whole server. Writes JSON for
docs/reliability.md. Needs the test packages; everything stays on this machine.
"""

import argparse
import json
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pledges import instance as instances
from tests.faults import office, tally
from tests.faults.browsing import Ledger
from tests.faults.crowd import Crowd
from tests.faults.office import Office
from tests.faults.servers import Gunicorn, Server, Waitress
from tests.support import apps
from tests.support.apps import KEY
from tests.support.clock import Hands
from tests.support.postgres import Server as Postgres
from tests.support.tables import make_tables
from tests.support.world import DAY

BETWEEN = (2.0, 5.0)
"""Seconds from the server's coming back to the next kill."""
AGAIN = (1.0, 5.0)
"""Seconds until a person has seen that no page came, and tries again."""
SETTLING = 8.0
"""Seconds after the last kill in which everybody has sent again."""


@dataclass(frozen=True)
class Plan:
    """How much of it."""

    kills: int
    people: int
    calm: float
    think: float


def measured(name: str, server: Server, made: Office, engine: sa.Engine, plan: Plan) -> dict[str, object]:
    """One server's run."""
    crowd = Crowd(made, server.port, plan.think, AGAIN)
    server.start()
    begun = time.monotonic()
    try:
        with crowd.at_work() as ledger:
            _arrive(crowd, ledger)
            before = len(ledger.acts)
            time.sleep(plan.calm)
            calm = _waits(ledger, before)
            pages = ledger.pages
            before = len(ledger.acts)
            for kill in range(plan.kills):
                time.sleep(random.uniform(*BETWEEN))  # noqa: S311 - no secret
                server.kill()
                _say(
                    f"{name}: {kill + 1} kills, {len(ledger.acknowledged())} acts, {len(ledger.faults)} faults"
                )
            time.sleep(SETTLING)
            amid = _waits(ledger, before)
        took = time.monotonic() - begun
    finally:
        server.stop()
    with Session(engine) as session:
        result = tally.compare(session, ledger)
    complaints = server.complaints
    return {
        "server": name,
        "people": made.people,
        "kills": plan.kills,
        "seconds": round(took),
        "calm": {"seconds": plan.calm, "pages": pages, **calm},
        "amid kills": amid,
        "documents drawn": crowd.printed,
        "locked in the log": complaints.count("database is locked"),
        "traces in the log": complaints.count("Traceback"),
        **result.written(),
    }


def _arrive(crowd: Crowd, ledger: Ledger) -> None:
    """Till everybody has signed in."""
    for _person in crowd.office.officers + crowd.office.leaders + crowd.office.clerks:
        if not crowd.arrived.acquire(timeout=300):
            message = f"not everybody could sign in: {ledger.faults[:3]}"
            raise SystemExit(message)


def _waits(ledger: Ledger, since: int) -> dict[str, float]:
    """How long acknowledged writes took since then."""
    waits = sorted(act.waited for act in list(ledger.acts)[since:] if act.waited is not None)
    if not waits:
        return {"writes": 0}
    percent = {f"p{part}": round(waits[len(waits) * part // 100], 3) for part in (50, 95, 99)}
    return {"writes": len(waits), **percent, "longest": round(waits[-1], 3)}


def _office(engine: sa.Engine, people: int) -> Office:
    leaders, clerks = max(1, people // 10), max(1, people // 20)
    with Session(engine) as session:
        return office.build(session, people - leaders - clerks, leaders, clerks)


def over_sqlite(folder: Path, plan: Plan) -> dict[str, object]:
    """Waitress over SQLite, with every sync."""
    instance = folder / "sqlite" / "instance"
    engine = _prepared(instance)
    made = _office(engine, plan.people)
    return measured("waitress + SQLite", Waitress(instance, folder / "waitress.log"), made, engine, plan)


def over_postgresql(folder: Path, plan: Plan) -> dict[str, object]:
    """The same with gunicorn over PostgreSQL."""
    postgres = Postgres()
    try:
        address = postgres.create("office")
        instance = folder / "postgresql" / "instance"
        engine = _prepared(instance, DATABASE_URL=address)
        made = _office(engine, plan.people)
        server = Gunicorn(instance, folder / "gunicorn.log", DATABASE_URL=address)
        result = measured("gunicorn + PostgreSQL", server, made, engine, plan)
        engine.dispose()
        return result
    finally:
        postgres.stop()


def _prepared(instance: Path, **settings: str) -> sa.Engine:
    """An empty instance with its tables."""
    app = apps.make(instance, Hands(DAY), **settings)
    make_tables(app)
    instances.write_private(instance / instances.SECRET_FILE, KEY)
    return apps.engine_of(app)


RUNS: dict[str, Callable[[Path, Plan], dict[str, object]]] = {
    "sqlite": over_sqlite,
    "postgresql": over_postgresql,
}


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def main() -> None:
    """Run both, and write what came out."""
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=100, help="of each server")
    options.add_argument("--people", type=int, default=100)
    options.add_argument("--calm", type=float, default=60.0)
    options.add_argument("--think", type=float, default=12.0)
    options.add_argument("--only", choices=sorted(RUNS))
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    plan = Plan(given.kills, given.people, given.calm, given.think)
    folder = Path(tempfile.mkdtemp(prefix="reliability-"))
    told: dict[str, Any] = {
        "made at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "python": platform.python_version()},
        "think": plan.think,
        "runs": [],
    }
    for kind, run in RUNS.items():
        if given.only in {None, kind}:
            told["runs"].append(run(folder, plan))
            text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
            if given.out is not None:
                given.out.write_text(text, encoding="utf-8")
    shutil.rmtree(folder)  # after a run that failed, the instance and the log are worth a look
    sys.stdout.write(text)
    raise SystemExit(0 if all(run["whole"] for run in told["runs"]) else 1)


if __name__ == "__main__":
    main()

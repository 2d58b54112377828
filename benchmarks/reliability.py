"""A hundred people at work while the server is killed every few seconds: what was lost, doubled, or kept waiting.

    python benchmarks/reliability.py --out docs/reliability.json
        [--kills 100] [--people 100] [--calm 60] [--think 12] [--within 2200] [--only sqlite|postgresql]

For each of the two servers (waitress over SQLite as `start` serves, gunicorn over PostgreSQL as docs/production.md has
it): first a calm time, in which waits are measured, then so many kills of the whole server, each in the midst of acts.
In the calm time and after every twentieth kill a backup is taken beside; all are put back afterwards. Each server's
results go into the one file after every kill, marked as not complete until all is done; the other's stay as they are.
`python -m tests.faults.page > docs/reliability.md` makes a page of them. Needs the test packages; everything stays on
this machine. Ends with 1 where something was lost, doubled or broken.
"""

import argparse
import json
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pledges import instance as instances
from pledges.settings import DATABASE_FILE
from tests.faults import office
from tests.faults.endurance import Plan, Run
from tests.faults.office import Office
from tests.faults.results import faults_of
from tests.faults.saving import Backups
from tests.faults.servers import Gunicorn, Waitress
from tests.support import apps
from tests.support.apps import KEY
from tests.support.clock import Hands
from tests.support.postgres import Server as Postgres
from tests.support.tables import make_tables
from tests.support.world import DAY


def _office(app: Flask, people: int) -> Office:
    leaders, clerks = max(1, people // 10), max(1, people // 20)
    with Session(apps.engine_of(app)) as session:
        return office.build(session, people - leaders - clerks, leaders, clerks)


def over_sqlite(folder: Path, plan: Plan, keep: Callable[[dict[str, Any]], None]) -> None:
    """Waitress over SQLite, with every sync."""
    instance = folder / "sqlite" / "instance"
    app = _prepared(instance)
    server = Waitress(instance, folder / "waitress.log")
    backups = Backups(
        app, server, folder / "sqlite" / "backups", lambda empty: f"sqlite:///{empty / DATABASE_FILE}"
    )
    Run("waitress + SQLite", plan, server, app, _office(app, plan.people), backups, keep).measure()


def over_postgresql(folder: Path, plan: Plan, keep: Callable[[dict[str, Any]], None]) -> None:
    """The same with gunicorn over PostgreSQL, with every sync too."""
    postgres = Postgres(forgets=False)

    def empty(instance: Path) -> str:
        address = postgres.create(f"restored_{instance.parents[1].name}")
        return address.replace("postgresql://", "postgresql+psycopg://")

    try:
        address = postgres.create("office")
        instance = folder / "postgresql" / "instance"
        app = _prepared(instance, DATABASE_URL=address)
        server = Gunicorn(instance, folder / "gunicorn.log", DATABASE_URL=address)
        backups = Backups(app, server, folder / "postgresql" / "backups", empty)
        Run("gunicorn + PostgreSQL", plan, server, app, _office(app, plan.people), backups, keep).measure()
        apps.close(app)
    finally:
        postgres.stop()


def _prepared(instance: Path, **settings: str) -> Flask:
    """An application over an empty instance with its tables."""
    app = apps.make(instance, Hands(DAY), **settings)
    make_tables(app)
    instances.write_private(instance / instances.SECRET_FILE, KEY)
    return app


RUNS: dict[str, Callable[[Path, Plan, Callable[[dict[str, Any]], None]], None]] = {
    "sqlite": over_sqlite,
    "postgresql": over_postgresql,
}


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


@dataclass
class Results:
    """The file of results: a run goes into it, and what other runs left there stays."""

    path: Path | None
    runs: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path | None) -> "Results":
        """What is there already."""
        there = path is not None and path.exists()
        return cls(path, json.loads(path.read_text(encoding="utf-8"))["runs"] if path and there else {})

    def keep(self, kind: str, told: dict[str, Any]) -> None:
        """Write it whole, then name it; figures stand in one line."""
        runs = {**self.runs, kind: told}
        self.runs = {one: runs[one] for one in RUNS if one in runs}
        if self.path is not None:
            draft = self.path.with_name(f".{self.path.name}.part")
            draft.write_text(self.text(), encoding="utf-8")
            draft.replace(self.path)

    def text(self) -> str:
        """As JSON."""
        told = json.dumps({"runs": self.runs}, ensure_ascii=False, indent=2) + "\n"
        return re.sub(r"\[\s+([\d.,\s]+?)\s+\]", lambda found: f"[{' '.join(found[1].split())}]", told)


def main() -> None:
    """Run both, and write what came out."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--kills", type=int, default=100, help="of each server")
    options.add_argument("--people", type=int, default=100)
    options.add_argument("--calm", type=float, default=60.0)
    options.add_argument("--think", type=float, default=12.0)
    options.add_argument("--within", type=float, default=2200.0, help="seconds for all kills together")
    options.add_argument("--only", choices=sorted(RUNS))
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers are ended, and what is known is kept
    plan = Plan(given.kills, given.people, given.calm, given.think, given.within)
    folder = Path(tempfile.mkdtemp(prefix="reliability-"))
    results = Results.of(given.out)
    asked = [kind for kind in RUNS if given.only in {None, kind}]
    ends = time.monotonic() + given.within
    for number, kind in enumerate(asked):
        own = replace(plan, within=round((ends - time.monotonic()) / (len(asked) - number)))
        RUNS[kind](folder, own, lambda told, kind=kind: results.keep(kind, told))  # type: ignore[misc]
    sys.stdout.write(results.text())
    wrong = [fault for kind in asked for fault in faults_of(kind, results.runs[kind])]
    if wrong:
        _say(f"{wrong}: the instances and the logs are in {folder}")
        raise SystemExit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

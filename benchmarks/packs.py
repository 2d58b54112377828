"""What a pack costs, and what it costs others: `python benchmarks/packs.py [units …] [--seconds 8]`.

The reports of so many units, each with its annex, as one PDF, drawn by `python -m pledges draw-packs` beside a server,
as the program starts it: seconds from the press to the file, of them those of drawing; the process's memory after the
first tenth of the papers and at its most. Meanwhile one reader asks the server for its light pages (the first page, the
overview as it is kept, the list of tasks), one after the other: the middle time of each, and that of the slowest in
twenty, beside those of the same pages while nothing is drawn. SQLite in a temporary folder; nothing leaves the machine.
"""

import argparse
import http.client
import itertools
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import campaign
from benchmarks.measuring import application, close, middle, signed_in, slowest
from benchmarks.serving import serving
from benchmarks.ward import LEADER
from pledges.accounts.models import Account
from pledges.accounts.sessions import actor_today
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.documents.packs import beside, operations, queries
from pledges.documents.packs.models import PrintJob
from pledges.documents.packs.operations import PackEntry
from pledges.documents.packs.rules import Asked, Binding, JobStatus, PackKind
from pledges.documents.packs.shelf import shelf_of

PAGES = {"/": "first page", "/theo-doi": "overview, kept", "/phan-viec": "list of tasks"}
KILOBYTES, MEGABYTE = 1024, 1024 * 1024
TICK = 0.02
FORMER = 0.1
"""After this part of the papers everything that a pack of any length needs has been loaded."""

Times = Mapping[str, list[float]]


@dataclass
class Drawn:
    """A pack that was drawn: its seconds, its size, and the memory of its process as time went on."""

    seconds: float = 0.0
    drawing: float = 0.0
    size: int = 0
    memory: list[tuple[int, float]] = field(default_factory=list)

    def memory_after(self, papers: float) -> float:
        """The most memory, in megabytes, until so many papers were told."""
        return max((used for done, used in self.memory if done <= papers), default=0.0)


def main() -> None:
    """Print a table of packs, and one of pages for each of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("units", nargs="*", type=int, default=[18, 1000])
    parser.add_argument("--seconds", type=float, default=8.0)
    given = parser.parse_args()
    rows = [measured(units, given.seconds) for units in given.units]
    print(
        f"{'reports':>8} {'to the file s':>14} {'drawing s':>10} {'MB file':>8} {'MB at a tenth':>14} {'MB most':>8}"
    )
    for units, drawn, _alone, _beside in rows:
        early, most = drawn.memory_after(units * FORMER), drawn.memory_after(units)
        print(
            f"{units:>8} {drawn.seconds:>14.1f} {drawn.drawing:>10.2f} {drawn.size / MEGABYTE:>8.1f} "
            f"{early:>14.0f} {most:>8.0f}"
        )
    print(
        f"\n{'reports':>8} {'page':<16} {'alone ms':>9} {'95 %':>7} {'beside ms':>10} {'95 %':>7} {'times':>6}"
    )
    for units, _drawn, alone, others in rows:
        for path, name in PAGES.items():
            quiet, busy = alone[path], others[path]
            print(
                f"{units:>8} {name:<16} {middle(quiet):>9.1f} {slowest(quiet):>7.1f} {middle(busy):>10.1f} "
                f"{slowest(busy):>7.1f} {middle(busy) / middle(quiet):>6.2f}"
            )


def measured(units: int, seconds: float) -> tuple[int, Drawn, Times, Times]:
    """One pack, and the pages without and beside it."""
    with ward(units) as (app, cookie), serving(app, Flask("bare")) as port:
        with reading(port, cookie) as warm:
            time.sleep(seconds / 4)
        del warm
        with reading(port, cookie) as alone:
            time.sleep(seconds)
        with reading(port, cookie) as others:
            drawn = draw(app)
        return units, drawn, alone, others


@contextmanager
def ward(units: int) -> Iterator[tuple[Flask, str]]:
    """A ward of so many units with a task each, and 24 at least, and its leader's cookie."""
    campaign.UNITS = units
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder), campaign.TODAY)
        with app.app_context():
            campaign.fill(max(units, 24))
            client = signed_in(app, LEADER)
        client.get("/")
        kept = client.get_cookie("session")
        yield app, f"session={kept.value}"
        beside.of(app).end()
        close(app)


@contextmanager
def reading(port: int, cookie: str) -> Iterator[Times]:
    """A reader who asks for one light page after the other; how long each answer took, in milliseconds."""
    found: dict[str, list[float]] = defaultdict(list)
    ended = threading.Event()

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for path in itertools.cycle(PAGES):
            if ended.is_set():
                break
            before = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            found[path].append((time.perf_counter() - before) * 1000)
            if answer.status != http.client.OK:
                raise SystemExit(f"{path}: {answer.status}")
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield found
    finally:
        ended.set()
        reader.join()


def draw(app: Flask) -> Drawn:
    """Ask for the pack, and watch the process that draws it until the file is there."""
    drawn = Drawn()
    with app.app_context():
        began = time.perf_counter()
        number = ask()
        beside.wake(anew=True)
        (process,) = beside.of(app).processes
        done = 0
        while process.poll() is None:
            drawn.memory.append((done, memory_of(process.pid)))
            time.sleep(TICK)
            done = db.session.get_one(PrintJob, number, populate_existing=True).done
            db.session.rollback()
        job = db.session.get_one(PrintJob, number, populate_existing=True)
        if job.status is not JobStatus.DONE or job.started_at is None or job.ended_at is None:
            raise SystemExit(f"the pack is {job.status}: {job.sentence}")
        drawn.seconds = time.perf_counter() - began
        drawn.drawing = (job.ended_at - job.started_at) / timedelta(seconds=1)
        drawn.size = shelf_of(app.config["INSTANCE"]).file(job).stat().st_size
        db.session.rollback()
    return drawn


def memory_of(process: int) -> float:
    """What a process has in memory now, in megabytes, as Linux tells it; 0 when it is gone."""
    try:
        said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    kilobytes = [line.split()[1] for line in said.splitlines() if line.startswith("VmRSS")]
    return int(kilobytes[0]) / KILOBYTES if kilobytes else 0.0


def ask() -> int:
    """The reports of all units, asked for by the leader; the number of the job."""
    session = db.session()
    account = session.query(Account).filter_by(username=LEADER).one()
    actor, found = actor_today(account), session.query(Campaign).one()
    units = tuple(unit.id for unit in session.scalars(queries.units_leading(found.id, actor)))
    entry = PackEntry(
        kind=PackKind.UNIT_REPORTS,
        binding=Binding.PDF,
        asked=Asked(today=clock.today(), items=units, as_of=clock.today()),
        name="Báo cáo của từng đơn vị",
        total=len(units),
    )
    job = operations.ask(session, found, entry, by=actor, at=clock.now())
    session.flush()
    number = job.id
    session.commit()
    return number


if __name__ == "__main__":
    main()

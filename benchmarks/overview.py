"""How fast the overview is: `python benchmarks/overview.py [--reports 100000 10000000] [--rounds 5]`.

1. *Pages a second*, on one waitress server, in one run, with one client, in turns: a bare Flask and Jinja page of the
   same bytes (ready rows, no sign-in, no database); the overview of 24 tasks × 18 months (432 cells) as a signed-in
   leader gets it, who is looked up in the database each time, when nothing has changed; the same with the tag of the
   page (304); the page rendered anew over a kept board; and a board of another day, reckoned anew each time.
2. *Tasks*: queries and time of the first page (nothing kept) and of the next, for 24 and for 2,400 tasks.
3. *Reports of other wards* in the same database: the same for each of the given numbers. Reads from both databases take
   turns, and the middle one of each is printed, so that a busy machine slows both.

SQLite in a temporary folder; nothing leaves the machine. Ten million reports take five gigabytes and some minutes.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from itertools import count, repeat
from pathlib import Path
from typing import Any

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bare import bare
from benchmarks.campaign import TODAY, fill
from benchmarks.measuring import application, close, counted, middle, signed_in, times
from benchmarks.others import add_copies
from benchmarks.serving import BARE, Asking, rate, serving
from benchmarks.ward import LEADER
from pledges.settings import DATABASE_FILE

URL = "/theo-doi"
COLD, KEPT = 15, 200
"""So many reads are timed."""


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", nargs="*", type=int, default=[100_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print_rates(given.rounds)
    print_tasks()
    if given.reports:
        print_reports(given.reports)


@contextmanager
def ward(tasks: int, reports: int = 0) -> Iterator[tuple[Flask, Any]]:
    """The measured ward among so many reports of others, and its leader's browser."""
    with tempfile.TemporaryDirectory() as folder:
        app = application(Path(folder), TODAY)
        with app.app_context():
            fill(tasks)
        close(app)
        if reports:
            add_copies(Path(folder) / DATABASE_FILE, reports)
        client = signed_in(app, LEADER)
        client.get(URL)
        try:
            yield app, client
        finally:
            close(app)


def print_rates(rounds: int) -> None:
    """Pages a second, and what share of the bare page's that is."""
    with ward(24) as (app, client):
        page = client.get(URL)
        kept = client.get_cookie("session")
        cookie = {"Cookie": f"session={kept.value}"}
        tag = cookie | {"If-None-Match": page.headers["ETag"]}
        days = (TODAY - timedelta(days=number) for number in count(1))
        asked = (
            Asking("bare Flask and Jinja page of the same bytes", repeat(f"{BARE}/"), {}),
            Asking("overview, nothing changed", repeat(URL), cookie),
            Asking("overview, with its tag", repeat(URL), tag, 304),
            Asking("page rendered anew, board kept", (f"{URL}?n={number}" for number in count()), cookie),
            Asking("board of another day, reckoned anew", (f"{URL}?den-ngay={day}" for day in days), cookie),
        )
        close(app)
        with serving(app, bare(page.text)) as port:
            found = [[rate(port, one) for one in asked] for _ in range(rounds)]
    print(
        f"432 cells, {len(page.data) / 1000:.0f} kB, {rounds} rounds\n{'':46}{'a second':>9} {'of bare':>8}"
    )
    for number, one in enumerate(asked):
        shares = middle([each[number] / each[0] for each in found])
        print(f"{one.name:46}{middle([each[number] for each in found]):>9.0f} {shares:>8.2f}")


def print_tasks() -> None:
    """Queries and times of 24 and of 2,400 tasks."""
    print(f"\n{'tasks':>10} {'queries':>8} {'first ms':>9} {'queries':>8} {'next ms':>8} {'page kB':>8}")
    for tasks in (24, 2400):
        with ward(tasks) as (app, client):
            first = another_day(client)
            first()
            with counted(app) as cold:
                first()
            with counted(app) as warm:
                page = client.get(URL)
            spent = middle(times(3 if tasks > 24 else COLD, first))  # noqa: PLR2004
            again = middle(times(KEPT, lambda: client.get(URL)))
            size = len(page.data) / 1000
        print(f"{tasks:>10} {len(cold):>8} {spent:>9.1f} {len(warm):>8} {again:>8.2f} {size:>8.0f}")


def another_day(client: Any) -> Callable[[], None]:
    """Ask for the board of a day that nobody has asked for."""
    days = iter(TODAY - timedelta(days=back) for back in range(1, 400))

    def ask() -> None:
        day: date = next(days)
        if client.get(URL, query_string={"den-ngay": day.isoformat()}).status_code != 200:  # noqa: PLR2004
            raise SystemExit(day)

    return ask


def print_reports(numbers: list[int]) -> None:
    """Times of the same ward among the reports of others."""
    print(f"\n{'reports':>10} {'first ms':>9} {'next ms':>8} {'304 ms':>8}")
    with ExitStack() as open_wards:
        clients = [open_wards.enter_context(ward(24, reports))[1] for reports in numbers]
        ways = [_ways(client) for client in clients]
        found = [[[act() for act in way] for way in ways] for _ in range(COLD)]
        for place, reports in enumerate(numbers):
            spent = [middle([each[place][number] for each in found]) for number in range(3)]
            print(f"{reports:>10} {spent[0]:>9.1f} {spent[1]:>8.2f} {spent[2]:>8.2f}")


def _ways(client: Any) -> list[Callable[[], float]]:
    """The first page, the next and the unchanged one, each timed."""
    first, tag = another_day(client), {"If-None-Match": client.get(URL).headers["ETag"]}
    return [
        lambda: times(1, first)[0],
        lambda: middle(times(20, lambda: client.get(URL))),
        lambda: middle(times(20, lambda: client.get(URL, headers=tag))),
    ]


if __name__ == "__main__":
    main()

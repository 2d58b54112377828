"""How long the papers of a signing take: `python benchmarks/papers.py [units …] [--reports 1000]`.

Draws the pack of so many commitments, each with four tasks of two indicators, three signatories, a code and a QR of
its own, without any database; then one of them, and the place cards. Prints the milliseconds and those in which this
process worked. The aim for 50 units on a quiet core is 1,000 ms. Last, how much memory a pack of so many progress
reports takes, each of 24 tasks with its annex, after the first of them and after the last: it is to stay flat.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import middle
from pledges.codes.rules import address_of, new_code, shown
from pledges.documents.pdf.cards import cards
from pledges.documents.pdf.draw import draw
from pledges.documents.pdf.pack import bind, pack
from pledges.documents.pdf.pages import Named
from pledges.documents.sheets.cards import PlaceCard, PlaceCards
from pledges.documents.sheets.commitment import CommitmentSheet
from pledges.documents.sheets.pack import Bound, Pack
from tests.documents import samples

ADDRESS = "https://thidua.haphong.vn"
ROUNDS = 5


def main() -> None:
    """Print a line for each number of units."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units", nargs="*", type=int, default=[24, 50])
    parser.add_argument("--reports", type=int, default=1000)
    given = parser.parse_args()
    print(f"{'units':>6} {'paper':>12} {'ms':>8} {'work ms':>8} {'kB':>8}")
    for units in given.units:
        sheets = [commitment(number) for number in range(1, units + 1)]
        papers = tuple(Bound(sheet.unit, sheet) for sheet in sheets)
        bound = Pack(name="Bản cam kết", author="Ủy ban nhân dân phường", papers=papers)
        told(units, "pack", lambda bound=bound: pack(bound))
        told(1, "commitment", lambda sheets=sheets: draw(sheets[0]))
        named = tuple(PlaceCard(sheet.unit, "Nguyễn Văn An", "Khu trưởng") for sheet in sheets)
        hall = PlaceCards(name="Biển tên", author="Ủy ban nhân dân phường", cards=named)
        told(units, "place cards", lambda hall=hall: cards(hall))
    remembered(given.reports)


def commitment(number: int) -> CommitmentSheet:
    """The commitment of one unit."""
    code, base = new_code(), samples.commitment()
    foot = replace(base.foot, code=shown(code), qr=address_of(code, ADDRESS))
    return replace(base, unit=f"Khu phố {number}", tasks=(base.tasks * 4)[:4], foot=foot)


def remembered(reports: int) -> None:
    """Bind reports into a file, and print what memory that took on the way."""
    base = samples.report()
    papers = (
        Bound(f"Đơn vị {number}", replace(base, totals=(f"Đơn vị {number} có 24 phần việc.",)))
        for number in range(1, reports + 1)
    )
    marks = {max(reports // 100, 1), reports // 2, reports}
    print(f"\n{'reports':>8} {'memory kB':>10} {'most kB':>10}")

    def measured(done: int) -> None:
        if done in marks:
            now, most = (size // 1000 for size in tracemalloc.get_traced_memory())
            print(f"{done:>8} {now:>10} {most:>10}")

    with TemporaryFile() as file:
        tracemalloc.start()
        pages = bind(papers, file, Named("Tập báo cáo", "Ủy ban nhân dân phường", ""), on_paper=measured)
        most = tracemalloc.get_traced_memory()[1] // 1000
        tracemalloc.stop()
        print(f"{pages} pages, {file.tell() // 1000} kB in the file, at most {most} kB in memory")


def told(units: int, paper: str, make: Callable[[], bytes]) -> None:
    """Make a paper some times, and print how long it took."""
    size = len(make())
    taken, worked = [], []
    for _ in range(ROUNDS):
        began, busy = time.perf_counter(), time.process_time()
        make()
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    print(f"{units:>6} {paper:>12} {middle(taken):>8.0f} {middle(worked):>8.0f} {size / 1000:>8.0f}")


if __name__ == "__main__":
    main()

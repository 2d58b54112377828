"""How long our PDFs take beside those of other programs, told the same: `python benchmarks/documents.py`.

The progress report of 24 tasks with its annex, and a pack of the reports of 18 units, from figures in memory to bytes:
ours, typst, headless Chromium, fpdf2 and WeasyPrint, all warm, in one process, round by round one after the other; each
round says something new, so that nobody prints from memory. The floor is what is left when all is known: the streams
of our ready file compressed anew and its objects written. Then: our start from an empty interpreter, the memory of a
pack of 1,000 reports, 10,000 documents on 8 threads, and light pages while packs are drawn beside. Writes
docs/performance.md.

The peers are in benchmarks/peers.txt (`python -m pip install -r benchmarks/peers.txt`), Chromium is looked for in PATH.
`--rounds N`, `--only report|pack|cold|memory|threads|light` (any of them), `--no-peers`, `--dry` (write nothing).
For Linux: what Chromium's processes work is read from /proc.
"""

import argparse
import gc
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pikepdf

from benchmarks import crowds
from benchmarks.drawers import Drawer, Floor, Papers, everybody, missing
from pledges.documents.sheets.paper import Paper
from pledges.documents.sheets.tasks import TaskGroup
from tests.documents import samples

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
UNITS, MANY = 18, 1000
PARTS = ("report", "pack", "cold", "memory", "threads", "light")
THIRD = 1 / 3
BUSY = " Others worked on the machine meanwhile: seconds and `wall` say little, `work` and the ratios more."


def report(turn: int) -> Papers:
    """The progress report of the 24 tasks; each turn says something new in its title and its first sentence."""
    return (_turned(samples.report().paper(), turn),)


def unit_reports(turn: int) -> Papers:
    """The reports of 18 units, each with the tasks it leads."""
    led: dict[str, list] = {}
    for tasks in samples.task_lines().values():
        for task in tasks:
            led.setdefault(task.lead, []).append(task)
    units = sorted(led)[:UNITS]
    return tuple(
        _turned(
            samples.report(
                abstract=f"Kết quả thực hiện các phần việc của {unit}",
                task_groups=(TaskGroup(f"I. {unit}", tuple(led[unit])),),
            ).paper(),
            turn,
        )
        for unit in (units * UNITS)[:UNITS]
    )


def _turned(paper: Paper, turn: int) -> Paper:
    title = replace(paper.title, abstract=f"{paper.title.abstract}, lần {turn}")
    first, *rest = paper.body
    return replace(paper, title=title, body=(replace(first, text=f"Lần {turn}: {first.text}"), *rest))


@dataclass
class Measured:
    """One maker's times of one work, in milliseconds."""

    name: str
    pages: int = 0
    size: int = 0
    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def add(self, make: Callable[[], bytes], worked: Callable[[], float]) -> None:
        """Make the file once more."""
        gc.collect()
        busy, begun = worked(), time.perf_counter()
        made = make()
        self.wall.append((time.perf_counter() - begun) * 1000)
        self.work.append((worked() - busy) * 1000)
        self.size = len(made)

    def row(self, yard: "Measured") -> str:
        """The row of the table; `yard` is who it is compared with."""
        work, wall = statistics.median(self.work), statistics.median(self.wall)
        ratios = (work / statistics.median(yard.work), wall / statistics.median(yard.wall))
        return (
            f"| {self.name} | {self.pages or '–'} | {self.size / 1000:,.0f} | {work:,.1f} | {min(self.work):,.1f}–"
            f"{max(self.work):,.1f} | {wall:,.1f} | {ratios[0]:.2f} | {ratios[1]:.2f} |"
        )


HEAD = (
    "| | pages | kB | work ms | spread | wall ms | work ÷ typst's | wall ÷ typst's |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|"
)


def told(drawers: Sequence[Drawer], papers: Callable[[int], Papers], rounds: int) -> list[str]:
    """The table of one work."""
    warm = papers(0)
    found = []
    for one in drawers:
        made = one.make(warm)
        with pikepdf.open(BytesIO(made)) as file:
            found.append(Measured(one.name, len(file.pages)))
    floor, lowest = Floor(drawers[0].make(warm)), Measured("floor")
    for turn in range(1, rounds + 1):
        said = papers(turn)
        for one, times in zip(drawers, found, strict=True):
            times.add(partial(one.make, said), one.worked)
        lowest.add(partial(floor.make, said), time.process_time)
    yard = next((one for one in found if one.name == "typst"), found[0])
    return [HEAD, *(one.row(yard) for one in (*found, lowest)), "", *_verdict(found[0], yard, lowest)]


def _verdict(own: Measured, yard: Measured, lowest: Measured) -> list[str]:
    if own is yard:
        return []
    times = statistics.median(own.work) / statistics.median(yard.work)
    above = statistics.median(own.work) / statistics.median(lowest.work)
    held = "held" if times <= THIRD else "not held"
    return [
        f"Ours takes {times:.2f} of typst's work (aim: at most a third: {held}) and {above:.1f} times the floor.",
        "",
    ]


def alone(parts: Sequence[str], rounds: int) -> list[str]:
    """What ours does by itself."""
    lines: list[str] = []
    if "cold" in parts:
        whole, nothing = map(statistics.median, crowds.cold(rounds))
        lines.append(
            f"- **From an empty interpreter** to the report's bytes: {whole:,.0f} ms of work, of which the interpreter "
            f"itself {nothing:,.0f} ms. The drawing part alone is loaded, not the pages of the product. Aim: 150 ms."
        )
    if "memory" in parts:
        held, pages, size, took = crowds.memory(MANY)
        said = ", ".join(f"{held[done]} MB after {int(done):,}" for done in held)
        lines.append(
            f"- **A pack of 1,000 reports**, {pages:,} pages, {size:,.0f} MB in {took:,.0f} s: at most {said}."
        )
    for part, title, measure in (
        ("threads", "10,000 documents on 8 threads (`benchmarks/threads.py`)", crowds.threads),
        ("light", "Light pages while a pack is drawn (`benchmarks/packs.py`)", partial(crowds.light, MANY)),
    ):
        if part in parts:
            lines += ["", f"**{title}**", "", "```text", measure(), "```"]
    return lines


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--dry", action="store_true")
    given = parser.parse_args()
    if not given.no_peers and (lacks := missing()):
        raise SystemExit(
            f"not here: {', '.join(lacks)}. Install them: python -m pip install -r benchmarks/peers.txt playwright; "
            "Chromium from the system's packages; or measure ours alone with --no-peers."
        )
    lines = [*_preface(peers=not given.no_peers)]
    with (
        tempfile.TemporaryDirectory() as folder,
        everybody(Path(folder), peers=not given.no_peers) as drawers,
    ):
        if "report" in given.only:
            lines += ["## The report of 24 tasks with its annex", "", *told(drawers, report, given.rounds)]
        if "pack" in given.only:
            lines += [
                f"## A pack of the reports of {UNITS} units",
                "",
                *told(drawers, unit_reports, max(given.rounds // 3, 3)),
            ]
    lines += ["## Ours by itself", "", *alone(given.only, given.rounds)]
    said = "\n".join(lines).strip() + "\n"
    print(said)
    if not given.dry:
        PAGE.write_text(said)


def _preface(*, peers: bool) -> list[str]:
    names = ("typst", "weasyprint", "fpdf2") if peers else ()
    said = "".join(f", {name} {version(name)}" for name in names)
    facts = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(": ")[2] for line in facts if line.startswith("model name")]
    busy = Path("/proc/loadavg").read_text().split()[0]
    made = (
        f"Made by `python benchmarks/documents.py` on {datetime.now(tz=UTC):%d/%m/%Y}: {len(models)} cores of "
        f"{models[0]}, Python {platform.python_version()}{said}; load {busy} when it began."
        + BUSY
        * (float(busy) > len(models))
    )
    how = (
        "Warm, one process, round by round one after the other. `work` is the time of processors (of all threads, and "
        "of Chromium's processes): the median of all rounds, which others on the machine disturb least; `spread` is "
        "its smallest and largest. Each peer is told the same words, in the same faces and sizes, as real tables "
        "(`benchmarks/peers/`); where they break pages differs. `floor` is our ready file with its streams compressed "
        "anew and its objects written: what no drawer can do without."
    )
    return ["# How fast documents are", "", made, "", how, ""]


if __name__ == "__main__":
    main()

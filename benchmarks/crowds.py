"""What ours does when much is asked of it: a thousand papers in a file, eight threads, a cold start, a crowd."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pledges.documents.sheets.paper import Ready
from tests.documents import samples

ROOT = Path(__file__).resolve().parents[1]
_ALONE = """
import sys, types
bare = types.ModuleType("pledges")
bare.__path__ = [sys.argv[1] + "/pledges"]
sys.modules["pledges"] = bare
sys.path.insert(0, sys.argv[1])
"""
"""The drawing part by itself, without the pages: the package is not begun."""
_COLD = (
    _ALONE
    + """
import pickle
from pledges.documents.pdf.draw import draw
sys.stdout.buffer.write(draw(pickle.load(open(sys.argv[2], "rb"))))
"""
)
_MANY = (
    _ALONE
    + """
import json
from dataclasses import replace
from pathlib import Path
from tests.documents import samples
from pledges.documents.pdf.archive import Named
from pledges.documents.pdf.pack import bind
from pledges.documents.sheets.pack import Bound
from pledges.documents.sheets.paper import Ready
report, held = samples.report().paper(), {}
def papers():
    for at in range(1, int(sys.argv[3]) + 1):
        title = replace(report.title, abstract=f"{report.title.abstract}, đơn vị {at}")
        yield Bound(f"Đơn vị {at}", Ready(replace(report, title=title)))
def noted(done):
    if done in (10, 100, int(sys.argv[3])):
        facts = Path("/proc/self/status").read_text().splitlines()
        held[done] = next(int(fact.split()[1]) for fact in facts if fact.startswith("VmHWM")) // 1024
with Path(sys.argv[2]).open("wb") as into:
    pages = bind(papers(), into, Named("Tập", "UBND phường", "Tập"), on_paper=noted)
print(json.dumps({"pages": pages, "held": held}))
"""
)


def cold(rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of work from an empty interpreter to the report's bytes, and of an interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet"
        sheet.write_bytes(pickle.dumps(Ready(samples.report().paper())))
        drawing = [_worked("-c", _COLD, str(ROOT), str(sheet)) for _ in range(rounds)]
    return drawing, [_worked("-c", "pass") for _ in range(rounds)]


def _worked(*arguments: str) -> float:
    """Milliseconds of processors that an interpreter took from its start to its end."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used * 1000


def memory(papers: int) -> tuple[dict[str, int], int, float, float]:
    """The most MB held after so many papers of a pack; its pages, MB and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pack.pdf"
        begun = time.perf_counter()
        command = [sys.executable, "-c", _MANY, ROOT, file, str(papers)]
        said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        took = time.perf_counter() - begun
        return said["held"], said["pages"], file.stat().st_size / 1e6, took


def threads() -> str:
    """What benchmarks/threads.py says of 10,000 documents on 8 threads."""
    return _said("threads.py")


def light(units: int) -> str:
    """What benchmarks/packs.py says of a pack of so many units, and of light pages meanwhile."""
    return _said("packs.py", str(units))


def _said(program: str, *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / program), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.strip()

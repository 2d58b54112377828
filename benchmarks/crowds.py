"""What ours does when much is asked of it: a thousand papers in a file, eight threads, a cold start, a crowd."""

import hashlib
import json
import os
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from pledges.documents.packs.commands import NICENESS
from pledges.documents.pdf.draw import draw
from pledges.documents.sheets.paper import Ready
from tests.documents import samples

ROOT = Path(__file__).resolve().parents[1]
THREADS, DIFFERENT = 8, 50
ASKED = 150
LIGHT = ("/", "/phan-viec", "/van-ban")
"""Pages that people look at all day."""
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
import json, resource
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
        held[done] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with Path(sys.argv[2]).open("wb") as into:
    pages = bind(papers(), into, Named("Tập", "UBND phường", "Tập"), on_paper=noted)
print(json.dumps({"pages": pages, "held": held}))
"""
)
_PACKS = (
    f"import os; os.nice({NICENESS})\n"
    + _ALONE
    + """
from benchmarks.documents import unit_reports
from benchmarks.drawers import ours
while True:
    ours(unit_reports(0))
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


def threads(documents: int) -> tuple[int, float]:
    """How many of so many documents came out wrong on 8 threads, and the seconds they took."""
    sheets = [samples.report(abstract=f"Kết quả lần {at}", bases=()) for at in range(DIFFERENT)]
    right = [hashlib.sha256(draw(sheet)).digest() for sheet in sheets]

    def wrong(at: int) -> bool:
        return hashlib.sha256(draw(sheets[at % DIFFERENT])).digest() != right[at % DIFFERENT]

    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(wrong, range(documents))), time.perf_counter() - begun


def light() -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of light pages of the demo, alone, and while a pack is drawn beside at the product's priority."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (host, cookies):
        alone = _asked(host, cookies)
        drawing = subprocess.Popen([sys.executable, "-c", _PACKS, ROOT], env=_environment())
        try:
            time.sleep(3)
            beside = _asked(host, cookies)
        finally:
            drawing.kill()
            drawing.wait()
    return alone, beside


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}


@contextmanager
def _served(instance: Path) -> Iterator[tuple[str, str]]:
    """The demo, and the cookies of an officer who is signed in."""
    command = [sys.executable, "-m", "pledges", "start", "--port", "0", "--instance", str(instance)]
    server = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    try:
        address = ""
        while server.stdout and not address:
            line = server.stdout.readline()
            if not line:
                raise SystemExit("the program did not start")
            address = next(iter(re.findall(r"http://[\d.]+:\d+", line)), "")
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        _enter(browser, address)
        yield address.removeprefix("http://"), "; ".join(f"{one.name}={one.value}" for one in jar)
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _enter(browser: OpenerDirector, address: str) -> None:
    """Try the program as a clerk: the demo's button for it."""
    page = browser.open(f"{address}/dang-nhap").read().decode()
    form = re.search(r'<form[^>]*action="([^"]*/dung-thu/van-thu)".*?</form>', page, re.DOTALL)
    if form is None:
        raise SystemExit("the demo offers no clerk")
    hidden = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form.group(0)))
    browser.open(address + form.group(1), urlencode(hidden).encode()).read()


def _asked(host: str, cookies: str) -> dict[str, float]:
    """The median of many answers of each light page, in milliseconds."""
    connection, found = HTTPConnection(host), {}
    for path in LIGHT:
        times = []
        for _ in range(ASKED):
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookies})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:  # noqa: PLR2004 - HTTP's
                raise SystemExit(f"{path}: {answer.status}")
        found[path] = statistics.median(times)
    return found

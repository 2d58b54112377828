"""How long it takes to import a list of tasks, on SQLite and on PostgreSQL.

    python benchmarks/imports.py [--tasks N] [--rounds N] [--only sqlite|postgresql] [--profile]

Makes a ward of 24 units in a temporary folder, and the list of N tasks with two indicators each as its clerk keeps
it in Excel, with the names of the units. Prints the milliseconds of each step through the test client (and those in
which this process worked), and its statements: the upload (the file is read and kept), the preview, writing all of it
at once (meanwhile nobody else writes), the export, and the preview of the list as it was exported. The aim for 480
tasks on two quiet cores is 1,500 ms to write and 1,000 ms to preview. `--profile` tells where the time of the previews
and of writing goes. A minute on two cores; nothing leaves the machine.
"""

import argparse
import cProfile
import io
import pstats
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import address, application, close, counted, middle, signed_in
from benchmarks.ward import add_campaign, add_person, add_units
from pledges.access.roles import Role
from pledges.core.database import db
from pledges.core.workbooks.books import Book, Column, OutSheet
from pledges.core.workbooks.sheets import CellValue
from pledges.core.workbooks.writing import write
from pledges.tasks.rows.columns import COLUMNS

TODAY = date(2024, 3, 20)
UNITS = 24
CLERK = "van-thu"
LIST = "/phan-viec/nhap-tep"
STEPS = ("upload", "preview", "write", "export", "preview of the export")
WORKS = ("Trồng", "Sửa", "Lắp", "Xây", "Vận động", "Bê tông hóa", "Số hóa", "Cải tạo")
THINGS = ("cây xanh", "cống thoát nước", "đèn chiếu sáng", "sân chơi", "nhà văn hóa", "hồ sơ", "tủ sách")


def main() -> None:
    """Measure the databases one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=480)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    for kind in [given.only] if given.only else ["sqlite", "postgresql"]:
        measure(kind, given.tasks, given.rounds, profiled=given.profile)


def measure(kind: str, tasks: int, rounds: int, *, profiled: bool) -> None:
    """A table of one database: the middle of the rounds, each in a ward of its own."""
    found: dict[str, list[tuple[float, float, int]]] = {step: [] for step in STEPS}
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder, address(kind) as settings:
            app = application(Path(folder), TODAY, **settings)
            fill(app)
            for name, told in import_once(app, tasks, profiled=profiled and not number):
                found[name].append(told)
            close(app)
    print(f"\n{kind}: a list of {tasks} tasks, the middle of {rounds} rounds")
    print(f"{'':30} {'ms':>7} {'CPU ms':>7} {'statements':>11}")
    for name, told in found.items():
        took, busy, statements = zip(*told, strict=True)
        print(f"{name:30} {middle(took):>7.0f} {middle(busy):>7.0f} {statements[-1]:>11}")


def fill(app: Flask) -> None:
    """The ward, its clerk, and the campaign that registers."""
    with app.app_context():
        units = add_units(UNITS, "Khu phố {}", "KP{}")
        add_person(CLERK, "Vũ Thị Thư", units[0], Role.CLERK, "Văn thư")
        add_campaign(units[0], "HK-2024", date(2024, 3, 29), date(2024, 12, 31))
        db.session.commit()


def import_once(app: Flask, tasks: int, *, profiled: bool) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """Each step with what it took."""
    client = signed_in(app, CLERK)
    data = listed(tasks)
    token = fields_of(client.get(LIST))
    place, told = step(app, lambda: uploaded(client, data, token), profiled=False)
    yield "upload", told
    _page, told = step(app, lambda: client.get(place), profiled=profiled)
    yield "preview", told
    form = fields_of(client.get(f"{place}/ghi"))
    form |= {"on_behalf_of": "Các khu trưởng", "from_paper": "Danh sách đăng ký"}
    answer, told = step(app, lambda: client.post(f"{place}/ghi", data=form), profiled=profiled)
    if not answer.headers.get("Location", "").endswith("/bien-nhan"):
        raise SystemExit(f"nothing was written: {answer.status}")
    yield "write", told
    exported, told = step(app, lambda: client.get("/phan-viec/danh-muc.xlsx"), profiled=False)
    yield "export", told
    place = uploaded(client, exported.data, fields_of(client.get(LIST)))
    _page, told = step(app, lambda: client.get(place), profiled=profiled)
    yield "preview of the export", told


def step(app: Flask, act: Callable[[], Any], *, profiled: bool) -> tuple[Any, tuple[float, float, int]]:
    """What the act gives; the milliseconds it took, those that this process worked, and its statements."""
    with counted(app) as statements, profile() if profiled else nullcontext():
        before, worked = time.perf_counter(), time.process_time()
        given = act()
        took, busy = time.perf_counter() - before, time.process_time() - worked
    return given, (took * 1000, busy * 1000, len(statements))


@contextmanager
def profile() -> Iterator[None]:
    """Print where the time went."""
    profiler = cProfile.Profile()
    with profiler:
        yield
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).sort_stats("cumulative").print_stats("pledges", 30)
    print(out.getvalue())


def listed(tasks: int) -> bytes:
    """The list of the clerk: the columns but the code, two rows for each task."""
    keys = [column.key for column in COLUMNS if column.key != "code"]
    rows: list[tuple[CellValue, ...]] = []
    for number in range(1, tasks + 1):
        rows += [tuple(line.get(key) for key in keys) for line in lines(number)]
    headings = tuple(Column(column.heading) for column in COLUMNS if column.key != "code")
    return write(Book("Danh sách", (OutSheet("Danh mục", headings, tuple(rows)),)))


def lines(number: int) -> Iterator[dict[str, CellValue]]:
    """A task with its first indicator, and the second below."""
    work, thing = WORKS[number % len(WORKS)], THINGS[number % len(THINGS)]
    yield {
        "number": Decimal(number),
        "lead": f"Khu phố {1 + number % UNITS}",
        "cooperating": f"Khu phố {1 + (number + 1) % UNITS}; KP{1 + (number + 2) % UNITS}",
        "title": f"{work} {thing} tại tổ {number} khu phố {1 + number % UNITS}",
        "product": f"{thing.capitalize()} có biển tên, được nghiệm thu",
        "start_on": date(2024, 4, 1 + number % 28),
        "due_on": date(2024, 12, 1 + number % 28),
        "state_funding": Decimal(number % 90),
        "social_funding": Decimal(number % 70) / 2,
        **indicator(f"{work} {thing}", Decimal(20 + number % 400), "m", "số thêm"),
    }
    yield indicator("Hộ tham gia", Decimal(60 + number % 40), "% hộ", "mức đạt")


def indicator(label: str, target: Decimal, measure: str, counting: str) -> dict[str, CellValue]:
    """The columns of an indicator."""
    said: dict[str, CellValue] = {"label": label, "target": target, "measure": measure, "counting": counting}
    return said | {"baseline": Decimal(0), "direction": "tăng", "weight": Decimal(1)}


def uploaded(client: Any, data: bytes, form: dict[str, str]) -> str:
    """Upload a file; the address of its preview."""
    answer = client.post(LIST, data=form | {"file": (io.BytesIO(data), "danh mục.xlsx")})
    if answer.status_code != 302:  # noqa: PLR2004
        raise SystemExit(f"the upload answered {answer.status}")
    return str(answer.headers["Location"])


def fields_of(page: Any) -> dict[str, str]:
    """The hidden fields of the form that writes."""
    hidden = r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"'
    return dict(re.findall(hidden, page.get_data(as_text=True)))


if __name__ == "__main__":
    main()

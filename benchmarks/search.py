"""How long a search takes among 100,000 tasks, on SQLite and on PostgreSQL.

    python benchmarks/search.py [--tasks N] [--rounds N] [--only sqlite|postgresql]

Fills a database of each kind in a temporary folder, then asks as a leader who sees every task and as an officer who
sees ten. Prints, for each question, how many tasks fit, and the times in milliseconds that half and 95 of 100 rounds
took at most: of the search of the page (all groups, their counts, the first finds as they are shown), of the list of
tasks in the order in which they fit, and of the whole page /tim through the test client. The aim is 50 ms for the
search. PostgreSQL is that of the tests (requirements-test.lock). Five minutes on two cores; nothing leaves the machine.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import address, application, close, insert, middle, signed_in, slowest, times
from benchmarks.ward import LEADER, add_campaign, add_person, add_units, indicator_row, task_row
from pledges.access.roles import Role
from pledges.accounts.models import Account
from pledges.accounts.sessions import actor_today
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import seen_by
from pledges.core.database import db
from pledges.index.operations import rebuild
from pledges.index.rules import Asked
from pledges.search.finding import FIRST, sections
from pledges.search.places import Seeker, directory
from pledges.search.rules import Group
from pledges.search.showing import hits
from pledges.start import settle_memory
from pledges.tasks import lists
from pledges.tasks.models import Indicator, Task

TODAY = date(2024, 10, 15)
UNITS = 200
OFFICER, OFFICERS_TASKS = "can-bo", 10
ROUNDS = 20

WORKS = (
    "Cải tạo",
    "Xây dựng",
    "Lắp đặt",
    "Vận động",
    "Trồng",
    "Sửa chữa",
    "Nâng cấp",
    "Bê tông hóa",
    "Số hóa",
)
THINGS = (
    "ngõ", "cống thoát nước", "đèn chiếu sáng", "cây xanh", "rác thải", "nhà văn hóa", "camera an ninh", "hồ sơ",
    "quỹ người nghèo", "vườn hoa", "sân chơi", "tủ sách", "bể bơi", "chợ", "trường học", "trạm y tế",
)  # fmt: skip
PLACES = (
    "Hà Khánh",
    "Cao Xanh",
    "Hồng Hà",
    "Bạch Đằng",
    "Yết Kiêu",
    "Trần Hưng Đạo",
    "Hạ Khanh",
    "Dương Khánh",
)
FAMILIES, MIDDLES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ"), ("Văn", "Thị", "Quốc", "Minh", "Hải")
GIVEN = ("An", "Bình", "Đức", "Dũng", "Hà", "Khánh", "Lan", "Ánh", "Yến", "Hưng")
QUESTIONS = (
    "đường", "duong", "khu pho", "Khu phố 12", "đường hà khánh", "DUONG HA KH", "đuong", "d", "số 777", "KP12",
    "nguyen van an", "be tong hoa ngo to 5", "không có gì",
)  # fmt: skip
"""Words that stand in every task, in some, in one and in none."""


def main() -> None:
    """Measure the databases one after the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    for kind in [given.only] if given.only else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as folder, address(kind) as settings:
            app = application(Path(folder), TODAY, **settings)
            measure(app, kind, given.tasks, given.rounds)
            close(app)


def measure(app: Flask, kind: str, tasks: int, rounds: int) -> None:
    """A table of one database."""
    with app.app_context():
        began = time.perf_counter()
        fill(tasks)
        filled = time.perf_counter()
        indexed = sum(rebuild(db.session()).values())
        db.session.commit()
        took = time.perf_counter() - filled
        if kind == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # What autovacuum does within a minute: only then the GIN indexes know how large they are.
                connection.execute(sa.text("VACUUM ANALYZE"))
    print(
        f"\n{kind}: {tasks} tasks filled in {filled - began:.0f} s, {indexed} entries indexed in {took:.0f} s"
    )
    print(f"{'':30} {'':>9} {'search':>13} {'list':>13} {'page':>13}")
    print(f"{'who: question':30} {'tasks':>9}" + f" {'p50':>6} {'p95':>6}" * 3)
    settle_memory()
    worst = 0.0
    for username in (LEADER, OFFICER):
        for question in QUESTIONS:
            worst = max(worst, line(app, username, question, rounds))
    print(f"slowest search: {worst:.1f} ms (95 of 100 rounds)")


def line(app: Flask, username: str, question: str, rounds: int) -> float:
    """One line of the table; the slowest of 95 of 100 searches."""
    client = signed_in(app, username)
    with app.test_request_context():
        account = db.session.scalars(sa.select(Account).where(Account.username == username)).one()
        actor = actor_today(account)
        campaigns = tuple(db.session.scalars(seen_by(actor)))
        who = Seeker(actor, TODAY, directory(db.session(), actor), campaigns)
        asked = Asked.read(question)
        found = next(one for one in searched(who, asked) if one.group is Group.TASKS)
        search = times(rounds, lambda: searched(who, asked))
        newest, wanted = campaigns[0].id, lists.Wanted.read({"q": question})
        listed = times(rounds, lambda: lists.best(db.session(), actor, newest, wanted))
    page = times(max(rounds // 4, 2), lambda: fetched(client, question))
    number = f"{'>' if found.more else ''}{found.total}"
    print(f"{username + ': ' + question:30} {number:>9}", end="")
    print("".join(f" {middle(one):>6.1f} {slowest(one):>6.1f}" for one in (search, listed, page)))
    return slowest(search)


def searched(who: Seeker, asked: Asked) -> list[Any]:
    """What the page asks: every group, and the first finds of each as they are shown."""
    session = db.session()
    found = sections(session, who, asked, dict.fromkeys(Group, FIRST))
    for one in found:
        hits(session, who, asked, one.group, one.fits[:FIRST])
    return found


def fetched(client: Any, question: str) -> None:
    """The whole page."""
    page = client.get("/tim", query_string={"q": question})
    if page.status_code != 200:  # noqa: PLR2004
        raise SystemExit(f"the page answered {page.status_code}")


def fill(tasks: int) -> None:
    """Units, people, four campaigns, and tasks whose texts share their words; ten of them the officer's unit leads."""
    dice = random.Random(7)  # noqa: S311 - the same ward each time
    units = add_units(UNITS, "Khu phố {}", "KP{}")
    add_person(LEADER, "Trần Quốc Hưng", units[0], Role.LEADER, "Chủ tịch UBND phường")
    add_person(OFFICER, "Nguyễn Văn An", units[1], Role.OFFICER, "Khu trưởng")
    for number in range(2, UNITS):
        name = " ".join(dice.choice(one) for one in (FAMILIES, MIDDLES, GIVEN))
        add_person(f"nguoi-{number}", name, units[number], Role.OFFICER, f"Khu trưởng khu phố {number}")
    campaigns = [
        add_campaign(units[0], f"năm {year}", date(year, 1, 2), date(year, 12, 31))
        for year in range(2021, 2025)
    ]
    db.session.commit()
    rows, indicators = [], []
    for number in range(1, tasks + 1):
        lead = units[1] if number % (tasks // OFFICERS_TASKS) == 0 else units[2 + number % (UNITS - 1)]
        rows.append(described(number, campaigns, lead.id, dice))
        indicators += [
            indicator_row(number, 1, f"Mét đường {dice.choice(THINGS)} được làm"),
            indicator_row(number, 2, f"Hộ khu phố tham gia {dice.choice(THINGS)}"),
        ]
    insert(Task, rows)
    insert(Indicator, indicators)
    db.session.commit()


def described(number: int, campaigns: list[Campaign], unit_id: int, dice: random.Random) -> dict[str, Any]:
    """A task of one of the campaigns: its words are those of many others."""
    title = f"{dice.choice(WORKS)} {dice.choice(THINGS)} tuyến đường {dice.choice(PLACES)} tổ {dice.randint(1, 99)}"
    product = f"{dice.choice(THINGS)} khu phố, đường {dice.choice(PLACES)} sạch đẹp".capitalize()
    campaign = campaigns[number % len(campaigns)]
    return task_row(number, campaign.id, unit_id, title, product=product)


if __name__ == "__main__":
    main()

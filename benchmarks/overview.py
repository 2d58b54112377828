"""Time and queries of the overview for 24 and for 2,400 tasks: `python benchmarks/overview.py [tasks …]`.

Fills a SQLite database in a temporary folder, asks for the page through the test client, and prints a table. Two
minutes at most on two cores; nothing leaves the machine.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from pledges import create_app
from pledges.access.roles import Role
from pledges.accounts.models import Account, Appointment
from pledges.accounts.sessions import actor_today, start
from pledges.campaigns.models import Campaign
from pledges.campaigns.rules import CampaignKind, CampaignStatus
from pledges.core import clock
from pledges.core.base import table_of
from pledges.core.database import db
from pledges.overview import reading
from pledges.progress.calendar import ReportEventKind, months
from pledges.progress.models import Figure, Obstacle, Period, Report, ReportEvent, ReportRound
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.rules import TaskEventKind, TaskStatus
from pledges.units.models import Unit
from pledges.units.rules import DocumentStyle, UnitKind

TODAY = date(2024, 10, 15)
MADE_AT = datetime(2024, 3, 27, 2, tzinfo=UTC)
BLOCKS = (
    "I. Khối Đảng - chính quyền",
    "II. Mặt trận Tổ quốc và đoàn thể",
    "III. Lực lượng vũ trang",
    "IV. Các khu phố",
)
UNITS = 23
ROUNDS = 5


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="*", type=int, default=[24, 2400])
    print(f"{'tasks':>6} {'reports':>8} {'queries':>8} {'board ms':>9} {'page ms':>9} {'page kB':>8}")
    for number in parser.parse_args().tasks:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(number, Path(folder)))


def measure(tasks: int, folder: Path) -> str:
    """One line: the board alone (fetched and reckoned), and the whole page."""
    app = create_app(
        {
            "INSTANCE": folder,
            "SECRET_KEY": "only for measuring, in a folder that goes away",
            "TESTING": True,
            "CLOCK": clock.standing(TODAY),
        }
    )
    with app.app_context():
        db.create_all()
        reports = fill(tasks)
    client = signed_in(app)
    client.get("/theo-doi")
    rounds = ROUNDS if tasks < 500 else 2  # noqa: PLR2004 - the large one takes seconds
    board = timed(rounds, lambda: read(app))
    with counted(app) as statements:
        page = client.get("/theo-doi")
    if page.status_code != 200:  # noqa: PLR2004
        raise SystemExit(f"the page answered {page.status_code}")
    whole = timed(rounds, lambda: client.get("/theo-doi"))
    with app.app_context():
        db.engine.dispose()
    size = len(page.get_data()) / 1000
    return f"{tasks:>6} {reports:>8} {len(statements):>8} {board:>9.0f} {whole:>9.0f} {size:>8.0f}"


def read(app: Flask) -> None:
    """The board as the page and the papers read it."""
    with app.test_request_context():
        account = db.session.scalars(sa.select(Account)).one()
        campaign = db.session.scalars(sa.select(Campaign)).one()
        reading.of_campaign(db.session(), campaign, actor_today(account), TODAY)


def timed(rounds: int, act: Any) -> float:
    """The middle of several times, in milliseconds."""
    times = []
    for _ in range(rounds):
        before = time.perf_counter()
        act()
        times.append(time.perf_counter() - before)
    return statistics.median(times) * 1000


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def signed_in(app: Flask) -> Any:
    """A browser of the ward's leader."""
    client = app.test_client()
    with client.session_transaction() as cookie, app.test_request_context() as context:
        start(db.session.scalars(sa.select(Account)).one())
        cookie.update(dict(context.session))
    return client


def fill(tasks: int) -> int:
    """A campaign half a year old: each task with two indicators and a report a month; the number of reports."""
    session = db.session()
    units = add_units()
    campaign = add_campaign(units[0])
    periods = add_periods(campaign)
    begun = [period for period in periods if period.due_on < TODAY]
    task_rows, indicator_rows, event_rows = [], [], []
    for number in range(1, tasks + 1):
        task_rows.append(task_row(number, campaign.id, units[1 + number % UNITS].id))
        event_rows.append(event_row(number))
        indicator_rows += [indicator_row(number, position) for position in (1, 2)]
    insert(Task, task_rows)
    insert(TaskEvent, event_rows)
    insert(Indicator, indicator_rows)
    reports = fill_reports(tasks, begun)
    session.commit()
    return reports


def insert(kind: Any, rows: list[dict[str, Any]]) -> None:
    """Many rows at once."""
    if rows:
        db.session.execute(sa.insert(table_of(kind)), rows)


def add_units() -> list[Unit]:
    """The ward's committee, its leader, and the units below it."""
    common = {"kind": UnitKind.OFFICE, "document_style": DocumentStyle.STATE}
    ward = Unit(
        code="UBND", name="Ủy ban nhân dân phường", short_name="UBND", position=0, path="/1/", **common
    )
    units = [ward]
    for number in range(1, UNITS + 1):
        name = f"Đơn vị {number}"
        block = BLOCKS[(number - 1) * len(BLOCKS) // UNITS]
        path = f"/1/{number + 1}/"
        units.append(
            Unit(
                code=f"DV{number}",
                name=name,
                short_name=name,
                position=number,
                path=path,
                block=block,
                **common,
            )
        )
    account = Account(
        username="lanh-dao",
        name="Chủ tịch",
        password_hash="none",  # noqa: S106 - nobody signs in with it
        must_change_password=False,
        session_stamp="one",
        created_at=MADE_AT,
    )
    db.session.add_all([*units, account])
    db.session.flush()
    db.session.add(
        Appointment(
            account=account,
            unit=ward,
            role=Role.LEADER,
            post="Chủ tịch",
            valid_from=date(2024, 1, 1),
            valid_to=None,
        )
    )
    return units


def add_campaign(ward: Unit) -> Campaign:
    """The campaign that everything belongs to."""
    campaign = Campaign(
        code="DO",
        title="Phong trào để đo",
        kind=CampaignKind.THEMATIC,
        status=CampaignStatus.RUNNING,
        owner=ward,
        area=ward,
        starts_on=date(2024, 3, 29),
        ends_on=date(2025, 6, 30),
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign


def add_periods(campaign: Campaign) -> list[Period]:
    """The months of the campaign."""
    periods = [
        Period(campaign=campaign, start_on=month.start_on, end_on=month.end_on, due_on=month.due_on)
        for month in months(campaign.starts_on, campaign.ends_on, 25)
    ]
    db.session.add_all(periods)
    db.session.flush()
    return periods


def task_row(number: int, campaign_id: int, unit_id: int) -> dict[str, Any]:
    """A task of half a year to a year."""
    title = f"Phần việc thứ {number}"
    return {
        "id": number,
        "version": 1,
        "campaign_id": campaign_id,
        "number": number,
        "lead_unit_id": unit_id,
        "title": title,
        "title_fold": title.lower(),
        "title_sort": title.lower(),
        "product": "Sản phẩm",
        "start_on": date(2024, 4, 1) + timedelta(days=number % 40),
        "due_on": date(2024, 11, 1) + timedelta(days=number % 120),
        "state_funding": Decimal(0),
        "social_funding": Decimal(0),
        "status": TaskStatus.COMMITTED,
        "entered_by_id": 1,
        "entered_by_name": "Cán bộ",
        "entered_at": MADE_AT,
    }


def event_row(task_id: int) -> dict[str, Any]:
    """The task's approval."""
    return {
        "task_id": task_id,
        "kind": TaskEventKind.APPROVED,
        "at": MADE_AT,
        "by_id": 1,
        "by_name": "Chủ tịch",
        "by_post": "Chủ tịch",
        "reason": "",
    }


def indicator_row(task_id: int, position: int) -> dict[str, Any]:
    """The first indicator adds up, the second is a level."""
    return {
        "id": task_id * 2 + position - 2,
        "task_id": task_id,
        "position": position,
        "label": f"Chỉ tiêu {position}",
        "baseline": Decimal(0),
        "target": Decimal(120),
        "measure": "m" if position == 1 else "% hộ",
        "direction": "up",
        "accumulates": position == 1,
        "weight": Decimal(position),
        "measured_from": None,
    }


def fill_reports(tasks: int, periods: list[Period]) -> int:
    """A report a month, accepted two days later; one in twelve missing, every tenth task with an obstacle."""
    rows: dict[Any, list[dict[str, Any]]] = {
        kind: [] for kind in (Report, ReportRound, Figure, ReportEvent, Obstacle)
    }
    number = 0
    for task_id in range(1, tasks + 1):
        for place, period in enumerate(periods):
            if (task_id + place) % 12 == 0:
                continue
            number += 1
            sent_at = clock.at(period.due_on - timedelta(days=task_id % 5), 9)
            add_report(rows, number, task_id, period, sent_at)
    for kind, found in rows.items():
        insert(kind, found)
    return number


def add_report(
    rows: dict[Any, list[dict[str, Any]]], number: int, task_id: int, period: Period, sent_at: datetime
) -> None:
    """One report of one round with its figures and verdict."""
    rows[Report].append(
        {"id": number, "version": 1, "task_id": task_id, "period_id": period.id, "created_at": sent_at}
    )
    said = {
        "narrative": "Đã làm.",
        "obstacle": "",
        "next_step": "",
        "entered_by_id": 2,
        "entered_at": sent_at,
    }
    rows[ReportRound].append({"id": number, "report_id": number, "number": 1, **said})
    rows[Figure] += [
        {
            "round_id": number,
            "indicator_id": task_id * 2 + position - 2,
            "value": Decimal(10 + task_id % 10) * position,
            "reached_on": None,
        }
        for position in (1, 2)
    ]
    by = {"by_id": 2, "by_name": "Cán bộ", "by_post": "Cán bộ", "reason": ""}
    rows[ReportEvent] += [
        {"round_id": number, "kind": ReportEventKind.SUBMITTED, "at": sent_at, **by},
        {"round_id": number, "kind": ReportEventKind.ACCEPTED, "at": sent_at + timedelta(days=2), **by},
    ]
    if task_id % 10 == 0 and period.start_on.month == 9:  # noqa: PLR2004 - the last month
        rows[Obstacle].append(
            {
                "version": 1,
                "report_id": number,
                "text": "Thiếu kinh phí.",
                "request": "",
                "raised_at": sent_at,
                "decision": None,
                "reason": "",
                "decided_at": None,
                "decided_by_id": None,
                "decided_by_name": "",
            }
        )


if __name__ == "__main__":
    main()

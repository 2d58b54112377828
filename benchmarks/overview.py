"""Time and queries of the overview for 24 and for 2,400 tasks: `python benchmarks/overview.py [tasks …]`.

Fills a SQLite database in a temporary folder, asks for the page through the test client, and prints a table. Two
minutes at most on two cores; nothing leaves the machine.
"""

import argparse
import sys
import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measuring import application, close, counted, insert, middle, signed_in, times
from benchmarks.ward import (
    LEADER,
    MADE_AT,
    add_campaign,
    add_person,
    add_units,
    indicator_row,
    task_row,
)
from pledges.access.roles import Role
from pledges.accounts.models import Account
from pledges.accounts.sessions import actor_today
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.overview import reading
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Figure, Period, Report, ReportEvent, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.periods import schedule_of
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.rules import TaskEventKind

TODAY = date(2024, 10, 15)
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
    app = application(folder, TODAY)
    with app.app_context():
        reports = fill(tasks)
    client = signed_in(app, LEADER)
    client.get("/theo-doi")
    rounds = ROUNDS if tasks < 500 else 2  # noqa: PLR2004 - the large one takes seconds
    board = middle(times(rounds, lambda: read(app)))
    with counted(app) as statements:
        page = client.get("/theo-doi")
    if page.status_code != 200:  # noqa: PLR2004
        raise SystemExit(f"the page answered {page.status_code}")
    whole = middle(times(rounds, lambda: client.get("/theo-doi")))
    close(app)
    size = len(page.get_data()) / 1000
    return f"{tasks:>6} {reports:>8} {len(statements):>8} {board:>9.0f} {whole:>9.0f} {size:>8.0f}"


def read(app: Flask) -> None:
    """The board as the page and the papers read it."""
    with app.test_request_context():
        account = db.session.scalars(sa.select(Account)).one()
        campaign = db.session.scalars(sa.select(Campaign)).one()
        reading.of_campaign(db.session(), campaign, actor_today(account), TODAY)


def fill(tasks: int) -> int:
    """A campaign half a year old: each task with two indicators and a report a month; the number of reports."""
    units = add_units(UNITS)
    add_person(LEADER, "Chủ tịch", units[0], Role.LEADER, "Chủ tịch")
    campaign = add_campaign(units[0], "DO", date(2024, 3, 29), date(2025, 6, 30))
    periods = add_periods(campaign)
    begun = [period for period in periods if period.due_on < TODAY]
    task_rows, indicator_rows, event_rows = [], [], []
    for number in range(1, tasks + 1):
        days = {
            "start_on": date(2024, 4, 1) + timedelta(days=number % 40),
            "due_on": date(2024, 11, 1) + timedelta(days=number % 120),
        }
        unit = units[1 + number % UNITS]
        task_rows.append(task_row(number, campaign.id, unit.id, f"Phần việc thứ {number}", **days))
        event_rows.append(event_row(number))
        indicator_rows += [indicator_row(number, position, f"Chỉ tiêu {position}") for position in (1, 2)]
    insert(Task, task_rows)
    insert(TaskEvent, event_rows)
    insert(Indicator, indicator_rows)
    reports = fill_reports(tasks, begun)
    db.session.commit()
    return reports


def add_periods(campaign: Campaign) -> list[Period]:
    """The months of the campaign."""
    periods = [
        Period(campaign=campaign, start_on=month.start_on, end_on=month.end_on, due_on=month.due_on)
        for month in schedule_of(campaign).spans()
    ]
    db.session.add_all(periods)
    db.session.flush()
    return periods


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

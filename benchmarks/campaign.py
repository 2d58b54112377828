"""The campaign that the overview's benchmark shows: tasks with two indicators each, and a report a month."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.measuring import insert
from benchmarks.ward import (
    LEADER,
    MADE_AT,
    add_campaign,
    add_person,
    add_units,
    indicator_row,
    task_row,
)
from pledges.access.roles import NOBODY, Role
from pledges.audit.operations import record
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.database import db
from pledges.progress.calendar import ReportEventKind
from pledges.progress.models import Figure, Period, Report, ReportEvent, ReportRound
from pledges.progress.obstacles.models import Obstacle
from pledges.tasks.models import Indicator, Task, TaskEvent
from pledges.tasks.rules import TaskEventKind

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
TODAY = date(2025, 7, 10)
"""By then 18 months have fallen due: 24 tasks make 432 cells."""
UNITS = 23


def fill(tasks: int) -> int:
    """A ward with its campaign, as of `TODAY`; the number of reports."""
    units = add_units(UNITS)
    add_person(LEADER, "Chủ tịch", units[0], Role.LEADER, "Chủ tịch")
    campaign = add_campaign(units[0], "DO", FIRST, LAST)
    begun = [period for period in add_periods(campaign) if period.due_on < TODAY]
    task_rows, indicator_rows, event_rows = [], [], []
    for number in range(1, tasks + 1):
        days = {
            "start_on": FIRST + timedelta(days=number % 20),
            "due_on": date(2025, 8, 1) + timedelta(days=number % 120),
        }
        unit = units[1 + number % UNITS]
        task_rows.append(task_row(number, campaign.id, unit.id, f"Phần việc thứ {number}", **days))
        event_rows.append(event_row(number))
        indicator_rows += [indicator_row(number, position, f"Chỉ tiêu {position}") for position in (1, 2)]
    insert(Task, task_rows)
    insert(TaskEvent, event_rows)
    insert(Indicator, indicator_rows)
    reports = fill_reports(tasks, begun)
    record(db.session(), "campaign.created", campaign, by=NOBODY, at=MADE_AT)
    db.session.commit()
    return reports


def add_periods(campaign: Campaign) -> list[Period]:
    """The months of the campaign; reports are due on the 25th."""
    firsts = [date(year, month, 1) for year in (FIRST.year, LAST.year) for month in range(1, 13)]
    periods = [
        Period(
            campaign=campaign,
            start_on=first,
            end_on=(first + timedelta(days=32)).replace(day=1) - timedelta(days=1),
            due_on=first.replace(day=25),
        )
        for first in firsts
    ]
    db.session.add_all(periods)
    db.session.flush()
    return periods


def event_row(task_id: int) -> dict[str, Any]:
    """The task's approval."""
    return {
        "task_id": task_id,
        "kind": TaskEventKind.APPROVED,
        "at": clock.at(FIRST, 8),
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
            "value": Decimal(3 + task_id % 5) * position,
            "reached_on": None,
        }
        for position in (1, 2)
    ]
    by = {"by_id": 2, "by_name": "Cán bộ", "by_post": "Cán bộ", "reason": ""}
    rows[ReportEvent] += [
        {"round_id": number, "kind": ReportEventKind.SUBMITTED, "at": sent_at, **by},
        {"round_id": number, "kind": ReportEventKind.ACCEPTED, "at": sent_at + timedelta(days=2), **by},
    ]
    if task_id % 10 == 0 and period.start_on == date(2025, 5, 1):
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

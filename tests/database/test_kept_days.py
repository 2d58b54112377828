"""A correction keeps the day on which a target counts as reached, on both kinds of database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.core import clock
from pledges.progress import operations as progress
from pledges.progress import reading
from pledges.progress.models import Report
from pledges.progress.operations import ReportEntry
from pledges.progress.states import TaskState
from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.databases import Database
from tests.support.ward import Ward

DUE = date(2024, 8, 31)
HOUSES = (IndicatorEntry("Nhà", Decimal(15), "nhà"),)


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def corrected(ward: Ward) -> Report:
    """A report that passed its target before the due day, being corrected after it."""
    report = ward.report(ward.task(due_on=DUE, indicators=HOUSES), "2024-07", [20])
    by = ward.actor("officer_kp1")
    progress.begin_correction(ward.session, report, "Đếm nhầm.", by=by, at=ward.now)
    ward.settle()
    return report


def send(ward: Ward, report: Report, value: int, stated: date | None) -> None:
    number, by = report.task.indicators[0].id, ward.actor("officer_kp1")
    days = {} if stated is None else {number: stated}
    entry = ReportEntry({number: Decimal(value)}, "Đếm lại.", reached_on=days)
    progress.write(ward.session, report, entry, by=by, at=ward.now)
    progress.submit(ward.session, report, by=by, at=ward.now)
    reviews.accept(ward.session, report, by=ward.actor("leader"), at=ward.now)
    ward.settle()


def state(ward: Ward, task: Task) -> TaskState:
    return reading.of_task(ward.session, task).standing(task.id, ward.day).state


def sent_on(report: Report) -> date:
    at = report.rounds[0].submitted_at
    assert at is not None
    return clock.day_of(at)


def test_a_target_that_is_still_reached_is_no_later_than_it_was(ward: Ward):
    report = corrected(ward)
    (figure,) = report.rounds[-1].figures
    assert (report.rounds[0].figures[0].reached_on, figure.reached_on) == (None, sent_on(report))
    send(ward, report, 18, figure.reached_on)
    assert state(ward, report.task) is TaskState.EXCEEDED


def test_the_unit_may_say_another_day_and_then_that_counts(ward: Ward):
    report = corrected(ward)
    send(ward, report, 18, DUE + timedelta(days=1))
    assert state(ward, report.task) is TaskState.DONE_LATE


def test_without_a_day_it_counts_from_the_day_the_correction_was_sent(ward: Ward):
    report = corrected(ward)
    send(ward, report, 18, None)
    assert state(ward, report.task) is TaskState.DONE_LATE


def test_a_day_that_was_stated_stays(ward: Ward):
    task, by, stated = ward.task(due_on=DUE, indicators=HOUSES), ward.actor("officer_kp1"), date(2024, 7, 2)
    report = ward.report(task, "2024-07", [20], status="draft")
    number = task.indicators[0].id
    entry = ReportEntry({number: Decimal(20)}, "Xong.", reached_on={number: stated})
    progress.write(ward.session, report, entry, by=by, at=ward.now)
    progress.submit(ward.session, report, by=by, at=ward.now)
    reviews.accept(ward.session, report, by=ward.actor("leader"), at=ward.now)
    progress.begin_correction(ward.session, report, "Đếm nhầm.", by=by, at=ward.now)
    ward.settle()
    assert report.rounds[-1].figures[0].reached_on == stated


def test_a_target_that_was_not_reached_gets_no_day(ward: Ward):
    report = ward.report(ward.task(due_on=DUE, indicators=HOUSES), "2024-07", [14])
    progress.begin_correction(ward.session, report, "Đếm nhầm.", by=ward.actor("officer_kp1"), at=ward.now)
    ward.settle()
    assert report.rounds[-1].figures[0].reached_on is None


def test_the_log_tells_of_the_day_and_of_its_change(ward: Ward):
    report = corrected(ward)
    number, by = report.task.indicators[0].id, ward.actor("officer_kp1")
    version = report.version
    entry = ReportEntry({number: Decimal(20)}, report.rounds[-1].narrative, reached_on={number: DUE})
    progress.write(ward.session, report, entry, by=by, at=ward.now)
    ward.settle()
    begun, edited = list(
        ward.session.scalars(
            select(LogEntry)
            .where(LogEntry.subject_kind == "report", LogEntry.subject_id == report.id)
            .order_by(LogEntry.number.desc())
            .limit(2)
        )
    )[::-1]
    kept = f'"reached_on":{{"{number}":"{sent_on(report)}"}}'
    assert (begun.action, kept in begun.after) == ("report.correction_begun", True)
    assert (edited.action, kept in edited.before) == ("report.edited", True)
    assert f'"{number}":"{DUE}"' in edited.after
    assert report.version > version

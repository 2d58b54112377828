"""Corrections of accepted reports, on both kinds of database: what counts is the fold of what happened."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from pledges.audit.models import LogEntry
from pledges.progress import operations as progress
from pledges.progress import queries, reading
from pledges.progress.calendar import ReportEventKind, ReportStatus, StepRefused
from pledges.progress.models import Report
from pledges.progress.operations import ReportEntry
from pledges.progress.rows import last_words, rows_of
from pledges.reviews import operations as reviews
from pledges.tasks.models import Task
from pledges.tasks.operations import IndicatorEntry
from tests.support.databases import Database
from tests.support.second_reckoning import Pledged, Sent, Work, reckoned
from tests.support.ward import Ward

TREES = (IndicatorEntry("Cây xanh", Decimal(120), "cây"),)
MONTHS = ("2024-07", "2024-08", "2024-09")


@pytest.fixture
def ward(database: Database) -> Ward:
    return database.ward()


def accepted(ward: Ward, value: int = 30) -> Report:
    return ward.report(ward.task(indicators=TREES), "2024-09", [value])


def correct(ward: Ward, report: Report, reason: str = "Đếm nhầm tổ 5.") -> None:
    progress.begin_correction(ward.session, report, reason, by=ward.actor("officer_kp1"), at=ward.now)
    ward.settle()


def write(ward: Ward, report: Report, value: int | None) -> None:
    number = report.task.indicators[0].id
    said = {} if value is None else {number: Decimal(value)}
    progress.write(
        ward.session, report, ReportEntry(said, "Đếm lại."), by=ward.actor("officer_kp1"), at=ward.now
    )
    ward.settle()


def submit(ward: Ward, report: Report) -> None:
    progress.submit(ward.session, report, by=ward.actor("officer_kp1"), at=ward.now)
    ward.settle()


def decide(ward: Ward, report: Report, *, good: bool) -> None:
    if good:
        reviews.accept(ward.session, report, by=ward.actor("leader"), at=ward.now)
    else:
        reviews.send_back(ward.session, report, "Chưa khớp.", by=ward.actor("leader"), at=ward.now)
    ward.settle()


def counted(ward: Ward, task: Task) -> Decimal | None:
    return reading.of_task(ward.session, task).standing(task.id, ward.day).indicators[0].value


def status(ward: Ward, report: Report) -> ReportStatus:
    ledger = reading.of_task(ward.session, report.task)
    period = next(one for one in ledger.periods if one.id == report.period_id)
    return ledger.report_status(report.task_id, period, ward.day)


def test_the_accepted_figures_count_until_the_correction_is_accepted(ward: Ward):
    report = accepted(ward)
    correct(ward, report)
    assert (report.last_round.correction, report.last_round.figures[0].value) == ("Đếm nhầm tổ 5.", 30)  # type: ignore[union-attr]
    write(ward, report, 28)
    assert (counted(ward, report.task), status(ward, report)) == (30, ReportStatus.ACCEPTED)
    submit(ward, report)
    assert (counted(ward, report.task), status(ward, report)) == (30, ReportStatus.SUBMITTED)
    decide(ward, report, good=True)
    assert (counted(ward, report.task), status(ward, report)) == (28, ReportStatus.ACCEPTED)


def test_a_correction_that_is_returned_stays_one_and_waits_for_the_unit(ward: Ward):
    report = accepted(ward)
    correct(ward, report)
    write(ward, report, 28)
    submit(ward, report)
    decide(ward, report, good=False)
    assert (counted(ward, report.task), status(ward, report)) == (30, ReportStatus.RETURNED)
    officer = ward.actor("officer_kp1")
    progress.begin(ward.session, report.task, report.period, by=officer, at=ward.now)
    assert report.last_round.correction == "Đếm nhầm tổ 5."  # type: ignore[union-attr]
    with pytest.raises(StepRefused, match="sửa rồi gửi lại"):
        progress.drop_correction(ward.session, report, by=officer, at=ward.now)


def test_a_correction_that_was_not_sent_can_be_dropped(ward: Ward):
    report = accepted(ward)
    correct(ward, report)
    write(ward, report, 28)
    officer = ward.actor("officer_kp1")
    progress.drop_correction(ward.session, report, by=officer, at=ward.now)
    ward.settle()
    assert [one.number for one in report.rounds] == [1]
    assert (counted(ward, report.task), status(ward, report)) == (30, ReportStatus.ACCEPTED)
    newest = ward.session.scalars(select(LogEntry).order_by(LogEntry.number.desc())).first()
    assert newest is not None
    assert (newest.action, '"correction":"Đếm nhầm tổ 5."' in newest.before) == (
        "report.correction_dropped",
        True,
    )
    with pytest.raises(StepRefused, match="Không có bản đính chính"):
        progress.drop_correction(ward.session, report, by=officer, at=ward.now)
    correct(ward, report, "Lại đếm nhầm.")
    assert report.last_round.number == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("stage", ["draft", "submitted", "returned"])
def test_only_what_was_accepted_is_corrected(ward: Ward, stage: str):
    report = ward.report(ward.task(indicators=TREES), "2024-09", [30], status=stage)
    with pytest.raises(StepRefused, match="Chỉ đính chính được báo cáo đã duyệt"):
        correct(ward, report)


def test_lists_say_that_a_report_is_being_corrected(ward: Ward):
    report = accepted(ward)
    correct(ward, report)
    last = last_words(ward.session.execute(queries.words_on_reports(Task.id == report.task_id)))
    rows = rows_of(reading.of_task(ward.session, report.task), report.task_id, ward.day, last)
    row = next(one for one in rows if one.period.id == report.period_id)
    assert (row.status, row.correcting, row.asks, row.open) == (ReportStatus.ACCEPTED, True, False, True)
    assert [one.correcting for one in rows if one is not row] == [False] * (len(rows) - 1)


@dataclass
class Story:
    """A report as its events tell it, kept apart from the product; `rounds` is what was sent."""

    due_on: date
    rounds: list[Sent] = field(default_factory=list)
    said: dict[int, Fraction] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    drafting: bool = False

    @property
    def shown(self) -> ReportStatus | None:
        return ReportStatus(self.sent[-1]) if self.sent else None


def steps(story: Story) -> Iterator[str]:
    """What can be done next."""
    last = story.sent[-1] if story.sent else ""
    if story.drafting:
        yield from ("write", "write", "submit")
        if last == "accepted":
            yield "drop"
    elif last in {"", "returned"}:
        yield "begin"
    elif last == "submitted":
        yield from ("accept", "return")
    else:
        yield "correct"


def take(ward: Ward, task: Task, month: str, story: Story, step: str, chance: random.Random) -> None:
    """Take the step in the product, and tell it in the story."""
    officer = ward.actor("officer_kp1")
    if step == "begin":
        progress.begin(ward.session, task, ward.period(month), by=officer, at=ward.now)
        ward.settle()
        story.drafting = True
        return
    found = queries.of_task_in_period(task.id, ward.period(month).id)
    report = ward.session.scalars(found).one()
    if step == "correct":
        correct(ward, report)
        story.drafting, story.said = True, dict(story.rounds[-1].values)
    elif step == "write":
        value = chance.choice([None, -3, 0, 5, 12, 40])
        story.said = {} if value is None else {0: Fraction(value)}
        write(ward, report, value)
    elif step == "submit":
        submit(ward, report)
        story.drafting = False
        story.sent.append("submitted")
        story.rounds.append(Sent(story.due_on, ward.day, story.said))
    elif step == "drop":
        progress.drop_correction(ward.session, report, by=officer, at=ward.now)
        ward.settle()
        story.drafting = False
    else:
        decide(ward, report, good=step == "accept")
        story.sent.append("accepted" if step == "accept" else "returned")
        if step == "accept":
            story.rounds[-1].accepted_on = ward.day


@pytest.mark.parametrize("seed", range(4))
def test_what_counts_is_the_fold_of_what_happened(ward: Ward, seed: int):
    chance = random.Random(seed)  # noqa: S311 - a story made up, no secret
    task = ward.task(indicators=TREES)
    stories = {month: Story(ward.period(month).due_on) for month in MONTHS}
    work = Work(task.start_on, task.due_on, [Pledged(Fraction(0), Fraction(120))])
    dues = [one.due_on for one in ward.periods]
    for _turn in range(30):
        month = chance.choice(MONTHS)
        take(ward, task, month, stories[month], chance.choice(list(steps(stories[month]))), chance)
        rounds = [one for story in stories.values() for one in story.rounds]
        found = reckoned(work, rounds, dues, ward.day)
        ledger = reading.of_task(ward.session, task)
        standing = ledger.standing(task.id, ward.day)
        assert standing.indicators[0].value == found.values[0]
        assert (standing.state, standing.progress) == (found.state, found.progress)
        for month, story in stories.items():
            period = next(one for one in ledger.periods if f"{one.start_on:%Y-%m}" == month)
            shown = ledger.report_status(task.id, period, ward.day)
            assert shown == (story.shown or ReportStatus.OVERDUE)
    kinds = {kind for story in stories.values() for kind in story.sent}
    assert ReportEventKind.ACCEPTED in kinds

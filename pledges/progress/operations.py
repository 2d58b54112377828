"""What is done to progress reports by those who make them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.access.roles import Actor
from pledges.audit.operations import differences, record
from pledges.campaigns.rules import check_works
from pledges.core.base import touch
from pledges.core.clock import day_of
from pledges.files.models import StoredFile
from pledges.progress import reading
from pledges.progress.calendar import ReportEventKind, StepRefused
from pledges.progress.exceptions.locking import check_open
from pledges.progress.kept_days import kept_days
from pledges.progress.models import Evidence, Figure, Period, Report, ReportEvent, ReportRound, RoundWriter
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.sanity import Doubt, read, stored
from pledges.tasks.models import Task
from pledges.tasks.rules import REGISTERED


@dataclass(frozen=True)
class ReportEntry:
    """What a unit enters of a period: a value per indicator id (left out where nothing is reported) and its words.

    `affirmed` are the questions about unusual figures that the unit answered, by indicator id; `blanks_meant` says
    that what is blank is so on purpose; `on_behalf_of` and `from_paper` for whom it was entered, from which paper.
    """

    values: Mapping[int, Decimal]
    narrative: str = ""
    obstacle: str = ""
    next_step: str = ""
    reached_on: Mapping[int, date] = field(default_factory=dict)
    affirmed: Mapping[int, Sequence[Doubt]] = field(default_factory=dict)
    blanks_meant: bool = False
    on_behalf_of: str = ""
    from_paper: str = ""


def facts(one: ReportRound) -> dict[str, Any]:
    """A round as the log keeps it."""
    return {
        "narrative": one.narrative,
        "obstacle": one.obstacle,
        "next_step": one.next_step,
        "figures": {figure.indicator_id: figure.value for figure in one.figures},
        "reached_on": {
            figure.indicator_id: figure.reached_on for figure in one.figures if figure.reached_on is not None
        },
        "affirmed": {
            figure.indicator_id: "; ".join(one.label for one in Doubt if one in read(figure.affirmed))
            for figure in one.figures
            if figure.affirmed
        },
        "blanks_meant": one.blanks_meant or None,
        "correction": one.correction,
        "on_behalf_of": one.on_behalf_of,
        "from_paper": one.from_paper,
        "evidence": [evidence.file.sha256 for evidence in one.evidence],
    }


def begin(session: Session, task: Task, period: Period, *, by: Actor, at: datetime) -> Report:
    """The report of a task for a period, made when it is first worked on, with a round to fill.

    Raises `StepRefused` for a task that does not stand in the list. After a return the new round begins with what
    the returned one said.
    """
    if task.status not in REGISTERED:
        raise StepRefused("Phần việc chưa được duyệt vào danh mục nên chưa báo cáo được.")
    check_works(task.campaign.status)
    check_open(session, task, period, day_of(at))
    report = session.scalars(
        select(Report).where(Report.task_id == task.id, Report.period_id == period.id)
    ).first()
    if report is None:
        report = Report(task=task, period=period, created_at=at)
        session.add(report)
        _open_round(report, by, at)
        record(session, "report.drafted", report, by=by, at=at, after={"period": period.start_on})
    elif report.last_round is not None and report.last_round.returned:
        _open_round(report, by, at)
        touch(report)
        session.flush()
    return report


def write(session: Session, report: Report, entry: ReportEntry, *, by: Actor, at: datetime) -> None:
    """Put what was entered into the open round; raises `StepRefused` when it is with the leaders or accepted."""
    one = _open_draft(session, report, at)
    before = facts(one)
    one.narrative, one.obstacle, one.next_step = entry.narrative, entry.obstacle, entry.next_step
    one.blanks_meant = entry.blanks_meant
    one.on_behalf_of, one.from_paper = entry.on_behalf_of, entry.from_paper
    one.entered_by_id, one.entered_at = by.account_id, at
    _sign(one, by)
    _fill_figures(session, one, entry)
    was, now = differences(before, facts(one))
    if now:
        touch(report)
        record(session, "report.edited", report, by=by, at=at, before=was, after=now)


def attach(
    session: Session, report: Report, stored: StoredFile, name: str, *, by: Actor, at: datetime
) -> bool:
    """Tie a file to the open round; the same file is tied once. Returns whether it was not there before."""
    one = _open_draft(session, report, at)
    if any(evidence.file_id == stored.id for evidence in one.evidence):
        return False
    one.evidence.append(Evidence(file=stored, name=name))
    _sign(one, by)
    touch(report)
    after = {"evidence": name, "sha256": stored.sha256}
    record(session, "report.edited", report, by=by, at=at, after=after)
    return True


def detach(session: Session, report: Report, file_id: int, *, by: Actor, at: datetime) -> None:
    """Take a file off the open round; rounds that were sent keep theirs."""
    one = _open_draft(session, report, at)
    for evidence in [evidence for evidence in one.evidence if evidence.file_id == file_id]:
        one.evidence.remove(evidence)
        _sign(one, by)
        touch(report)
        before = {"evidence": evidence.name, "sha256": evidence.file.sha256}
        record(session, "report.edited", report, by=by, at=at, before=before)


def submit(session: Session, report: Report, *, by: Actor, at: datetime) -> None:
    """Send the open round to the leaders; an obstacle it names stays open until one decides."""
    one = _open_draft(session, report, at)
    one.events.append(
        ReportEvent(
            kind=ReportEventKind.SUBMITTED, at=at, by_id=by.account_id, by_name=by.name, by_post=by.post
        )
    )
    report.waits_since = at
    touch(report)
    record(session, "report.submitted", report, by=by, at=at, after=facts(one) | {"round": one.number})
    _settle_obstacle(session, report, one, by=by, at=at)


def begin_correction(session: Session, report: Report, reason: str, *, by: Actor, at: datetime) -> None:
    """Mở đính chính: open a new round on an accepted report, which begins with what was accepted.

    The accepted figures count until the new round is accepted too. A target that counts as reached keeps its day: the
    new round states it, where the accepted one states none. Raises `StepRefused` for any other report.
    """
    check_works(report.task.campaign.status)
    check_open(session, report.task, report.period, day_of(at))
    if report.last_round is None or not report.last_round.accepted:
        raise StepRefused("Chỉ đính chính được báo cáo đã duyệt; báo cáo này không ở bước đó.")
    kept = _kept_days(session, report, day_of(at))
    one = _open_round(report, by, at)
    one.correction = reason
    for figure in one.figures:
        figure.reached_on = figure.reached_on or kept.get(figure.indicator_id)
    touch(report)
    after = {"round": one.number, "reached_on": facts(one)["reached_on"]}
    record(session, "report.correction_begun", report, by=by, at=at, note=reason, after=after)


def _kept_days(session: Session, report: Report, day: date) -> dict[int, date]:
    """On which day each indicator that counts as reached does, as far as this report has a part in it."""
    ledger = reading.of_task(session, report.task)
    period = next(one for one in ledger.periods if one.id == report.period_id)
    return {number: kept.day for number, kept in kept_days(ledger, report.task_id, period, day).items()}


def drop_correction(session: Session, report: Report, *, by: Actor, at: datetime) -> None:
    """Bỏ đính chính: give up a correction that was not sent; the accepted report stands as if it had never begun.

    Raises `StepRefused` where none is open, and for one that a leader has returned: that waits for an answer.
    """
    one = report.last_round
    if one is None or one.last_event is not None or not one.correction:
        raise StepRefused("Không có bản đính chính nào đang viết; có thể đồng chí khác vừa gửi hoặc vừa bỏ.")
    if not report.rounds[-2].accepted:
        raise StepRefused(
            "Bản đính chính này bị lãnh đạo trả lại: đồng chí sửa rồi gửi lại để lãnh đạo kết luận."
        )
    before = facts(one) | {"round": one.number}
    report.rounds.remove(one)
    touch(report)
    record(session, "report.correction_dropped", report, by=by, at=at, before=before)


def _settle_obstacle(session: Session, report: Report, one: ReportRound, *, by: Actor, at: datetime) -> None:
    """Raise, change or withdraw what the round names; words on which a leader decided already stay decided."""
    known = list(
        session.scalars(select(Obstacle).where(Obstacle.report_id == report.id).order_by(Obstacle.id))
    )
    waiting = next((obstacle for obstacle in known if obstacle.open), None)
    said = {"obstacle": one.obstacle, "next_step": one.next_step}
    if waiting is None:
        decided = {(obstacle.text, obstacle.request) for obstacle in known if obstacle.decision is not None}
        if one.obstacle and (one.obstacle, one.next_step) not in decided:
            raised = Obstacle(report=report, text=one.obstacle, request=one.next_step, raised_at=at)
            session.add(raised)
            record(session, "obstacle.raised", raised, by=by, at=at, after=said)
        return
    was, now = differences({"obstacle": waiting.text, "next_step": waiting.request}, said)
    if not one.obstacle:
        waiting.withdrawn_at = at
        record(session, "obstacle.withdrawn", waiting, by=by, at=at, before={"obstacle": waiting.text})
    elif now:
        waiting.text, waiting.request = one.obstacle, one.next_step
        record(session, "obstacle.changed", waiting, by=by, at=at, before=was, after=now)


def _open_draft(session: Session, report: Report, at: datetime) -> ReportRound:
    """The round that is being written; raises `StepRefused` where there is none, or the period is locked."""
    check_open(session, report.task, report.period, day_of(at))
    return _draft(report)


def _draft(report: Report) -> ReportRound:
    check_works(report.task.campaign.status)
    one = report.last_round
    if one is None or one.last_event is not None:
        raise StepRefused("Báo cáo kỳ này đã gửi; chỉ sửa được khi lãnh đạo trả lại.")
    return one


def _sign(one: ReportRound, by: Actor) -> None:
    """Note who wrote into the round, once for each person."""
    if all(writer.account_id != by.account_id for writer in one.writers):
        one.writers.append(RoundWriter(account_id=by.account_id))


def _open_round(report: Report, by: Actor, at: datetime) -> ReportRound:
    last = report.last_round
    one = ReportRound(number=last.number + 1 if last else 1, entered_by_id=by.account_id, entered_at=at)
    if last is not None:
        one.narrative, one.obstacle, one.next_step = last.narrative, last.obstacle, last.next_step
        one.blanks_meant, one.correction = last.blanks_meant, _still_corrects(last)
        one.on_behalf_of, one.from_paper = last.on_behalf_of, last.from_paper
        one.figures = [
            Figure(
                indicator_id=figure.indicator_id,
                value=figure.value,
                reached_on=figure.reached_on,
                affirmed=figure.affirmed,
            )
            for figure in last.figures
        ]
        one.evidence = [Evidence(file=evidence.file, name=evidence.name) for evidence in last.evidence]
    _sign(one, by)
    report.rounds.append(one)
    return one


def _still_corrects(last: ReportRound) -> str:
    """Why the next round corrects accepted figures: a correction that was returned is still one."""
    return last.correction if last.returned else ""


def _fill_figures(session: Session, one: ReportRound, entry: ReportEntry) -> None:
    kept = {figure.indicator_id: figure for figure in one.figures}
    for indicator_id, figure in kept.items():
        if indicator_id not in entry.values:
            one.figures.remove(figure)
    for indicator_id, value in entry.values.items():
        figure = kept.get(indicator_id) or _new_figure(one, indicator_id, value)
        figure.value = value
        figure.reached_on = entry.reached_on.get(indicator_id)
        figure.affirmed = stored(entry.affirmed.get(indicator_id, ()))
    session.flush()


def _new_figure(one: ReportRound, indicator_id: int, value: Decimal) -> Figure:
    figure = Figure(indicator_id=indicator_id, value=value)
    one.figures.append(figure)
    return figure

"""Báo cáo cả đơn vị: all reports of a unit for a period on one page; then one that checks, and one press that sends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.models import Campaign
from pledges.core import clock
from pledges.core.addresses import number_of
from pledges.core.database import db
from pledges.core.forms.receipts import account_of
from pledges.core.forms.several import check_versions
from pledges.core.refusal import Refused
from pledges.progress import attachments, operations
from pledges.progress.behalf import sending_problem
from pledges.progress.blueprint import blueprint
from pledges.progress.figure_fields import question
from pledges.progress.forms import CHECK
from pledges.progress.lines import Line, shortcomings
from pledges.progress.models import Period
from pledges.progress.round_lines import lines_of_round
from pledges.progress.unit_report_forms import UnitReportForm, UnitSubmitForm, unit_form
from pledges.progress.unit_reports import TaskPart, UnitReports, of_unit
from pledges.units.models import Unit

DONE, LEFT = "xong", "de-lai"
NOTHING = "Chưa có báo cáo nào gửi được; đồng chí viết cho đủ rồi gửi."


@blueprint.route("/bao-cao/don-vi/<int:unit_id>/<int:period_id>", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def unit_report(unit_id: int, period_id: int) -> Response | str:
    """Báo cáo cả đơn vị: a group of fields for each task; what is typed is kept as the draft of its report."""
    unit, period = _unit_and_period(unit_id, period_id)
    reports = of_unit(db.session(), unit, period, current_actor())
    moved = _keep_files(reports, period)
    if moved:
        reports = of_unit(db.session(), unit, period, current_actor())
    checks = request.form.get("act") == CHECK
    form = unit_form(unit, period, reports).over(
        lambda: of_unit(db.session(), unit, period, current_actor()), reports, sending=checks
    )
    form.go_on_after_files(moved)
    if form.accepts():
        with form.act() as act:
            _write(form, period)
            act.location = url_for(
                "progress.unit_submit" if checks else "progress.unit_report",
                unit_id=unit_id,
                period_id=period_id,
            )
            db.session.commit()
            return redirect(act.location)
    return render_template(
        "progress/unit_report.html",
        unit=unit,
        period=period,
        form=form,
        reports=form.shown,
        question=question,
    )


def _write(form: UnitReportForm, period: Period) -> None:
    """Put what was typed into the drafts, each task's into its own."""
    session, actor, at = db.session(), current_actor(), clock.now()
    by_name = form.shown.by_name
    for part in form.to_write():
        report = operations.begin(session, by_name[part.name].task, period, by=actor, at=at)
        paper = form.paper()
        entry = replace(
            form.row(part).entry(), on_behalf_of=paper["on_behalf_of"], from_paper=paper["from_paper"]
        )
        operations.write(session, report, entry, by=actor, at=at)


def _keep_files(reports: UnitReports, period: Period) -> dict[str, int]:
    """Store files that came with the form before anything else is judged; the versions before, by row, where any came.

    Only a form that was rendered for this very person is believed; its key says so.
    """
    moved: dict[str, int] = {}
    actor = current_actor()
    if request.method != "POST" or account_of(request.form.get("form_key")) != actor.account_id:
        return moved
    for part in reports.writable:
        uploads = [one for one in request.files.getlist(f"{part.name}-evidence") if one.filename]
        brought = attachments.Brought(uploads, number_of(request.form.get(f"{part.name}-remove", "")))
        if brought:
            taken = attachments.take(part.task, period, brought, by=actor, at=clock.now())
            moved[part.name] = taken.before
            for words in [*taken.refused, *(attachments.AGAIN.format(name) for name in taken.again)]:
                flash(f"Phần việc {part.task.number}: {words}", "info")
    return moved


@dataclass(frozen=True)
class CheckedPart:
    """A draft on the page to check: its lines, and what keeps it from being sent."""

    part: TaskPart
    lines: Sequence[Line]
    lacking: Sequence[str]


@blueprint.route("/bao-cao/don-vi/<int:unit_id>/<int:period_id>/gui", methods=["GET", "POST"])
@guard(Permission.ENTER_REPORT)
def unit_submit(unit_id: int, period_id: int) -> Response | str:
    """Xem lại trước khi gửi: every draft as the leaders will read it; one press sends those that are complete."""
    unit, period = _unit_and_period(unit_id, period_id)
    reports = of_unit(db.session(), unit, period, current_actor())
    checked = [_checked(reports, part) for part in reports.drafts]
    ready = [one for one in checked if not one.lacking]
    form = UnitSubmitForm.bind()
    if form.accepts():
        with form.act() as act:
            done, left = _send(form, checked)
            result: dict[str, Any] = {DONE: done, LEFT: left}
            act.location = url_for("progress.unit_receipt", unit_id=unit_id, period_id=period_id, **result)
            db.session.commit()
            return redirect(act.location)
        checked = [_checked(reports, part) for part in reports.drafts]
    form.seen.data = {one.part.known.id: one.part.version for one in checked if one.part.known}
    return render_template(
        "progress/unit_submit.html",
        unit=unit,
        period=period,
        form=form,
        checked=checked,
        ready=len(ready),
        reports=reports,
    )


def _checked(reports: UnitReports, part: TaskPart) -> CheckedPart:
    draft, known, task = part.draft, part.known, part.task
    assert draft is not None  # noqa: S101 - drafts have a round, and so a report
    assert known is not None  # noqa: S101
    lines = lines_of_round(reports.ledger, known, draft)
    lacking = shortcomings(
        lines,
        draft.narrative,
        start_on=task.start_on,
        today=clock.today(),
        blanks_meant=draft.blanks_meant,
    )
    paper = sending_problem(current_actor(), task.lead_unit, draft)
    return CheckedPart(part, lines, [*lacking, *([paper] if paper else [])])


def _send(form: UnitSubmitForm, checked: Sequence[CheckedPart]) -> tuple[list[int], list[int]]:
    """Send each that is complete and as it was shown; the ids of the reports sent, and of the tasks left."""
    session, actor, at = db.session(), current_actor(), clock.now()
    seen = form.seen.data or {}
    same = check_versions(session, [one.part.known for one in checked], seen)
    done, left = [], []
    for one in checked:
        report = one.part.known
        assert report is not None  # noqa: S101 - it has a draft
        if one.lacking or report.id not in same:
            left.append(one.part.task.id)
            continue
        operations.submit(session, report, by=actor, at=at)
        done.append(report.id)
    if not done:
        raise Refused(NOTHING)
    return done, left


@blueprint.get("/bao-cao/don-vi/<int:unit_id>/<int:period_id>/bien-nhan")
@guard(Permission.ENTER_REPORT)
def unit_receipt(unit_id: int, period_id: int) -> str:
    """Biên nhận: the reports that were sent, when, and those that were left with what they lack."""
    unit, period = _unit_and_period(unit_id, period_id)
    reports = of_unit(db.session(), unit, period, current_actor())
    done, left = ({number_of(text) for text in request.args.getlist(name)} for name in (DONE, LEFT))
    drafts = {part.name: _checked(reports, part) for part in reports.drafts}
    return render_template(
        "progress/unit_receipt.html",
        unit=unit,
        period=period,
        done=[part for part in reports.parts if part.known and part.known.id in done and not part.draft],
        left=[drafts[part.name] for part in reports.drafts if part.task.id in left],
    )


def _unit_and_period(unit_id: int, period_id: int) -> tuple[Unit, Period]:
    """The two, for who reports for the unit; 404 where the unit has no part in the period's campaign."""
    area = joinedload(Period.campaign).options(joinedload(Campaign.area), joinedload(Campaign.owner))
    period = db.session.get(Period, period_id, options=[area])
    unit = db.session.get(Unit, unit_id)
    if period is None or unit is None or not unit.path.startswith(period.campaign.area.path):
        abort(404)
    subject = period.campaign.subject_of(unit)
    authorise(Permission.ENTER_REPORT, subject, see=Permission.SEE_REPORT)
    return unit, period

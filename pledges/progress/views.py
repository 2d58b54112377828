"""Pages of reports that were sent, and of their files; writing one and the page of a task stand in modules beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from pledges.access.guard import authorise, current_actor, guard
from pledges.access.permissions import Permission
from pledges.campaigns.queries import seen_by
from pledges.campaigns.rules import works_on
from pledges.campaigns.selection import campaign_question, chosen
from pledges.core import clock
from pledges.core.database import db
from pledges.core.numbers import format_rounded
from pledges.files.operations import FileMissing
from pledges.progress import (
    correction_pages,
    evidence_pages,
    queries,
    reading,
    report_pages,
    task_pages,
    unit_pages,
    unit_report_pages,
)
from pledges.progress.blueprint import blueprint
from pledges.progress.calendar import ReportStatus
from pledges.progress.explanations import views as explaining
from pledges.progress.ledger import Ledger
from pledges.progress.line_notes import LineNotes, notes_on, restated_words
from pledges.progress.lines import Line
from pledges.progress.listing import sections
from pledges.progress.models import Report, ReportRound
from pledges.progress.proofs import views as proving
from pledges.progress.proofs.showing import Shown, of_rounds
from pledges.progress.remarks import VerdictWords, labels_of, verdict_words
from pledges.progress.report_context import accepted
from pledges.progress.round_lines import lines_of_round
from pledges.progress.story import of_report

__all__ = [
    "blueprint",
    "correction_pages",
    "evidence_pages",
    "explaining",
    "proving",
    "report_pages",
    "task_pages",
    "unit_pages",
    "unit_report_pages",
]

blueprint.add_app_template_filter(format_rounded, "rounded")


@blueprint.get("/bao-cao")
@guard(Permission.SEE_REPORT)
def listing() -> str:
    """Báo cáo theo kỳ: what each task owes, newest period first."""
    actor = current_actor()
    seen = list(db.session.scalars(seen_by(actor)))
    campaign = chosen(seen)
    first = campaign_question(seen)
    found = sections(db.session(), campaign, actor, request.args, *first) if campaign else None
    return render_template("progress/listing.html", found=found)


@blueprint.get("/bao-cao/<int:report_id>/bien-nhan")
@guard(Permission.ENTER_REPORT)
def receipt(report_id: int) -> Answer | str:
    """Biên nhận: what was sent, when, and what comes next."""
    shown = _report(report_id, Permission.ENTER_REPORT)
    sent = [one for one in shown.rounds if one.submitted_at is not None]
    if not sent:
        return redirect(url_for("progress.report", task_id=shown.task_id, period_id=shown.period_id))
    return render_template("progress/receipt.html", report=shown, sent=sent[-1])


@blueprint.get("/bao-cao/<int:report_id>")
@guard(Permission.SEE_REPORT)
def view(report_id: int) -> str:
    """Báo cáo đã gửi: every round with figures, words, files and verdict."""
    shown = _report(report_id, Permission.SEE_REPORT)
    session, ledger = db.session(), reading.of_task(db.session(), shown.task)
    sent = [one for one in shown.rounds if one.submitted_at is not None]
    proofs = of_rounds(session, [(shown.task_id, one) for one in sent], current_actor())
    changed, newest = restated_words(ledger, shown, clock.today()), _last_accepted(sent)
    rounds = [
        RoundShown(
            one,
            lines_of_round(ledger, shown, one),
            notes_on(shown, one, changed if one is newest else {}),
            files,
            verdict_words(one, labels_of(shown)),
        )
        for one, files in zip(sent, proofs, strict=True)
    ]
    return render_template(
        "progress/view.html",
        report=shown,
        task=shown.task,
        rounds=rounds[::-1],
        drafting=any(one.last_event is None for one in shown.rounds),
        status=_status(ledger, shown),
        story=of_report(shown),
        correctable=accepted(shown) and works_on(shown.task.campaign.status),
        ReportStatus=ReportStatus,
    )


@dataclass(frozen=True)
class RoundShown:
    """A round as its page shows it: figures, what is to be known of them, files, and the verdict's words on lines."""

    one: ReportRound
    lines: list[Line]
    notes: Mapping[int, LineNotes]
    proofs: Shown
    verdict: VerdictWords | None


def _last_accepted(sent: Sequence[ReportRound]) -> ReportRound | None:
    found = [one for one in sent if one.accepted]
    return found[-1] if found else None


def _status(ledger: Ledger, shown: Report) -> ReportStatus:
    period = next(one for one in ledger.periods if one.id == shown.period_id)
    return ledger.report_status(shown.task_id, period, clock.today())


def _report(report_id: int, permission: Permission) -> Report:
    found: Report = db.first_or_404(queries.whole().where(Report.id == report_id))
    authorise(permission, found.subject(), see=Permission.SEE_REPORT)
    return found


@blueprint.app_errorhandler(FileMissing)
def file_missing(missing: FileMissing) -> tuple[str, int]:
    """A stored file whose bytes are gone or changed: said as it is, never served."""
    current_app.logger.error("stored file: %s at %s", missing, request.path)
    page = render_template(
        "site/error.html",
        code=410,
        title="Tệp không còn nguyên",
        what=str(missing),
        means="Hồ sơ vẫn còn; chỉ nội dung tệp này không mở được.",
        todo="Đồng chí báo quản trị khôi phục từ bản sao lưu.",
        reference=None,
    )
    return page, 410
